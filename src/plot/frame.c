/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frame around the data: axis lines, ticks, their labels, titles, the faint grid. */
#include "plot/frame.h"

#include "plot/scale.h"

static void draw_y_axis(struct canvas *canvas, const struct plot_layout *layout,
                        const struct panel_layout *panel, const struct glyphs *glyphs)
{
    int column = panel->inner.column - 1;
    for (int row = 0; row < panel->inner.rows; row++)
        canvas_put(canvas, panel->inner.row + row, column, ROLE_AXIS, glyphs->axis_y);
    for (size_t i = 0; i < panel->ticks.count; i++) {
        int row = panel->inner.row + panel->ticks.at[i];
        canvas_put(canvas, row, column, ROLE_AXIS, glyphs->tick_y);
        if (layout->margin)
            canvas_text(canvas, row, column - layout->gap - panel->ticks.columns[i],
                        panel->ticks.columns[i], ROLE_AXIS, panel->ticks.ticks[i].label);
    }
}

static void draw_x_axis(struct canvas *canvas, const struct plot_layout *layout,
                        const struct panel_layout *panel, const struct glyphs *glyphs)
{
    int row = panel->axis_row;
    canvas_put(canvas, row, panel->inner.column - 1, ROLE_AXIS, glyphs->corner);
    for (int column = 0; column < panel->inner.columns; column++)
        canvas_put(canvas, row, panel->inner.column + column, ROLE_AXIS, glyphs->axis_x);
    for (size_t i = 0; i < layout->ticks.count; i++)
        canvas_put(canvas, row, panel->inner.column + layout->ticks.at[i], ROLE_AXIS,
                   glyphs->tick_x);
}

static bool is_decade(double value)
{
    double exponent = log10(value);
    return value > 0 && fabs(exponent - round(exponent)) < 1e-9;
}

/*
 * Whether the grid stands at decades alone: with several of them on a log axis that keeps it faint.
 */
static bool grid_at_decades(const struct plot_axis *axis, const struct tick_row *ticks)
{
    int decades = 0;
    for (size_t i = 0; axis->log && i < ticks->count; i++)
        decades += is_decade(ticks->ticks[i].value);
    return decades >= 2;
}

static void draw_grid(struct canvas *canvas, const struct plot_layout *layout,
                      const struct panel_layout *panel, const struct glyphs *glyphs)
{
    bool decades_x = grid_at_decades(&layout->x, &layout->ticks);
    bool decades_y = grid_at_decades(&panel->y, &panel->ticks);
    for (size_t i = 0; i < panel->ticks.count; i++) {
        if (decades_y && !is_decade(panel->ticks.ticks[i].value))
            continue;
        for (size_t k = 0; k < layout->ticks.count; k++)
            if (!decades_x || is_decade(layout->ticks.ticks[k].value))
                canvas_put(canvas, panel->inner.row + panel->ticks.at[i],
                           panel->inner.column + layout->ticks.at[k], ROLE_GRID, glyphs->grid);
    }
}

static bool is_tick(const struct tick_row *ticks, int at)
{
    for (size_t i = 0; i < ticks->count; i++)
        if (ticks->at[i] == at)
            return true;
    return false;
}

static void draw_stretch(struct canvas *canvas, const struct plot_layout *layout,
                         const struct panel_layout *panel, const struct plot_span *span,
                         const struct glyphs *glyphs)
{
    struct scale scale = scale_of(&layout->x);
    double low = scale_fraction(&scale, span->low), high = scale_fraction(&scale, span->high);
    int columns = panel->inner.columns;
    int first = low >= 0 ? scale_cell(low, columns) : 0;
    int last = isnan(high) ? -1 : scale_cell(high, columns);
    for (int column = first; column <= last && column < columns; column++)
        canvas_put(canvas, panel->axis_row, panel->inner.column + column, span->role,
                   is_tick(&layout->ticks, column) ? glyphs->tick_stretch : glyphs->stretch);
}

void frame_draw_panel(struct canvas *canvas, const struct plot_layout *layout, size_t index,
                      const struct plot *plot, const struct glyphs *glyphs)
{
    const struct panel_layout *panel = &layout->panel[index];
    draw_grid(canvas, layout, panel, glyphs);
    draw_y_axis(canvas, layout, panel, glyphs);
    if (index == 0 || layout->panel[index - 1].axis_row != panel->axis_row)
        draw_x_axis(canvas, layout, panel, glyphs);
    for (size_t i = 0; i < plot->span_count; i++)
        if (!plot->spans[i].bounds)
            draw_stretch(canvas, layout, panel, &plot->spans[i], glyphs);
}

struct rect frame_draw_head(struct canvas *canvas, const struct panel_layout *panel,
                            const char *title)
{
    struct rect rest = panel->head;
    if (rest.rows < 1 || !title)
        return rest;
    int used = canvas_text(canvas, rest.row, rest.column, rest.columns, ROLE_TITLE, title) + 2;
    rest.column += used;
    rest.columns = rest.columns > used ? rest.columns - used : 0;
    return rest;
}

struct rect frame_title_rest(const struct canvas *canvas, const struct plot_layout *layout)
{
    const struct rect *inner = &layout->panel[0].inner;
    if (layout->title_row < 0)
        return (struct rect){0};
    int used = text_columns(layout->x.title, canvas->charset) + 2;
    return (struct rect){layout->title_row, inner->column + used, 1, inner->columns - used};
}

/* Draws the title where it has no row of its own: left of the first label, if there is room. */
static void title_beside_labels(struct canvas *canvas, const struct plot_layout *layout)
{
    const struct tick_row *ticks = &layout->ticks;
    const char *title = layout->labels_row < 0 ? NULL : layout->x.title;
    int room = ticks->count ? layout_label_start(layout, ticks->at[0], ticks->columns[0]) : 0;
    if (title && text_columns(title, canvas->charset) + 2 <= room)
        canvas_text(canvas, layout->labels_row, layout->area.column, room, ROLE_TITLE, title);
}

void frame_draw_x_labels(struct canvas *canvas, const struct plot_layout *layout, bool left)
{
    const struct rect *inner = &layout->panel[0].inner;
    for (size_t i = 0; i < layout->ticks.count && layout->labels_row >= 0; i++)
        canvas_text(canvas, layout->labels_row,
                    layout->area.column +
                        layout_label_start(layout, layout->ticks.at[i], layout->ticks.columns[i]),
                    layout->ticks.columns[i], ROLE_AXIS, layout->ticks.ticks[i].label);
    if (layout->title_row < 0) {
        title_beside_labels(canvas, layout);
        return;
    }
    int columns = text_columns(layout->x.title, canvas->charset);
    int blank = columns < inner->columns && !left ? (inner->columns - columns) / 2 : 0;
    canvas_text(canvas, layout->title_row, inner->column + blank, inner->columns - blank,
                ROLE_TITLE, layout->x.title);
}
