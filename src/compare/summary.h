/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A comparison summed up: a phrase for one operation, a sentence for the pair. */
#ifndef COMPARE_SUMMARY_H
#define COMPARE_SUMMARY_H

#include "base/text.h"
#include "compare/compare.h"

struct buffer;

/*
 * Appends what a reader should remember of one operation, as it follows its name: "is 8.2 % better
 * at 4 of 6 points", "unclear (one observation)", "only in B", "equal". The percentage is that of
 * the geometric mean of B/A over the points of that verdict; an unclear one gives the most frequent
 * reason, and unclear ones beside others are counted. Without shared points it is the curves' mean
 * ratio, which is no verdict and says so.
 */
void summary_of_curve(const struct compared_curve *curve, struct buffer *out);

/*
 * Appends "3 operations: conv2d is 8.2 % better at 4 of 6 points, matmul unclear (one observation),
 * relu only in B", then the fields of the metadata that differ. Operations that are equal are
 * counted, and those of one side only where there are more than three. Names are made safe and cut
 * at SUMMARY_NAME_COLUMNS.
 */
void summary_of_comparison(const struct comparison *comparison, enum text_charset charset,
                           struct buffer *out);

enum { SUMMARY_NAME_COLUMNS = 40 };

#endif
