/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Laying out the paragraphs below a comparison. */
#include "ui/view/compare_text.h"

#include <limits.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "compare/summary.h"
#include "report/changes.h"
#include "ui/app.h"
#include "ui/view/compare_details.h"

/* A page while it is laid out, paragraph by paragraph. */
struct page {
    struct canvas *canvas; /* shows the rows that lie within it */
    struct rect rest;      /* where the next paragraph begins; it has no end */
    struct search_text text;
    int *starts; /* the first row of each paragraph, counted from the page's */
    size_t count;
    int first;
};

static void begin_paragraph(struct page *page)
{
    page->starts = memory_resize(page->starts, page->count + 1, sizeof *page->starts);
    page->starts[page->count++] = page->rest.row - page->first;
}

static void add_paragraph(struct page *page, enum role role, const char *text)
{
    begin_paragraph(page);
    search_add_line(&page->text, "%s", text);
    page->rest.row += app_draw_wrapped(page->canvas, page->rest, role, text);
}

/* Draws a side's value from column on. Returns the rows that it takes. */
static int draw_value(struct page *page, int row, int column, int columns, int side,
                      const char *value)
{
    struct rect area = {row, column + 1, INT_MAX, columns - 1};
    enum role role = ROLE_SERIES + (unsigned)side;
    canvas_print(page->canvas, row, column, 1, role, "%c", 'A' + side);
    return app_draw_wrapped(page->canvas, area, role, value);
}

/*
 * Adds a field that differs, with both values in a row or, where they are long, below one another.
 */
static void add_field(struct page *page, const struct compared_field *field)
{
    enum { NARROW = 60, NAME_COLUMNS = 26 };
    const char *values[2] = {field->a ? field->a : "-", field->b ? field->b : "-"};
    struct rect rest = page->rest;
    bool narrow = rest.columns < NARROW; /* the name has a row of its own */
    int at = rest.column + (narrow ? 2 : NAME_COLUMNS), room = rest.columns - at + rest.column;
    int half = room / 2, charset = page->canvas->charset;
    begin_paragraph(page);
    search_add_line(&page->text, "%s %s %s", field->field, values[0], values[1]);
    canvas_text(page->canvas, rest.row, rest.column + 1, rest.columns - 1, ROLE_TITLE,
                field->field);
    int row = rest.row + narrow;
    if (text_columns(values[0], charset) <= half - 3 &&
        text_columns(values[1], charset) <= half - 3) {
        draw_value(page, row, at, half, 0, values[0]);
        draw_value(page, row, at + half, half, 1, values[1]);
        row++;
    } else {
        for (int side = 0; side < 2; side++)
            row += draw_value(page, row, at, room, side, values[side]);
    }
    page->rest.row = row;
}

/* Appends the sentence on the operation, and the area between the curves where that is known. */
static void append_curve_summary(const struct compared_curve *curve, struct buffer *out)
{
    buffer_print(out, "%s ", curve->name);
    summary_of_curve(curve, out);
    if (isnan(curve->area) || !curve->differs)
        return;
    compare_append_number(out, "; area between the curves ", curve->area, 3,
                          curve->rates ? " FLOP/s x decades" : " (efficiency x decades)");
    compare_append_size(out, " from ", curve->range_low);
    compare_append_size(out, " to ", curve->range_high);
}

/* Adds the sentence on the operation in hand, then what has changed in it. */
static void add_changes(const struct app *app, struct page *page)
{
    const struct compared_curve *curve = compare_details_curve(app);
    struct buffer lines = {0}, summary = {0};
    char *rest = NULL;
    if (!curve)
        return;
    append_curve_summary(curve, &summary);
    add_paragraph(page, ROLE_TITLE, summary.bytes);
    changes_of_curve(curve, page->canvas->charset, SIZE_MAX, &lines);
    for (char *line = lines.bytes ? strtok_r(lines.bytes, "\n", &rest) : NULL; line;
         line = strtok_r(NULL, "\n", &rest))
        add_paragraph(page, ROLE_TEXT, line);
    buffer_done(&lines);
    buffer_done(&summary);
}

/* Adds, where nothing differs, how much was compared, and where to go on. */
static void add_sameness(const struct app *app, struct page *page)
{
    const struct comparison *comparison = app->compare.comparison;
    size_t points = 0;
    struct buffer text = {0};
    for (size_t i = 0; i < comparison->curve_count; i++)
        points += comparison->curves[i].point_count;
    buffer_print(&text,
                 "The two do not differ: %zu curve%s with their breakpoints and parameters, "
                 "%zu data point%s, and the metadata are the same on both sides.",
                 comparison->curve_count, comparison->curve_count == 1 ? "" : "s", points,
                 points == 1 ? "" : "s");
    add_paragraph(page, ROLE_GOOD, text.bytes);
    buffer_truncate(&text, 0);
    buffer_print(&text, "%s leads back to where another one can be chosen.",
                 app_key_name(app, ACTION_BACK).chars);
    add_paragraph(page, ROLE_TEXT, text.bytes);
    if (files_modified_count(&app->files))
        add_paragraph(page, ROLE_WARNING, "Unsaved changes are not part of this.");
    buffer_done(&text);
}

/* Adds the sentence on the two sides, then the warnings, then the metadata that differs. */
static void add_summary(const struct app *app, struct page *page)
{
    const struct comparison *comparison = app->compare.comparison;
    struct buffer summary = {0};
    if (!comparison->differs) {
        add_sameness(app, page);
        return;
    }
    summary_of_comparison(comparison, page->canvas->charset, &summary);
    add_paragraph(page, ROLE_TITLE, buffer_string(&summary));
    for (size_t i = 0; i < comparison->warning_count; i++)
        add_paragraph(page, ROLE_WARNING, comparison->warnings[i]);
    for (size_t i = 0; i < comparison->field_count; i++)
        add_field(page, &comparison->fields[i]);
    if (comparison->field_count == 0)
        add_paragraph(page, ROLE_DIM, "Metadata is the same");
    buffer_done(&summary);
}

/* Lays the page out on a canvas, its first row at `first`. What it makes goes with page_done. */
static struct page lay_out(const struct app *app, struct canvas *canvas, int first)
{
    struct page page = {
        .canvas = canvas, .rest = {first, 0, INT_MAX, canvas->columns}, .first = first};
    if (app->compare.detail == COMPARE_SUMMARY)
        add_summary(app, &page);
    else
        add_changes(app, &page);
    return page;
}

static int page_rows(const struct page *page)
{
    return page->rest.row - page->first;
}

static void page_done(struct page *page)
{
    buffer_done(&page->text.lines);
    free(page->starts);
}

/* Lays the page out as wide as the screen, to count its rows or to search in it. */
static struct page measure(const struct app *app)
{
    struct canvas canvas;
    canvas_init(&canvas, 1, app->columns, app->charset);
    struct page page = lay_out(app, &canvas, 0);
    page.canvas = NULL;
    canvas_done(&canvas);
    return page;
}

bool compare_text_is_shown(const struct app *app)
{
    return app->compare.detail == COMPARE_CHANGES || app->compare.detail == COMPARE_SUMMARY;
}

int compare_text_rows(const struct app *app)
{
    struct page page = measure(app);
    int rows = page_rows(&page);
    page_done(&page);
    return rows;
}

static int last_top(int page, int area)
{
    return page > area ? page - area : 0;
}

size_t compare_text_last_top(const struct app *app)
{
    return (size_t)last_top(compare_text_rows(app), app_layout(app).detail.rows);
}

void compare_text_draw(const struct app *app, struct canvas *canvas, struct rect area)
{
    struct canvas part;
    canvas_init(&part, area.rows, area.columns, canvas->charset);
    struct page page = lay_out(app, &part, 0);
    int last = last_top(page_rows(&page), area.rows), top = (int)app->compare.top;
    page_done(&page);
    canvas_reset(&part, area.rows, area.columns, canvas->charset);
    page = lay_out(app, &part, top < last ? -top : -last);
    canvas_copy(canvas, area.row, area.column, &part);
    page_done(&page);
    canvas_done(&part);
}

void compare_text_search(const struct app *app, struct search_text *out)
{
    struct page page = measure(app);
    out->lines = page.text.lines;
    page.text.lines = (struct buffer){0};
    for (size_t i = 0; i < page.count; i++)
        if (page.starts[i] <= (int)app->compare.top)
            out->at = i;
    page_done(&page);
}

void compare_text_go(struct app *app, size_t paragraph)
{
    struct page page = measure(app);
    size_t last = compare_text_last_top(app);
    app_scroll_to(paragraph < page.count ? (size_t)page.starts[paragraph] : last, &app->compare.top,
                  last);
    page_done(&page);
}
