/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is at a path where calibrations were looked for. */
#ifndef REPORT_FOUND_H
#define REPORT_FOUND_H

struct buffer;

/*
 * Appends what is at path, as the rest of a sentence: "3 files (2 .png, 1 .md), 1 folder", "a
 * picture (PNG)", "JSON, an object with name, version", "text that is not JSON". Looks into no
 * folder below, and opens regular files alone.
 */
void found_describe(const char *path, struct buffer *out);

#endif
