/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands that show something else: another calibration, another curve, a comparison, a size. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/folders.h"
#include "calibration/source.h"
#include "ui/app.h"
#include "ui/command/command_private.h"
#include "ui/typed_number.h"

/*
 * Turns the reason why a file was not read into an error that names the file and the place in it.
 */
static enum status refuse_file(const char *path, const struct error *why, struct error *error)
{
    struct buffer text = {0};
    error_describe(why, path, &text);
    error_set(error, why->status, "%s", text.bytes);
    buffer_done(&text);
    return why->status;
}

static enum status load(struct app *app, const char *id, const char *path, struct file **out,
                        struct error *error)
{
    struct error why;
    enum status status = files_open(&app->files, id, path, out, &why);
    return status ? refuse_file(path, &why, error) : STATUS_OK;
}

/* Its id is its name as typed, unless that was a link which led to another one before. */
static enum status load_elsewhere(struct app *app, const char *name, const char *path,
                                  struct file **out, struct error *error)
{
    const struct file *other = files_find_id(&app->files, name);
    enum status status = load(app, other ? path : name, path, out, error);
    if (status == STATUS_OK)
        (*out)->elsewhere = !registry_find(app->registry, (*out)->id);
    return status;
}

/* Opens a file by its path as that leads now; of one that is gone, what was opened by that name. */
static enum status find_path(struct app *app, const char *name, struct file **out,
                             struct error *error)
{
    struct error why;
    char *typed = folder_expand_home(name);
    char *path = source_find(typed, registry_root(app->registry), &why);
    char *real = path ? file_real_path(path) : NULL;
    enum status status;
    if (real) {
        const struct registry_entry *entry = registry_find_file(app->registry, real);
        status = entry ? load(app, entry->id, entry->path, out, error)
                       : load_elsewhere(app, name, real, out, error);
    } else if ((*out = files_find_id(&app->files, name))) {
        status = STATUS_OK;
    } else if (access(typed, F_OK) != 0 && errno == ENOENT) {
        status = error_set(error, STATUS_REFUSED,
                           "%s is no id in the list and no file; Tab completes both", name);
    } else {
        status = error_set(error, STATUS_REFUSED, "%.300s: %s", name,
                           path ? strerror(errno) : why.message);
    }
    free(real);
    free(path);
    free(typed);
    return status;
}

static enum status find_current(struct app *app, const char *name, struct file **out,
                                struct error *error)
{
    const struct registry_entry *entry = registry_find(app->registry, name);
    if (entry)
        return load(app, entry->id, entry->path, out, error);
    return find_path(app, name, out, error);
}

/* Opens the file that ID|PATH[@REV] names. What is in hand stays in hand. */
static enum status find_file(struct app *app, const char *name, struct file **out,
                             struct error *error)
{
    struct error why;
    char *id = NULL;
    enum status status = find_current(app, name, out, error);
    const char *revision = status ? source_split_revision(name, &id) : NULL;
    if (!revision)
        return status;
    status = find_current(app, id, out, error);
    free(id);
    if (status)
        return status;
    status = files_open_revision(&app->files, *out, revision, out, &why);
    return status ? error_set(error, status, "%s: %s", name, why.message) : STATUS_OK;
}

/* Loads the file in hand as it is on disk. What is not saved is given up only with force. */
static enum status open_anew(struct app *app, bool force, struct error *error)
{
    if (app->file->revision)
        return error_set(error, STATUS_REFUSED, "%s is what git has, which does not change",
                         app->file->id);
    if (!force && session_modified_count(app->file->session))
        return error_set(error, STATUS_REFUSED, "%s has unsaved changes: :w writes, :e! drops them",
                         app->file->id);
    struct error why;
    enum status status = conflict_reload(app, &why);
    return status ? refuse_file(app->file->path, &why, error) : STATUS_OK;
}

enum status command_open(struct app *app, const struct command_call *call, struct error *error)
{
    struct file *file;
    if (!*call->arguments)
        return app->file && app->view_count > 1 ? open_anew(app, call->force, error)
                                                : command_act(app, "open", "", error);
    if (call->force)
        return error_set(error, STATUS_REFUSED,
                         "open! loads what is open anew, without a name behind it");
    enum status status = find_file(app, call->arguments, &file, error);
    if (status)
        return status;
    if (file->calibration->curve_count == 0)
        return error_set(error, STATUS_REFUSED, "%s holds no curves", file->id);
    while (app->view_count > 1)
        app_back(app);
    if (!file->revision)
        browse_select_id(&app->browse, file->id);
    if (app_take_file(app, file))
        app_enter_curves(app);
    return STATUS_OK;
}

/* The selected calibration in the list, elsewhere the one in hand. */
static enum status find_in_sight(struct app *app, struct file **out, struct error *error)
{
    const struct registry_entry *entry = browse_selected(&app->browse);
    if (app->view_count == 1 && entry)
        return load(app, entry->id, entry->path, out, error);
    *out = app->file;
    return *out ? STATUS_OK
                : error_set(error, STATUS_REFUSED,
                            "Nothing is open to compare it with: compare A B");
}

/* Leaves views until this one is not among those that Esc leads back to. */
static void leave_views_of(struct app *app, const struct view *view)
{
    for (size_t i = 1; i < app->view_count; i++)
        while (i < app->view_count && app->views[i] == view)
            app_back(app);
}

enum status command_compare(struct app *app, const struct command_call *call, struct error *error)
{
    struct file *a, *b;
    char *const *words = call->words.items;
    if (call->words.count == 0)
        return command_act(app, "compare", "", error);
    if (call->words.count > 2)
        return error_set(error, STATUS_REFUSED,
                         "compare takes one or two; one with blanks in it stands in \"quotes\"");
    enum status status = find_file(app, words[0], &a, error);
    if (!status)
        status = call->words.count == 2 ? find_file(app, words[1], &b, error)
                                        : find_in_sight(app, &b, error);
    if (status)
        return status;
    leave_views_of(app, &view_compare);
    compare_start(app, (struct side){.file = a, .whole = true},
                  (struct side){.file = b, .whole = true});
    return STATUS_OK;
}

bool command_curve_works(const struct app *app)
{
    return app_view(app)->curve_name != NULL;
}

enum status command_curve(struct app *app, const struct command_call *call, struct error *error)
{
    const struct view *view = app_view(app);
    const char *name;
    if (!command_curve_works(app))
        return error_set(error, STATUS_REFUSED,
                         "There are no curves to choose from here; open one first");
    for (size_t i = 0; (name = view->curve_name(app, i)); i++)
        if (strcmp(name, call->arguments) == 0) {
            view->take_curve(app, i);
            return STATUS_OK;
        }
    return error_set(error, STATUS_REFUSED, "There is no curve \"%s\" here; Tab lists them",
                     call->arguments);
}

bool command_goto_works(const struct app *app)
{
    return app_view(app)->look_at != NULL;
}

enum status command_goto(struct app *app, const struct command_call *call, struct error *error)
{
    double flops;
    enum status status = typed_number_read("The size", "250M or 1.5e9", call->arguments,
                                           strlen(call->arguments), &flops, error);
    if (status)
        return status;
    if (!command_goto_works(app))
        return error_set(error, STATUS_REFUSED,
                         "There is no cursor to move here; open a calibration first");
    app_view(app)->look_at(app, flops);
    return STATUS_OK;
}
