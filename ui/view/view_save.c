/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saving: what would be written, as a diff of the file, and a note on why. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/number.h"
#include "report/readout.h"
#include "report/symbol.h"
#include "ui/app.h"
#include "ui/tour.h"

/* What a save would write, kept in app->save; anew when the note changes. */
static void preview(struct app *app)
{
    const struct calibration *calibration = app->file->calibration;
    struct buffer now = {0};
    size_t length;
    const char *old = json_document_bytes(calibration->document, &length);
    char *note = file_dated_note(app->file);
    struct change_set changes = session_changes(app->file->session, note);
    store_compose(&changes, &now);
    diff_pane_set(&app->save.diff, old, length, buffer_string(&now), now.length, app->file->path);
    buffer_done(&now);
    free(note);
    free(changes.items);
}

/* The curve_type of a changed curve that not every reader knows; NULL where there is none. */
static const char *unfamiliar_type(const struct app *app)
{
    for (size_t i = 0; i < app->file->calibration->curve_count; i++) {
        const struct curve_version *now = session_current(app->file->session, i);
        if (session_curve_modified(app->file->session, i) && now->parameters && now->curve_type)
            return now->curve_type;
    }
    return NULL;
}

#define OTHERS_CHANGED "Others changed the file since it was loaded: %s shows how and what next"

/* The file tells nowhere which points a fit left out. */
static void tell_left_out(struct app *app)
{
    for (size_t i = 0; i < app->file->calibration->curve_count; i++) {
        const char *without = session_current(app->file->session, i)->without;
        if (without && session_curve_modified(app->file->session, i))
            app_say(app, ROLE_WARNING, "%s: %s; the %s written is that of all points",
                    app->file->calibration->curves[i].name, without,
                    symbol(SYMBOL_R_SQUARED, app->charset));
    }
}

void save_start(struct app *app)
{
    const char *type = unfamiliar_type(app);
    app->save.back = (struct whereabouts){0};
    preview(app);
    app_enter(app, &view_save);
    tell_left_out(app);
    app->save.unwritable = (struct error){.status = STATUS_OK};
    if (file_check_replaceable(app->file->path, &app->save.unwritable))
        app_say(app, ROLE_WARNING, "A save would be refused: %.300s. %s writes a copy",
                app->save.unwritable.message, app_key_name(app, ACTION_COPY).chars);
    if (type)
        app_say(app, ROLE_WARNING,
                "%s: the field's loader drops such a curve silently and falls back to another",
                type);
    app->save.is_changed = file_changed_on_disk(app->file);
    if (app->save.is_changed)
        app_say(app, ROLE_WARNING, OTHERS_CHANGED, app_key_name(app, ACTION_WRITE).chars);
}

enum { DIGITS = 6, DIGITS_MAX = 12 };

/* "1 -> 0.9997", in as many digits as tell them apart; beyond what anybody reads they are one. */
static void append_figures(struct buffer *out, double before, double after,
                           enum text_charset charset)
{
    char from[NUMBER_TEXT_MAX], to[NUMBER_TEXT_MAX];
    int digits = DIGITS;
    do {
        number_print_short(before, digits, from);
        number_print_short(after, digits, to);
    } while (strcmp(from, to) == 0 && ++digits <= DIGITS_MAX);
    if (strcmp(from, to) == 0) {
        number_print_short(after, DIGITS, to);
        buffer_print(out, "%s as before", to);
    } else {
        buffer_print(out, "%s %s %s", from, symbol(SYMBOL_ARROW, charset), to);
    }
}

/*
 * What the file says of r_squared. A save that goes back to the curve that was loaded writes what
 * was loaded with it.
 */
static void append_stated(struct buffer *out, const struct calibration_curve *source,
                          const struct curve_statistics *loaded)
{
    if (loaded && isnan(loaded->r_squared)) /* it had none: the computed one is written */
        loaded = NULL;
    double figure = loaded ? loaded->r_squared : source->r_squared;
    bool known = loaded ? figure != 0 || loaded->residual_std != 0 || loaded->max_residual != 0
                        : calibration_statistics_known(source);
    char said[NUMBER_TEXT_MAX] = "unknown";
    if (known)
        number_print_short(figure, DIGITS, said);
    buffer_print(out, ", recomputed; the file says %s%s", said, loaded ? " again" : "");
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
        append_figures(&text, before.r_squared, after.r_squared, canvas->charset);
        append_stated(&text, source, session_stated(app->file->session, index));
    }
    app_draw_words(canvas, (struct rect){row, 1, 1, canvas->columns - 1},
                   undefined ? ROLE_WARNING : ROLE_TEXT, text.bytes);
    buffer_done(&text);
}

/*
 * Lines above the diff: the file's name, a line for each of the first curves, a blank where there
 * is room.
 */
static int head_rows(const struct app *app)
{
    enum { LOW = 16 };
    size_t curves = session_modified_count(app->file->session);
    return 1 + (app->rows >= LOW) + (int)(curves < SAVE_SUMMARY_MAX ? curves : SAVE_SUMMARY_MAX);
}

static void draw(const struct app *app, struct canvas *canvas, const struct layout *layout)
{
    struct rect area = layout->main;
    enum { NARROW = 60 };
    int row = area.row + 1, head = head_rows(app);
    int used = canvas_text(canvas, area.row, 1, -1, ROLE_TITLE,
                           area.columns < NARROW ? "Write " : "To be written: ");
    canvas_text_end(canvas, area.row, 1 + used, area.columns - 1 - used, ROLE_TITLE,
                    app->file->path);
    for (size_t i = 0;
         i < app->file->calibration->curve_count && row <= area.row + SAVE_SUMMARY_MAX; i++)
        if (session_curve_modified(app->file->session, i))
            draw_summary(app, canvas, row++, i);
    area.row += head;
    area.rows -= head;
    diff_pane_draw(&app->save.diff, canvas, area);
}

/* Whether a curve goes back to what was loaded, but for the note of a save in between. */
static bool returns_with_note(const struct app *app)
{
    const struct file *file = app->file;
    bool returns = false;
    for (size_t i = 0; i < file->calibration->curve_count; i++)
        returns |= file->noted[i] && session_curve_modified(file->session, i) &&
                   session_stated(file->session, i);
    return returns;
}

static void hint(const struct app *app, struct buffer *out)
{
    enum { NARROW = 60 };
    struct key_name write = app_key_name(app, ACTION_WRITE);
    if (app->save.is_changed && app->columns < NARROW)
        buffer_print(out, "%s: what others changed", write.chars);
    else if (app->save.is_changed && !app->file->note)
        buffer_print(out, OTHERS_CHANGED, write.chars);
    else if (app->save.is_changed)
        buffer_print(out, "%s: what others changed   Note: %s", write.chars, app->file->note);
    else if (app->save.unwritable.status)
        buffer_print(out, "%s writes a copy; a save would be refused: %s",
                     app_key_name(app, ACTION_COPY).chars, app->save.unwritable.message);
    else if (app->file->note)
        buffer_print(out, "Note: %s", app->file->note);
    else if (returns_with_note(app))
        buffer_print(out, "The curve is as it was; the note that a save wrote stays. %s adds one",
                     app_key_name(app, ACTION_NOTE).chars);
    else
        buffer_print(out, "Nothing is written yet. %s adds a note%s",
                     app_key_name(app, ACTION_NOTE).chars, app->columns < NARROW ? "" : " on why.");
}

/* The first line when the last page is shown. */
static size_t last_top(const struct app *app)
{
    struct layout layout = layout_compute(app->rows, app->columns, VIEW_SAVE, 0);
    return diff_pane_last_top(&app->save.diff, layout.main.rows - head_rows(app));
}

static void accept_note(struct app *app, const char *text)
{
    struct error error;
    if (file_take_note(app->file, text, &error))
        app_say(app, ROLE_WARNING, "%s", error.message);
    preview(app);
    app->save.diff.top = last_top(app); /* notes come last in a curve */
}

/*
 * Reports a save that failed. Where others have changed the file, that is shown, even if the save
 * has failed for another reason before it could notice.
 */
static enum status refuse(struct app *app, enum status status, const struct error *why,
                          struct error *error)
{
    struct error both;
    enum file_state state = file_state(app->file, NULL);
    if (status != STATUS_CHANGED && state == FILE_SAME)
        return error_set(error, status, "Not written: %s", why->message);
    if (status != STATUS_CHANGED && state == FILE_REPLACED)
        error_set(&both, STATUS_CHANGED, "it is now %.300s", why->message);
    else if (status != STATUS_CHANGED)
        error_set(&both, STATUS_CHANGED, "%.300s. Others have changed it, too", why->message);
    conflict_start(app, status == STATUS_CHANGED ? why : &both);
    return STATUS_CHANGED;
}

enum status save_write(struct app *app, const struct file_seen *over, struct error *error)
{
    struct error why;
    enum status status = file_save(app->file, over, &why);
    if (status && status != STATUS_UNSYNCED)
        return refuse(app, status, &why, error);
    tour_seen(app);
    registry_refresh(app->registry, app->file->id);
    app_registry_changed(app);
    app_say(app, status ? ROLE_WARNING : ROLE_GOOD, "Wrote %s%s%s", app->file->path,
            status ? "; " : "", status ? why.message : "");
    app_back(app);
    whereabouts_return(app, &app->save.back);
    return STATUS_OK;
}

enum status save_copy_to(struct app *app, const char *path, struct error *error)
{
    struct error why;
    enum status status = *path ? file_save_copy(app->file, path, &why) : STATUS_OK;
    if (status && status != STATUS_UNSYNCED)
        return error_set(error, status, "No copy: %s", why.message);
    if (*path)
        app_say(app, status ? ROLE_WARNING : ROLE_GOOD, "Wrote a copy%s. It is %s%s%s",
                session_modified_count(app->file->session) ? "; nothing is saved here yet" : "",
                path, status ? ": " : "", status ? why.message : "");
    return STATUS_OK;
}

static void accept_copy(struct app *app, const char *path)
{
    struct error error;
    if (save_copy_to(app, path, &error))
        app_ask_again(app, "%s", error.message);
}

void save_copy(struct app *app)
{
    char *path = memory_print("%s.mine", app->file->path);
    app_ask(app, "Write a copy to: ", path, accept_copy);
    free(path);
}

/*
 * What a save would else not tell is offered as a note, which what is typed replaces; not where the
 * note would go to other curves, too.
 */
static void ask_note(struct app *app)
{
    const char *without = NULL;
    for (size_t i = 0; i < app->file->calibration->curve_count && !without; i++)
        if (session_curve_modified(app->file->session, i))
            without = session_current(app->file->session, i)->without;
    if (without && !app->file->note && session_modified_count(app->file->session) == 1)
        app_offer(app, "Why: ", without, accept_note);
    else
        app_ask(app, "Why: ", app->file->note ? app->file->note : "", accept_note);
}

static bool act(struct app *app, enum action action)
{
    struct error error;
    enum status status;
    switch (action) {
    case ACTION_WRITE:
        status = save_write(app, NULL, &error);
        if (status && status != STATUS_CHANGED)
            app_say(app, ROLE_ERROR, "%s", error.message);
        return true;
    case ACTION_COPY:
        save_copy(app);
        return true;
    case ACTION_NOTE:
        ask_note(app);
        return true;
    default:
        return diff_pane_pan(&app->save.diff, action) ||
               app_scroll(app, action, &app->save.diff.top, last_top(app));
    }
}

/* Anybody may write, or put back, the file while its changes are looked at. */
static void follow(struct app *app)
{
    app->save.is_changed = file_changed_on_disk(app->file);
}

static void leave(struct app *app)
{
    diff_pane_done(&app->save.diff);
}

static void go_to_line(struct app *app, size_t line)
{
    struct layout layout = layout_compute(app->rows, app->columns, VIEW_SAVE, 0);
    diff_pane_go(&app->save.diff, line, layout.main.rows - head_rows(app));
}

static bool searched(const struct app *app, struct search_text *out)
{
    const struct diff_pane *pane = &app->save.diff;
    buffer_append_string(&out->lines, buffer_string(&pane->text));
    out->at = pane->top;
    out->go = go_to_line;
    return true;
}

const struct view view_save = {.searched = searched,

                               .id = VIEW_SAVE,
                               .draw = draw,
                               .act = act,
                               .hint = hint,
                               .follow = follow,
                               .leave = leave};
