/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an id that is none may have meant. */
#ifndef CALIBRATION_SUGGEST_H
#define CALIBRATION_SUGGEST_H

struct buffer;

/*
 * Appends up to three ids below registry that are like what was typed, "a, b or c": those that have
 * it in them, else those a few letters away. Nothing where there are none.
 */
void suggest_ids(const char *registry, const char *typed, struct buffer *out);

#endif
