/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From changes on disk to rows, opened files and messages. */
#include "ui/disk_changes.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "ui/app.h"
#include "ui/view/browse_elsewhere.h"

/*
 * Changes are taken in once none has come for QUIET_MS, and at the latest LATEST_MS after the
 * first.
 */
enum { QUIET_MS = 60, LATEST_MS = 400 };

void disk_changes_start(struct app *app)
{
    const char *name = REGISTRY_FILE_NAME;
    if (registry_is_single_file(app->registry)) { /* one file, whatever it is called */
        const char *slash = strrchr(registry_root(app->registry), '/');
        name = slash ? slash + 1 : registry_root(app->registry);
    }
    app->disk_changes.watch = watch_new(name);
    registry_watch(app->registry, app->disk_changes.watch);
}

void disk_changes_done(struct app *app)
{
    watch_free(app->disk_changes.watch);
}

void disk_changes_read(struct app *app)
{
    struct disk_changes *changes = &app->disk_changes;
    if (!watch_read(changes->watch))
        return;
    changes->last = clock_now();
    if (!changes->waiting)
        changes->first = changes->last;
    changes->waiting = true;
}

/* Whether changes have to wait: the matrix, while open, holds pointers into the registry. */
static bool is_held_up(const struct app *app)
{
    for (size_t i = 0; i < app->view_count; i++)
        if (app->views[i]->id == VIEW_MATRIX)
            return true;
    return false;
}

int disk_changes_wait(const struct app *app)
{
    if (!app->disk_changes.waiting || is_held_up(app))
        return -1;
    struct timespec now = clock_now();
    long quiet = QUIET_MS - clock_milliseconds(&app->disk_changes.last, &now);
    long latest = LATEST_MS - clock_milliseconds(&app->disk_changes.first, &now);
    long wait = quiet < latest ? quiet : latest;
    return wait > 0 ? (int)wait : 0;
}

/*
 * Whether an opened file can be loaded anew: no open view holds pointers into its calibration. The
 * list, the curves, help and messages hold none; the offer of kept edits is made anew with it.
 */
static bool may_reload(const struct app *app)
{
    const unsigned free_views =
        VIEW_BROWSE | VIEW_CURVES | VIEW_RECOVER | VIEW_HELP | VIEW_MESSAGES;
    for (size_t i = 0; i < app->view_count; i++)
        if (!(app->views[i]->id & free_views))
            return false;
    return true;
}

/* Puts the curve of that name of a file just loaded anew in hand, with the cursor where it was. */
static void keep_place(struct app *app, struct file *file, const char *curve)
{
    double cursor = app->curves.cursor;
    const struct calibration_curve *same = calibration_find(file->calibration, curve, NULL);
    app_take_loaded(app, file, same ? file_index_of(file, same) : 0);
    if (same)
        app->curves.cursor = cursor;
}

/* Goes back to the list, with no file in hand. */
static void leave_file(struct app *app)
{
    while (app->view_count > 1)
        app_back(app);
    app->prompt.active = false; /* its question was about the file */
    app->file = NULL;
}

enum status disk_changes_reload(struct app *app, struct file *file, struct error *error)
{
    bool in_hand = app->file == file;
    bool curve_marked = app->mark_count > 0 && !app->marks[0].whole;
    char *curve = in_hand ? memory_copy_string(app_source(app)->name) : NULL;
    file->changed_meanwhile = false;
    enum status status = file_reload(file, error);
    if (status ||
        curve_marked) /* a broken row cannot take its mark off, and a marked curve may be gone */
        marks_drop(app, file);
    if (!status && in_hand && file->calibration->curve_count)
        keep_place(app, file, curve);
    else if (!status && in_hand)
        leave_file(app);
    free(curve);
    return status;
}

static void reload(struct app *app, struct file *file)
{
    struct error error;
    if (disk_changes_reload(app, file, &error)) {
        struct buffer why = {0};
        error_describe(&error, NULL, &why);
        file->old_untold = true;
        app_say(app, ROLE_WARNING, "%s was changed on disk and cannot be read: %s", file->id,
                why.bytes);
        buffer_done(&why);
    } else {
        app_say(app, ROLE_WARNING, "%s was changed on disk, and %s", file->id,
                file->calibration->curve_count ? "this is how it is now"
                                               : "holds no curves any more");
    }
}

/* Before what the edit itself has to say, which may be long. */
static void say_old(struct app *app, struct file *file)
{
    char *said = memory_copy_string(app->message);
    file->old_untold = false;
    app->message[0] = '\0'; /* it is said once, behind this */
    app_say(app, ROLE_WARNING,
            "%s is no longer on disk as it was opened: %s, then %s, shows how%s%s", file->id,
            app_key_name(app, ACTION_SAVE).chars,
            keymap_key_name(&app->keymap, VIEW_SAVE, ACTION_WRITE).chars, *said ? ". " : "", said);
    free(said);
}

/* What was edited and undone again can be redone until the list is gone back to. */
static bool is_due(const struct app *app, const struct file *file)
{
    return file->changed_meanwhile && session_modified_count(file->session) == 0 &&
           may_reload(app) && (file->old_untold || app_view(app)->id == VIEW_BROWSE);
}

void disk_changes_follow(struct app *app)
{
    for (size_t i = 0; i < app->files.count; i++) {
        struct file *file = app->files.items[i];
        if (file->old_untold && session_modified_count(file->session))
            say_old(app, file);
        if (is_due(app, file))
            reload(app, file);
    }
}

/* Appends what has become of a file: "was deleted on disk", "is now a folder". */
static void append_what(enum file_state state, const struct error *why, struct buffer *out)
{
    if (state == FILE_REPLACED)
        buffer_print(out, "is now %s", why->message);
    else
        buffer_print(out, "was %s on disk", state == FILE_GONE ? "deleted" : "changed");
}

/* A file with unsaved changes has changed; where to see both depends on what is shown of it now. */
static void say_kept(struct app *app, const struct file *file, const char *what)
{
    bool in_save = app_view(app)->id == VIEW_SAVE, in_conflict = app_view(app)->id == VIEW_CONFLICT;
    struct key_name write = keymap_key_name(&app->keymap, VIEW_SAVE, ACTION_WRITE);
    struct buffer way = {0};
    if (app->file == file && in_save)
        buffer_print(&way, "%s shows what can be done", write.chars);
    else if (app->file == file && in_conflict)
        buffer_print(&way, "%s, then %s, shows how it is now", app_key_name(app, ACTION_BACK).chars,
                     write.chars);
    else
        buffer_print(&way, "%s shows them, %s there what can be done",
                     app_key_name(app, ACTION_SAVE).chars, write.chars);
    app_say(app, ROLE_WARNING, "%s %s. Your changes are kept: %s", file->id, what, way.bytes);
    buffer_done(&way);
}

static void say_changed(struct app *app, struct file *file, enum file_state state, const char *what)
{
    bool edited = session_modified_count(file->session) > 0;
    file->old_untold = !edited;
    file->changed_meanwhile = state == FILE_OTHER;
    if (edited)
        say_kept(app, file, what);
    else if (state != FILE_OTHER)
        app_say(app, ROLE_WARNING, "%s %s; what is open is as it was loaded", file->id, what);
    else if (may_reload(app))
        reload(app, file);
    else
        app_say(app, ROLE_WARNING, "%s %s; going back loads it anew", file->id, what);
}

/* Tells of an opened file that may have changed. True where it is gone and its row must stay. */
static bool look_at_file(struct app *app, struct file *file)
{
    struct error why;
    struct buffer what = {0};
    enum file_state state = file_state(file, &why);
    bool lost = state == FILE_GONE || state == FILE_REPLACED;
    append_what(state, &why, &what);
    if (state == FILE_OTHER || lost)
        say_changed(app, file, state, what.bytes);
    else if (state == FILE_SAME)
        file->changed_meanwhile = file->old_untold = false;
    if (file == app->file)
        recover_follow_disk(app);
    buffer_done(&what);
    return lost && session_modified_count(file->session);
}

/*
 * Tells the user what a change has done to opened files. True where one with unsaved changes is
 * gone: its row in the list must stay, as it leads to these.
 */
static bool look_at_files(struct app *app, const struct watch_change *change)
{
    bool stays = false;
    for (size_t i = 0; i < app->files.count; i++)
        if (registry_concerns(app->registry, change, app->files.items[i]->path))
            stays = look_at_file(app, app->files.items[i]) || stays;
    return stays;
}

static bool has_unsaved(const void *files, const char *path)
{
    return files_has_unsaved(files, path);
}

/*
 * The system lost count of the changes: looks at every opened file, and reads the registry again
 * under the rows there are.
 */
static void start_over(struct app *app)
{
    for (size_t i = 0; i < app->files.count; i++)
        (void)look_at_file(app, app->files.items[i]);
    registry_start_over(app->registry, has_unsaved, &app->files);
    app->browse.rereading = true;
}

void disk_changes_take(struct app *app)
{
    size_t count, place = app->browse.selected;
    struct watch_change *changes = watch_take(app->disk_changes.watch, &count);
    app->disk_changes.waiting = false;
    if (!app->browse.selected_id && app->browse.count) /* rows may come above it */
        browse_select(&app->browse, place);
    app_registry_changed(app); /* views hold pointers to entries that may go */
    for (size_t i = 0; i < count; i++)
        if (changes[i].kind == WATCH_LOST)
            start_over(app);
        else if (!look_at_files(app, &changes[i]))
            registry_update(app->registry, &changes[i]);
    watch_changes_free(changes, count);
    browse_elsewhere_follow(app);
    browse_make(&app->browse, app->registry);
    const char *id = app->browse.selected_id;
    bool whole = registry_is_complete(app->registry); /* else its row may be yet to come */
    const struct file *opened = id ? files_find_id(&app->files, id) : NULL;
    bool gone = !id || (!registry_find(app->registry, id) && !(opened && opened->elsewhere));
    if (app->browse.count && whole && gone)
        browse_select(&app->browse, place < app->browse.count ? place : app->browse.count - 1);
    app_follow(app);
}
