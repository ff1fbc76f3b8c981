/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table below the plot: what each calibration is at the cursor and against the reference. */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "ui/app.h"
#include "ui/view/compare_details.h"
#include "ui/view/overlay_table.h"

void overlay_table_forget(struct overlay_state *state)
{
    for (size_t i = 0; i < state->count; i++) {
        comparison_free(state->against[i]);
        state->against[i] = NULL;
    }
}

/* Whole calibrations: p-values are then adjusted as in a comparison of two. */
void overlay_table_compare(struct app *app)
{
    struct overlay_state *state = &app->overlay;
    const struct compare_options options = {.margin = 0.05};
    overlay_table_forget(state);
    for (size_t i = 0; i < state->count; i++)
        if (i != state->reference)
            state->against[i] = compare_calibrations(state->files[state->reference]->calibration,
                                                     state->files[i]->calibration, &options);
}

/* The operation in hand of one calibration against the reference; NULL: not on both sides. */
static const struct compared_curve *find_pair(const struct overlay_state *state, size_t index)
{
    const struct comparison *comparison = state->against[index];
    const struct compare_operation *operation = &state->operations[state->row];
    for (size_t i = 0; comparison && i < comparison->curve_count; i++) {
        const struct compared_curve *pair = &comparison->curves[i];
        if (pair->a && pair->a == operation->curves[state->reference] &&
            pair->b == operation->curves[index])
            return pair->b ? pair : NULL;
    }
    return NULL;
}

size_t overlay_curves(const struct overlay_state *state,
                      struct overlaid_curve curves[COMPARE_CALIBRATIONS_MAX])
{
    size_t count = 0;
    for (size_t i = 0; i < state->count; i++)
        if (i != state->reference)
            curves[count++] = (struct overlaid_curve){find_pair(state, i), (char)('A' + i),
                                                      (char)('A' + state->reference)};
    return count;
}

/* The columns of the table below the plot; their texts are figures of one calibration. */
struct figures {
    struct buffer here, ratio, mean, verdicts;
};

static void figures_done(struct figures *figures)
{
    buffer_done(&figures->here);
    buffer_done(&figures->ratio);
    buffer_done(&figures->mean);
    buffer_done(&figures->verdicts);
}

static void append_value(const struct calibration_curve *curve, double flops, struct buffer *out)
{
    if (!isnan(flops) && !calibration_curve_covers(curve, flops))
        buffer_append_string(out, "outside");
    else
        compare_append_number(out, "", calibration_curve_value(curve, flops), 4, "");
}

static void figures_fill(const struct app *app, size_t index, struct figures *figures)
{
    const struct overlay_state *state = &app->overlay;
    const struct compare_operation *operation = overlay_operation(app);
    const struct calibration_curve *curve = operation->curves[index];
    const struct calibration_curve *reference = operation->curves[state->reference];
    if (curve)
        append_value(curve, state->cursor, &figures->here);
    const struct compared_curve *pair = find_pair(state, index);
    const char *instead = !curve                      ? "has no such curve"
                          : index == state->reference ? "the reference"
                          : !pair                     ? "nothing to compare with"
                                                      : NULL;
    if (instead) {
        buffer_append_string(&figures->verdicts, instead);
        return;
    }
    compare_append_number(&figures->ratio, "",
                          calibration_curve_value(curve, state->cursor) /
                              calibration_curve_value(reference, state->cursor),
                          3, "");
    compare_append_number(&figures->mean, "", pair->geomean_ratio, 3, "");
    if (!pair->differs)
        buffer_append_string(&figures->verdicts, "no difference");
    else if (pair->point_count == 0)
        buffer_append_string(&figures->verdicts, "no shared sizes");
    else if (pair->changed_points == 0)
        buffer_append_string(&figures->verdicts, "points unchanged");
    else
        compare_append_verdicts(pair, &figures->verdicts);
}

/*
 * The figures take so many columns at the right end; the verdicts find no room on a narrow screen.
 */
enum { FIGURES = 27, VERDICTS = 29, NAMES = 18 };

static int figures_columns(int columns)
{
    return columns >= NAMES + FIGURES + VERDICTS ? FIGURES + VERDICTS : FIGURES;
}

/* How many bytes all ids have in common: in front up to a "/", or else at the end from one on. */
static size_t common_bytes(const struct overlay_state *state, bool front)
{
    const char *id = state->files[0]->id;
    size_t length = strlen(id), common = 0;
    for (size_t bytes = 1; bytes < length; bytes++) {
        bool same = id[front ? bytes - 1 : length - bytes] == '/';
        for (size_t i = 1; i < state->count && same; i++) {
            const char *other = state->files[i]->id;
            size_t other_length = strlen(other);
            same = other_length > bytes && memcmp(front ? other : other + other_length - bytes,
                                                  front ? id : id + length - bytes, bytes) == 0;
        }
        if (same)
            common = bytes;
    }
    return common;
}

/* An id without what all have in common, unless nothing is left then. */
static void append_own_name(const struct overlay_state *state, size_t index, struct buffer *out)
{
    size_t front = common_bytes(state, true), back = common_bytes(state, false);
    const char *id = state->files[index]->id;
    size_t length = strlen(id);
    bool whole = length <= front + back;
    buffer_append(out, whole ? id : id + front, whole ? length : length - front - back);
}

static void draw_calibration(const struct app *app, struct canvas *canvas, struct rect line,
                             size_t index)
{
    const struct overlay_state *state = &app->overlay;
    struct figures figures = {0};
    int names = line.columns - figures_columns(line.columns), at = line.column + names;
    struct buffer name = {0};
    figures_fill(app, index, &figures);
    if (names < NAMES)
        append_own_name(state, index, &name);
    else
        buffer_append_string(&name, state->files[index]->id);
    canvas_print(canvas, line.row, line.column + 1, 3, ROLE_SERIES + (unsigned)index, "%s %c",
                 plot_glyph((int)index, app->style), 'A' + (int)index);
    canvas_text_end(canvas, line.row, line.column + 5, names - 6, ROLE_SERIES + (unsigned)index,
                    buffer_string(&name));
    canvas_print(canvas, line.row, at, 10, ROLE_TEXT, "%10s", buffer_string(&figures.here));
    canvas_print(canvas, line.row, at + 10, 8, ROLE_TEXT, "%8s", buffer_string(&figures.ratio));
    canvas_print(canvas, line.row, at + 18, 8, ROLE_TEXT, "%8s", buffer_string(&figures.mean));
    canvas_text(canvas, line.row, at + 27, 29, ROLE_TEXT, buffer_string(&figures.verdicts));
    buffer_done(&name);
    figures_done(&figures);
}

void overlay_append_names(const struct app *app, struct buffer *out)
{
    const struct overlay_state *state = &app->overlay;
    for (size_t i = 0; i < state->count; i++) {
        buffer_print(out, "%s%s %c = ", i ? "  " : "", plot_glyph((int)i, app->style),
                     'A' + (int)i);
        append_own_name(state, i, out);
    }
}

int overlay_name_rows(const struct app *app, const struct layout *layout)
{
    enum { PLOT_ROWS = 5 };
    struct buffer names = {0};
    bool told = !app->overlay.multiples && layout->detail.rows > 1;
    if (app->overlay.multiples) {
        overlay_append_names(app, &names);
        told = text_columns(names.bytes, app->charset) < layout->title.columns;
        buffer_done(&names);
    }
    int rows = layout->status.row - layout->title.row - 1 - PLOT_ROWS;
    return told ? 0 : layout_clamp(((int)app->overlay.count + 1) / 2, 0, rows);
}

void overlay_names_draw(const struct app *app, struct canvas *canvas, struct rect area)
{
    const struct overlay_state *state = &app->overlay;
    int half = area.columns / 2;
    for (int i = 0; i < (int)state->count && i / 2 < area.rows; i++) {
        enum role role = ROLE_SERIES + (unsigned)i;
        int row = area.row + i / 2, at = area.column + i % 2 * half + 1;
        at += canvas_print(canvas, row, at, half - 2, role, "%s %c = ", plot_glyph(i, app->style),
                           'A' + i);
        canvas_text_end(canvas, row, at, half - 8, role, state->files[i]->id);
    }
}

void overlay_table_draw(const struct app *app, struct canvas *canvas, struct rect area)
{
    enum {
        READABLE_COLUMNS = 110
    }; /* further apart a name and its figures are hard to hold together */
    if (area.columns > READABLE_COLUMNS)
        area.columns = READABLE_COLUMNS;
    const struct overlay_state *state = &app->overlay;
    int at = area.column + area.columns - figures_columns(area.columns);
    int reference = 'A' + (int)state->reference;
    char size[NUMBER_TEXT_MAX] = "-";
    if (!isnan(state->cursor))
        number_print_si(state->cursor, 3, size);
    canvas_text(canvas, area.row, area.column + 1, -1, ROLE_TITLE, "CALIBRATION");
    canvas_print(canvas, area.row, at, 10, ROLE_TITLE, " AT %6s", size);
    canvas_print(canvas, area.row, at + 10, 8, ROLE_TITLE, "%7s%c", "/", reference);
    canvas_print(canvas, area.row, at + 18, 8, ROLE_TITLE, "%7s%c", "MEAN /", reference);
    canvas_print(canvas, area.row, at + 27, 29, ROLE_TITLE, "SHARED POINTS: AGAINST %c", reference);
    for (int i = 0; i < (int)state->count && i + 1 < area.rows; i++)
        draw_calibration(app, canvas, (struct rect){area.row + 1 + i, area.column, 1, area.columns},
                         (size_t)i);
}
