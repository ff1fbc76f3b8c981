/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands that write files, and those that end the program. */
#include <stdlib.h>

#include "base/file.h"
#include "base/folders.h"
#include "ui/app.h"
#include "ui/command_private.h"

/* A copy of the file in hand with its changes. */
static enum status write_copy(struct app *app, const char *path, struct error *error)
{
    if (!app->file || app->view_count == 1)
        return error_set(error, STATUS_REFUSED, "Open the calibration first that is to be written");
    char *real = folder_expand_home(path);
    save_copy_to(app, real);
    free(real);
    return STATUS_OK;
}

/*
 * Without the look at the diff that the key gives; the views behind it stay in charge of what comes
 * between, such as a file that others have changed.
 */
enum status command_write(struct app *app, const struct command_call *call, struct error *error)
{
    if (*call->arguments)
        return write_copy(app, call->arguments, error);
    if (app_view(app) == &view_save)
        return command_act(app, "write", "", error);
    enum status status = command_act(app, "save", "", error);
    if (!status && app_view(app) == &view_save)
        save_write(app, NULL);
    return status;
}

enum status command_quit(struct app *app, const struct command_call *call, struct error *error)
{
    size_t modified = files_modified_count(&app->files);
    if (modified && !call->force)
        return error_set(error, STATUS_REFUSED,
                         "%zu calibration%s changed and not saved; :w writes, :q! gives that up",
                         modified, modified == 1 ? "" : "s");
    app->quit = app->discard = true;
    return STATUS_OK;
}

enum status command_write_quit(struct app *app, const struct command_call *call,
                               struct error *error)
{
    const struct command_call none = {.arguments = ""};
    (void)call;
    if (files_modified_count(&app->files)) {
        enum status status = command_write(app, &none, error);
        if (status || app_view(app) == &view_save || app_view(app) == &view_conflict)
            return status; /* it says why it did not write */
    }
    return command_quit(app, &none, error);
}

enum status command_screen(struct app *app, const struct command_call *call, struct error *error)
{
    struct canvas canvas;
    struct buffer text = {0};
    struct error why;
    if (!*call->arguments)
        return error_set(error, STATUS_REFUSED, "screen takes the name of a file");
    canvas_init(&canvas, app->rows, app->columns, app->charset);
    app_draw(app, &canvas);
    canvas_export_text(&canvas, false, &text);
    const char *bytes = buffer_string(&text);
    char *path = folder_expand_home(call->arguments);
    enum status status = call->force ? file_replace(path, NULL, 0, bytes, text.length, &why)
                                     : file_create(path, bytes, text.length, &why);
    canvas_done(&canvas);
    buffer_done(&text);
    bool written = status == STATUS_OK || status == STATUS_UNSYNCED;
    if (written)
        app_say(app, ROLE_GOOD, "Wrote the screen to %s", path);
    else
        error_set(error, status, "%s: %s%s", path, why.message,
                  status == STATUS_REFUSED && !call->force ? "; :screen! replaces it" : "");
    free(path);
    return written ? STATUS_OK : status;
}
