/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A journal that is in its folder at once; the explorer begins one with the first edit. */
#ifndef TESTS_JOURNAL_START_H
#define TESTS_JOURNAL_START_H

#include "tune/journal.h"

/* As journal_new and journal_begin. The caller keeps or removes *out; NULL where it fails. */
static inline enum status journal_start(const char *folder, const char *path, const char *bytes,
                                        size_t length, struct journal_writer **out,
                                        struct error *error)
{
    struct journal_writer *writer = journal_new(path, bytes, length);
    enum status status = journal_begin(writer, folder, error);
    *out = status == STATUS_OK ? writer : NULL;
    if (status)
        journal_remove(writer);
    return status;
}

#endif
