/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What writing and reading a journal agree on: private to this folder. */
#ifndef TUNE_JOURNAL_PRIVATE_H
#define TUNE_JOURNAL_PRIVATE_H

#include "json/reader.h"

#define JOURNAL_URI "file://"
#define JOURNAL_SUFFIX "journal"
#define JOURNAL_NOTE "note"

/* No journal grows beyond what is read of one. */
enum {
    JOURNAL_VERSION = 1,
    JOURNAL_DEEDS = 3,
    JOURNAL_SIDES = 3,
    JOURNAL_BYTES_MAX = 2 * JSON_BYTES_MAX
};

/*
 * The absolute path without links of a file that need not be there: what a journal names it by. The
 * caller frees it.
 */
char *journal_real_path(const char *path);

/* The words of enum journal_deed. */
extern const char *const journal_deeds[JOURNAL_DEEDS];

/* The members of a file that enum journal_side means; NULL for an unknown one. */
extern const char *const journal_sides[JOURNAL_SIDES];

#endif
