/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An order of the entries of a registry, by one field. */
#ifndef REPORT_ORDER_H
#define REPORT_ORDER_H

#include <stdbool.h>

#include "base/error.h"
#include "report/fields.h"

/* field NULL: the order of the registry, by id. */
struct order {
    const struct field *field;
    bool descending;
};

/* Reads FIELD, FIELD:asc or FIELD:desc. STATUS_INVALID where it is none of these. */
enum status order_parse(const char *text, struct order *out, struct error *error);

/*
 * Sorts entries. Those that are the same keep their order. What is not known comes behind what is,
 * and broken files come last, either way. Only by state, descending, they come first; by id they
 * stand among the others.
 */
void order_sort(const struct order *order, const struct registry_entry **entries, size_t count);

#endif
