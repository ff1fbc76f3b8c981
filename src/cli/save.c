/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saving a session for the commands that write. */
#include "cli/save.h"

#include <stdlib.h>
#include <string.h>

#include "base/folders.h"
#include "report/readout.h"
#include "report/text_diff.h"
#include "tune/recovery.h"

/* Whether all that a journal holds is in the file that was loaded. */
static bool is_saved(const char *journal, const struct calibration *now)
{
    struct recovery recovery;
    struct error error;
    if (recovery_open(journal, &recovery, &error))
        return false;
    bool saved = recovery_is_done(&recovery, now);
    recovery_done(&recovery);
    return saved;
}

static void tell_journal(const struct cli *cli, const struct save *save, const char *journal)
{
    cli_say(cli,
            "%s: a session left edits unsaved, which are kept in %s; `calscope journal %s` shows "
            "them, with --apply writes and with --drop removes them",
            save->file, journal, save->file);
}

/* Of several the youngest, which is the one that `calscope journal` takes up first. */
static void tell_unsaved(const struct cli *cli, const struct save *save)
{
    size_t count = 0;
    char *folder = folder_state();
    char **journals = folder ? journal_list(folder, save->path, &count) : NULL;
    bool told = false;
    while (journals && count > 0) {
        char *journal = journals[--count];
        if (!told && !is_saved(journal, save->calibration)) {
            tell_journal(cli, save, journal);
            told = true;
        }
        free(journal);
    }
    free(journals);
    free(folder);
}

int save_check(const struct cli *cli, const struct save *save)
{
    if (save->path)
        tell_unsaved(cli, save);
    if (save->path || save->dry_run)
        return EXIT_FINE;
    cli_say(cli, "%s cannot be written: only a file in place can; --dry-run prints the diff",
            strcmp(save->file, "-") == 0 ? "standard input" : save->file);
    return EXIT_TROUBLE;
}

/* A file's lines are untrusted text like any other. */
static void append_lines(struct cli *cli, const struct buffer *text)
{
    const char *at = buffer_string(text);
    const char *end = at + text->length;
    while (at < end) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        const char *stop = newline ? newline : end;
        text_append(&cli->out, at, (size_t)(stop - at), cli->charset, -1);
        buffer_append_string(&cli->out, "\n");
        at = stop + (newline != NULL);
    }
}

void save_print_diff(struct cli *cli, const char *name, const struct calibration *calibration,
                     const struct buffer *now)
{
    struct buffer diff = {0};
    size_t length;
    const char *old = json_document_bytes(calibration->document, &length);
    text_diff(old, length, buffer_string(now), now->length, name, &diff);
    append_lines(cli, &diff);
    buffer_done(&diff);
}

static void print_diff(struct cli *cli, const struct save *save, const struct change_set *changes)
{
    struct buffer now = {0};
    store_compose(changes, &now);
    save_print_diff(cli, save->path ? save->path : save->file, save->calibration, &now);
    buffer_done(&now);
}

/* Statistics that do not exist are written as the field's "unknown": that must not pass unseen. */
static void tell_undefined(const struct cli *cli, const struct curve_change *change)
{
    struct curve curve = {change->breakpoints, change->breakpoint_count};
    struct buffer text = {0};
    if (readout_undefined(change->curve, &curve, &text))
        cli_say(cli, "%s", text.bytes);
    buffer_done(&text);
}

static int write_changes(struct cli *cli, const struct save *save, const struct change_set *changes,
                         bool *written)
{
    struct error error;
    enum status status = store_save(save->path, changes, NULL, &error);
    *written = status == STATUS_OK || status == STATUS_UNSYNCED;
    cli->saved = cli->saved || *written;
    if (status)
        cli_complain(cli, save->path, &error);
    for (size_t i = 0; i < changes->count && *written; i++)
        tell_undefined(cli, &changes->items[i]);
    return status ? EXIT_TROUBLE : EXIT_FINE;
}

int save_run(struct cli *cli, const struct save *save, bool *written)
{
    int status = EXIT_FINE;
    char *note = save->note && *save->note ? store_dated_note(save->note) : NULL;
    struct change_set changes = session_changes(save->session, note);
    *written = false;
    if (changes.count == 0)
        cli_say(cli, "%s: nothing to write", save->file);
    else if (!save->dry_run)
        status = write_changes(cli, save, &changes, written);
    else if (!cli->json)
        print_diff(cli, save, &changes);
    free(changes.items);
    free(note);
    return status;
}
