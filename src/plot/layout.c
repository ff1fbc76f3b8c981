/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shares out a plot's area: the smaller it is, the more is left away, the data last. */
#include "plot/layout.h"

#include <math.h>

#include "plot/scale.h"

enum { SMALLEST_COLUMNS = 12, SMALLEST_ROWS = 4, FEWEST_INNER_COLUMNS = 8, ROOMY_COLUMNS = 40 };

/* What is drawn around the panels, and the rows that each panel must then still have. */
struct furniture {
    bool heads, x_title, x_labels;
    bool axes; /* each panel has its own x axis; else all share the last, parted by heads */
    int rows_each;
};

static const struct furniture choices[] = {
    {true, true, true, true, 5},   {true, false, true, true, 5},   {true, false, true, false, 3},
    {false, false, true, true, 2}, {false, false, false, true, 1},
};

static bool has_head(const struct plot *panel)
{
    if (panel->y.title)
        return true;
    for (size_t i = 0; i < panel->line_count; i++)
        if (panel->lines[i].label)
            return true;
    for (size_t i = 0; i < panel->points_count; i++)
        if (panel->points[i].label)
            return true;
    return false;
}

/* The rows that count panels with this furniture leave for data. */
static int inner_rows(const struct furniture *furniture, int rows, const struct plot *panels,
                      size_t count, bool x_title)
{
    rows -= (furniture->axes ? (int)count : 1) + furniture->x_labels;
    rows -= furniture->x_title && x_title;
    for (size_t i = 0; i < count && furniture->heads; i++)
        rows -= has_head(&panels[i]);
    return rows;
}

/* The most panels, and then the richest furniture, for which there is room. */
static const struct furniture *choose(struct plot_layout *layout, const struct plot_panels *panels,
                                      int *rows)
{
    size_t most = panels->count < PLOT_PANELS_MAX ? panels->count : PLOT_PANELS_MAX;
    for (size_t count = most; count > 0; count--) {
        for (size_t i = 0; i < sizeof choices / sizeof *choices; i++) {
            *rows =
                inner_rows(&choices[i], layout->area.rows, panels->items, count, layout->x.title);
            layout->panels = count;
            if (*rows >= choices[i].rows_each * (int)count && (count == 1 || choices[i].x_labels))
                return &choices[i];
        }
    }
    return NULL;
}

static int weight_of(const struct plot *panel)
{
    return panel->weight > 1 ? panel->weight : 1;
}

static void place_rows(struct plot_layout *layout, const struct furniture *furniture,
                       const struct plot *panels, int rows)
{
    int weights = 0, row = layout->area.row;
    int extra = rows - furniture->rows_each * (int)layout->panels;
    for (size_t i = 0; i < layout->panels; i++)
        weights += weight_of(&panels[i]);
    int rest = extra;
    for (size_t i = 0; i < layout->panels; i++)
        rest -= extra * weight_of(&panels[i]) / weights;
    for (size_t i = 0; i < layout->panels; i++) {
        struct panel_layout *panel = &layout->panel[i];
        bool head = furniture->heads && has_head(&panels[i]);
        panel->head = (struct rect){row, layout->area.column, head, layout->area.columns};
        panel->inner.row = row + head;
        panel->inner.rows = furniture->rows_each + extra * weight_of(&panels[i]) / weights;
        panel->inner.rows += i == 0 ? rest : 0;
        row = panel->inner.row + panel->inner.rows;
        panel->axis_row = row;
        row += furniture->axes || i + 1 == layout->panels;
    }
    for (size_t i = 0; i < layout->panels && !furniture->axes; i++)
        layout->panel[i].axis_row = row - 1;
    layout->labels_row = furniture->x_labels ? row++ : -1;
    layout->title_row = furniture->x_title && layout->x.title ? row : -1;
}

static void keep_tick(struct tick_row *row, size_t from, int at)
{
    row->ticks[row->count] = row->ticks[from];
    row->columns[row->count] = row->columns[from];
    row->at[row->count++] = at;
}

/* Places at most wanted y ticks, at most one a row. */
static void try_y_ticks(struct panel_layout *panel, int wanted, enum text_charset charset)
{
    struct tick_row *row = &panel->ticks;
    int rows = panel->inner.rows;
    size_t count = axis_ticks(&panel->y, (size_t)wanted, false, row->ticks);
    struct scale scale = scale_of(&panel->y);
    row->count = 0;
    for (size_t i = 0; i < count; i++) {
        int at = scale_cell(1 - scale_fraction(&scale, row->ticks[i].value), rows);
        bool taken = row->count && row->at[row->count - 1] == at;
        if (at < 0 || at >= rows || taken)
            continue;
        row->columns[i] = text_columns(row->ticks[i].label, charset);
        keep_tick(row, i, at);
    }
}

/* One tick tells no scale: where there would be one, more are asked for. */
static void place_y_ticks(struct panel_layout *panel, enum text_charset charset)
{
    int rows = panel->inner.rows;
    int wanted = panel->y.log ? 2 * rows / 3 : (rows + 2) / 3;
    if (wanted < 2)
        wanted = 2;
    try_y_ticks(panel, wanted, charset);
    while (panel->ticks.count < 2 && wanted < rows)
        try_y_ticks(panel, ++wanted, charset);
}

static void place_columns(struct plot_layout *layout)
{
    const struct rect *area = &layout->area;
    layout->gap = area->columns >= ROOMY_COLUMNS;
    layout->margin = 0;
    for (size_t i = 0; i < layout->panels; i++)
        for (size_t k = 0; k < layout->panel[i].ticks.count; k++)
            if (layout->panel[i].ticks.columns[k] + layout->gap > layout->margin)
                layout->margin = layout->panel[i].ticks.columns[k] + layout->gap;
    if (area->columns - layout->margin - 1 < FEWEST_INNER_COLUMNS)
        layout->margin = 0;
    for (size_t i = 0; i < layout->panels; i++) {
        layout->panel[i].inner.column = area->column + layout->margin + 1;
        layout->panel[i].inner.columns = area->columns - layout->margin - 1;
    }
}

bool layout_has_axis(const struct panel_layout *panel)
{
    return panel->axis_row == panel->inner.row + panel->inner.rows;
}

int layout_label_start(const struct plot_layout *layout, int at, int columns)
{
    int start = layout->margin + 1 + at - columns / 2;
    int last = layout->area.columns - columns;
    if (start > last)
        start = last;
    return start > 0 ? start : 0;
}

/*
 * Places at most wanted x ticks, every stride-th of them; false where two labels would stand closer
 * than two blanks.
 */
static bool try_x_ticks(struct plot_layout *layout, int wanted, size_t stride,
                        enum text_charset charset)
{
    struct tick_row *row = &layout->ticks;
    int columns = layout->panel[0].inner.columns, end = -2;
    struct scale scale = scale_of(&layout->x);
    size_t count = axis_ticks(&layout->x, (size_t)wanted, true, row->ticks);
    row->count = 0;
    for (size_t i = 0; i < count; i += stride) {
        int at = scale_cell(scale_fraction(&scale, row->ticks[i].value), columns);
        if (at < 0 || at >= columns)
            continue;
        row->columns[i] = text_columns(row->ticks[i].label, charset);
        int start = layout_label_start(layout, at, row->columns[i]);
        if (start < end + 2 || start + row->columns[i] > layout->area.columns)
            return false;
        end = start + row->columns[i];
        keep_tick(row, i, at);
    }
    return true;
}

/* One tick tells no scale: where there would be one, every second or third of more is taken. */
static void place_x_ticks(struct plot_layout *layout, enum text_charset charset)
{
    enum { STRIDES = 3 };
    const int narrowest = 4; /* a label such as "1 G" with little around it */
    int most = layout->panel[0].inner.columns / narrowest;
    for (size_t least = 2; least > 0; least--)
        for (size_t stride = 1; stride <= STRIDES; stride++)
            for (int wanted = most; wanted > 0; wanted--)
                if (try_x_ticks(layout, wanted, stride, charset) && layout->ticks.count >= least)
                    return;
    layout->ticks.count = 0;
}

bool layout_arrange(struct plot_layout *layout, struct rect area, const struct plot_panels *panels,
                    enum text_charset charset)
{
    *layout = (struct plot_layout){.area = area, .x = axis_usable(&panels->x), .labels_row = -1};
    if (area.columns < SMALLEST_COLUMNS || area.rows < SMALLEST_ROWS)
        return false;
    int rows;
    const struct furniture *furniture = choose(layout, panels, &rows);
    if (!furniture)
        return false;
    place_rows(layout, furniture, panels->items, rows);
    for (size_t i = 0; i < layout->panels; i++) {
        layout->panel[i].y = axis_usable(&panels->items[i].y);
        place_y_ticks(&layout->panel[i], charset);
    }
    place_columns(layout);
    place_x_ticks(layout, charset);
    return true;
}
