/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the matrix view knows of a whole registry: the coverage and the outline of every
 * calibration, and the distances that were asked for. Read and measured one by one, so that keys
 * need not wait.
 */
#ifndef UI_VIEW_SURVEY_H
#define UI_VIEW_SURVEY_H

#include <stdbool.h>
#include <stddef.h>

#include "calibration/registry.h"
#include "compare/coverage.h"
#include "compare/distance.h"

/* What two devices are to each other. */
enum survey_relation {
    SURVEY_PENDING, /* not measured yet */
    SURVEY_APART,   /* by a distance, which may be 0 */
    SURVEY_SAME,    /* their files are the same, byte for byte */
    SURVEY_NOTHING, /* they share no operation over a common range */
    SURVEY_BROKEN,  /* one of the two cannot be read */
    SURVEY_ITSELF,
};

struct survey_pair {
    enum survey_relation relation;
    float nepers;        /* SURVEY_APART and SURVEY_SAME: compare/distance.h */
    unsigned operations; /* how many of them the distance rests on */
};

/* One calibration of the registry. Owned by its survey; the entry is borrowed from the registry. */
struct survey_device {
    const struct registry_entry *entry;
    bool read;     /* what follows is known */
    bool broken;   /* nothing could be read: coverage and outline are empty */
    size_t length; /* of the file, in bytes */
    struct coverage coverage;
    struct outline outline;
    struct survey_pair *pairs; /* with each device before it; NULL: none was measured */
};

/* Zeroed, none was started. */
struct survey {
    bool started;
    struct survey_device *devices; /* in the order of the registry */
    size_t count, read_count;
    struct coverage all; /* of the devices that were read */
};

/* Begins a survey of a registry that is complete. Reads nothing yet. */
void survey_start(struct survey *survey, const struct registry *registry);
void survey_done(struct survey *survey);

/* Reads a device's file, unless it was read. */
void survey_read(struct survey *survey, size_t device);

/* Reads the first device that was not read yet; there must be one. */
void survey_read_next(struct survey *survey);

/* Measures two devices, and reads their files where they were not read. */
void survey_measure(struct survey *survey, size_t a, size_t b);

/* What was measured of two devices. */
struct survey_pair survey_pair(const struct survey *survey, size_t a, size_t b);

#endif
