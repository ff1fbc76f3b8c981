/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The journal of an editing session: every edit, on the disk before the screen shows it, outside of
 * the registry. A session that ends early (a kill, a power failure, a closed terminal) leaves it
 * behind, and the next one offers what it holds (tune/recovery.h).
 *
 * It holds all that is needed: a line of JSON that names the file, the file's bytes as they were
 * loaded, and a line of JSON for each edit with the curve as it was left by it. A line that is not
 * whole at the end was never finished; its edit was never shown.
 *
 *     {"journal":1,"file":"file:///registry/gpu/x/efficiency_curves.json",
 *      "started":"2026-02-04T10:20:30Z","bytes":32123}
 *     {"schema_version": ...
 *     {"do":"edit","what":"moved breakpoint 2","curve":"conv2d","curve_type":"piecewise_linear",
 *      "parameters":null,"breakpoints":[[1e6,0.15],[1e9,0.8]],"in":"curves"}
 *     {"do":"note","note":"no step that the points do not ask for"}
 *
 * "without" in an edit is that of its version (tune/edit.h). The last note is the one that holds.
 */
#ifndef TUNE_JOURNAL_H
#define TUNE_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "tune/edit.h"

/* How a version came to be the current one. */
enum journal_deed { JOURNAL_EDIT, JOURNAL_UNDO, JOURNAL_REDO };

/*
 * Which member of the file a curve is in, as a name may be in both: a compute curve may be called
 * "bandwidth:x". Journals of old do not say; then the first of that name is meant.
 */
enum journal_side { JOURNAL_SIDE_UNKNOWN, JOURNAL_COMPUTE, JOURNAL_BANDWIDTH };

/* A journal that is being written; its file, once begun, is locked. */
struct journal_writer;

/* A journal for the file at path, of which bytes were loaded; nowhere yet. */
struct journal_writer *journal_new(const char *path, const char *bytes, size_t length);

/*
 * Puts the journal into folder, with all that was added before: nobody finds a part of it there. On
 * failure there is nothing in folder, and the caller still has the writer.
 */
enum status journal_begin(struct journal_writer *writer, const char *folder, struct error *error);

/* What was done to a curve. Everything is borrowed. */
struct journal_entry {
    enum journal_deed deed;
    const char *curve; /* its name */
    enum journal_side side;
    const char *what;                    /* "moved breakpoint 2" */
    const struct curve_version *version; /* as the curve was left by it */
};

/*
 * Adds an entry. In a journal that was begun it is durable on STATUS_OK; otherwise nothing of it is
 * left. STATUS_REFUSED where the journal has become too long: one begun anew is shorter.
 */
enum status journal_append(struct journal_writer *writer, const struct journal_entry *entry,
                           struct error *error);

/* The same of a note for the save to come, in place of those before; "": none. */
enum status journal_append_note(struct journal_writer *writer, const char *note,
                                struct error *error);

const char *journal_path(const struct journal_writer *writer); /* of its file; borrowed */

/* Each frees writer (NULL: nothing to do). Keeping leaves the journal to the next session. */
void journal_keep(struct journal_writer *writer);
void journal_remove(struct journal_writer *writer);

/* One edit as read back. */
struct journal_record {
    enum journal_deed deed;
    char *curve, *what;
    enum journal_side side;
    struct curve_version *version;
};

/* A journal as read back. Owns everything. */
struct journal {
    char *path;    /* of the journal itself */
    char *file;    /* the calibration that it is about */
    char *started; /* UTC, ISO 8601 */
    char *bytes;   /* of the file as it was loaded */
    size_t length;
    struct journal_record *records;
    size_t count;
    char *note; /* for the save that did not come; NULL: none */
    bool torn;  /* the last record was never finished, and is left out */
    /* Bytes from a damaged record on, where it is not the last: what they held is not known. */
    size_t unread;
};

/* Reads the journal at path. STATUS_INVALID where it is none. The caller frees *out. */
enum status journal_read(const char *path, struct journal **out, struct error *error);

/* The same of its bytes; path only says where they are from. */
enum status journal_parse(const char *path, const char *bytes, size_t length, struct journal **out,
                          struct error *error);
void journal_free(struct journal *journal);

/*
 * The paths of journals in folder that no running program writes, oldest first; about the file at
 * path alone, unless that is NULL. A folder that is not there holds none. The caller frees the
 * strings and the array. NULL, and errno, where the folder cannot be read.
 */
char **journal_list(const char *folder, const char *path, size_t *count);

#endif
