/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plot as its users see it: drawn at once, and columns against values. */
#include "plot/plot.h"

#include <math.h>

#include "plot/layout.h"
#include "plot/picture.h"
#include "plot/scale.h"

void plot_draw(struct canvas *canvas, struct rect area, const struct plot_panels *panels,
               double cursor, enum plot_style style, struct plot_frame *frames)
{
    struct plot_picture *picture =
        picture_new(area.rows, area.columns, canvas->charset, panels, style);
    picture_show(picture, canvas, area.row, area.column);
    picture_draw_cursor(picture, panels, cursor, canvas, area.row, area.column);
    if (frames)
        picture_frames(picture, area.row, area.column, frames);
    picture_free(picture);
}

void plot_arrange(struct rect area, const struct plot_panels *panels, enum text_charset charset,
                  struct plot_frame *frames)
{
    struct plot_layout layout;
    bool room = layout_arrange(&layout, area, panels, charset);
    for (size_t i = 0; i < panels->count; i++) {
        frames[i] = (struct plot_frame){.x = panels->x, .y = panels->items[i].y};
        if (room && i < layout.panels)
            frames[i] = (struct plot_frame){layout.panel[i].inner, layout.x, layout.panel[i].y};
    }
}

double plot_frame_x(const struct plot_frame *frame, int column)
{
    struct scale scale = scale_of(&frame->x);
    return scale_value(&scale, (column - frame->inner.column + 0.5) / frame->inner.columns);
}

double plot_frame_y(const struct plot_frame *frame, int row)
{
    struct scale scale = scale_of(&frame->y);
    return scale_value(&scale, 1 - (row - frame->inner.row + 0.5) / frame->inner.rows);
}

/* The cell of a value along an axis, counted from 0; outside as far as an int may be. */
static int cell_of(const struct plot_axis *axis, double value, bool upwards, int cells)
{
    const double far = 1e6; /* cells; keeps the sum within an int */
    struct scale scale = scale_of(axis);
    double fraction = scale_fraction(&scale, value);
    if (isnan(fraction) || cells == 0)
        return upwards ? cells : -1;
    if (upwards)
        fraction = 1 - fraction;
    if (fraction >= 0 && fraction <= 1)
        return scale_cell(fraction, cells);
    return (int)fmin(fmax(floor(fraction * cells), -far), far);
}

int plot_frame_column(const struct plot_frame *frame, double x)
{
    return frame->inner.column + cell_of(&frame->x, x, false, frame->inner.columns);
}

int plot_frame_row(const struct plot_frame *frame, double y)
{
    return frame->inner.row + cell_of(&frame->y, y, true, frame->inner.rows);
}
