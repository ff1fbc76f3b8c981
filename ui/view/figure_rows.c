/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures as rows: the one look of every list of them. */
#include "ui/view/figure_rows.h"

#include <math.h>

#include "base/number.h"
#include "ui/draw.h"

enum { NAME_COLUMN = 2, NAME_COLUMNS = 20, VALUE_COLUMNS = 10, ROWS_MAX = 30 };
enum { NARROW = 60, INDENT = 3 }; /* there the formula stands below name and value */

int figure_rows_draw(struct canvas *canvas, int row, const struct figure *figure)
{
    char value[NUMBER_TEXT_MAX];
    bool narrow = canvas->columns < NARROW;
    int end = NAME_COLUMN + NAME_COLUMNS + VALUE_COLUMNS, at = narrow ? INDENT : end + 1;
    struct rect text = {row + narrow, at, ROWS_MAX, canvas->columns - at + narrow};
    number_print_short(figure->value, 5, value);
    int width = text_columns(value, canvas->charset);
    canvas_text(canvas, row, NAME_COLUMN, NAME_COLUMNS, ROLE_TITLE, figure->name);
    canvas_text(canvas, row, end - width, width, isnan(figure->value) ? ROLE_WARNING : ROLE_TEXT,
                value);
    text.row += app_draw_wrapped(canvas, text, ROLE_TEXT, figure->formula);
    text.row += app_draw_wrapped(canvas, text, ROLE_DIM, figure->inputs);
    text.row += app_draw_wrapped(canvas, text, ROLE_WARNING, figure->reason);
    return text.row - row;
}
