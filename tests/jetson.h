/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bundled Jetson's calibration, for tests that only read it. */
#ifndef TESTS_JETSON_H
#define TESTS_JETSON_H

#include "calibration/calibration.h"

#define JETSON SOURCE_DIR "/hardware_registry/gpu/jetson_orin_agx/efficiency_curves.json"

static struct calibration *jetson;

static inline int load_jetson(void **state)
{
    (void)state;
    return (int)calibration_load(JETSON, &jetson, NULL);
}

static inline int free_jetson(void **state)
{
    (void)state;
    calibration_free(jetson);
    return 0;
}

#endif
