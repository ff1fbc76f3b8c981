/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opened files and their sessions. */
#include "ui/files.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/file_log.h"
#include "base/memory.h"
#include "calibration/source.h"
#include "json/reader.h"

struct file *files_find(const struct files *files, const char *path)
{
    for (size_t i = 0; i < files->count; i++)
        if (strcmp(files->items[i]->path, path) == 0)
            return files->items[i];
    return NULL;
}

struct file *files_find_id(const struct files *files, const char *id)
{
    for (size_t i = 0; i < files->count; i++)
        if (!files->items[i]->revision && strcmp(files->items[i]->id, id) == 0)
            return files->items[i];
    return NULL;
}

/* Gives file a calibration and a session over it, both of which it takes. */
static void file_take(struct file *file, struct calibration *calibration, struct session *session)
{
    file->calibration = calibration;
    file->session = session;
    file->changed_meanwhile = file->old_untold = false;
    file->left_out = memory_new_array(calibration->curve_count, sizeof *file->left_out);
    file->noted = memory_new_array(calibration->curve_count, sizeof *file->noted);
    for (size_t i = 0; i < calibration->curve_count; i++)
        file->left_out[i] =
            memory_new_array(calibration->curves[i].means.count, sizeof **file->left_out);
}

/*
 * Ends the journal. Where it alone holds unsaved edits it stays on disk, unless they are discarded.
 */
static void end_journal(struct file *file, bool discard)
{
    if (discard || session_modified_count(file->session) == 0)
        journal_remove(file->journal);
    else
        journal_keep(file->journal);
    file->journal = NULL;
    file->journal_behind = false;
}

/* The journal, where there is one, still has it. */
static void drop_note(struct file *file)
{
    free(file->note);
    file->note = NULL;
}

char *file_dated_note(const struct file *file)
{
    return file->note ? store_dated_note(file->note) : NULL;
}

static void file_drop(struct file *file, bool discard)
{
    end_journal(file, discard);
    for (size_t i = 0; i < file->calibration->curve_count; i++)
        free(file->left_out[i]);
    free(file->left_out);
    free(file->noted);
    session_free(file->session);
    calibration_free(file->calibration);
}

/* Adds a file, which takes over id, path and calibration. */
static struct file *add_file(struct files *files, char *id, char *path,
                             struct calibration *calibration)
{
    struct file *file = memory_new_array(1, sizeof *file);
    file->id = id;
    file->path = path;
    file->journals = files->journals;
    file->peak[0] = file->peak[1] = NAN;
    file_take(file, calibration, session_new(calibration));
    files->items = memory_resize(files->items, files->count + 1, sizeof *files->items);
    files->items[files->count++] = file;
    return file;
}

/* A revision of that path that was opened before, and holds the same bytes. */
static struct file *find_revision(const struct files *files, const char *path,
                                  const struct calibration *calibration)
{
    size_t length, wanted;
    const char *bytes = json_document_bytes(calibration->document, &wanted);
    for (size_t i = 0; i < files->count; i++) {
        struct file *file = files->items[i];
        const char *held = json_document_bytes(file->calibration->document, &length);
        if (file->revision && strcmp(file->path, path) == 0 && length == wanted &&
            memcmp(held, bytes, length) == 0)
            return file;
    }
    return NULL;
}

enum status files_open_revision(struct files *files, const struct file *file, const char *revision,
                                struct file **out, struct error *error)
{
    struct calibration *calibration;
    enum status status = source_load_revision(file->path, revision, &calibration, error);
    if (status)
        return status;
    char *path = memory_print("%s@%s", file->path, revision);
    *out = find_revision(files, path, calibration);
    if (*out) {
        free(path);
        calibration_free(calibration);
    } else {
        *out = add_file(files, memory_print("%s@%s", file->id, revision), path, calibration);
        (*out)->revision = true;
    }
    memcpy((*out)->peak, file->peak, sizeof file->peak); /* the same device */
    return STATUS_OK;
}

enum status files_open(struct files *files, const char *id, const char *path, struct file **out,
                       struct error *error)
{
    struct calibration *calibration;
    *out = files_find(files, path);
    if (*out)
        return STATUS_OK;
    enum status status = calibration_load(path, &calibration, error);
    if (status)
        return status;
    *out = add_file(files, memory_copy_string(id), memory_copy_string(path), calibration);
    return STATUS_OK;
}

bool files_has_unsaved(const struct files *files, const char *path)
{
    const struct file *file = files_find(files, path);
    return file && session_modified_count(file->session) > 0;
}

size_t files_modified_count(const struct files *files)
{
    size_t count = 0;
    for (size_t i = 0; i < files->count; i++)
        count += session_modified_count(files->items[i]->session) > 0;
    return count;
}

void files_append_modified(const struct files *files, struct buffer *out)
{
    enum { READABLE_BYTES = 200 };
    const char *separator = "";
    size_t before = out->length;
    for (size_t i = 0; i < files->count; i++) {
        size_t edits = session_edit_count(files->items[i]->session);
        if (edits == 0)
            continue;
        buffer_print(out, "%s%s (%zu edit%s)", separator, files->items[i]->id, edits,
                     edits == 1 ? "" : "s");
        separator = ", ";
    }
    if (out->length - before > READABLE_BYTES) {
        buffer_truncate(out, before);
        buffer_print(out, "%zu calibrations", files_modified_count(files));
    }
}

bool files_lack_journal(const struct files *files)
{
    for (size_t i = 0; i < files->count; i++)
        if (files->items[i]->journal_behind && session_modified_count(files->items[i]->session))
            return true;
    return false;
}

void files_done(struct files *files, bool discard)
{
    for (size_t i = 0; i < files->count; i++) {
        file_drop(files->items[i], discard);
        free(files->items[i]->id);
        free(files->items[i]->path);
        free(files->items[i]->note);
        free(files->items[i]->unsynced_journal); /* which itself stays: see file_save */
        free(files->items[i]->taken_up_journal);
        free(files->items[i]);
    }
    free(files->items);
    *files = (struct files){0};
}

size_t file_index_of(const struct file *file, const struct calibration_curve *curve)
{
    return (size_t)(curve - file->calibration->curves);
}

struct curve file_curve(const struct file *file, size_t curve)
{
    return version_curve(session_current(file->session, curve));
}

/* Adds the current version of a curve to the journal. */
static enum status append(struct file *file, struct journal_writer *journal, enum journal_deed deed,
                          size_t curve, const char *what, struct error *error)
{
    const struct calibration_curve *about = &file->calibration->curves[curve];
    const struct journal_entry entry = {deed, about->name,
                                        about->bandwidth ? JOURNAL_BANDWIDTH : JOURNAL_COMPUTE,
                                        what, session_current(file->session, curve)};
    return journal_append(journal, &entry, error);
}

/*
 * Removes a journal that no session writes any more, and forgets its name. One that cannot be
 * removed does no harm: the file holds all of its edits.
 */
static void remove_left(char **journal)
{
    if (*journal)
        (void)file_log_remove_left(*journal, NULL);
    free(*journal);
    *journal = NULL;
}

/*
 * Begins a new journal with all that is not saved, and only then removes the one there was, so that
 * a kill leaves one of them whole.
 */
static enum status journal_anew(struct file *file, const char *what, struct error *error)
{
    size_t length;
    const char *bytes = json_document_bytes(file->calibration->document, &length);
    struct journal_writer *journal = journal_new(file->path, bytes, length);
    enum status status = STATUS_OK;
    for (size_t i = 0; i < file->calibration->curve_count && status == STATUS_OK; i++)
        if (session_curve_modified(file->session, i))
            status = append(file, journal, JOURNAL_EDIT, i, what, error);
    if (status == STATUS_OK && file->note)
        status = journal_append_note(journal, file->note, error);
    if (status == STATUS_OK)
        status = file->journals
                     ? journal_begin(journal, file->journals, error)
                     : error_set(error, STATUS_IO, "neither XDG_STATE_HOME nor HOME says where");
    file->journal_behind = status != STATUS_OK;
    if (status) {
        journal_remove(journal);
        return status;
    }
    journal_remove(file->journal);
    file->journal = journal;
    if (!file->unsynced_journal) /* else what was taken up may be in a save that does not last */
        remove_left(&file->taken_up_journal);
    return STATUS_OK;
}

/* Adds a deed to the journal; where that lacks something, begins it anew instead. */
static enum status keep(struct file *file, enum journal_deed deed, size_t curve, const char *what,
                        struct error *error)
{
    if (!file->journal || file->journal_behind)
        return journal_anew(file, what, error);
    enum status status = append(file, file->journal, deed, curve, what, error);
    return status == STATUS_REFUSED ? journal_anew(file, what, error) : status;
}

/* The same of the note. */
static enum status keep_note(struct file *file, struct error *error)
{
    const char *edited = "edited before the note";
    if (!file->journal || file->journal_behind)
        return journal_anew(file, edited, error);
    enum status status = journal_append_note(file->journal, file->note ? file->note : "", error);
    return status == STATUS_REFUSED ? journal_anew(file, edited, error) : status;
}

/* Sets STATUS_UNSYNCED: what was done holds, but a crash would lose it. */
static enum status lacks_journal(struct error *error, const char *what, const struct error *why)
{
    return error_set(error, STATUS_UNSYNCED,
                     "%s, but a crash would lose it: no journal can be kept (%s)", what,
                     why->message);
}

/* Puts into the journal what was just done to a curve. */
static enum status journal_deed(struct file *file, enum journal_deed deed, size_t curve,
                                const char *what, struct error *error)
{
    struct error why;
    if (keep(file, deed, curve, what, &why) == STATUS_OK)
        return STATUS_OK;
    file->journal_behind = true;
    return lacks_journal(error, "done", &why);
}

enum status file_commit(struct file *file, size_t curve, struct curve_version *version,
                        const char *what, struct error *error)
{
    if (file->revision) {
        version_free(version);
        return error_set(error, STATUS_REFUSED, "%s is what git has, and cannot be edited",
                         file->id);
    }
    bool was_modified = session_modified_count(file->session) > 0;
    enum status status = session_commit(file->session, curve, version, what, error);
    if (status)
        return status;
    if (!was_modified && file->note) {
        drop_note(file); /* what it spoke of is undone, and cannot be redone any more */
        file->journal_behind = true;
    }
    return journal_deed(file, JOURNAL_EDIT, curve, what, error);
}

enum status file_take_note(struct file *file, const char *text, struct error *error)
{
    struct error why;
    drop_note(file);
    file->note = *text ? memory_copy_string(text) : NULL;
    if (session_modified_count(file->session) == 0 || keep_note(file, &why) == STATUS_OK)
        return STATUS_OK;
    file->journal_behind = true;
    return lacks_journal(error, "noted", &why);
}

enum status file_travel(struct file *file, enum journal_deed deed, size_t *curve, const char **what,
                        struct error *error)
{
    bool back = deed == JOURNAL_UNDO;
    const char *blocked = session_blocked(file->session, back);
    if (blocked)
        return error_set(error, STATUS_REFUSED, "Not %s: %s", back ? "undone" : "redone", blocked);
    if (!(back ? session_undo : session_redo)(file->session, curve, what))
        return error_set(error, STATUS_REFUSED, "Nothing to %s", back ? "undo" : "redo");
    return journal_deed(file, deed, *curve, *what, error);
}

enum status file_recover(struct file *file, const struct recovery *recovery,
                         enum merge_conflict conflict, struct error *error)
{
    struct error why;
    enum status status = recovery_apply(recovery, file->session, conflict, error);
    if (status)
        return status;
    if (!file->note)
        file->note = memory_copy_string(recovery->journal->note);
    enum status kept = journal_anew(file, "recovered", &why);
    if (recovery->journal->unread == 0) { /* else somebody may still make sense of the rest */
        free(file->taken_up_journal);
        file->taken_up_journal = memory_copy_string(recovery->journal->path);
    }
    if (kept)
        return lacks_journal(error, "taken up", &why);
    remove_left(&file->taken_up_journal);
    return STATUS_OK;
}

enum status file_merge(struct file *file, struct error *error)
{
    struct calibration *theirs;
    enum status status = calibration_load(file->path, &theirs, error);
    if (status)
        return status;
    struct session *onto = session_new(theirs);
    status = merge_sessions(file->session, onto, "merged", MERGE_REFUSE, error);
    if (status) {
        session_free(onto);
        calibration_free(theirs);
        return status;
    }
    /* The old journal goes once the new one holds what was merged. */
    struct error why;
    struct journal_writer *old = file->journal;
    file->journal = NULL;
    file_drop(file, true);
    file_take(file, theirs, onto);
    file->journal = old;
    return journal_anew(file, "merged", &why) ? lacks_journal(error, "merged", &why) : STATUS_OK;
}

/* What has become of a file that could not be read. */
static enum file_state state_of_unread(const struct file *file)
{
    struct stat info;
    if (stat(file->path, &info) < 0)
        return errno == ENOENT ? FILE_GONE : FILE_UNREADABLE;
    return S_ISREG(info.st_mode) ? FILE_UNREADABLE : FILE_REPLACED;
}

enum file_state file_state(const struct file *file, struct error *why)
{
    if (file->revision)
        return FILE_SAME;
    struct buffer now = {0};
    struct stat info;
    size_t length;
    const char *loaded = json_document_bytes(file->calibration->document, &length);
    enum file_state state = FILE_OTHER;
    if (file_read(file->path, JSON_BYTES_MAX, &now, why))
        state = state_of_unread(file);
    else if (now.length == length && memcmp(buffer_string(&now), loaded, length) == 0)
        state = FILE_SAME;
    else if (stat(file->path, &info) == 0 && (size_t)info.st_size != now.length)
        state = FILE_UNREADABLE; /* not to its end, or it is being written: that is told of, too */
    buffer_done(&now);
    return state;
}

bool file_changed_on_disk(const struct file *file)
{
    return file_state(file, NULL) != FILE_SAME;
}

enum status file_save_copy(const struct file *file, const char *path, struct error *error)
{
    char *note = file_dated_note(file);
    struct change_set changes = session_changes(file->session, note);
    enum status status = store_copy(path, &changes, error);
    free(changes.items);
    free(note);
    return status;
}

static enum status write_changes(const struct file *file, const struct file_seen *over,
                                 struct calibration **loaded, struct error *error)
{
    char *note = file_dated_note(file);
    struct change_set changes = session_changes(file->session, note);
    enum status status = over ? store_overwrite(file->path, &changes,
                                                over->gone ? NULL : &over->bytes, loaded, error)
                              : store_save(file->path, &changes, loaded, error);
    if (over && status == STATUS_CHANGED)
        error_set(error, STATUS_CHANGED, "changed on disk once more, since it was shown");
    free(changes.items);
    free(note);
    return status;
}

/* Removes all journals of the file's edits: the file holds these now, durably. */
static void forget_journals(struct file *file)
{
    journal_remove(file->journal);
    file->journal = NULL;
    file->journal_behind = false;
    remove_left(&file->unsynced_journal);
    remove_left(&file->taken_up_journal);
}

/*
 * Keeps the journal of a save that a crash may still undo, as it then holds what is lost. It stays
 * until a later save is known to last; the next edit begins another one, over the new bytes.
 */
static void set_journal_aside(struct file *file)
{
    if (file->journal && !file->unsynced_journal) {
        file->unsynced_journal = memory_copy_string(journal_path(file->journal));
    } else if (!file->unsynced_journal) {
        file->unsynced_journal = file->taken_up_journal;
        file->taken_up_journal = NULL;
    }
    journal_keep(file->journal);
    file->journal = NULL;
    file->journal_behind = false;
}

enum status file_save(struct file *file, const struct file_seen *over, struct error *error)
{
    struct calibration *loaded = NULL;
    enum status status = write_changes(file, over, &loaded, error);
    if (loaded) {
        for (size_t i = 0; i < loaded->curve_count; i++)
            file->noted[i] |= file->note && session_curve_modified(file->session, i);
        drop_note(file);
        session_rebase(file->session, loaded);
        calibration_free(file->calibration);
        file->calibration = loaded;
        file->changed_meanwhile = file->old_untold = false;
    }
    if (status == STATUS_OK && session_modified_count(file->session) == 0)
        forget_journals(file);
    else if (status == STATUS_UNSYNCED)
        set_journal_aside(file);
    return status;
}

enum status file_reload(struct file *file, struct error *error)
{
    struct calibration *calibration;
    enum status status = calibration_load(file->path, &calibration, error);
    if (status)
        return status;
    file_drop(file, true);
    drop_note(file);
    free(file->taken_up_journal); /* which stays: a later save does not write what it holds */
    file->taken_up_journal = NULL;
    file_take(file, calibration, session_new(calibration));
    return STATUS_OK;
}
