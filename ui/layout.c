/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rectangles for every view at every size. */
#include "ui/layout.h"

enum {
    WIDE_COLUMNS = 130,     /* from here the browser's preview stands beside its list */
    SIDE_FROM_COLUMNS = 64, /* below this a plot needs all the width */
    PLOT_ROWS = 6,          /* the least that a plot is left with */
};

int layout_clamp(int value, int low, int high)
{
    return value < low ? low : value > high ? high : value;
}

/* Takes rows off the bottom of area. */
static struct rect take_bottom(struct rect *area, int rows)
{
    rows = layout_clamp(rows, 0, area->rows);
    area->rows -= rows;
    return (struct rect){area->row + area->rows, area->column, rows, area->columns};
}

/* Takes columns off the left of area, and a blank column between. */
static struct rect take_left(struct rect *area, int columns)
{
    struct rect taken = {area->row, area->column, area->rows, columns};
    area->column += columns + 1;
    area->columns -= columns + 1;
    return taken;
}

/* The list on the left and the preview beside it, or below it where the screen is narrow. */
static void lay_out_browse(struct layout *layout, struct rect body)
{
    if (body.columns >= WIDE_COLUMNS) {
        layout->main = take_left(&body, layout_clamp(body.columns * 9 / 20, 80, 125));
        layout->side = body;
        return;
    }
    if (body.rows >= 14)
        layout->side = take_bottom(&body, body.rows - layout_clamp(body.rows * 2 / 5, 7, 20));
    layout->main = body;
}

static void lay_out_plot(struct layout *layout, struct rect body, int side_columns, int detail_rows)
{
    if (body.rows - detail_rows >= PLOT_ROWS)
        layout->detail = take_bottom(&body, detail_rows);
    if (body.columns >= SIDE_FROM_COLUMNS && side_columns > 0)
        layout->side = take_left(&body, side_columns);
    layout->main = body;
}

/* The rows of the table of fits: what it would like, as far as the plot keeps enough. */
static int fit_rows(int rows, int body_rows, int wanted)
{
    int most = layout_clamp(body_rows - PLOT_ROWS, 0, rows * 5 / 12);
    return layout_clamp(wanted, 0, most);
}

struct layout layout_compute(int rows, int columns, enum view_id view, int detail)
{
    struct layout layout = {.too_small = rows < LAYOUT_ROWS_MIN || columns < LAYOUT_COLUMNS_MIN};
    if (layout.too_small)
        return layout;
    layout.title = (struct rect){0, 0, 1, columns};
    layout.status = (struct rect){rows - 2, 0, 1, columns};
    layout.footer = (struct rect){rows - 1, 0, 1, columns};
    struct rect body = {1, 0, rows - 3, columns};
    if ((view & (VIEW_COMPARE | VIEW_OVERLAY)) && detail == LAYOUT_DETAIL_ALONE) {
        layout.detail = take_bottom(&body, body.rows - 1);
        layout.main = body;
        return layout;
    }
    if (view == VIEW_BROWSE)
        lay_out_browse(&layout, body);
    else if (view == VIEW_CURVES || view == VIEW_TUNE)
        /* On a low screen two lines of figures stay: the first ones say the most. */
        lay_out_plot(&layout, body, layout_clamp(columns * 3 / 10, 24, 36),
                     body.rows - detail < 6 ? layout_clamp(body.rows - 7, 0, 2) : detail);
    else if (view == VIEW_OVERLAY)
        lay_out_plot(&layout, body, layout_clamp(columns * 3 / 10, 24, 36), detail);
    else if (view == VIEW_FIT)
        lay_out_plot(&layout, body, 0, fit_rows(rows, body.rows, detail));
    else if (view == VIEW_COMPARE)
        lay_out_plot(&layout, body, 0, layout_clamp(detail, 0, rows * 2 / 5));
    else
        layout.main = body;
    return layout;
}

int layout_first_line(int selected, int count, int rows)
{
    return layout_clamp(selected - rows / 2, 0, count > rows ? count - rows : 0);
}
