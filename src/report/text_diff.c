/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A unified diff of two texts through libgit2. */
#include "report/text_diff.h"

#include <string.h>

#include <git2.h>

#include "base/buffer.h"
#include "calibration/libgit.h"

/* git's own lines before the names say nothing about two texts in memory. */
static void append_from_names(const char *patch, struct buffer *out)
{
    const char *names = strstr(patch, "--- ");
    if (names)
        buffer_append_string(out, names);
}

void text_diff(const char *old, size_t old_length, const char *now, size_t length, const char *name,
               struct buffer *out)
{
    git_patch *patch = NULL;
    git_buf text = {0};
    git_diff_options options;
    if (!libgit_begin())
        return;
    git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
    options.flags = GIT_DIFF_FORCE_TEXT;
    if (git_patch_from_buffers(&patch, old, old_length, name, now, length, name, &options) == 0 &&
        git_patch_to_buf(&text, patch) == 0)
        append_from_names(text.ptr, out);
    git_buf_dispose(&text);
    git_patch_free(patch);
    libgit_end();
}
