/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A save that met a file which others have changed: both changes, and the ways out. */
#include <stdlib.h>

#include "base/file.h"
#include "base/memory.h"
#include "ui/app.h"
#include "json/reader.h"

enum { WHY_ROWS = 4 };

/* In place of a diff. */
static void say_unread(struct diff_pane *pane, enum file_state state, const struct error *why)
{
    char *text = memory_print(state == FILE_REPLACED
                                  ? "Now there is %s. A save cannot take its place; a copy can be "
                                    "written elsewhere."
                                  : "What it holds now cannot be read: %s.",
                              why->message);
    diff_pane_say(pane, text);
    free(text);
}

/* Reads the file, and makes the diff of what others have made of it since it was loaded. */
static void set_theirs(struct app *app)
{
    struct error why;
    struct file_seen *seen = &app->conflict.seen;
    size_t length;
    const char *loaded = json_document_bytes(app->file->calibration->document, &length);
    bool unread = file_read(app->file->path, JSON_BYTES_MAX, &seen->bytes, &why) != STATUS_OK;
    enum file_state state = unread ? file_state(app->file, NULL) : FILE_OTHER;
    seen->gone = state == FILE_GONE;
    app->conflict.is_replaced = state == FILE_REPLACED;
    if (state == FILE_REPLACED || state == FILE_UNREADABLE)
        say_unread(&app->conflict.theirs, state, &why);
    else
        diff_pane_set(&app->conflict.theirs, loaded, length, buffer_string(&seen->bytes),
                      seen->bytes.length, app->file->path);
}

void conflict_start(struct app *app, const struct error *error)
{
    app->conflict = (struct conflict_state){.error = *error, .show_theirs = true};
    app_end_message(app); /* it spoke of the view that leads here */
    set_theirs(app);
    app_enter(app, &view_conflict);
}

/* The pane in sight; mine is that of the save view, which lies below this one. */
static struct diff_pane *pane_of(struct app *app)
{
    return app->conflict.show_theirs ? &app->conflict.theirs : &app->save.diff;
}

static void append_why(const struct app *app, struct buffer *out)
{
    buffer_print(out, "Not %s: %s", app->conflict.merge_failed ? "merged" : "written",
                 app->conflict.error.message);
}

/* The rows above the diff: why nothing is written, the file's path, and whose changes are shown. */
static int head_rows(const struct app *app)
{
    struct buffer why = {0};
    append_why(app, &why);
    int rows = app_wrapped_rows(why.bytes, WHY_ROWS, app->columns, app->charset);
    buffer_done(&why);
    return rows + 2;
}

/* The rows of the diff below that. */
static int diff_rows(const struct app *app)
{
    struct layout layout = layout_compute(app->rows, app->columns, VIEW_CONFLICT, 0);
    return layout.main.rows - head_rows(app);
}

static void draw(const struct app *app, struct canvas *canvas, const struct layout *layout)
{
    const struct conflict_state *state = &app->conflict;
    struct rect area = layout->main;
    struct buffer why = {0};
    append_why(app, &why);
    area.row += app_draw_wrapped(canvas, (struct rect){area.row, 0, WHY_ROWS, area.columns},
                                 ROLE_ERROR, why.bytes);
    buffer_done(&why);
    canvas_text_end(canvas, area.row++, 1, area.columns - 1, ROLE_DIM, app->file->path);
    canvas_print(canvas, area.row++, 1, -1, ROLE_TITLE,
                 state->show_theirs ? "What others changed (%s: your changes)"
                                    : "Your changes (%s: what others changed)",
                 app_key_name(app, ACTION_CHANGES).chars);
    area.rows -= area.row - layout->main.row;
    diff_pane_draw(state->show_theirs ? &state->theirs : &app->save.diff, canvas, area);
}

static void hint(const struct app *app, struct buffer *out)
{
    enum { NARROW = 70 }; /* for a footer with these */
    static const enum action ways[] = {ACTION_MERGE, ACTION_OVERWRITE, ACTION_RELOAD, ACTION_COPY};
    if (app->columns >= NARROW) {
        buffer_append_string(out, "Nothing is written and nothing is lost yet.");
        return;
    }
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        buffer_print(out, "%s%s %s", i ? ", " : "", app_key_name(app, ways[i]).chars,
                     action_of(ways[i])->label);
}

/*
 * Whatever was borrowed from the calibration that the file in hand had is gone: back to the list.
 */
static void back_to_list(struct app *app)
{
    while (app->view_count > 1)
        app_back(app);
    marks_drop(app, app->file);
    registry_refresh(app->registry, app->file->id);
    app_registry_changed(app);
    app->file = NULL;
}

/* The curves of the file, now another calibration, with the curve of that name in hand. */
static bool come_back(struct app *app, const struct file *file, const char *curve)
{
    back_to_list(app);
    if (!app_open(app, file->id))
        return false;
    const struct calibration_curve *same = calibration_find(file->calibration, curve, NULL);
    app_take_curve(app, same ? file_index_of(file, same) : 0);
    app_enter(app, &view_curves);
    return true;
}

enum status conflict_reload(struct app *app, struct error *error)
{
    const struct file *file = app->file;
    char *curve = memory_copy_string(app_source(app)->name);
    enum status status = file_reload(app->file, error);
    if (status == STATUS_OK && come_back(app, file, curve))
        app_say(app, ROLE_GOOD, "Loaded %s as it is on disk", file->id);
    free(curve);
    return status;
}

/* Puts the changes into the file as others left it, and shows the outcome before it is written. */
static void merge(struct app *app)
{
    struct error error;
    const struct file *file = app->file;
    char *curve = memory_copy_string(app_source(app)->name);
    enum status status = file_merge(app->file, &error);
    if (status && status != STATUS_UNSYNCED) {
        app->conflict.error = error;
        app->conflict.merge_failed = true;
        app_say(app, ROLE_ERROR, "Not merged. %s overwrites, %s reloads, %s saves a copy",
                app_key_name(app, ACTION_OVERWRITE).chars, app_key_name(app, ACTION_RELOAD).chars,
                app_key_name(app, ACTION_COPY).chars);
    } else if (come_back(app, file, curve) && session_modified_count(file->session) == 0) {
        app_say(app, ROLE_GOOD, "The file holds all of your changes already");
    } else if (app->file) {
        save_start(app);
        app_say(app, status ? ROLE_WARNING : ROLE_GOOD, "%s",
                status ? error.message : "Merged: this is what would be written now");
    }
    free(curve);
}

/* Only what has been shown is lost: where the file has changed once more, that is shown first. */
enum status conflict_overwrite(struct app *app, struct error *error)
{
    struct file_seen seen = app->conflict.seen;
    app->conflict.seen = (struct file_seen){0}; /* outlives the view */
    app_back(app);
    enum status status = save_write(app, &seen, error);
    buffer_done(&seen.bytes);
    return status;
}

static void overwrite(struct app *app)
{
    struct error error;
    enum status status = conflict_overwrite(app, &error);
    if (status && status != STATUS_CHANGED)
        app_say(app, ROLE_ERROR, "%s", error.message);
    if (app_view(app) == &view_conflict && app->conflict.is_replaced)
        app_say(app, ROLE_WARNING, "Nothing is written over it; %s writes a copy elsewhere",
                app_key_name(app, ACTION_COPY).chars);
}

static void reload(struct app *app)
{
    struct error error;
    if (conflict_reload(app, &error))
        app_say_error(app, app->file->path, &error);
}

/*
 * Either loses what one side has done, so each asks once. Nothing is lost of a file that is gone,
 * nor of a folder or a pipe in its place, which is refused.
 */
static void lose(struct app *app, enum action action)
{
    bool meant = app_is_confirmed(app, action);
    bool loses_nothing = app->conflict.seen.gone || app->conflict.is_replaced;
    struct key_name key = app_key_name(app, action);
    if (action == ACTION_OVERWRITE && (meant || loses_nothing))
        overwrite(app);
    else if (meant)
        reload(app);
    else
        app_ask_twice(app, action,
                      action == ACTION_RELOAD
                          ? "%s again drops every change made here, without undo"
                          : "%s again writes over what others changed, which is lost",
                      key.chars);
}

static bool act(struct app *app, enum action action)
{
    struct diff_pane *pane = pane_of(app);
    switch (action) {
    case ACTION_CHANGES:
        app->conflict.show_theirs = !app->conflict.show_theirs;
        return true;
    case ACTION_MERGE:
        merge(app);
        return true;
    case ACTION_OVERWRITE:
    case ACTION_RELOAD:
        lose(app, action);
        return true;
    case ACTION_COPY:
        save_copy(app);
        return true;
    default:
        return diff_pane_pan(pane, action) ||
               app_scroll(app, action, &pane->top, diff_pane_last_top(pane, diff_rows(app)));
    }
}

static void leave(struct app *app)
{
    diff_pane_done(&app->conflict.theirs);
    buffer_done(&app->conflict.seen.bytes);
}

static void go_to_line(struct app *app, size_t line)
{
    diff_pane_go(pane_of(app), line, diff_rows(app));
}

static bool searched(const struct app *app, struct search_text *out)
{
    const struct diff_pane *pane =
        app->conflict.show_theirs ? &app->conflict.theirs : &app->save.diff;
    buffer_append_string(&out->lines, buffer_string(&pane->text));
    out->at = pane->top;
    out->go = go_to_line;
    return true;
}

/*
 * Once the file is as it was loaded again there is no conflict: back to what would be written. What
 * the last key said is read first, but for a question that no longer stands.
 */
static void follow(struct app *app)
{
    bool says = app->message[0] && app->question.asked == ACTION_NONE;
    if (says || app->prompt.active || file_state(app->file, NULL) != FILE_SAME)
        return;
    app_back(app);
    app_say(app, ROLE_GOOD, "The file is as it was loaded again: %s writes your changes",
            app_key_name(app, ACTION_WRITE).chars);
}

const struct view view_conflict = {.searched = searched,

                                   .id = VIEW_CONFLICT,
                                   .draw = draw,
                                   .act = act,
                                   .hint = hint,
                                   .follow = follow,
                                   .leave = leave};
