/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Journals played back. */
#include "tune/recovery.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* Moves the session as the record did; false where that leads elsewhere, then it is moved back. */
static bool travel(struct session *session, size_t curve, const struct journal_record *record)
{
    size_t moved;
    const char *what;
    bool undo = record->deed == JOURNAL_UNDO;
    if (!(undo ? session_undo(session, &moved, &what) : session_redo(session, &moved, &what)))
        return false;
    if (moved == curve && version_equal(session_current(session, curve), record->version))
        return true;
    if (undo)
        session_redo(session, &moved, &what);
    else
        session_undo(session, &moved, &what);
    return false;
}

/* The curve that the record is about. */
static const struct calibration_curve *find_curve(const struct calibration *calibration,
                                                  const struct journal_record *record,
                                                  struct error *error)
{
    const struct calibration_curve *found =
        calibration_find_kind(calibration, record->curve, record->side == JOURNAL_BANDWIDTH);
    if (!found && record->side == JOURNAL_SIDE_UNKNOWN)
        return calibration_find(calibration, record->curve, error);
    if (!found)
        error_set(error, STATUS_INVALID, "there is no curve `%s` of its kind", record->curve);
    return found;
}

/*
 * The record's version becomes the current one. A journal begins anew after each save, the history
 * of a session does not: an undo beyond the journal's beginning becomes a step of its own.
 */
static enum status replay(struct session *session, const struct journal_record *record,
                          struct error *error)
{
    const struct calibration *calibration = session_calibration(session);
    const struct calibration_curve *found = find_curve(calibration, record, error);
    if (!found)
        return STATUS_INVALID;
    size_t curve = (size_t)(found - calibration->curves);
    if (record->deed == JOURNAL_EDIT)
        return session_commit(session, curve, version_copy(record->version), record->what, error);
    if (travel(session, curve, record))
        return STATUS_OK;
    bool stored = version_is_stored(record->version, found);
    enum status status = stored ? STATUS_OK : version_check(record->version, error);
    if (status == STATUS_OK)
        session_restore(session, curve, version_copy(record->version), record->what);
    return status;
}

static enum status replay_all(const struct journal *journal, struct session *session,
                              struct error *error)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < journal->count && status == STATUS_OK; i++)
        status = replay(session, &journal->records[i], error);
    return status;
}

enum status recovery_make(struct journal *journal, struct recovery *out, struct error *error)
{
    *out = (struct recovery){.journal = journal};
    enum status status = calibration_read(journal->bytes, journal->length, &out->loaded, error);
    if (status == STATUS_OK) {
        out->session = session_new(out->loaded);
        status = replay_all(out->journal, out->session, error);
    }
    if (status)
        recovery_done(out);
    return status;
}

enum status recovery_open(const char *path, struct recovery *out, struct error *error)
{
    struct journal *journal;
    *out = (struct recovery){0};
    enum status status = journal_read(path, &journal, error);
    return status ? status : recovery_make(journal, out, error);
}

void recovery_done(struct recovery *recovery)
{
    session_free(recovery->session);
    calibration_free(recovery->loaded);
    journal_free(recovery->journal);
    *recovery = (struct recovery){0};
}

bool recovery_is_current(const struct recovery *recovery, const struct calibration *now)
{
    size_t length;
    const char *bytes = json_document_bytes(now->document, &length);
    return length == recovery->journal->length &&
           memcmp(bytes, recovery->journal->bytes, length) == 0;
}

enum status recovery_apply(const struct recovery *recovery, struct session *session,
                           enum merge_conflict conflict, struct error *error)
{
    if (session_modified_count(session) == 0 &&
        recovery_is_current(recovery, session_calibration(session)))
        return replay_all(recovery->journal, session, error);
    return merge_sessions(recovery->session, session, "recovered", conflict, error);
}

/* The curve of session that the last record is about, or the last one about a curve not saved. */
static bool find_last(const struct recovery *recovery, const struct session *session, bool unsaved,
                      size_t *curve)
{
    const struct calibration *calibration = session_calibration(session);
    for (size_t i = recovery->journal->count; i-- > 0;) {
        const struct calibration_curve *about =
            find_curve(calibration, &recovery->journal->records[i], NULL);
        if (!about)
            continue;
        *curve = (size_t)(about - calibration->curves);
        if (!unsaved || session_curve_modified(session, *curve))
            return true;
    }
    return false;
}

bool recovery_last_curve(const struct recovery *recovery, const struct session *session,
                         size_t *curve)
{
    return find_last(recovery, session, true, curve) || find_last(recovery, session, false, curve);
}

static bool is_touched(const struct journal *journal, const struct calibration_curve *curve)
{
    enum journal_side other = curve->bandwidth ? JOURNAL_COMPUTE : JOURNAL_BANDWIDTH;
    for (size_t i = 0; i < journal->count; i++)
        if (journal->records[i].side != other &&
            strcmp(journal->records[i].curve, curve->name) == 0)
            return true;
    return false;
}

/*
 * Whether every curve that the journal is about is there as the edits left it: in session, or in
 * the file (NULL). One whose edits were all undone counts too: an earlier save may have written
 * them.
 */
static bool is_there(const struct recovery *recovery, const struct calibration *now,
                     const struct session *session)
{
    bool there = recovery->journal->unread == 0;
    for (size_t i = 0; i < recovery->loaded->curve_count && there; i++) {
        const struct calibration_curve *curve = &recovery->loaded->curves[i];
        const struct curve_version *left = session_current(recovery->session, i);
        if (!is_touched(recovery->journal, curve))
            continue;
        const struct calibration_curve *found =
            calibration_find_kind(now, curve->name, curve->bandwidth);
        if (!found)
            return false;
        there = session
                    ? version_equal(left, session_current(session, (size_t)(found - now->curves)))
                    : version_is_stored(left, found);
    }
    return there;
}

bool recovery_is_done(const struct recovery *recovery, const struct calibration *now)
{
    return is_there(recovery, now, NULL);
}

bool recovery_is_in(const struct recovery *recovery, const struct session *session)
{
    return is_there(recovery, session_calibration(session), session);
}

/* Takes the journal. */
static bool has_nothing_left(struct journal *journal)
{
    struct recovery recovery;
    struct calibration *now;
    if (recovery_make(journal, &recovery, NULL))
        return false;
    bool done = false;
    if (calibration_load(recovery.journal->file, &now, NULL) == STATUS_OK) {
        done = recovery_is_done(&recovery, now);
        calibration_free(now);
    }
    recovery_done(&recovery);
    return done;
}

char **recovery_files(const char *folder, size_t *count)
{
    size_t found, kept = 0;
    char **paths = journal_list(folder, NULL, &found);
    for (size_t i = 0; paths && i < found; i++) {
        struct journal *journal = NULL;
        (void)journal_read(paths[i], &journal, NULL); /* else nobody knows the file */
        free(paths[i]);
        if (!journal)
            continue;
        char *file = memory_copy_string(journal->file);
        if (has_nothing_left(journal))
            free(file);
        else
            paths[kept++] = file;
    }
    *count = kept;
    return paths;
}
