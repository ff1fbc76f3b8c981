/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Draws a plot: arranges it, then each panel from what lies behind the data to what lies over it.
 */
#include "plot/picture.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "plot/frame.h"
#include "plot/sheet.h"

/* Owns its cells and, per panel, the record of what lies on them, which the cursor asks. */
struct plot_picture {
    struct canvas canvas;
    enum plot_style style;
    size_t asked, drawn; /* panels; those beyond drawn found no room */
    struct plot_frame frames[PLOT_PANELS_MAX];
    unsigned char *covers[PLOT_PANELS_MAX];
    bool axes[PLOT_PANELS_MAX]; /* which have an x axis right below */
};

/* What the legends of several panels share. */
struct legends {
    unsigned explained; /* enum seen, glyphs that an earlier panel's legend names */
    struct rect spare;  /* beside the x axis' title; no rows: there is none, or it was taken */
};

static void draw_panel(struct plot_picture *picture, const struct plot_layout *layout, size_t index,
                       const struct plot *plot, struct legends *legends)
{
    const struct panel_layout *panel = &layout->panel[index];
    struct plot_frame *frame = &picture->frames[index];
    struct sheet sheet;
    *frame = (struct plot_frame){panel->inner, layout->x, panel->y};
    sheet_init(&sheet, &picture->canvas, plot, frame, picture->style);
    frame_draw_panel(&picture->canvas, layout, index, plot, sheet.glyphs);
    sheet_draw_guides(&sheet);
    sheet_draw_lines(&sheet);
    sheet_draw_marks(&sheet);
    sheet_draw_span_labels(&sheet);
    sheet.seen &= ~legends->explained;
    sheet_draw_labels(&sheet, frame_draw_head(&picture->canvas, panel, plot->y.title),
                      &legends->spare);
    legends->explained |= sheet.seen;
    picture->covers[index] = sheet.cover;
    picture->axes[index] = layout_has_axis(panel);
    sheet.cover = NULL;
    sheet_done(&sheet);
}

static void draw_note(struct canvas *canvas)
{
    canvas_text(canvas, 0, 0, canvas->columns, ROLE_DIM, "too small for a plot");
}

struct plot_picture *picture_new(int rows, int columns, enum text_charset charset,
                                 const struct plot_panels *panels, enum plot_style style)
{
    struct plot_layout layout;
    struct plot_picture *picture = memory_new_array(1, sizeof *picture);
    picture->style = charset == TEXT_ASCII ? PLOT_ASCII : style;
    picture->asked = panels->count < PLOT_PANELS_MAX ? panels->count : PLOT_PANELS_MAX;
    canvas_init(&picture->canvas, rows, columns, charset);
    for (size_t i = 0; i < picture->asked; i++)
        picture->frames[i] = (struct plot_frame){.x = panels->x, .y = panels->items[i].y};
    if (!layout_arrange(&layout, canvas_area(&picture->canvas), panels, charset)) {
        draw_note(&picture->canvas);
        return picture;
    }
    struct legends legends = {.spare = frame_title_rest(&picture->canvas, &layout)};
    bool room = legends.spare.rows > 0;
    picture->drawn = layout.panels;
    for (size_t i = 0; i < layout.panels; i++)
        draw_panel(picture, &layout, i, &panels->items[i], &legends);
    frame_draw_x_labels(&picture->canvas, &layout, room && legends.spare.rows == 0);
    return picture;
}

void picture_free(struct plot_picture *picture)
{
    if (!picture)
        return;
    for (size_t i = 0; i < picture->drawn; i++)
        free(picture->covers[i]);
    canvas_done(&picture->canvas);
    free(picture);
}

void picture_show(const struct plot_picture *picture, struct canvas *canvas, int row, int column)
{
    canvas_copy(canvas, row, column, &picture->canvas);
}

/* Where panel i lies where the picture is shown at (row, column). */
static struct plot_frame frame_at(const struct plot_picture *picture, size_t i, int row, int column)
{
    struct plot_frame frame = picture->frames[i];
    if (i < picture->drawn) {
        frame.inner.row += row;
        frame.inner.column += column;
    }
    return frame;
}

void picture_frames(const struct plot_picture *picture, int row, int column,
                    struct plot_frame *frames)
{
    for (size_t i = 0; i < picture->asked; i++)
        frames[i] = frame_at(picture, i, row, column);
}

/* Behind every label, so that labels stay where they are while the cursor walks. */
void picture_draw_cursor(const struct plot_picture *picture, const struct plot_panels *panels,
                         double cursor, struct canvas *canvas, int row, int column)
{
    for (size_t i = 0; i < picture->drawn && !isnan(cursor); i++) {
        struct sheet sheet;
        struct plot_frame frame = frame_at(picture, i, row, column);
        size_t cells = (size_t)frame.inner.rows * (size_t)frame.inner.columns;
        sheet_init(&sheet, canvas, &panels->items[i], &frame, picture->style);
        memcpy(sheet.cover, picture->covers[i], cells);
        sheet_draw_cursor(&sheet, cursor, i == 0, picture->axes[i]);
        sheet_done(&sheet);
    }
}
