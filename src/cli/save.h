/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing what a command changed: the diff of it, or the file. */
#ifndef CLI_SAVE_H
#define CLI_SAVE_H

#include "cli/command.h"
#include "tune/session.h"

/* What to write and where. Everything is borrowed. */
struct save {
    const char *file; /* as the command line names it, for messages */
    const char *path; /* NULL: a revision or standard input, which cannot be written */
    const struct calibration *calibration;
    const struct session *session;
    const char *note; /* why, for the curve's notes; NULL: none */
    bool dry_run;     /* answer with the diff (none in JSON) and write nothing */
};

/*
 * Complains and returns EXIT_TROUBLE where save could not write; EXIT_FINE otherwise. Says where a
 * killed session left edits of the file that it does not hold. That is no reason to refuse: their
 * journal stays as it is, with the bytes that they were made over, and is merged into the file when
 * it is taken up; the explorer, too, saves over a journal that was put off.
 */
int save_check(const struct cli *cli, const struct save *save);

/* Writes what the session changed. *written tells whether the file did change. */
int save_run(struct cli *cli, const struct save *save, bool *written);

/* Appends the diff from what a calibration was read from to the bytes that would be written. */
void save_print_diff(struct cli *cli, const char *name, const struct calibration *calibration,
                     const struct buffer *now);

#endif
