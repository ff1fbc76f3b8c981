/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a registry's entry says of one file, read in one pass: no document is built and only the
 * numbers that are shown are converted. It says what the full reader would; where there is
 * something wrong or odd in the file, the full reader is asked.
 */
#ifndef CALIBRATION_LISTING_H
#define CALIBRATION_LISTING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "calibration/registry.h"

/*
 * Fills what entry says of a file with these bytes, which a NUL follows. On failure the entry says
 * nothing and error is that of calibration_read().
 */
enum status listing_read(const char *bytes, size_t length, struct registry_entry *entry,
                         struct error *error);

/* The one pass alone. False: something is wrong, or odd; the entry then says nothing. */
bool listing_scan(const char *bytes, size_t length, struct registry_entry *entry);

/* The same from a calibration that was read in full. */
void listing_summarise(const struct calibration *calibration, struct registry_entry *entry);

/* Frees what the entry says of its file and leaves its id and path. */
void listing_clear(struct registry_entry *entry);

#endif
