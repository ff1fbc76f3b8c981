/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The order that makes a save durable, read from a trace of every way to save: a new file is made,
 * written, synced, read back, and only then renamed over the old one; last the folder is synced.
 * And the one that makes an edit durable: it is in the journal before the screen shows it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "subject.h"
#include "trace.h"

enum { SKIPPED = 77 };

/* A save as its trace shows it. Borrows from the trace, owns the two names. */
struct save {
    const struct trace *trace;
    const struct scratch *scratch;
    char *temporary; /* "</folder/name>", as its descriptors are followed by */
    char *folder;    /* "</folder>" */
};

static bool is_call(const struct trace_call *call, const char *name, const char *on)
{
    return strcmp(call->name, name) == 0 && strstr(call->text, on) && call->result >= 0;
}

/* The first such call from a place on; the end of the trace if there is none. */
static size_t find_from(const struct save *save, size_t from, const char *name, const char *on)
{
    while (from < save->trace->count && !is_call(&save->trace->calls[from], name, on))
        from++;
    return from;
}

static size_t find_last(const struct save *save, const char *name, const char *on)
{
    size_t last = save->trace->count;
    for (size_t i = 0; i < save->trace->count; i++)
        if (is_call(&save->trace->calls[i], name, on))
            last = i;
    return last;
}

/* Bytes that calls of this name moved between two places. */
static size_t sum_results(const struct save *save, size_t from, size_t to, const char *name)
{
    size_t sum = 0;
    for (size_t i = from; i < to; i++)
        if (is_call(&save->trace->calls[i], name, save->temporary))
            sum += (size_t)save->trace->calls[i].result;
    return sum;
}

/* Whether the file itself was opened for more than reading. */
static bool is_opened_to_write(const struct save *save)
{
    char *name = memory_print("\"%s\"", save->scratch->file);
    bool found = false;
    for (size_t i = 0; i < save->trace->count && !found; i++)
        found = is_call(&save->trace->calls[i], "openat", name) &&
                !strstr(save->trace->calls[i].text, "O_RDONLY");
    free(name);
    return found;
}

/* The name of what the call opened: the path behind its result. */
static char *opened_name(const struct trace_call *call)
{
    return memory_copy_string(strrchr(call->text, '<'));
}

/* To an old name, or to a new one that must not be taken meanwhile. */
static size_t find_rename(const struct save *save, size_t from)
{
    size_t over = find_from(save, from, "renameat", "\"curves.json\"");
    size_t new = find_from(save, from, "renameat2", "\"curves.json\", RENAME_NOREPLACE");
    return over < new ? over : new;
}

/* NULL where the order holds, else what does not. */
static const char *check(struct save *save, size_t saved_length)
{
    size_t end = save->trace->count, made = find_from(save, 0, "openat", ".calscope-");
    if (is_opened_to_write(save))
        return "the file itself is opened for writing";
    if (made == end || !strstr(save->trace->calls[made].text, "O_CREAT|O_EXCL"))
        return "no new file is made";
    save->temporary = opened_name(&save->trace->calls[made]);
    size_t renamed = find_rename(save, made);
    size_t synced = find_from(save, made, "fsync", save->temporary);
    if (renamed == end || synced > renamed)
        return "it is renamed before it is synced";
    if (find_last(save, "write", save->temporary) > synced ||
        sum_results(save, made, synced, "write") != saved_length)
        return "not all of it is written before it is synced";
    if (sum_results(save, synced, renamed, "read") != saved_length)
        return "it is not read back between sync and rename";
    if (find_from(save, renamed, "fsync", save->folder) == end)
        return "the folder is not synced behind the rename";
    return NULL;
}

/* Whether the folder in which the call made another is synced at once. */
static bool is_parent_synced(const struct save *save, size_t made)
{
    const char *text = save->trace->calls[made].text, *from = strchr(text, '"') + 1;
    const char *to = strchr(from, '"');
    while (to > from && *to != '/')
        to--;
    char *parent = memory_print("<%.*s>", (int)(to - from), from);
    bool synced = find_from(save, made, "fsync", parent) <= made + 2; /* behind its open */
    free(parent);
    return synced;
}

/* The same for the journal, from the key that edits on. */
static const char *check_journal(struct save *save, const struct subject *subject)
{
    size_t end = save->trace->count, key = trace_find_save(save->trace, subject->from_key + 1, "");
    size_t made = find_from(save, key, "openat", "O_TMPFILE");
    size_t named = find_from(save, key, "linkat", "/state/calscope/");
    size_t shown = find_from(save, key, "write", "</dev/pts/");
    if (made == end || shown == end || named > shown)
        return "there is no journal, or nothing is shown";
    save->temporary = opened_name(&save->trace->calls[made]);
    size_t written = find_last(save, "write", save->temporary);
    size_t synced = find_last(save, "fdatasync", save->temporary);
    if (written == end || synced == end || synced < written)
        return "the journal is not synced behind its last record";
    if (find_from(save, made, "fdatasync", save->temporary) > named)
        return "the journal has a name before it is whole";
    if (find_from(save, named, "fsync", "/state/calscope>") > shown)
        return "the journal's folder is not synced before the edit is shown";
    for (size_t i = key; i < shown; i++)
        if (is_call(&save->trace->calls[i], "mkdir", "") && !is_parent_synced(save, i))
            return "a folder that was made may be lost";
    return synced < shown ? NULL : "the edit is shown before it is in the journal";
}

/* Says what does not hold; for the control, that has to be something. */
static bool try_subject(const struct subject *subject)
{
    struct scratch scratch;
    struct trace trace = {0};
    char *saved = NULL;
    size_t saved_length;
    scratch_init(&scratch, subject);
    const char *wrong = "it does not save";
    if (subject_trace(subject, &scratch, &trace, &saved, &saved_length)) {
        struct save save = {&trace, &scratch, NULL, memory_print("<%s>", scratch.folder)};
        wrong = subject->crashes ? check_journal(&save, subject) : check(&save, saved_length);
        free(save.temporary);
        free(save.folder);
    }
    printf("%s: %s\n", subject->name, wrong ? wrong : "holds");
    trace_done(&trace);
    free(saved);
    scratch_done(&scratch);
    return (wrong != NULL) == subject->saves_in_place;
}

int main(void)
{
    size_t wrong = 0;
    if (!trace_is_possible())
        return SKIPPED;
    for (size_t i = 0; i < subject_count; i++)
        wrong += !try_subject(&subjects[i]);
    printf("order of sync and rename: %zu ways to write and a control, %zu violations\n",
           subject_count - 1, wrong);
    return wrong ? EXIT_FAILURE : EXIT_SUCCESS;
}
