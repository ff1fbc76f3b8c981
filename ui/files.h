/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The files that were opened since the program began: each with its calibration as loaded and its
 * editing session, kept until the end so that going back to the list loses nothing.
 */
#ifndef UI_FILES_H
#define UI_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"
#include "calibration/calibration.h"
#include "tune/journal.h"
#include "tune/recovery.h"
#include "tune/session.h"

/* Owned by struct files; the pointer stays valid until files_done. */
struct file {
    char *id; /* as the list shows it: "cpu/i7-12700K", or a path */
    char *path;
    struct calibration *calibration; /* as it was loaded, or last saved */
    struct session *session;
    bool **left_out; /* [curve][point]: refits leave the point out; in this run only, never saved */
    bool *noted;     /* [curve]: a save wrote a note to it since the file was loaded */
    char *note; /* for the next save: why; without a date, and gone with the edits; NULL: none */
    double peak[2]; /* theoretical: [0] in FLOP/s, [1] in bytes/s for bandwidth; NaN: not given */

    const char *journals;           /* the folder for journals, borrowed; NULL: there is none */
    struct journal_writer *journal; /* of the unsaved edits; NULL: there were none */
    bool journal_behind;            /* it lacks an edit: it must be written anew */
    /* The path of the journal of a save that may not survive a crash; NULL: none. */
    char *unsynced_journal;
    /* That of the journal of another session which alone, until a save, has the edits taken up. */
    char *taken_up_journal;

    bool kept_edits;        /* an earlier session left edits of it; known only if elsewhere */
    bool elsewhere;         /* opened by its path, and in no row of the list at that time */
    bool revision;          /* from git: it cannot be saved, so it takes no edits */
    bool changed_meanwhile; /* on disk, and it was not loaded anew yet: ui/disk_changes.h */
    bool old_untold;        /* on disk it is another one, or gone: the first edit is to say so */
    bool unwritable_told;   /* if a save would be refused, the user was told so */
};

struct files {
    const char *journals; /* where edits are kept until they are saved; borrowed; NULL: nowhere */
    struct file **items;
    size_t count;
};

/* The opened file of that path, opened now if it was not yet. */
enum status files_open(struct files *files, const char *id, const char *path, struct file **out,
                       struct error *error);

/*
 * A file as it stood in a revision of its git repository, under the id "ID@REVISION": to be
 * compared, never to be edited, as there is nowhere to save it to. Looked up each time, as HEAD
 * moves; the one that is opened already where that is what git still has.
 */
enum status files_open_revision(struct files *files, const struct file *file, const char *revision,
                                struct file **out, struct error *error);

/* The opened file of that path, or, no revision, of that id; NULL where it was not opened. */
struct file *files_find(const struct files *files, const char *path);
struct file *files_find_id(const struct files *files, const char *id);

/* Whether the opened file of that path has changes that are not saved. */
bool files_has_unsaved(const struct files *files, const char *path);

/* How many files have changes that are not saved. */
size_t files_modified_count(const struct files *files);

/*
 * Appends those that are changed and not saved: "cpu/i7-12700K (2 edits), gpu/orin (1 edit)", or
 * where that is more than one reads in a question, how many they are: "12 calibrations".
 */
void files_append_modified(const struct files *files, struct buffer *out);

/* Whether a crash would lose edits, since no journal could be kept of them. */
bool files_lack_journal(const struct files *files);

/*
 * discard: the user gave unsaved edits up, so their journals go too; else the next session has
 * them.
 */
void files_done(struct files *files, bool discard);

/* The index of one of the file's curves. */
size_t file_index_of(const struct file *file, const struct calibration_curve *curve);

/* The curve as the user sees it now: the session's current version. Borrowed until the next edit.
 */
struct curve file_curve(const struct file *file, size_t curve);

/*
 * session_commit, session_undo and session_redo, with what they did in the journal, durably, on
 * return. STATUS_REFUSED: nothing was done. STATUS_UNSYNCED: it was done, but a kill would lose it;
 * the message says why.
 */
enum status file_commit(struct file *file, size_t curve, struct curve_version *version,
                        const char *what, struct error *error);
enum status file_travel(struct file *file, enum journal_deed deed, size_t *curve, const char **what,
                        struct error *error);

/*
 * Takes up the edits of another session (tune/recovery.h) as unsaved ones; its journal is removed
 * once this file's own holds them, or, where that cannot be kept (STATUS_UNSYNCED), a save has
 * written them.
 */
enum status file_recover(struct file *file, const struct recovery *recovery,
                         enum merge_conflict conflict, struct error *error);

/*
 * Loads the file anew and merges the unsaved edits into it, one step a curve; what was undone is
 * gone. STATUS_CHANGED, with all as it was, where both sides changed the same value.
 */
enum status file_merge(struct file *file, struct error *error);

/* How the file on disk compares with what was loaded. A revision of git never changes. */
enum file_state {
    FILE_SAME,
    FILE_OTHER,
    FILE_GONE,
    FILE_REPLACED,   /* by a folder, a pipe, a socket, a device */
    FILE_UNREADABLE, /* nobody can tell now */
};

/* Reads the file to find out; where it cannot be read, why (or NULL) says for what reason. */
enum file_state file_state(const struct file *file, struct error *why);

/* Whether the file on disk is, or may be, another one than was loaded. */
bool file_changed_on_disk(const struct file *file);

/*
 * Takes a note to the unsaved edits, in place of the one there was; "" for none. STATUS_UNSYNCED:
 * it was taken, but a kill would lose it; the message says why.
 */
enum status file_take_note(struct file *file, const char *text, struct error *error);

/* That note as a save writes it, with the day's date; NULL: none. The caller frees it. */
char *file_dated_note(const struct file *file);

/* Writes the file with its changes to a path where there is none yet. */
enum status file_save_copy(const struct file *file, const char *path, struct error *error);

/* What a user has seen of a file that others changed, and may agree to lose. */
struct file_seen {
    bool gone;
    struct buffer bytes; /* empty where it could not be read */
};

/*
 * Writes the file's changes with their note. The file on disk must be what was loaded or, with
 * over, what was seen of it; STATUS_CHANGED, with nothing written, where it is neither. After
 * STATUS_OK and STATUS_UNSYNCED the file is unmodified, and its history still undoes.
 */
enum status file_save(struct file *file, const struct file_seen *over, struct error *error);

/* Loads the file anew; its history is gone. */
enum status file_reload(struct file *file, struct error *error);

#endif
