/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands that write files, and those that end the program. */
#include <stdlib.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/folders.h"
#include "ui/app.h"
#include "ui/command/command_private.h"
#include "ui/screen.h"

/* Writes a copy of the file in hand, with its changes. */
static enum status write_copy(struct app *app, const char *path, struct error *error)
{
    if (!app->file || app->view_count == 1)
        return error_set(error, STATUS_REFUSED, "First open the calibration to be copied");
    char *real = folder_expand_home(path);
    enum status status = save_copy_to(app, real, error);
    free(real);
    return status;
}

/*
 * From a conflict: writes over what the file held when the conflict was shown, and over nothing
 * else.
 */
static enum status write_over(struct app *app, struct error *error)
{
    const struct file *file =
        app->file; /* for the message: afterwards another one may be in hand */
    bool gone = app->conflict.seen.gone;
    enum status status = conflict_overwrite(app, error);
    if (status == STATUS_CHANGED)
        error_set(error, status, "Not written: %s", app->conflict.error.message);
    else if (status == STATUS_OK && app->message_role == ROLE_GOOD)
        app_say(app, ROLE_WARNING, "Wrote %s%s", file->id,
                gone ? ", which others had deleted" : "; what others had changed in it is lost");
    return status;
}

static bool is_modified(const struct file *file)
{
    return file && session_modified_count(file->session) > 0;
}

/* The file that the user is on: in the list the selected one, NULL if it was not opened. */
static struct file *file_in_sight(const struct app *app)
{
    const struct registry_entry *entry = browse_selected(&app->browse);
    if (app->view_count > 1)
        return app->file;
    return entry ? files_find(&app->files, entry->path) : NULL;
}

/* What there is to write: the file in sight, else any other one. NULL: nothing is changed. */
static struct file *file_to_write(const struct app *app)
{
    struct file *file = file_in_sight(app);
    for (size_t i = 0; !is_modified(file) && i < app->files.count; i++)
        file = app->files.items[i];
    return is_modified(file) ? file : NULL;
}

/*
 * Saves a file by way of the save view, but without a stop there: whatever comes in between, such
 * as a conflict, is met as with the key. From a view of another file, or one without a way to a
 * save, it first leads to one that has it, and back once the file is written.
 */
static enum status write_file(struct app *app, struct file *file, struct error *error)
{
    struct whereabouts here = whereabouts_now(app);
    while (app->view_count > 1 &&
           (file != app->file || !(action_of(ACTION_SAVE)->views & app_view(app)->id)))
        app_back(app);
    if (!app_take_file(app, file))
        return STATUS_OK; /* which it says */
    bool left = app_view(app)->id != here.view;
    save_start(app);
    if (left)
        app->save.back = here;
    enum status status = save_write(app, NULL, error);
    if (status &&
        status !=
            STATUS_CHANGED) { /* the refused line opens again over the view in which it was typed */
        app_back(app);
        whereabouts_return(app, &app->save.back);
    }
    return status;
}

static enum status refuse_unsaved(const struct app *app, const char *ways, struct error *error)
{
    struct buffer modified = {0};
    files_append_modified(&app->files, &modified);
    error_set(error, STATUS_REFUSED, "Not saved: %s. %s", modified.bytes, ways);
    buffer_done(&modified);
    return STATUS_REFUSED;
}

static enum status refuse_in_conflict(struct error *error)
{
    return error_set(error, STATUS_REFUSED,
                     "Others have changed the file: :merge puts both together, :w! writes over "
                     "theirs, :w PATH writes a copy");
}

enum status command_write(struct app *app, const struct command_call *call, struct error *error)
{
    struct file *file = file_in_sight(app);
    enum status status = STATUS_OK;
    if (*call->arguments && call->force)
        return error_set(error, STATUS_REFUSED, "A copy never replaces a file: :w PATH, without !");
    if (*call->arguments)
        return write_copy(app, call->arguments, error);
    if (app_view(app) == &view_conflict)
        return call->force ? write_over(app, error) : refuse_in_conflict(error);
    if (app_view(app) == &view_save)
        status = save_write(app, NULL, error);
    else if (!is_modified(file) && files_modified_count(&app->files) > 0)
        return refuse_unsaved(app, "Not the file that you are on: :wa writes it", error);
    else if (!is_modified(file))
        app_say(app, ROLE_TEXT, "Nothing to save: nothing differs from its file");
    else
        status = write_file(app, file, error);
    if (status != STATUS_CHANGED)
        return status;
    return call->force ? write_over(app, error) : STATUS_OK; /* what others did is in sight */
}

/* Appends the name of a file that was written, if fewer than NAMES_MAX were before it. */
static void add_name(struct buffer *names, size_t before, const struct file *file)
{
    enum { NAMES_MAX = 4 };
    if (before < NAMES_MAX)
        buffer_print(names, "%s%.80s", before ? ", " : "", file->id);
    else if (before == NAMES_MAX)
        buffer_append_string(names, ", ...");
}

/* A file that others have changed, or that cannot be written, is left alone and named. */
enum status command_write_all(struct app *app, const struct command_call *call, struct error *error)
{
    (void)call;
    struct error why;
    struct buffer names = {0};
    const struct file *trouble = NULL; /* the last file not written, for the reason in why */
    size_t written = 0, modified = files_modified_count(&app->files);
    if (modified == 0)
        return error_set(error, STATUS_REFUSED, "Nothing has been changed");
    if (app_view(app) == &view_save || app_view(app) == &view_conflict)
        return error_set(error, STATUS_REFUSED,
                         "First finish this save: write the file, or go back");
    for (size_t i = 0; i < app->files.count; i++) {
        struct file *file = app->files.items[i];
        if (session_modified_count(file->session) == 0)
            continue;
        enum status status = file_save(file, NULL, &why);
        if (status == STATUS_OK || status == STATUS_UNSYNCED)
            add_name(&names, written++, file);
        if (status)
            trouble = file;
        registry_refresh(app->registry, file->id);
    }
    app_registry_changed(app);
    if (trouble)
        error_set(error, STATUS_REFUSED, "Wrote %zu of %zu changed files%s%s; %s: %s", written,
                  modified, written ? ": " : "", buffer_string(&names), trouble->id, why.message);
    else if (written == 1)
        app_say(app, ROLE_GOOD, "Wrote %s", names.bytes);
    else
        app_say(app, ROLE_GOOD, "Wrote %zu changed files: %s", written, names.bytes);
    buffer_done(&names);
    return trouble ? STATUS_REFUSED : STATUS_OK;
}

enum status command_quit(struct app *app, const struct command_call *call, struct error *error)
{
    if (files_modified_count(&app->files) && !call->force)
        return refuse_unsaved(app, ":w writes, :q! gives that up", error);
    app->quit = app->discard = true;
    return STATUS_OK;
}

enum status command_write_quit(struct app *app, const struct command_call *call,
                               struct error *error)
{
    const struct command_call none = {.arguments = ""};
    (void)call;
    if (app_view(app) == &view_conflict)
        return refuse_in_conflict(error);
    for (struct file *file; (file = file_to_write(app));) {
        enum status status = app_view(app) == &view_save ? save_write(app, NULL, error)
                                                         : write_file(app, file, error);
        if (is_modified(file)) /* a conflict is in sight */
            return status == STATUS_CHANGED ? STATUS_OK : status;
    }
    return command_quit(app, &none, error);
}

static bool is_replaceable(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

enum status command_screen(struct app *app, const struct command_call *call, struct error *error)
{
    struct buffer screen = {0};
    struct error why;
    if (!*call->arguments)
        return error_set(error, STATUS_REFUSED, "screen takes the name of a file");
    char *path = folder_expand_home(call->arguments);
    screen_export(app, path, &screen);
    const char *bytes = buffer_string(&screen);
    enum status status = call->force ? file_replace(path, NULL, 0, bytes, screen.length, &why)
                                     : file_create(path, bytes, screen.length, &why);
    buffer_done(&screen);
    bool written = status == STATUS_OK || status == STATUS_UNSYNCED;
    if (written)
        app_say(app, ROLE_GOOD, "Wrote the screen to %s", path);
    else
        error_set(error, status, "%s: %s%s", path, why.message,
                  is_replaceable(path) && status == STATUS_REFUSED && !call->force
                      ? "; :screen! replaces it"
                      : "");
    free(path);
    return written ? STATUS_OK : status;
}
