/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The alphabets of plots: Unicode, and ASCII for terminals that have nothing else. */
#include "plot/glyphs.h"

#include <string.h>

static const struct glyphs unicode = {
    /* Hollow ones late: where one curve is drawn they say that points were not measured. */
    .series = {"●", "■", "▲", "▼", "★", "◐", "◧", "◑", "◨", "○", "□", "△", "▽", "☆", "▶", "◀"},
    .knot = "◇",
    .origin = {"●", "○", "△", "□"},
    .hollow = {"○", "□", "△", "▽", "☆"},
    .small = {"•", "▪", "▴", "▾", "⋆"},
    .knot_on = {"◈", "◎", "◬", "▣"},
    .knot_selected = "◆",
    .left_out = "×",
    .up = "↑",
    .down = "↓",
    .left = "←",
    .right = "→",
    .bar = "│",
    .bar_top = "┬",
    .bar_bottom = "┴",
    .stem = "│",
    .open = "[",
    .close = "]",
    .cursor = "│",
    .cursor_on_axis = "┼",
    .crossing = "◉",
    .bound = "┊",
    .level = "╌",
    .zero = "─",
    .grid = "·",
    .line = "──",
    .dashed = "╌╌",
    .axis_x = "─",
    .tick_x = "┬",
    .stretch = "━",
    .tick_stretch = "┯",
    .axis_y = "│",
    .tick_y = "┤",
    .corner = "└",
};

static const struct glyphs ascii = {
    .series = {"o", "#", "@", "%", "&", "$", "A", "=", "B", "C", "D", "E", "F", "G", "H", "K"},
    .knot = "+",
    .origin = {"#", "o", "~", "?"},
    .knot_on = {"*", "@", "%", "&"},
    .knot_selected = "+",
    .left_out = "x",
    .up = "^",
    .down = "v",
    .left = "<",
    .right = ">",
    .bar = "|",
    .bar_top = "|",
    .bar_bottom = "|",
    .stem = "|",
    .open = "[",
    .close = "]",
    .cursor = "|",
    .cursor_on_axis = "+",
    .crossing = "X",
    .bound = ":",
    .level = "-",
    .zero = "-",
    .grid = " ", /* dots would be taken for a line's */
    .line = "--",
    .dashed = "-.",
    .axis_x = "-",
    .tick_x = "+",
    .stretch = "=",
    .tick_stretch = "#",
    .axis_y = "|",
    .tick_y = "+",
    .corner = "+",
};

const struct glyphs *glyphs_of(enum plot_style style)
{
    return style == PLOT_ASCII ? &ascii : &unicode;
}

const char *plot_glyph(int series, enum plot_style style)
{
    return glyphs_of(style)->series[(unsigned)series % ROLE_SERIES_COUNT];
}

const char *plot_origin_name(enum plot_origin origin)
{
    static const char *const names[PLOT_ORIGINS] = {"measured", "legacy", "interpolated",
                                                    "other source"};
    return names[origin];
}

const char *glyphs_shade(const struct glyphs *glyphs, int series, enum plot_origin origin)
{
    unsigned i = (unsigned)series % ROLE_SERIES_COUNT;
    if (origin == PLOT_MEASURED || i >= GLYPHS_SHADES)
        return glyphs->series[i];
    return origin == PLOT_LEGACY ? glyphs->hollow[i] : glyphs->small[i];
}

/* One dot column of a cell: how many of its four dots are set, and the sum of their rows. */
struct dot_column {
    int count, sum;
};

static struct dot_column dot_column(unsigned char bits, const unsigned char masks[4])
{
    struct dot_column column = {0, 0};
    for (int row = 0; row < 4; row++) {
        if (bits & masks[row]) {
            column.count++;
            column.sum += row;
        }
    }
    return column;
}

/* The character whose ink lies most nearly where the dots do: a slope, an upright, or a height. */
static char ascii_shape(unsigned char bits)
{
    static const unsigned char left_masks[] = {0x01, 0x02, 0x04, 0x40};
    static const unsigned char right_masks[] = {0x08, 0x10, 0x20, 0x80};
    struct dot_column left = dot_column(bits, left_masks);
    struct dot_column right = dot_column(bits, right_masks);
    int count = left.count + right.count, sum = left.sum + right.sum;
    if (left.count + right.count >= 6 || (count >= 3 && left.count * right.count == 0))
        return '|';
    if (left.count && right.count) {
        int fall = right.sum * left.count - left.sum * right.count;
        int scale = left.count * right.count;
        if (2 * fall >= 3 * scale)
            return '\\';
        if (2 * fall <= -3 * scale)
            return '/';
    }
    if (4 * sum < 3 * count)
        return '\'';
    return 4 * sum > 9 * count ? '.' : '-';
}

/* The halves of the cell that have a dot. */
static const char *half_blocks(unsigned char bits)
{
    const unsigned char upper = 0x01 | 0x02 | 0x08 | 0x10;
    if (!(bits & upper))
        return "\u2584";
    return bits & (unsigned char)~upper ? "\u2588" : "\u2580";
}

void glyphs_dots(enum plot_style style, unsigned char bits, char text[4])
{
    memset(text, 0, 4);
    if (style == PLOT_BLOCKS) {
        memcpy(text, half_blocks(bits), 3);
        return;
    }
    if (style == PLOT_ASCII) {
        text[0] = ascii_shape(bits);
        return;
    }
    text[0] = (char)0xe2;
    text[1] = (char)(0xa0 | (bits >> 6));
    text[2] = (char)(0x80 | (bits & 0x3f));
}
