/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What writing and reading a journal agree on: private to this folder. */
#ifndef TUNE_JOURNAL_PRIVATE_H
#define TUNE_JOURNAL_PRIVATE_H

#define JOURNAL_URI "file://"
#define JOURNAL_SUFFIX "journal"

enum { JOURNAL_VERSION = 1, JOURNAL_DEEDS = 3 };

/*
 * The absolute path without links of a file that need not be there: what a journal names it by. The
 * caller frees it.
 */
char *journal_real_path(const char *path);

/* The words of enum journal_deed. */
extern const char *const journal_deeds[JOURNAL_DEEDS];

#endif
