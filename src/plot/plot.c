/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws a plot: arranges it, then each panel from what lies behind the data to what lies over it.
 */
#include "plot/plot.h"

#include <math.h>

#include "plot/frame.h"
#include "plot/sheet.h"

/* One call of plot_draw. */
struct drawing {
    struct canvas *canvas;
    struct plot_layout layout;
    double cursor;
    enum plot_style style;
    unsigned explained; /* enum seen: glyphs that an earlier panel's legend names */
};

static void draw_panel(struct drawing *drawing, size_t index, const struct plot *plot,
                       struct plot_frame *frame)
{
    const struct panel_layout *panel = &drawing->layout.panel[index];
    struct sheet sheet;
    *frame = (struct plot_frame){panel->inner, drawing->layout.x, panel->y};
    sheet_init(&sheet, drawing->canvas, plot, frame, drawing->style);
    frame_draw_panel(drawing->canvas, &drawing->layout, index, plot, sheet.glyphs);
    sheet_draw_guides(&sheet);
    sheet_draw_lines(&sheet);
    sheet_draw_marks(&sheet);
    sheet_draw_span_labels(&sheet);
    sheet.seen &= ~drawing->explained;
    sheet_draw_labels(&sheet, frame_draw_head(drawing->canvas, panel, plot->y.title));
    drawing->explained |= sheet.seen;
    /* Last, and behind every label, so that labels stay where they are while the cursor walks. */
    sheet_draw_cursor(&sheet, drawing->cursor, index == 0);
    sheet_done(&sheet);
}

static void draw_note(struct canvas *canvas, struct rect area)
{
    if (area.rows > 0 && area.columns > 0)
        canvas_text(canvas, area.row, area.column, area.columns, ROLE_DIM, "too small for a plot");
}

void plot_draw(struct canvas *canvas, struct rect area, const struct plot_axis *x,
               const struct plot *panels, size_t panel_count, double cursor, enum plot_style style,
               struct plot_frame *frames)
{
    struct drawing drawing = {.canvas = canvas, .cursor = cursor, .style = style};
    if (canvas->charset == TEXT_ASCII)
        drawing.style = PLOT_ASCII;
    for (size_t i = 0; frames && i < panel_count; i++)
        frames[i] = (struct plot_frame){.x = *x, .y = panels[i].y};
    canvas_fill(canvas, area, ROLE_TEXT);
    if (!layout_arrange(&drawing.layout, area, x, panels, panel_count, canvas->charset)) {
        draw_note(canvas, area);
        return;
    }
    for (size_t i = 0; i < drawing.layout.panels; i++) {
        struct plot_frame frame;
        draw_panel(&drawing, i, &panels[i], &frame);
        if (frames)
            frames[i] = frame;
    }
    frame_draw_x_labels(canvas, &drawing.layout);
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
