/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A registry: every efficiency_curves.json below a folder, found and read in small steps so that a
 * program can draw and take keys while it fills.
 *
 * The scan goes by file name and opens nothing else. It stays below the root: links to folders are
 * not followed, a link to a file counts only if its target is a regular file below the root. What
 * cannot be read becomes an entry that says why; it never stops the scan.
 */
#ifndef CALIBRATION_REGISTRY_H
#define CALIBRATION_REGISTRY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "calibration/calibration.h"
#include "calibration/watch.h"

#define REGISTRY_FILE_NAME "efficiency_curves.json"

/*
 * What a listing shows of one file. Owned by its registry; all strings are copies, NULL if absent.
 */
struct registry_entry {
    char *id;   /* the file's folder relative to the root: cpu/i7-12700K, cuda/orin_15w/bf16 */
    char *path; /* of the file */
    bool broken;
    char *message; /* broken: what is wrong, with its place */
    char *hardware_id, *hardware_name, *device_type, *precision, *calibration_date;
    size_t curves, bandwidth_curves, points;
    double worst_r_squared; /* lowest known stored one; NaN: none is known */
    size_t sources[POINT_SOURCE_COUNT];
    size_t single_points; /* points of one observation (num_observations 1) */
    char *curve_names;    /* one a line, bandwidth:NAME too; NULL: there is none */
    bool kept_edits;      /* an earlier session left unsaved edits of it: registry_set_kept */
};

struct registry;

/*
 * Opens the folder at path, or the one file at path as a registry of one. Reads nothing yet. The
 * caller frees *out.
 */
enum status registry_open(const char *path, struct registry **out, struct error *error);
void registry_free(struct registry *registry);

/*
 * Does one bounded piece of work (the names of a folder, at most one file). False when all is done.
 */
bool registry_step(struct registry *registry);

/* Steps to the end. */
void registry_scan(struct registry *registry);

/* Whether there is nothing left for registry_step. */
bool registry_is_complete(const struct registry *registry);

/* Whether it is of one file, and not of a folder. */
bool registry_is_single_file(const struct registry *registry);

/* The path as it was opened. */
const char *registry_root(const struct registry *registry);

/* How many entries are there by now, and how many of them are broken. */
size_t registry_count(const struct registry *registry);
size_t registry_broken_count(const struct registry *registry);

/*
 * An entry, borrowed: the one at index below the count, in the order of ids, which stays while more
 * come; the one of that id, NULL where there is none.
 */
const struct registry_entry *registry_at(const struct registry *registry, size_t index);
const struct registry_entry *registry_find(const struct registry *registry, const char *id);

/*
 * Watches what is read from now on (calibration/watch.h); to be called before the first step. The
 * watch is borrowed as long as the registry lives.
 */
void registry_watch(struct registry *registry, struct watch *watch);

/* Whether a change that the watch told of is about the file at path. */
bool registry_concerns(const struct registry *registry, const struct watch_change *change,
                       const char *path);

/*
 * Follows a change: entries come, are read again, and go; pointers to those are dead then. What a
 * new folder holds comes by registry_step, and the registry is not complete until then. Not for
 * WATCH_LOST.
 */
void registry_update(struct registry *registry, const struct watch_change *change);

/*
 * After WATCH_LOST: reads everything again, by registry_step, under the entries there are. Those of
 * what is gone go at once, but for the files whose path stays() holds for.
 */
void registry_start_over(struct registry *registry,
                         bool (*stays)(const void *context, const char *path), const void *context);

/*
 * Marks the entries of these files, by their real paths, as having kept edits, and no others; also
 * those that come later. The paths are copied.
 */
void registry_set_kept(struct registry *registry, char *const *files, size_t count);

/* Reads the entry's file again, after a save. */
void registry_refresh(struct registry *registry, const char *id);

/* Whether path is a folder of devices, rather than the folder of one device or a file. */
bool registry_is_folder(const char *path);

/* Whether path is the folder of one device, with no folders below it that could hold others. */
bool registry_is_device(const char *path);

/*
 * The first known of: argument, ./hardware_registry, the installed one. Caller frees; never NULL.
 */
char *registry_default_path(const char *argument);

/* The entry of a file that is no link, by its real path; NULL where there is none. */
const struct registry_entry *registry_find_file(const struct registry *registry, const char *real);

#endif
