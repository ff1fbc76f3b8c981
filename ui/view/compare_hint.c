/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line below a comparison: what both sides are at the cursor, and which rows are shown. */
#include "ui/view/compare_hint.h"

#include <math.h>

#include "report/readout.h"
#include "ui/app.h"
#include "ui/view/compare_details.h"
#include "ui/view/compare_text.h"

static bool is_narrow(const struct app *app)
{
    enum { NARROW = 60 };
    return app->columns < NARROW;
}

/* What a side's curve implies at the cursor; NaN where that side's peak is not known. */
static double milliseconds_of(const struct app *app, const struct side *side,
                              const struct calibration_curve *source)
{
    double peak = app_peak(app, side->file, source->bandwidth);
    struct curve curve = calibration_stored_curve(source);
    return isnan(peak) ? NAN : readout_milliseconds(&curve, app->compare.cursor, peak);
}

static void append_milliseconds(struct buffer *out, double a, double b)
{
    if (!isnan(a))
        compare_append_number(out, ";  A ", a, 4, " ms");
    if (!isnan(b))
        compare_append_number(out, ", B ", b, 4, " ms");
}

/* Which rows of a text stand on the screen, where not all of them do. */
static void append_rows_shown(const struct app *app, struct buffer *out)
{
    int rows = app_layout(app).detail.rows, all = compare_text_rows(app);
    int last = all - rows, top = (int)app->compare.top;
    top = top < last ? top : last;
    if (rows > 0 && all > rows)
        buffer_print(out, "lines %d-%d of %d, %s %s scroll   ", top + 1, top + rows, all,
                     app_key_name(app, ACTION_DOWN).chars, app_key_name(app, ACTION_UP).chars);
}

/*
 * Where there is little room: how far the two are apart, and both in milliseconds if both peaks are
 * known.
 */
static void append_brief_readout(struct buffer *out, double x, double a, double b,
                                 const double ms[2])
{
    bool timed = !isnan(ms[0]) && !isnan(ms[1]);
    compare_append_size(out, "", x);
    compare_append_number(out, ": B/A ", b / a, 4, "");
    compare_append_number(out, ", A ", timed ? ms[0] : a, timed ? 3 : 4, "");
    compare_append_number(out, ", B ", timed ? ms[1] : b, timed ? 3 : 4, timed ? " ms" : "");
}

static void append_long_readout(struct buffer *out, double x, double a, double b,
                                const double ms[2])
{
    compare_append_size(out, "at ", x);
    compare_append_number(out, ": A ", a, 4, "");
    compare_append_number(out, ", B ", b, 4, "");
    compare_append_number(out, ", B/A ", b / a, 4, "");
    append_milliseconds(out, ms[0], ms[1]);
}

/* Brief where the row has no room for all of it behind what stands there. */
static void append_readout(const struct app *app, struct buffer *out,
                           const struct compared_curve *pair)
{
    double x = app->compare.cursor;
    struct curve curves[2] = {calibration_stored_curve(pair->a), calibration_stored_curve(pair->b)};
    double a = curve_evaluate(&curves[0], x), b = curve_evaluate(&curves[1], x);
    double ms[2] = {milliseconds_of(app, &app->compare.a, pair->a),
                    milliseconds_of(app, &app->compare.b, pair->b)};
    size_t begin = out->length;
    append_long_readout(out, x, a, b, ms);
    if (!is_narrow(app) && text_columns(out->bytes, app->charset) <= app->columns - 2)
        return;
    buffer_truncate(out, begin);
    append_brief_readout(out, x, a, b, ms);
}

/* Which row of the table is selected, where not all of them have room. */
static void append_place(const struct app *app, struct buffer *out)
{
    const struct compare_state *state = &app->compare;
    const struct compared_curve *pair = compare_details_curve(app);
    bool points = state->detail == COMPARE_POINTS;
    int rows = app_layout(app).detail.rows - 1; /* a heading stands above them */
    size_t count = !points ? state->comparison->curve_count : pair ? pair->point_count : 0;
    if (rows <= 0 || count <= (size_t)rows || compare_text_is_shown(app))
        return;
    buffer_print(out, is_narrow(app) ? "%.0s%zu/%zu  " : "%s %zu of %zu   ",
                 points ? "point" : "curve", (points ? state->point : state->row) + 1, count);
}

void compare_hint(const struct app *app, struct buffer *out)
{
    const struct comparison *comparison = app->compare.comparison;
    const struct compared_curve *pair = compare_details_curve(app);
    if (compare_text_is_shown(app))
        append_rows_shown(app, out);
    if (!comparison->differs && pair)
        buffer_print(out, "curve %zu of %zu: %s   ", app->compare.row + 1, comparison->curve_count,
                     pair->name);
    if (comparison->differs)
        append_place(app, out);
    if (pair && pair->a && pair->b && !isnan(app->compare.cursor)) {
        append_readout(app, out, pair);
        buffer_append_string(out, "   ");
    }
    if (pair && !(pair->a && pair->b)) /* the table cuts long names */
        buffer_print(out, "%s is only in %s   ", pair->name, pair->a ? "A" : "B");
    if (files_modified_count(&app->files))
        buffer_append_string(out, "unsaved changes are not part of this   ");
    if (comparison->differs && comparison->warning_count && app->compare.detail != COMPARE_SUMMARY)
        buffer_print(out, "%zu warning%s in the summary", comparison->warning_count,
                     comparison->warning_count == 1 ? "" : "s");
}
