/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text face of `calscope show`. */
#ifndef CLI_SHOW_TEXT_H
#define CLI_SHOW_TEXT_H

#include "cli/command.h"

/* Appends the facts and every curve, or the only one in detail. counts: findings by severity. */
void show_text(struct cli *cli, const char *file, const struct calibration *calibration,
               const struct calibration_curve *only, const size_t counts[3]);

#endif
