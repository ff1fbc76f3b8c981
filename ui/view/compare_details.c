/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages below the plot of a comparison. */
#include "ui/view/compare_details.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "report/symbol.h"
#include "ui/app.h"
#include "ui/view/compare_text.h"

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

void compare_append_shape(const struct app *app, bool shape, struct buffer *out)
{
    enum { ROOM_FROM = 80 };
    if (shape && app->columns >= ROOM_FROM)
        buffer_append_string(out, "  shapes; figures: efficiencies");
}

void compare_say_shape(struct app *app, bool shape)
{
    app_say(app, ROLE_TEXT, "%s",
            shape ? "Shapes: each curve over its maximum. The figures stay of efficiencies"
                  : "Efficiencies, in the plot as in the figures");
}

/* Below this a table leaves columns away, so that verdicts stay in sight. */
static bool is_narrow(struct rect area)
{
    enum { NARROW = 60 };
    return area.columns < NARROW;
}

/*
 * Where the columns of the table of operations begin; the name has what these leave. Where two
 * begin at the same place, there is no room for the first of them.
 */
struct operation_columns {
    int in, ratio, largest, verdicts;
};

static struct operation_columns operation_columns(struct rect area)
{
    if (is_narrow(area)) {
        int ratio = area.column + 14, verdicts = ratio + 8;
        return (struct operation_columns){ratio, ratio, verdicts, verdicts};
    }
    int spare = area.columns - 80;
    int in = area.column + 21 + (spare > 0 ? (spare < 10 ? spare : 10) : 0);
    return (struct operation_columns){in, in + 7, in + 16, in + 35};
}

/* What the table says of an operation behind its name. */
struct operation_words {
    const char *in;
    struct buffer ratio, largest, verdicts;
};

static void operation_words_done(struct operation_words *words)
{
    buffer_done(&words->ratio);
    buffer_done(&words->largest);
    buffer_done(&words->verdicts);
}

static void operation_words_fill(const struct compared_curve *curve, struct operation_words *words)
{
    *words = (struct operation_words){.in = !curve->b ? "only A" : !curve->a ? "only B" : "both"};
    if (!curve->a || !curve->b)
        return;
    compare_append_number(&words->ratio, "", curve->geomean_ratio, 4, "");
    compare_append_number(&words->largest, "", curve->max_ratio, 3, " at ");
    compare_append_size(&words->largest, "", curve->max_ratio_flops);
    if (!curve->differs)
        buffer_append_string(&words->verdicts, "no difference");
    else if (curve->point_count == 0)
        buffer_append_string(&words->verdicts, "no shared sizes");
    else if (curve->changed_points == 0)
        buffer_append_string(&words->verdicts, "points unchanged");
    else
        compare_append_verdicts(curve, &words->verdicts);
}

static void draw_operation(const struct app *app, struct canvas *canvas, struct rect line,
                           size_t index)
{
    const struct compared_curve *curve = &app->compare.comparison->curves[index];
    enum role role = index == app->compare.row ? ROLE_SELECTED : ROLE_TEXT;
    struct operation_columns at = operation_columns(line);
    struct operation_words words;
    operation_words_fill(curve, &words);
    canvas_fill(canvas, line, role);
    canvas_print(canvas, line.row, line.column, at.in - line.column - 1, role, "%s %s",
                 index == app->compare.row ? symbol(SYMBOL_POINTER, canvas->charset) : " ",
                 curve->name);
    if (at.in < at.ratio)
        canvas_text(canvas, line.row, at.in, 7, role, words.in);
    else if (!words.verdicts.length) /* on one side only: what else there is to say */
        buffer_append_string(&words.verdicts, words.in);
    canvas_print(canvas, line.row, at.ratio, 8, role, at.in < at.ratio ? "%8s" : "%7s",
                 buffer_string(&words.ratio));
    if (at.largest < at.verdicts)
        canvas_text(canvas, line.row, at.largest, 18, role, buffer_string(&words.largest));
    app_draw_words(
        canvas, (struct rect){line.row, at.verdicts, 1, line.column + line.columns - at.verdicts},
        role, buffer_string(&words.verdicts));
    operation_words_done(&words);
}

static void draw_operations(const struct app *app, struct canvas *canvas, struct rect area)
{
    int count = (int)app->compare.comparison->curve_count, rows = area.rows - 1;
    int first = layout_first_line((int)app->compare.row, count, rows);
    struct operation_columns at = operation_columns(area);
    canvas_text(canvas, area.row, area.column + 2, -1, ROLE_TITLE, "CURVE");
    if (at.in < at.ratio) {
        canvas_text(canvas, area.row, at.in, -1, ROLE_TITLE, "IN");
        canvas_text(canvas, area.row, at.ratio, -1, ROLE_TITLE, "MEAN B/A");
        canvas_text(canvas, area.row, at.largest, -1, ROLE_TITLE, "FARTHEST B/A");
        canvas_text(canvas, area.row, at.verdicts, -1, ROLE_TITLE, "SHARED POINTS: B IS");
    } else {
        canvas_text(canvas, area.row, at.ratio, -1, ROLE_TITLE, "    B/A");
        canvas_text(canvas, area.row, at.verdicts, -1, ROLE_TITLE, "POINTS: B IS");
    }
    for (int i = 0; i < rows && first + i < count; i++)
        draw_operation(app, canvas, (struct rect){area.row + 1 + i, area.column, 1, area.columns},
                       (size_t)(first + i));
}

/* What the table says of a shared point. */
struct point_words {
    struct buffer figures, brief, interval, verdict;
};

static void point_words_done(struct point_words *words)
{
    buffer_done(&words->figures);
    buffer_done(&words->brief);
    buffer_done(&words->interval);
    buffer_done(&words->verdict);
}

static void point_words_fill(const struct compared_point *point, enum text_charset charset,
                             struct point_words *words)
{
    char size[NUMBER_TEXT_MAX], a[NUMBER_TEXT_MAX], b[NUMBER_TEXT_MAX], ratio[NUMBER_TEXT_MAX];
    *words = (struct point_words){0};
    number_print_si(point->flops, 3, size);
    number_print_short(point->a, 4, a);
    number_print_short(point->b, 4, b);
    number_print_short(point->ratio, 4, ratio);
    buffer_print(&words->figures, "%8s %9s %9s %8s  ", size, a, b, ratio);
    buffer_print(&words->brief, "%8s %8s  ", size, ratio);
    buffer_append_string(&words->interval, isnan(point->ci_low) ? "-" : "");
    if (!isnan(point->ci_low)) {
        compare_append_number(&words->interval, "", point->ci_low, 3, symbol(SYMBOL_DASH, charset));
        compare_append_number(&words->interval, "", point->ci_high, 3, "");
    }
    buffer_append_string(&words->verdict, compare_verdict_name(point->verdict));
    if (point->reason && !isnan(point->p_adjusted))
        compare_append_number(&words->verdict, ", p ", point->p_adjusted, 2, "");
    else if (point->reason)
        buffer_print(&words->verdict, ": %s", point->reason);
}

static void draw_point(struct canvas *canvas, struct rect line, const struct compared_point *point,
                       bool selected)
{
    enum role role = selected ? ROLE_SELECTED : ROLE_TEXT;
    struct point_words words;
    point_words_fill(point, canvas->charset, &words);
    canvas_fill(canvas, line, role);
    bool narrow = is_narrow(line);
    int at = line.column + canvas_text(canvas, line.row, line.column, line.columns, role,
                                       narrow ? words.brief.bytes : words.figures.bytes);
    if (selected) /* sizes leave the first column free */
        canvas_text(canvas, line.row, line.column, 1, role,
                    symbol(SYMBOL_POINTER, canvas->charset));
    if (!narrow) {
        canvas_text(canvas, line.row, at, 15, role, words.interval.bytes);
        at += 16;
    }
    app_draw_words(canvas, (struct rect){line.row, at, 1, line.column + line.columns - at},
                   selected                           ? role
                   : point->verdict == COMPARE_BETTER ? ROLE_GOOD
                   : point->verdict == COMPARE_WORSE  ? ROLE_ERROR
                                                      : ROLE_TEXT,
                   words.verdict.bytes);
    point_words_done(&words);
}

static void draw_points(const struct app *app, struct canvas *canvas, struct rect area)
{
    const struct compared_curve *curve = compare_details_curve(app);
    if (is_narrow(area))
        canvas_print(canvas, area.row, area.column, area.columns, ROLE_TITLE, "%8s %8s  %s", "SIZE",
                     "B/A", "B IS (ADJUSTED p)");
    else
        canvas_print(canvas, area.row, area.column, area.columns, ROLE_TITLE,
                     "%8s %9s %9s %8s  %-15s %s", "SIZE", "A", "B", "B/A", "95 % INTERVAL",
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

static int rows_wanted(const struct app *app)
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

bool compare_details_crowded(const struct app *app)
{
    struct layout layout = layout_compute(app->rows, app->columns, VIEW_COMPARE, rows_wanted(app));
    return !layout.too_small && layout.detail.rows < 2; /* a heading alone tells nothing */
}

int compare_details_rows(const struct app *app)
{
    return app->compare.page && compare_details_crowded(app) ? LAYOUT_DETAIL_ALONE
                                                             : rows_wanted(app);
}

static void add_operations(const struct app *app, struct search_text *out)
{
    const struct comparison *comparison = app->compare.comparison;
    out->at = app->compare.row;
    for (size_t i = 0; i < comparison->curve_count; i++) {
        struct operation_words words;
        operation_words_fill(&comparison->curves[i], &words);
        search_add_line(out, "%s %s %s %s %s", comparison->curves[i].name, words.in,
                        buffer_string(&words.ratio), buffer_string(&words.largest),
                        buffer_string(&words.verdicts));
        operation_words_done(&words);
    }
}

static void add_points(const struct app *app, struct search_text *out)
{
    const struct compared_curve *curve = compare_details_curve(app);
    out->at = app->compare.point;
    for (size_t i = 0; curve && i < curve->point_count; i++) {
        struct point_words words;
        point_words_fill(&curve->points[i], app->charset, &words);
        search_add_line(out, "%s%s %s", words.figures.bytes, words.interval.bytes,
                        words.verdict.bytes);
        point_words_done(&words);
    }
}

void compare_details_search(const struct app *app, struct search_text *out)
{
    if (compare_text_is_shown(app))
        compare_text_search(app, out);
    else if (app->compare.detail == COMPARE_POINTS)
        add_points(app, out);
    else
        add_operations(app, out);
}
