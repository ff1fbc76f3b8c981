/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plot as its users see it: drawn at once, and columns against values. */
#include "plot/plot.h"

#include <math.h>

#include "plot/picture.h"
#include "plot/scale.h"

void plot_draw(struct canvas *canvas, struct rect area, const struct plot_axis *x,
               const struct plot *panels, size_t panel_count, double cursor, enum plot_style style,
               struct plot_frame *frames)
{
    struct plot_picture *picture =
        picture_new(area.rows, area.columns, canvas->charset, x, panels, panel_count, style);
    picture_show(picture, panels, cursor, canvas, area.row, area.column, frames);
    picture_free(picture);
}

double plot_frame_x(const struct plot_frame *frame, int column)
{
    struct scale scale = scale_of(&frame->x);
    return scale_value(&scale, (column - frame->inner.column + 0.5) / frame->inner.columns);
}

int plot_frame_column(const struct plot_frame *frame, double x)
{
    const double far = 1e6; /* columns; keeps the sum within an int */
    struct scale scale = scale_of(&frame->x);
    double fraction = scale_fraction(&scale, x);
    if (isnan(fraction) || frame->inner.columns == 0)
        return frame->inner.column - 1;
    if (fraction >= 0 && fraction <= 1)
        return frame->inner.column + scale_cell(fraction, frame->inner.columns);
    double column = floor(fraction * frame->inner.columns);
    return frame->inner.column + (int)fmin(fmax(column, -far), far);
}
