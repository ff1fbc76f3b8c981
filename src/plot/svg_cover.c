/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which parts of an SVG page are taken, so that labels touch nothing. */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "plot/svg_sheet.h"

static const double square = 2; /* pixels */

void svg_cover_init(struct svg_cover *cover, const struct svg_page *page)
{
    cover->columns = (int)ceil(page->width / square);
    cover->rows = (int)ceil(page->height / square);
    cover->taken = memory_new_array((size_t)cover->columns * (size_t)cover->rows, 1);
}

void svg_cover_done(struct svg_cover *cover)
{
    free(cover->taken);
    cover->taken = NULL;
}

static int clamp(double value, int count)
{
    return (int)fmin(fmax(floor(value / square), 0), count - 1);
}

void svg_cover_line(struct svg_cover *cover, double x0, double y0, double x1, double y1)
{
    int steps = 1 + (int)(fmax(fabs(x1 - x0), fabs(y1 - y0)) / square);
    for (int i = 0; i <= steps; i++) {
        int column = clamp(x0 + (x1 - x0) * i / steps, cover->columns);
        int row = clamp(y0 + (y1 - y0) * i / steps, cover->rows);
        cover->taken[(size_t)row * (size_t)cover->columns + (size_t)column] = 1;
    }
}

void svg_cover_box(struct svg_cover *cover, const struct svg_box *box)
{
    int last_column = clamp(box->x + box->width, cover->columns);
    int last_row = clamp(box->y + box->height, cover->rows);
    for (int row = clamp(box->y, cover->rows); row <= last_row; row++)
        for (int column = clamp(box->x, cover->columns); column <= last_column; column++)
            cover->taken[(size_t)row * (size_t)cover->columns + (size_t)column] = 1;
}

bool svg_cover_free(const struct svg_cover *cover, const struct svg_box *box)
{
    int last_column = clamp(box->x + box->width, cover->columns);
    int last_row = clamp(box->y + box->height, cover->rows);
    for (int row = clamp(box->y, cover->rows); row <= last_row; row++)
        for (int column = clamp(box->x, cover->columns); column <= last_column; column++)
            if (cover->taken[(size_t)row * (size_t)cover->columns + (size_t)column])
                return false;
    return true;
}
