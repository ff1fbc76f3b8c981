/* SPDX-License-Identifier: GPL-3.0-or-later */
/* validate --fix: the remedies that lose nothing, shown as a diff and written. */
#ifndef CLI_VALIDATE_FIX_H
#define CLI_VALIDATE_FIX_H

#include "cli/validate_answer.h"

/*
 * Mends what *calibration has and, where something was mended, puts the calibration as it now
 * stands in *calibration's place; result->fixed and ->written say what was done. Where the file
 * cannot be written that is said, *calibration stays, and the answer's status tells. before: its
 * findings.
 */
void validate_fix(struct validate_answer *answer, struct validate_result *result,
                  const struct findings *before, struct calibration **calibration);

#endif
