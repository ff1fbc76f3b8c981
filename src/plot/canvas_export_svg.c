/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A canvas as SVG: a terminal in DejaVu Sans Mono, its text selectable, a class a role.
 *
 * Cells that the font draws at one width stand in one element; any other starts its own, so that a
 * fallback font cannot push what follows out of its column. Braille is drawn dot by dot, as fonts
 * disagree about it and some have none; its characters lie over the dots unseen, to be copied.
 */
#include <string.h>

#include "base/buffer.h"
#include "base/text.h"
#include "plot/canvas.h"
#include "plot/xml.h"

/* Pixels. The font's characters are 0.602 of its size wide and reach 0.928 above the baseline. */
enum { CELL_WIDTH = 10, CELL_HEIGHT = 19, BASELINE = 15, MARGIN = 8 };
#define FONT_SIZE "16.61"

/* Cells of one row and one role, side by side. */
struct run {
    int row, column, columns;
    enum role role;
};

static enum role role_at(const struct canvas *canvas, int row, int column)
{
    unsigned char role = canvas_at(canvas, row, column)->role;
    return role < ROLE_COUNT ? (enum role)role : ROLE_TEXT;
}

static const char *text_at(const struct canvas *canvas, int row, int column)
{
    return canvas_at(canvas, row, column)->text;
}

static int32_t code_of(const char *text)
{
    return *text ? text_decode(&text) : 0;
}

enum kind {
    KIND_BLANK,
    KIND_PLAIN, /* drawn at one width by the font: ASCII, lines and blocks */
    KIND_BRAILLE,
    KIND_OTHER, /* perhaps drawn by another font; its right half, too */
};

static enum kind kind_of(const char *text)
{
    int32_t code = code_of(text);
    if (strcmp(text, " ") == 0)
        return KIND_BLANK;
    if ((code > ' ' && code < 0x7f) || (code >= 0x2500 && code < 0x25a0))
        return KIND_PLAIN;
    return code >= 0x2800 && code < 0x2900 ? KIND_BRAILLE : KIND_OTHER;
}

static int x_of(int column)
{
    return MARGIN + column * CELL_WIDTH;
}

static int y_of(int row)
{
    return MARGIN + row * CELL_HEIGHT;
}

static void append_style(const struct canvas_palette *palette, struct buffer *out)
{
    const struct canvas_look *looks = palette->looks;
    buffer_print(out, "<style>text{white-space:pre;fill:#%06x}\n", looks[ROLE_TEXT].ink);
    for (int role = 0; role < ROLE_COUNT; role++) {
        buffer_print(out, ".r%d{fill:#%06x%s%s}\n", role, looks[role].ink,
                     looks[role].bold ? ";font-weight:bold" : "",
                     looks[role].underlined ? ";text-decoration:underline" : "");
        if (looks[role].paper != looks[ROLE_TEXT].paper)
            buffer_print(out, ".p%d{fill:#%06x}\n", role, looks[role].paper);
    }
    /* Last, so that it beats the role's colour. */
    buffer_append_string(out, ".unseen{fill:none}\n</style>\n");
}

/* How many cells from column on share the first one's role. */
static int same_role(const struct canvas *canvas, int row, int column)
{
    int end = column + 1;
    while (end < canvas->columns && role_at(canvas, row, end) == role_at(canvas, row, column))
        end++;
    return end - column;
}

static void append_papers(const struct canvas *canvas, const struct canvas_palette *palette,
                          struct buffer *out)
{
    const struct canvas_look *looks = palette->looks;
    for (int row = 0; row < canvas->rows; row++)
        for (int column = 0, columns; column < canvas->columns; column += columns) {
            enum role role = role_at(canvas, row, column);
            columns = same_role(canvas, row, column);
            if (looks[role].paper != looks[ROLE_TEXT].paper)
                buffer_print(out,
                             "<rect class=\"p%d\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>\n",
                             role, x_of(column), y_of(row), columns * CELL_WIDTH, CELL_HEIGHT);
        }
}

static void append_text(const struct canvas *canvas, const struct run *run, bool unseen,
                        struct buffer *out)
{
    buffer_print(out, "<text class=\"%s%d\" x=\"%d\" y=\"%d\">", unseen ? "unseen r" : "r",
                 run->role, x_of(run->column), y_of(run->row) + BASELINE);
    for (int i = 0; i < run->columns; i++)
        xml_append(out, text_at(canvas, run->row, run->column + i));
    buffer_append_string(out, "</text>\n");
}

/* A path of round dots: strokes without length. */
static void append_dots(const struct canvas *canvas, const struct run *run, int ink,
                        struct buffer *out)
{
    static const int places[8][2] = {{0, 0}, {0, 1}, {0, 2}, {1, 0},
                                     {1, 1}, {1, 2}, {0, 3}, {1, 3}};
    buffer_print(out, "<path stroke=\"#%06x\" d=\"", ink);
    for (int i = 0; i < run->columns; i++) {
        unsigned dots = (unsigned)code_of(text_at(canvas, run->row, run->column + i)) - 0x2800;
        for (int dot = 0; dot < 8; dot++)
            if (dots & (1u << dot))
                buffer_print(out, "M%.1f %.2fh0",
                             x_of(run->column + i) + CELL_WIDTH * (0.25 + 0.5 * places[dot][0]),
                             y_of(run->row) + CELL_HEIGHT * (0.125 + 0.25 * places[dot][1]));
    }
    buffer_append_string(out, "\"/>\n");
}

/*
 * The longest run from column on that can be drawn as one; blanks in it stay, those behind do not.
 */
static struct run take_run(const struct canvas *canvas, int row, int column)
{
    enum kind kind = kind_of(text_at(canvas, row, column));
    struct run run = {row, column, 1, role_at(canvas, row, column)};
    if (kind == KIND_OTHER)
        return run;
    for (int at = column + 1; at < canvas->columns; at++) {
        enum kind next = kind_of(text_at(canvas, row, at));
        if (role_at(canvas, row, at) != run.role || (next != kind && next != KIND_BLANK) ||
            (kind == KIND_BRAILLE && next == KIND_BLANK))
            break;
        if (next != KIND_BLANK)
            run.columns = at - column + 1;
    }
    return run;
}

static void append_row(const struct canvas *canvas, const struct canvas_palette *palette, int row,
                       struct buffer *out)
{
    for (int column = 0; column < canvas->columns;) {
        const char *text = text_at(canvas, row, column);
        if (kind_of(text) == KIND_BLANK || text[0] == '\0') {
            column++;
            continue;
        }
        struct run run = take_run(canvas, row, column);
        bool braille = kind_of(text) == KIND_BRAILLE;
        if (braille)
            append_dots(canvas, &run, palette->looks[run.role].ink, out);
        append_text(canvas, &run, braille, out);
        column += run.columns;
    }
}

void canvas_export_svg(const struct canvas *canvas, const struct canvas_palette *palette,
                       struct buffer *out)
{
    int width = 2 * MARGIN + canvas->columns * CELL_WIDTH;
    int height = 2 * MARGIN + canvas->rows * CELL_HEIGHT;
    buffer_print(out,
                 "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
                 "viewBox=\"0 0 %d %d\" font-family=\"DejaVu Sans Mono, monospace\" "
                 "font-size=\"" FONT_SIZE "\" stroke-width=\"3.4\" stroke-linecap=\"round\" "
                 "xml:space=\"preserve\">\n",
                 width, height, width, height);
    append_style(palette, out);
    buffer_print(out, "<rect width=\"100%%\" height=\"100%%\" fill=\"#%06x\"/>\n",
                 palette->looks[ROLE_TEXT].paper);
    append_papers(canvas, palette, out);
    for (int row = 0; row < canvas->rows; row++)
        append_row(canvas, palette, row, out);
    buffer_append_string(out, "</svg>\n");
}
