/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saving: what would be written, as a diff of the file, and a note on why. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "report/readout.h"
#include "report/symbol.h"
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

void save_start(struct app *app)
{
    app->save.top = 0;
    app->save.conflict = app->save.asked_to_reload = false;
    save_preview(app);
    app_enter(app, &view_save);
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

static void append_figure(struct buffer *out, const char *before, double figure)
{
    char text[NUMBER_TEXT_MAX];
    number_print_short(figure, 6, text);
    buffer_print(out, "%s%s", before, text);
}

/*
 * "matmul: R2 1 -> 0.9997 (the file says 0.6556)". The field computes its stored figures in several
 * ways, so a reviewer must see what the edit did apart from what recomputing did.
 */
static void draw_summary(const struct app *app, struct canvas *canvas, int row, size_t index)
{
    const struct calibration_curve *source = &app->file->calibration->curves[index];
    struct curve stored = calibration_stored_curve(source), now = file_curve(app->file, index);
    struct curve_statistics before, after;
    struct buffer text = {0};
    curve_statistics(&stored, &source->means, &before, NULL);
    curve_statistics(&now, &source->means, &after, NULL);
    bool undefined = readout_undefined(source, &now, &text);
    if (!undefined) {
        buffer_print(&text, "%s: %s ", source->name, symbol(SYMBOL_R_SQUARED, canvas->charset));
        append_figure(&text, "", before.r_squared);
        buffer_print(&text, " %s ", symbol(SYMBOL_ARROW, canvas->charset));
        append_figure(&text, "", after.r_squared);
        buffer_append_string(&text, ", recomputed; the file says ");
        if (calibration_statistics_known(source))
            append_figure(&text, "", source->r_squared);
        else
            buffer_append_string(&text, "unknown");
    }
    canvas_text(canvas, row, 1, -1, undefined ? ROLE_WARNING : ROLE_TEXT, text.bytes);
    buffer_done(&text);
}

/* Lines above the diff: the file's name, a line for each of the first curves, a blank. */
static int head_rows(const struct app *app)
{
    size_t curves = session_modified_count(app->file->session);
    return 2 + (int)(curves < SAVE_SUMMARY_MAX ? curves : SAVE_SUMMARY_MAX);
}

static void draw(const struct app *app, struct canvas *canvas, const struct layout *layout)
{
    struct rect area = layout->main;
    int row = area.row + 1, head = head_rows(app);
    canvas_print(canvas, area.row, 1, -1, ROLE_TITLE, "To be written: %s", app->file->path);
    for (size_t i = 0; i < app->file->calibration->curve_count && row < area.row + head - 1; i++)
        if (session_curve_modified(app->file->session, i))
            draw_summary(app, canvas, row++, i);
    area.row += head;
    area.rows -= head;
    draw_diff(app, canvas, area);
}

static void hint(const struct app *app, struct buffer *out)
{
    if (app->save.conflict)
        buffer_append_string(out, "O overwrites it, R loads it (drops your changes), Esc keeps "
                                  "editing");
    else if (app->save.note[0])
        buffer_print(out, "Note: %s", app->save.note);
    else
        buffer_append_string(out, "Nothing is written yet. n adds a note on why.");
}

/* The first line when the last page is shown. */
static size_t last_top(const struct app *app)
{
    struct layout layout = layout_compute(app->rows, app->columns, VIEW_SAVE, 0);
    int rows = layout.main.rows - head_rows(app);
    return rows > 0 && app->save.lines > (size_t)rows ? app->save.lines - (size_t)rows : 0;
}

static void accept_note(struct app *app, const char *text)
{
    memcpy(app->save.note, text, strlen(text) + 1);
    save_preview(app);
    app->save.top = last_top(app); /* notes come last in a curve */
}

static void write_file(struct app *app, bool overwrite)
{
    struct error error;
    char *note = dated_note(app);
    enum status status = file_save(app->file, note, overwrite, &error);
    free(note);
    if (status == STATUS_CHANGED) {
        app->save.conflict = true;
        app_say(app, ROLE_ERROR, "Not written: %s. O writes all the same, R reloads, Esc back",
                error.message);
        return;
    }
    if (status && status != STATUS_UNSYNCED) {
        app_say(app, ROLE_ERROR, "Not written: %s", error.message);
        return;
    }
    app->save.note[0] = '\0';
    registry_refresh(app->registry, app->file->id);
    app_registry_changed(app);
    app_say(app, status ? ROLE_WARNING : ROLE_GOOD, "Wrote %s%s%s", app->file->path,
            status ? "; " : "", status ? error.message : "");
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
    if (app->mark.file == app->file)
        app->mark = (struct side){0};
    registry_refresh(app->registry, app->file->id);
    app_registry_changed(app);
    app_say(app, ROLE_TEXT, "Loaded %s as it is on disk", app->file->id);
    app->file = NULL;
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
        if (app->save.asked_to_reload)
            reload(app);
        else if (app->save.conflict) {
            app->save.asked_to_reload = true;
            app_say(app, ROLE_WARNING, "R again drops every change made here, without undo");
        }
        return true;
    case ACTION_NOTE:
        app_ask(app, "Why: ", app->save.note, accept_note);
        return true;
    default:
        return app_move(app, action, &app->save.top, last_top(app) + 1);
    }
}

static void leave(struct app *app)
{
    buffer_done(&app->save.diff);
}

const struct view view_save = {
    .id = VIEW_SAVE, .draw = draw, .act = act, .hint = hint, .leave = leave};
