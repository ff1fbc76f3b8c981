/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What differs between the two sides of one operation, a line each. Both faces show it. */
#ifndef REPORT_CHANGES_H
#define REPORT_CHANGES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "compare/compare.h"

struct buffer;

/*
 * Appends lines that each end in "\n": breakpoints added, moved, removed; sizes measured on one
 * side only; how many shared points differ; what else the curves state; and with all of it, where
 * they are compared without points (changes_append_lacks). At most limit breakpoints
 * and sizes of a side, then how many more there are, and strings of the files are cut as in tables;
 * SIZE_MAX: all, and whole. Nothing where a side is missing or nothing differs. The strings are
 * made safe for the charset.
 */
void changes_of_curve(const struct compared_curve *curve, enum text_charset charset, size_t limit,
                      struct buffer *out);

/*
 * Appends where in the sizes that both cover a side has no data point, as its stated range goes on
 * there: "no point of A below 33.3 k, of B above 95 M". False, with nothing appended, where both
 * have points from end to end.
 */
bool changes_append_lacks(const struct compared_curve *curve, struct buffer *out);

/*
 * Appends a text of one side as display cells, at most so many columns (below 0: all). Where they
 * would end before it differs from the other side's (NULL: there is none), an ellipsis stands for
 * what both begin with.
 */
void changes_append_text(const char *text, const char *other, enum text_charset charset,
                         int columns, struct buffer *out);

#endif
