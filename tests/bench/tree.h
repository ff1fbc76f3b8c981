/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Registries to measure with: as many calibrations as asked for, and files that are none. */
#ifndef BENCH_TREE_H
#define BENCH_TREE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Writes root/{cpu,gpu}/device_NNNN/efficiency_curves.json, each like a measured one (about 40 KB).
 * Half of the unrelated files stand beside them, half in one folder that comes first in the walk.
 * The same counts always give the same bytes. *bytes is the size of all calibrations. False with
 * errno set.
 */
bool tree_make(const char *root, int calibrations, int unrelated, size_t *bytes);

/* Writes one such calibration, 0.8 kB a point (2 or more a curve). False with errno set. */
bool tree_make_calibration(const char *path, int curves, int points);

#endif
