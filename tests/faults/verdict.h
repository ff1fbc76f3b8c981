/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a run left a whole file, and told the truth about it. */
#ifndef FAULTS_VERDICT_H
#define FAULTS_VERDICT_H

#include <stddef.h>

struct outcome;
struct scratch;
struct subject;

enum content { CONTENT_OLD, CONTENT_NEW, CONTENT_TORN };

/* What the file is now; saved: its bytes after an undisturbed save. */
enum content verdict_content(const struct scratch *scratch, const char *saved, size_t length);

/* "the old file", "the new file", "A TORN FILE" */
const char *verdict_content_name(enum content content);

/* On a run that ended by itself. NULL if all is well, else what is wrong. */
const char *verdict_ended(const struct scratch *scratch, const struct outcome *outcome,
                          enum content content);

/* The same on one that could remove nothing: the next save does it. */
const char *verdict_stuck(const struct scratch *scratch, const struct outcome *outcome,
                          enum content content);

/* On a run that was killed; saves once more, to see the leftovers go. NULL if all is well. */
const char *verdict_killed(const struct scratch *scratch, const struct outcome *outcome,
                           enum content content);

/*
 * On a session that was edited and killed before it saved: an edit that was on the screen is
 * offered to the next session, or the screen warned that it would not be. NULL if all is well.
 */
const char *verdict_crashed(const struct subject *subject, const struct scratch *scratch,
                            const struct outcome *outcome, enum content content);

#endif
