/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A unified diff of two texts through libgit2; of endless lines the parts that changed. */
#include "report/text_diff.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <git2.h>

#include "base/buffer.h"
#include "base/text.h"
#include "calibration/libgit.h"

enum { LINE_MAX_SHOWN = 300 }; /* bytes; longer ones are broken where they changed */

/* A text and, where it was broken, the one it came from. */
struct side {
    const char *text;
    size_t length;
};

static size_t longest_line(const char *from, const char *end)
{
    size_t longest = 0;
    while (from < end) {
        const char *newline = memchr(from, '\n', (size_t)(end - from));
        size_t length = (size_t)((newline ? newline : end) - from);
        longest = length > longest ? length : longest;
        from += length + 1;
    }
    return longest;
}

/* The longest line of what is not in common before and after, with the whole lines around it. */
static size_t longest_changed_line(const struct side *side, size_t before, size_t after)
{
    size_t from = before, to = side->length - after;
    while (from > 0 && side->text[from - 1] != '\n')
        from--;
    while (to < side->length && side->text[to] != '\n')
        to++;
    return longest_line(side->text + from, side->text + to);
}

static bool has_endless_change(const struct side *old, const struct side *now)
{
    size_t least = old->length < now->length ? old->length : now->length, before = 0, after = 0;
    while (before < least && old->text[before] == now->text[before])
        before++;
    while (after < least - before &&
           old->text[old->length - 1 - after] == now->text[now->length - 1 - after])
        after++;
    return longest_changed_line(old, before, after) > LINE_MAX_SHOWN ||
           longest_changed_line(now, before, after) > LINE_MAX_SHOWN;
}

/*
 * Whether a line is broken behind at: between the members of an object and the items of an array of
 * arrays or objects, so that where one changes, its neighbours stay lines of their own.
 */
static bool is_break(const struct side *side, const char *at)
{
    bool blank = *at == ' ' && at > side->text;
    if (at[-blank] != ',' || at + 1 == side->text + side->length)
        return false;
    return at[1] == '"' || at[1] == '[' || at[1] == '{';
}

static void append_broken(const struct side *side, struct buffer *out)
{
    const char *end = side->text + side->length;
    for (const char *at = side->text; at < end; at++) {
        buffer_append(out, at, 1);
        if (is_break(side, at))
            buffer_append_string(out, "\n");
    }
}

/* "LINE:COLUMN", both from 1, of the first byte of a line (from 1) of the broken text. */
static void append_place(const struct side *side, unsigned long wanted, struct buffer *out)
{
    unsigned long broken = 1;
    size_t line = 1, column = 1;
    const char *end = side->text + side->length;
    for (const char *at = side->text; at < end && broken < wanted; at++) {
        column += !text_is_continuation(*at);
        if (*at == '\n') {
            line++;
            column = 1;
        }
        broken += *at == '\n' || is_break(side, at);
    }
    buffer_print(out, "%zu:%zu", line, column);
}

/* A hunk's heading counts lines that the files do not have: places in them stand there instead. */
static void append_heading(const char *heading, const struct side *old, const struct side *now,
                           struct buffer *out)
{
    const char *plus = strchr(heading, '+'); /* "@@ -5,7 +5,7 @@" */
    buffer_append_string(out, "@@ -");
    append_place(old, strtoul(heading + strlen("@@ -"), NULL, 10), out);
    buffer_append_string(out, " +");
    append_place(now, strtoul(plus + 1, NULL, 10), out);
    buffer_append_string(out, " @@ (line:column; long lines are shown in parts)\n");
}

static void append_places(const char *patch, const struct side *old, const struct side *now,
                          struct buffer *out)
{
    for (size_t length; *patch; patch += length) {
        length = strcspn(patch, "\n");
        length += patch[length] == '\n';
        if (strncmp(patch, "@@ ", 3) == 0)
            append_heading(patch, old, now, out);
        else
            buffer_append(out, patch, length);
    }
}

/* Appends what git says of the two texts from their names on: what it says before is of no file. */
static void append_diff(const struct side *old, const struct side *now, const char *name,
                        struct buffer *out)
{
    git_patch *patch = NULL;
    git_buf text = {0};
    git_diff_options options;
    git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
    options.flags = GIT_DIFF_FORCE_TEXT;
    if (git_patch_from_buffers(&patch, old->text, old->length, name, now->text, now->length, name,
                               &options) == 0 &&
        git_patch_to_buf(&text, patch) == 0) {
        const char *names = strstr(text.ptr, "--- ");
        buffer_append_string(out, names ? names : "");
    }
    git_buf_dispose(&text);
    git_patch_free(patch);
}

static void append_broken_diff(const struct side *old, const struct side *now, const char *name,
                               struct buffer *out)
{
    struct buffer old_broken = {0}, now_broken = {0}, patch = {0};
    append_broken(old, &old_broken);
    append_broken(now, &now_broken);
    append_diff(&(struct side){buffer_string(&old_broken), old_broken.length},
                &(struct side){buffer_string(&now_broken), now_broken.length}, name, &patch);
    append_places(buffer_string(&patch), old, now, out);
    buffer_done(&old_broken);
    buffer_done(&now_broken);
    buffer_done(&patch);
}

void text_diff(const char *old, size_t old_length, const char *now, size_t length, const char *name,
               struct buffer *out)
{
    struct side before = {old, old_length}, after = {now, length};
    if (!libgit_begin())
        return;
    if (has_endless_change(&before, &after))
        append_broken_diff(&before, &after, name, out);
    else
        append_diff(&before, &after, name, out);
    libgit_end();
}
