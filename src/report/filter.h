/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A filter over the entries of a registry, as people type it: terms between blanks, all of which
 * hold.
 *
 *     term   = [- or !] (word | field op value)     - and ! turn it round
 *     op     = : contains   = is   !=   <   <=   >   >=
 *     word, value = characters other than blanks, or "with blanks"
 *
 * Upper and lower case are the same. A word is looked for in what a row of the list shows. Of a
 * field with several things to it (source, curve) one is enough. What is not known fulfils no
 * comparison but `=n/a`, and so its negation. A date is compared as far as it was typed:
 * date>2025-06 is July or later.
 */
#ifndef REPORT_FILTER_H
#define REPORT_FILTER_H

#include <stdbool.h>

#include "base/error.h"
#include "calibration/registry.h"

struct filter;

/*
 * STATUS_INVALID where a term is wrong; error has the column at which that begins, in characters
 * from 1. "" holds for everything. The caller frees *out.
 */
enum status filter_parse(const char *text, struct filter **out, struct error *error);
void filter_free(struct filter *filter);

/* filter NULL holds for everything. */
bool filter_holds(const struct filter *filter, const struct registry_entry *entry);

#endif
