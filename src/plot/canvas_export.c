/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A canvas as lines of text, plain or with the ANSI colours that its roles stand for. */
#include <string.h>

#include "base/buffer.h"
#include "plot/canvas.h"

/* How a role looks in 16 colours, as SGR parameters; a background makes blanks visible. */
struct look {
    const char *sgr;
    bool background;
};

static const struct look looks[ROLE_COUNT] = {
    [ROLE_TEXT] = {"", false},
    [ROLE_DIM] = {"2", false},
    [ROLE_TITLE] = {"1", false},
    [ROLE_BAR] = {"7", true},
    [ROLE_KEY] = {"1", false},
    [ROLE_SELECTED] = {"1;7", true},
    [ROLE_MARKED] = {"1;35", false},
    [ROLE_GOOD] = {"32", false},
    [ROLE_WARNING] = {"33", false},
    [ROLE_ERROR] = {"31", false},
    [ROLE_ADDED] = {"32", false},
    [ROLE_REMOVED] = {"31", false},
    [ROLE_MATCH] = {"4;7", false},
    [ROLE_AXIS] = {"2", false},
    [ROLE_GRID] = {"90", false},
    [ROLE_CURSOR] = {"1;33", false},
    [ROLE_SERIES + 0] = {"36", false},
    [ROLE_SERIES + 1] = {"33", false},
    [ROLE_SERIES + 2] = {"35", false},
    [ROLE_SERIES + 3] = {"32", false},
    [ROLE_SERIES + 4] = {"94", false},
    [ROLE_SERIES + 5] = {"91", false},
    [ROLE_SERIES + 6] = {"96", false},
    [ROLE_SERIES + 7] = {"95", false},
    [ROLE_SERIES + 8] = {"4;36", false},
    [ROLE_SERIES + 9] = {"4;33", false},
    [ROLE_SERIES + 10] = {"4;35", false},
    [ROLE_SERIES + 11] = {"4;32", false},
    [ROLE_SERIES + 12] = {"4;94", false},
    [ROLE_SERIES + 13] = {"4;91", false},
    [ROLE_SERIES + 14] = {"4;96", false},
    [ROLE_SERIES + 15] = {"4;95", false},
};

/* The columns of a row without the blanks at its end that nobody would see. */
static int visible_columns(const struct canvas *canvas, int row, bool color)
{
    int columns = canvas->columns;
    while (columns > 0) {
        const struct cell *cell = canvas_at(canvas, row, columns - 1);
        if (strcmp(cell->text, " ") != 0 || (color && looks[cell->role].background))
            break;
        columns--;
    }
    return columns;
}

static void change_look(struct buffer *out, const char **current, const char *wanted)
{
    if (strcmp(*current, wanted) == 0)
        return;
    if (wanted[0] == '\0')
        buffer_append_string(out, "\033[0m");
    else
        buffer_print(out, "\033[0;%sm", wanted);
    *current = wanted;
}

void canvas_export_text(const struct canvas *canvas, bool color, struct buffer *out)
{
    for (int row = 0; row < canvas->rows; row++) {
        const char *current = "";
        int columns = visible_columns(canvas, row, color);
        for (int column = 0; column < columns; column++) {
            const struct cell *cell = canvas_at(canvas, row, column);
            if (color)
                change_look(out, &current, looks[cell->role].sgr);
            buffer_append_string(out, cell->text);
        }
        change_look(out, &current, "");
        buffer_append_string(out, "\n");
    }
}
