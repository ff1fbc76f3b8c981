/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a listing can be filtered and sorted by: one table of fields over the entries of a registry.
 * The browser's filter, its columns, and `calscope ls --filter` and `--sort` go by it.
 */
#ifndef REPORT_FIELDS_H
#define REPORT_FIELDS_H

#include <stddef.h>

#include "base/buffer.h"
#include "calibration/registry.h"

enum field_kind {
    FIELD_TEXT,
    FIELD_NUMBER,
    FIELD_DATE, /* text that is compared as far as somebody typed it: 2025-06 is a month */
};

struct field {
    const char *name;
    enum field_kind kind;
    const char *help; /* a line without its end */
    /*
     * FIELD_TEXT and FIELD_DATE: appends what an entry has, one thing a line; nothing: not known.
     */
    void (*text)(const struct registry_entry *entry, struct buffer *out);
    /* FIELD_NUMBER: NaN where it is not known. */
    double (*number)(const struct registry_entry *entry);
    const char *words; /* of a FIELD_TEXT all that it can be, blanks between; NULL: anything */
};

/* All of them, *count many. Static. */
const struct field *fields_table(size_t *count);

/* The field of that name; NULL where there is none. name needs no NUL. */
const struct field *field_find(const char *name, size_t length);

/* "id device type ...": the names of all. */
void fields_names(struct buffer *out);

#endif
