/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Findings as SARIF 2.1.0 (OASIS), which code hosts show in reviews: one run, its rules, its
 * results in the order of the files.
 *
 * Files in the working folder are named relative to it, with the base %SRCROOT%; others by a file:
 * URI. Columns count characters. A result's fingerprint is made of its rule, its place in the
 * document with points called by their size, and its sentence without figures: edits elsewhere,
 * and other points that come or go, leave it as it is.
 */
#ifndef CLI_VALIDATE_SARIF_H
#define CLI_VALIDATE_SARIF_H

#include "cli/validate_answer.h"

/* The writer is zeroed; out is borrowed until sarif_end. */
void sarif_begin(struct json_writer *writer, struct buffer *out);
void sarif_add(struct json_writer *writer, const struct validate_result *result);

/* successful: every file could be read and, where asked for, written. */
void sarif_end(struct json_writer *writer, bool successful);

#endif
