/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saving: what would be written, as a diff of the file, and a note on why. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "report/text_diff.h"
#include "ui/app.h"

/* The note as it goes into the file; NULL without one. The caller frees it. */
static char *dated_note(const struct app *app)
{
    return app->save.note[0] ? store_dated_note(app->save.note) : NULL;
}

void save_preview(struct app *app)
{
    const struct calibration *calibration = app->file->calibration;
    struct curve_change *changes = memory_new_array(calibration->curve_count, sizeof *changes);
    struct buffer now = {0};
    size_t length;
    const char *old = json_document_bytes(calibration->document, &length);
    char *note = dated_note(app);
    store_compose(calibration, changes, session_changes(app->file->session, note, changes), &now);
    buffer_truncate(&app->save.diff, 0);
    text_diff(old, length, buffer_string(&now), now.length, app->file->path, &app->save.diff);
    app->save.lines = 0;
    for (const char *at = buffer_string(&app->save.diff); (at = strchr(at, '\n')); at++)
        app->save.lines++;
    buffer_done(&now);
    free(note);
    free(changes);
}

static enum role role_of(const char *line)
{
    switch (line[0]) {
    case '+':
        return ROLE_ADDED;
    case '-':
        return ROLE_REMOVED;
    case '@':
        return ROLE_TITLE;
    default:
        return ROLE_DIM;
    }
}

/* The start of line number wanted (from 0); the end of the text where there are fewer. */
static const char *line_at(const char *text, size_t wanted)
{
    for (; wanted > 0 && *text; wanted--) {
        const char *newline = strchr(text, '\n');
        if (!newline)
            return text + strlen(text);
        text = newline + 1;
    }
    return text;
}

static void draw_diff(const struct app *app, struct canvas *canvas, struct rect area)
{
    const char *at = line_at(buffer_string(&app->save.diff), app->save.top);
    for (int row = 0; row < area.rows && *at; row++) {
        size_t length = strcspn(at, "\n");
        canvas_print(canvas, area.row + row, area.column + 1, area.columns - 1, role_of(at), "%.*s",
                     (int)length, at);
        at += length + (at[length] == '\n');
    }
}

static void draw(const struct app *app, struct canvas *canvas, const struct layout *layout)
{
    struct rect area = layout->main;
    size_t curves = session_modified_count(app->file->session);
    canvas_print(canvas, area.row, 1, -1, ROLE_TITLE,
                 "This will be written to %s (%zu curve%s):", app->file->path, curves,
                 curves == 1 ? "" : "s");
    area.row += 2;
    area.rows -= 2;
    draw_diff(app, canvas, area);
}

static void hint(const struct app *app, struct buffer *out)
{
    if (app->save.conflict)
        buffer_append_string(out, "O overwrites what others wrote, R reloads and drops your "
                                  "changes, Esc keeps both as they are");
    else if (app->save.note[0])
        buffer_print(out, "Note: %s", app->save.note);
    else
        buffer_append_string(out, "Nothing is written yet. n adds a note on why.");
}

static void accept_note(struct app *app, const char *text)
{
    memcpy(app->save.note, text, strlen(text) + 1);
    save_preview(app);
}

static void write_file(struct app *app, bool overwrite)
{
    struct error error;
    char *note = dated_note(app);
    enum status status = file_save(app->file, note, overwrite, &error);
    free(note);
    if (status == STATUS_CHANGED) {
        app->save.conflict = true;
        app_say(app, ROLE_ERROR, "Not written: the file on disk is not the one that was loaded");
        return;
    }
    if (status) {
        app_say_error(app, app->file->path, &error);
        return;
    }
    registry_refresh(app->registry, app->file->id);
    app_say(app, ROLE_GOOD, "Wrote %s", app->file->path);
    app_back(app);
}

static void reload(struct app *app)
{
    struct error error;
    if (file_reload(app->file, &error)) {
        app_say_error(app, app->file->path, &error);
        return;
    }
    /* Whatever was borrowed from the old calibration is gone: back to the list. */
    while (app->view_count > 1)
        app_back(app);
    app->mark = (struct side){0};
    app->file = NULL;
    registry_refresh(app->registry, app->browse.selected_id ? app->browse.selected_id : "");
    app_say(app, ROLE_TEXT, "Loaded anew from disk");
}

static bool act(struct app *app, enum action action)
{
    switch (action) {
    case ACTION_WRITE:
        write_file(app, false);
        return true;
    case ACTION_OVERWRITE:
        if (app->save.conflict)
            write_file(app, true);
        return true;
    case ACTION_RELOAD:
        if (app->save.conflict)
            reload(app);
        return true;
    case ACTION_NOTE:
        app_ask(app, "Why: ", app->save.note, accept_note);
        return true;
    default:
        return app_move(app, action, &app->save.top, app->save.lines);
    }
}

static void leave(struct app *app)
{
    buffer_done(&app->save.diff);
}

const struct view view_save = {VIEW_SAVE, draw, act, hint, leave, NULL};
