/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The themes as tables. */
#include "ui/terminal/theme.h"

/* A colour where there are 256 and where there are all; 0 in both: the terminal's own. */
struct ink {
    short color;
    int rgb;
};

/* Attributes are the same in all themes; a theme says which colours roles have. */
struct theme {
    const char *name;
    int backgrounds[THEME_BACKGROUNDS];
    bool plain;                   /* no colours at any depth */
    const signed char *ansi;      /* NULL: those of every theme */
    struct ink inks[ROLE_SERIES]; /* 0, 0: the terminal's own */
    struct ink series[ROLE_SERIES_COUNT];
};

static const unsigned attributes[ROLE_SERIES] = {
    [ROLE_DIM] = THEME_DIM,
    [ROLE_TITLE] = THEME_BOLD,
    [ROLE_BAR] = THEME_REVERSE,
    [ROLE_KEY] = THEME_BOLD,
    [ROLE_SELECTED] = THEME_REVERSE | THEME_BOLD,
    [ROLE_MARKED] = THEME_BOLD,
    [ROLE_WARNING] = THEME_BOLD,
    [ROLE_ERROR] = THEME_BOLD,
    [ROLE_MATCH] = THEME_REVERSE | THEME_UNDERLINE,
    [ROLE_GRID] = THEME_DIM,
    [ROLE_CURSOR] = THEME_BOLD,
};

/*
 * The attributes where there are no colours: what is wrong must not look like what is merely
 * important.
 */
static unsigned mono_attributes(enum role role)
{
    if (role >= ROLE_SERIES)
        return (role - ROLE_SERIES) % 2 ? THEME_BOLD : 0;
    return attributes[role] | (role == ROLE_ERROR || role == ROLE_WARNING ? THEME_UNDERLINE : 0);
}

enum { BLACK, RED, GREEN, YELLOW, BLUE, MAGENTA, CYAN };

static const signed char ansi[ROLE_SERIES] = {
    [ROLE_MARKED] = MAGENTA, [ROLE_GOOD] = GREEN,  [ROLE_WARNING] = YELLOW,
    [ROLE_ERROR] = RED,      [ROLE_ADDED] = GREEN, [ROLE_REMOVED] = RED,
};

/* Blue and yellow are what all eyes tell apart. */
static const signed char ansi_colour_blind[ROLE_SERIES] = {
    [ROLE_MARKED] = MAGENTA, [ROLE_GOOD] = BLUE,  [ROLE_WARNING] = YELLOW,
    [ROLE_ERROR] = YELLOW,   [ROLE_ADDED] = BLUE, [ROLE_REMOVED] = YELLOW,
};

/* Yellow and red speak of trouble, so no series has them. BLACK: the terminal's own. */
static const struct theme_style ansi_series[ROLE_SERIES_COUNT / 2] = {
    {CYAN, 0},          {MAGENTA, 0},          {GREEN, 0},          {BLUE, THEME_BOLD}, {BLACK, 0},
    {CYAN, THEME_BOLD}, {MAGENTA, THEME_BOLD}, {GREEN, THEME_BOLD},
};

#define CUBE(color, rgb)                                                                           \
    {                                                                                              \
        color, 0x##rgb                                                                             \
    }

static const struct theme themes[] = {
    /* Of middle lightness, so that they are seen on white and on black. */
    {.name = "default",
     .backgrounds = {0x000000, 0xffffff},
     .inks = {[ROLE_MARKED] = CUBE(163, cf00cf),
              [ROLE_GOOD] = CUBE(28, 238723),
              [ROLE_WARNING] = CUBE(130, b26104),
              [ROLE_ERROR] = CUBE(160, eb0800),
              [ROLE_ADDED] = CUBE(28, 238723),
              [ROLE_REMOVED] = CUBE(160, eb0800)},
     .series = {CUBE(30, 008787), CUBE(163, d700af), CUBE(33, 0087ff), CUBE(28, 008700),
                CUBE(93, 8700ff), CUBE(67, 5f87af), CUBE(132, af5f87), CUBE(29, 00875f),
                CUBE(201, ff00ff), CUBE(25, 005faf), CUBE(134, af5fd7), CUBE(99, 875fff),
                CUBE(97, 875faf), CUBE(197, ff005f), CUBE(169, d75faf), CUBE(128, af00d7)}},
    {.name = "light",
     .backgrounds = {0xffffff, 0xeeeeee},
     .inks = {[ROLE_TEXT] = CUBE(234, 1c1c1c),
              [ROLE_DIM] = CUBE(240, 585858),
              [ROLE_TITLE] = CUBE(16, 000000),
              [ROLE_BAR] = CUBE(236, 303030),
              [ROLE_KEY] = CUBE(16, 000000),
              [ROLE_SELECTED] = CUBE(16, 000000),
              [ROLE_MARKED] = CUBE(127, af00af),
              [ROLE_GOOD] = CUBE(22, 005f00),
              [ROLE_WARNING] = CUBE(94, 875f00),
              [ROLE_ERROR] = CUBE(124, af0000),
              [ROLE_ADDED] = CUBE(22, 005f00),
              [ROLE_REMOVED] = CUBE(124, af0000),
              [ROLE_MATCH] = CUBE(16, 000000),
              [ROLE_AXIS] = CUBE(238, 444444),
              [ROLE_GRID] = CUBE(248, a8a8a8),
              [ROLE_CURSOR] = CUBE(16, 000000)},
     .series = {CUBE(23, 005f5f), CUBE(21, 0000ff), CUBE(125, af005f), CUBE(26, 005fd7),
                CUBE(22, 005f00), CUBE(91, 8700af), CUBE(17, 00005f), CUBE(19, 0000af),
                CUBE(53, 5f005f), CUBE(24, 005f87), CUBE(61, 5f5faf), CUBE(126, af0087),
                CUBE(92, 8700d7), CUBE(93, 8700ff), CUBE(18, 000087), CUBE(54, 5f0087)}},
    {.name = "dark",
     .backgrounds = {0x000000, 0x262626},
     .inks = {[ROLE_TEXT] = CUBE(252, d0d0d0),
              [ROLE_DIM] = CUBE(246, 949494),
              [ROLE_TITLE] = CUBE(231, ffffff),
              [ROLE_BAR] = CUBE(250, bcbcbc),
              [ROLE_KEY] = CUBE(231, ffffff),
              [ROLE_SELECTED] = CUBE(231, ffffff),
              [ROLE_MARKED] = CUBE(207, ff5fff),
              [ROLE_GOOD] = CUBE(40, 00d700),
              [ROLE_WARNING] = CUBE(220, ffd700),
              [ROLE_ERROR] = CUBE(203, ff5f5f),
              [ROLE_ADDED] = CUBE(40, 00d700),
              [ROLE_REMOVED] = CUBE(203, ff5f5f),
              [ROLE_MATCH] = CUBE(231, ffffff),
              [ROLE_AXIS] = CUBE(250, bcbcbc),
              [ROLE_GRID] = CUBE(240, 585858),
              [ROLE_CURSOR] = CUBE(231, ffffff)},
     .series = {CUBE(45, 00d7ff), CUBE(201, ff00ff), CUBE(46, 00ff00), CUBE(175, d787af),
                CUBE(107, 87af5f), CUBE(69, 5f87ff), CUBE(190, d7ff00), CUBE(50, 00ffd7),
                CUBE(41, 00d75f), CUBE(213, ff87ff), CUBE(192, d7ff87), CUBE(205, ff5faf),
                CUBE(106, 87af00), CUBE(75, 5fafff), CUBE(183, d7afff), CUBE(36, 00af87)}},
    /* The palette of Okabe and Ito; its black is the terminal's own. */
    {.name = "colour-blind",
     .backgrounds = {0x000000, 0xffffff},
     .ansi = ansi_colour_blind,
     .inks = {[ROLE_MARKED] = CUBE(132, cc79a7),
              [ROLE_GOOD] = CUBE(32, 0072b2),
              [ROLE_WARNING] = CUBE(166, d55e00),
              [ROLE_ERROR] = CUBE(166, d55e00),
              [ROLE_ADDED] = CUBE(32, 0072b2),
              [ROLE_REMOVED] = CUBE(166, d55e00)},
     .series = {CUBE(32, 0072b2), CUBE(214, e69f00), CUBE(36, 009e73), CUBE(175, cc79a7),
                CUBE(74, 56b4e9), CUBE(166, d55e00), CUBE(227, f0e442), CUBE(0, 000000),
                CUBE(32, 0072b2), CUBE(214, e69f00), CUBE(36, 009e73), CUBE(175, cc79a7),
                CUBE(74, 56b4e9), CUBE(166, d55e00), CUBE(227, f0e442), CUBE(0, 000000)}},
    {.name = "mono", .backgrounds = {0x000000, 0xffffff}, .plain = true},
};
enum { THEME_COUNT = sizeof themes / sizeof *themes };

const struct theme *theme_at(size_t index)
{
    return index < THEME_COUNT ? &themes[index] : NULL;
}

size_t theme_index(const struct theme *theme)
{
    return (size_t)(theme - themes);
}

const char *theme_name(const struct theme *theme)
{
    return theme->name;
}

const int *theme_backgrounds(const struct theme *theme)
{
    return theme->backgrounds;
}

static int own_for_0(int color)
{
    return color ? color : THEME_OWN;
}

/* The second half of the series has the colours of the first one, underlined. */
static struct theme_style ansi_style(const struct theme *theme, enum role role)
{
    if (role < ROLE_SERIES)
        return (struct theme_style){own_for_0((theme->ansi ? theme->ansi : ansi)[role]),
                                    attributes[role]};
    unsigned series = role - ROLE_SERIES, half = ROLE_SERIES_COUNT / 2;
    struct theme_style style = ansi_series[series % half];
    style.color = own_for_0(style.color);
    style.attributes |= series < half ? 0 : THEME_UNDERLINE;
    return style;
}

/* Whether an earlier series has the colour already. */
static bool is_repeated(const struct theme *theme, unsigned series)
{
    for (unsigned i = 0; i < series; i++)
        if (theme->series[i].color == theme->series[series].color)
            return true;
    return false;
}

static struct theme_style ink_style(const struct theme *theme, enum role role, bool rgb)
{
    bool series = role >= ROLE_SERIES;
    const struct ink *ink = series ? &theme->series[role - ROLE_SERIES] : &theme->inks[role];
    struct theme_style style = {THEME_OWN, series ? 0 : attributes[role]};
    if (ink->color) {
        style.color = rgb ? ink->rgb : ink->color;
        style.attributes &= ~(unsigned)THEME_DIM; /* it is in the colour */
    }
    if (series && is_repeated(theme, role - ROLE_SERIES))
        style.attributes |= THEME_UNDERLINE;
    return style;
}

struct theme_style theme_style(const struct theme *theme, enum role role, enum theme_depth depth)
{
    if (role >= ROLE_COUNT)
        role = ROLE_TEXT;
    if (depth == THEME_MONO || theme->plain)
        return (struct theme_style){THEME_OWN, mono_attributes(role)};
    return depth == THEME_ANSI ? ansi_style(theme, role)
                               : ink_style(theme, role, depth == THEME_RGB);
}

/* Two parts of the ink and one of the paper: what terminals make of dim, more or less. */
static int dim_ink(int ink, int paper)
{
    int mixed = 0;
    for (int shift = 0; shift <= 16; shift += 8)
        mixed |= (2 * (ink >> shift & 255) + (paper >> shift & 255)) / 3 << shift;
    return mixed;
}

static struct canvas_look picture_look(const struct theme_style *style, int paper)
{
    enum { OWN_INK = 0xd0d0d0 }; /* themes that leave a colour to the terminal have black paper */
    struct canvas_look look = {.ink = style->color == THEME_OWN ? OWN_INK : style->color,
                               .paper = paper,
                               .bold = style->attributes & THEME_BOLD,
                               .underlined = style->attributes & THEME_UNDERLINE};
    if (style->attributes & THEME_DIM)
        look.ink = dim_ink(look.ink, paper);
    if (style->attributes & THEME_REVERSE) {
        look.paper = look.ink;
        look.ink = paper;
    }
    return look;
}

void theme_palette(const struct theme *theme, bool colors, struct canvas_palette *out)
{
    for (int role = 0; role < ROLE_COUNT; role++) {
        struct theme_style style =
            theme_style(theme, (enum role)role, colors ? THEME_RGB : THEME_MONO);
        out->looks[role] = picture_look(&style, theme->backgrounds[0]);
    }
}

int theme_rgb_of_256(int color)
{
    static const int levels[] = {0, 95, 135, 175, 215, 255};
    if (color >= 232) {
        int grey = 8 + 10 * (color - 232);
        return grey << 16 | grey << 8 | grey;
    }
    color -= 16;
    return levels[color / 36] << 16 | levels[color / 6 % 6] << 8 | levels[color % 6];
}
