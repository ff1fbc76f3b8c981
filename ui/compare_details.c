/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages below the plot of a comparison. */
#include "ui/compare_details.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "report/symbol.h"
#include "ui/app.h"
#include "ui/compare_text.h"

const struct compared_curve *compare_details_curve(const struct app *app)
{
    const struct comparison *comparison = app->compare.comparison;
    return app->compare.row < comparison->curve_count ? &comparison->curves[app->compare.row]
                                                      : NULL;
}

void compare_append_number(struct buffer *out, const char *before, double value, int digits,
                           const char *after)
{
    char text[NUMBER_TEXT_MAX];
    number_print_short(value, digits, text);
    buffer_print(out, "%s%s%s", before, text, after);
}

void compare_append_size(struct buffer *out, const char *before, double value)
{
    char text[NUMBER_TEXT_MAX];
    number_print_si(value, 3, text);
    buffer_print(out, "%s%s", before, text);
}

/* Where the columns of the table of operations begin: the name takes what the others leave. */
struct operation_columns {
    int in, ratio, largest, verdicts;
};

static struct operation_columns operation_columns(struct rect area)
{
    int spare = area.columns - 80;
    int in = area.column + 21 + (spare > 0 ? (spare < 10 ? spare : 10) : 0);
    return (struct operation_columns){in, in + 7, in + 16, in + 35};
}

static void draw_operation(const struct app *app, struct canvas *canvas, struct rect line,
                           size_t index)
{
    const struct compared_curve *curve = &app->compare.comparison->curves[index];
    enum role role = index == app->compare.row ? ROLE_SELECTED : ROLE_TEXT;
    struct buffer ratio = {0}, largest = {0}, verdicts = {0};
    const char *in = !curve->b ? "only A" : !curve->a ? "only B" : "both";
    if (curve->a && curve->b) {
        compare_append_number(&ratio, "", curve->geomean_ratio, 4, "");
        compare_append_number(&largest, "", curve->max_ratio, 3, " at ");
        compare_append_size(&largest, "", curve->max_ratio_flops);
        if (!curve->differs)
            buffer_append_string(&verdicts, "no difference");
        else if (curve->point_count && curve->changed_points == 0)
            buffer_append_string(&verdicts, "points unchanged");
        else
            compare_append_verdicts(curve, &verdicts);
        if (curve->point_count == 0 && curve->differs)
            buffer_append_string(&verdicts, "no shared sizes");
    }
    canvas_fill(canvas, line, role);
    struct operation_columns at = operation_columns(line);
    canvas_print(canvas, line.row, line.column, at.in - line.column - 1, role, "%s %s",
                 index == app->compare.row ? symbol(SYMBOL_POINTER, canvas->charset) : " ",
                 curve->name);
    canvas_text(canvas, line.row, at.in, 7, role, in);
    canvas_print(canvas, line.row, at.ratio, 8, role, "%8s", buffer_string(&ratio));
    canvas_text(canvas, line.row, at.largest, 18, role, buffer_string(&largest));
    canvas_text(canvas, line.row, at.verdicts, line.column + line.columns - at.verdicts, role,
                buffer_string(&verdicts));
    buffer_done(&ratio);
    buffer_done(&largest);
    buffer_done(&verdicts);
}

static void draw_operations(const struct app *app, struct canvas *canvas, struct rect area)
{
    int count = (int)app->compare.comparison->curve_count, rows = area.rows - 1;
    int first = layout_first_line((int)app->compare.row, count, rows);
    struct operation_columns at = operation_columns(area);
    canvas_text(canvas, area.row, area.column + 2, -1, ROLE_TITLE, "CURVE");
    canvas_text(canvas, area.row, at.in, -1, ROLE_TITLE, "IN");
    canvas_text(canvas, area.row, at.ratio, -1, ROLE_TITLE, "MEAN B/A");
    canvas_text(canvas, area.row, at.largest, -1, ROLE_TITLE, "FARTHEST B/A");
    canvas_text(canvas, area.row, at.verdicts, -1, ROLE_TITLE, "SHARED POINTS: B IS");
    for (int i = 0; i < rows && first + i < count; i++)
        draw_operation(app, canvas, (struct rect){area.row + 1 + i, area.column, 1, area.columns},
                       (size_t)(first + i));
}

static void draw_point(struct canvas *canvas, struct rect line, const struct compared_point *point,
                       bool selected)
{
    enum role role = selected ? ROLE_SELECTED : ROLE_TEXT;
    struct buffer text = {0}, interval = {0}, verdict = {0};
    char size[NUMBER_TEXT_MAX], a[NUMBER_TEXT_MAX], b[NUMBER_TEXT_MAX], ratio[NUMBER_TEXT_MAX];
    number_print_si(point->flops, 3, size);
    number_print_short(point->a, 4, a);
    number_print_short(point->b, 4, b);
    number_print_short(point->ratio, 4, ratio);
    buffer_append_string(&interval, isnan(point->ci_low) ? "-" : "");
    if (!isnan(point->ci_low)) {
        compare_append_number(&interval, "", point->ci_low, 3,
                              symbol(SYMBOL_DASH, canvas->charset));
        compare_append_number(&interval, "", point->ci_high, 3, "");
    }
    buffer_print(&text, "%8s %10s %10s %8s  ", size, a, b, ratio);
    buffer_append_string(&verdict, compare_verdict_name(point->verdict));
    if (point->reason && !isnan(point->p_adjusted))
        compare_append_number(&verdict, ", p ", point->p_adjusted, 2, "");
    else if (point->reason)
        buffer_print(&verdict, ": %s", point->reason);
    canvas_fill(canvas, line, role);
    int at = canvas_text(canvas, line.row, line.column, line.columns, role, text.bytes);
    canvas_text(canvas, line.row, line.column + at, 15, role, interval.bytes);
    canvas_text(canvas, line.row, line.column + at + 16, -1,
                selected                           ? role
                : point->verdict == COMPARE_BETTER ? ROLE_GOOD
                : point->verdict == COMPARE_WORSE  ? ROLE_ERROR
                                                   : ROLE_TEXT,
                verdict.bytes);
    buffer_done(&verdict);
    buffer_done(&text);
    buffer_done(&interval);
}

static void draw_points(const struct app *app, struct canvas *canvas, struct rect area)
{
    const struct compared_curve *curve = compare_details_curve(app);
    canvas_print(canvas, area.row, area.column, area.columns, ROLE_TITLE,
                 "%8s %10s %10s %8s  %-15s %s", "SIZE", "A", "B", "B/A", "95 % INTERVAL",
                 "B IS (ADJUSTED p)");
    if (!curve || curve->point_count == 0) {
        canvas_text(canvas, area.row + 1, area.column + 2, -1, ROLE_DIM,
                    "No data points at the same size on both sides");
        return;
    }
    int count = (int)curve->point_count, rows = area.rows - 1;
    int first = layout_first_line((int)app->compare.point, count, rows);
    for (int i = 0; i < rows && first + i < count; i++)
        draw_point(canvas, (struct rect){area.row + 1 + i, area.column, 1, area.columns},
                   &curve->points[first + i], (size_t)(first + i) == app->compare.point);
}

void compare_details_draw(const struct app *app, struct canvas *canvas, struct rect area)
{
    static void (*const draw[COMPARE_DETAILS])(const struct app *, struct canvas *, struct rect) = {
        [COMPARE_OPERATIONS] = draw_operations,
        [COMPARE_POINTS] = draw_points,
        [COMPARE_CHANGES] = compare_text_draw,
        [COMPARE_SUMMARY] = compare_text_draw,
    };
    draw[app->compare.detail](app, canvas, area);
}

int compare_details_rows(const struct app *app)
{
    const struct comparison *comparison = app->compare.comparison;
    const struct compared_curve *curve = compare_details_curve(app);
    switch (app->compare.detail) {
    case COMPARE_POINTS:
        return 1 + (int)(curve && curve->point_count ? curve->point_count : 1);
    case COMPARE_CHANGES:
    case COMPARE_SUMMARY:
        return compare_text_rows(app) + 1; /* a blank row ends it */
    default:
        return 1 + (int)comparison->curve_count;
    }
}

bool compare_details_text(const struct app *app, struct search_text *out)
{
    const struct comparison *comparison = app->compare.comparison;
    if (compare_text_is_shown(app)) {
        compare_text_search(app, out);
        return true;
    }
    out->at = app->compare.row;
    for (size_t i = 0; i < comparison->curve_count; i++)
        search_add_line(out, "%s", comparison->curves[i].name);
    return app->compare.detail == COMPARE_OPERATIONS;
}
