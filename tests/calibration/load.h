/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A calibration for a test that cannot do without it. */
#ifndef TESTS_CALIBRATION_LOAD_H
#define TESTS_CALIBRATION_LOAD_H

#include "calibration/source.h"

/* Fails the test where the file cannot be read; the caller frees the calibration. */
static inline struct calibration *load(const char *path)
{
    struct calibration *calibration = NULL;
    struct error error = {0};
    if (calibration_load(path, &calibration, &error))
        fail_msg("%s: %s", path, error.message);
    return calibration;
}

#endif
