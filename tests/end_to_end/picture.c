/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells to SVG: backgrounds first, then every character in its own place. */
#include "picture.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "terminal.h"

/* Pixels. The font's characters are 0.602 of its size wide and reach 0.928 above the baseline. */
enum { CELL_WIDTH = 10, CELL_HEIGHT = 19, BASELINE = 15, MARGIN = 8 };
#define FONT_SIZE "16.61"

static const uint32_t BRAILLE = 0x2800;

/* Halfway between two colours. */
static uint32_t mix(uint32_t a, uint32_t b)
{
    return ((a & 0xfefefe) >> 1) + ((b & 0xfefefe) >> 1);
}

/* As shown: with faint and reverse applied, and the cursor as a reversed cell. */
static void shown_colours(const struct terminal *terminal, int row, int column,
                          const struct terminal_cell *cell, uint32_t *foreground,
                          uint32_t *background)
{
    int cursor_row, cursor_column;
    bool is_cursor = terminal_cursor(terminal, &cursor_row, &cursor_column) && row == cursor_row &&
                     column == cursor_column;
    bool is_swapped = cell->reverse != is_cursor;
    uint32_t ink = cell->faint ? mix(cell->foreground, cell->background) : cell->foreground;
    *foreground = is_swapped ? cell->background : ink;
    *background = is_swapped ? ink : cell->background;
}

static void write_background(FILE *file, int x, int y, int columns, uint32_t colour)
{
    fprintf(file, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"#%06x\"/>\n", x, y,
            columns * CELL_WIDTH, CELL_HEIGHT, (unsigned)colour);
}

/* Fonts draw braille in different sizes, and some not at all: so do it here. */
static void write_braille(FILE *file, int x, int y, unsigned dots, uint32_t colour)
{
    static const int places[8][2] = {{0, 0}, {0, 1}, {0, 2}, {1, 0},
                                     {1, 1}, {1, 2}, {0, 3}, {1, 3}};
    for (int i = 0; i < 8; i++) {
        if (dots & (1u << i))
            fprintf(file, "<circle cx=\"%.1f\" cy=\"%.2f\" r=\"1.7\" fill=\"#%06x\"/>\n",
                    x + CELL_WIDTH * (0.25 + 0.5 * places[i][0]),
                    y + CELL_HEIGHT * (0.125 + 0.25 * places[i][1]), (unsigned)colour);
    }
}

static void write_escaped(FILE *file, const char *text)
{
    for (; *text; text++) {
        if (*text == '<')
            fputs("&lt;", file);
        else if (*text == '&')
            fputs("&amp;", file);
        else
            fputc(*text, file);
    }
}

static void write_character(FILE *file, int x, int y, const struct terminal_cell *cell,
                            uint32_t colour)
{
    fprintf(file, "<text x=\"%d\" y=\"%d\" fill=\"#%06x\"%s%s%s>", x, y + BASELINE,
            (unsigned)colour, cell->bold ? " font-weight=\"bold\"" : "",
            cell->italic ? " font-style=\"italic\"" : "",
            cell->underline ? " text-decoration=\"underline\"" : "");
    write_escaped(file, cell->text);
    fputs("</text>\n", file);
}

static uint32_t code_of(const char *text)
{
    const unsigned char *bytes = (const unsigned char *)text;
    if ((bytes[0] & 0xf0) != 0xe0)
        return bytes[0];
    return (uint32_t)(bytes[0] & 0x0f) << 12 | (uint32_t)(bytes[1] & 0x3f) << 6 | (bytes[2] & 0x3f);
}

static void write_foreground(FILE *file, int x, int y, const struct terminal_cell *cell,
                             uint32_t colour)
{
    uint32_t code = code_of(cell->text);
    if (code >= BRAILLE && code <= BRAILLE + 0xff)
        write_braille(file, x, y, code - BRAILLE, colour);
    else
        write_character(file, x, y, cell, colour);
}

/* One layer of all cells: backgrounds that differ from the screen's, or what stands on them. */
static void write_layer(FILE *file, const struct terminal *terminal, uint32_t screen,
                        bool is_background)
{
    for (int row = 0; row < terminal_rows(terminal); row++) {
        struct terminal_cell cell;
        for (int column = 0; column < terminal_columns(terminal); column += cell.columns) {
            int x = MARGIN + column * CELL_WIDTH;
            int y = MARGIN + row * CELL_HEIGHT;
            uint32_t foreground, background;
            cell = terminal_cell(terminal, row, column);
            shown_colours(terminal, row, column, &cell, &foreground, &background);
            if (is_background && background != screen)
                write_background(file, x, y, cell.columns, background);
            if (!is_background && cell.text[0] && strcmp(cell.text, " ") != 0)
                write_foreground(file, x, y, &cell, foreground);
        }
    }
}

/* The background of the terminal itself, which every cell without a colour shows. */
static uint32_t screen_colour(const struct terminal *terminal)
{
    for (int row = terminal_rows(terminal) - 1; row >= 0; row--) {
        for (int column = terminal_columns(terminal) - 1; column >= 0; column--) {
            struct terminal_cell cell = terminal_cell(terminal, row, column);
            if (cell.has_default_background)
                return cell.background;
        }
    }
    return 0;
}

bool picture_write(const struct terminal *terminal, const char *path)
{
    int width = 2 * MARGIN + terminal_columns(terminal) * CELL_WIDTH;
    int height = 2 * MARGIN + terminal_rows(terminal) * CELL_HEIGHT;
    uint32_t screen = screen_colour(terminal);
    FILE *file = fopen(path, "w");
    if (!file)
        return false;
    fprintf(file,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
            "font-family=\"DejaVu Sans Mono\" font-size=\"" FONT_SIZE "\">\n"
            "<rect width=\"%d\" height=\"%d\" fill=\"#%06x\"/>\n",
            width, height, width, height, (unsigned)screen);
    write_layer(file, terminal, screen, true);
    write_layer(file, terminal, screen, false);
    fputs("</svg>\n", file);
    bool is_good = !ferror(file);
    return fclose(file) == 0 && is_good;
}
