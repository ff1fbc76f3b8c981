/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frames as bytes: few of them, since every one crosses the wire. */
#include "ui/term_frame.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static void put(struct term_frame *frame, const char *capability)
{
    if (capability && *capability)
        frame->language.put(&frame->bytes, capability);
}

/* Back to plain; a terminal of another family may keep the colours then. */
static void put_plain(struct term_frame *frame)
{
    put(frame, frame->language.plain);
    if (frame->language.colors && !frame->language.plain_ends_colors)
        put(frame, frame->language.own_colors);
}

/* A colour directly; a terminal that numbers them all takes it as a number. */
static void write_color(const struct term_language *language, int color, struct buffer *out)
{
    if (language->depth == THEME_RGB && !language->numbers_rgb)
        buffer_print(out, "\033[38;2;%d;%d;%dm", color >> 16, color >> 8 & 255, color & 255);
    else
        language->put(out, language->fill_in(language->color, color, 0));
}

/* What no_color_video keeps from standing together with a colour. */
static unsigned without_color_video(const struct term_language *language, unsigned attributes)
{
    static const struct {
        int bit;
        unsigned attribute;
    } bits[] = {{2, THEME_UNDERLINE}, {4, THEME_REVERSE}, {16, THEME_DIM}, {32, THEME_BOLD}};
    for (size_t i = 0; language->uncolored > 0 && i < sizeof bits / sizeof *bits; i++)
        if (language->uncolored & bits[i].bit)
            attributes &= ~bits[i].attribute;
    return attributes;
}

/* What a role needs at each of its cells is written here, once. */
static struct term_style learn_style(const struct term_frame *frame, enum role role)
{
    struct term_style known = {theme_style(frame->theme, role, frame->language.depth), ""};
    struct theme_style *style = &known.style;
    if (style->color == THEME_OWN)
        return known;
    struct buffer bytes = {0};
    write_color(&frame->language, style->color, &bytes);
    if (bytes.length < sizeof known.color)
        memcpy(known.color, buffer_string(&bytes), bytes.length + 1);
    buffer_done(&bytes);
    style->attributes = without_color_video(&frame->language, style->attributes);
    return known;
}

static bool is_plain(const struct theme_style *style)
{
    return style->color == THEME_OWN && style->attributes == 0;
}

static void put_attributes(struct term_frame *frame, unsigned attributes)
{
    if (attributes & THEME_BOLD)
        put(frame, frame->language.bold);
    if (attributes & THEME_DIM)
        put(frame, frame->language.dim);
    if (attributes & THEME_UNDERLINE)
        put(frame, frame->language.underline);
    if (attributes & THEME_REVERSE)
        put(frame, frame->language.reverse);
}

static void put_style(struct term_frame *frame, const struct term_style *known)
{
    const struct theme_style from = frame->style, to = known->style;
    frame->style = to;
    if (from.attributes == to.attributes && (from.color == to.color || to.color != THEME_OWN)) {
        if (from.color != to.color)
            buffer_append_string(&frame->bytes, known->color);
        return;
    }
    if (!is_plain(&from))
        put_plain(frame);
    put_attributes(frame, to.attributes);
    buffer_append_string(&frame->bytes, known->color);
}

/*
 * From a cell to one below it or to its right in few bytes; false where placing anew is shorter.
 */
static bool step_to(struct term_frame *frame, long from, long to)
{
    enum { BACK_MAX = 4 };
    const struct term_language *language = &frame->language;
    long columns = frame->columns;
    long back = from % columns - to % columns, right = to - from;
    bool wrapped = from % columns == 0; /* or about to be: terminals differ in where they stand */
    if (from < 0 || wrapped)
        return false;
    if (to / columns == from / columns && right > 0 && language->right) {
        put(frame, language->fill_in(language->right, (int)right, 0));
        return true;
    }
    if (to / columns != from / columns + 1 || back < 0 || back > BACK_MAX || !language->left ||
        !language->down)
        return false;
    for (long i = 0; i < back; i++)
        put(frame, language->left);
    put(frame, language->down);
    return true;
}

static const struct term_style *style_of(const struct term_frame *frame, const struct cell *cell)
{
    return &frame->styles[cell->role < ROLE_COUNT ? cell->role : ROLE_TEXT];
}

/* A blank shows nothing of a style but its background and its underline. */
static bool blank_fits(const struct term_frame *frame, const struct cell *cell)
{
    unsigned either = frame->style.attributes | style_of(frame, cell)->style.attributes;
    return strcmp(cell->text, " ") == 0 && !(either & (THEME_REVERSE | THEME_UNDERLINE));
}

/* Writes a cell; at is the cell index at which the terminal's cursor stands, or -1. */
static void put_cell(struct term_frame *frame, const struct canvas *canvas, long index, long *at)
{
    const struct term_language *language = &frame->language;
    const struct cell *cell = &canvas->cells[index];
    long column = index % canvas->columns;
    bool last = index + 1 == (long)canvas->rows * canvas->columns;
    if (last && language->corner_scrolls)
        return;
    if (column == 0 || (*at != index && !step_to(frame, *at, index)))
        put(frame, language->fill_in(language->place, (int)(index / canvas->columns), (int)column));
    if (!blank_fits(frame, cell))
        put_style(frame, style_of(frame, cell));
    buffer_append_string(&frame->bytes, cell->text);
    /* How wide a terminal draws a wide character is its own affair: place the next cell anew. */
    bool wide = column + 1 < canvas->columns && canvas->cells[index + 1].text[0] == '\0';
    *at = wide ? -1 : index + 1;
}

/* Most rows of most frames are as they were. */
static void put_row(struct term_frame *frame, const struct canvas *canvas, int row, long *at)
{
    long first = (long)row * canvas->columns;
    const struct cell *cells = &canvas->cells[first];
    struct cell *shown = &frame->shown[first];
    size_t size = (size_t)canvas->columns * sizeof *cells;
    if (memcmp(cells, shown, size) == 0)
        return;
    for (int i = 0; i < canvas->columns; i++)
        /* the right half of a wide cell comes with its left half */
        if (cells[i].text[0] && memcmp(&cells[i], &shown[i], sizeof *cells) != 0)
            put_cell(frame, canvas, first + i, at);
    memcpy(shown, cells, size);
}

void term_frame_init(struct term_frame *frame, const struct term_language *language)
{
    *frame = (struct term_frame){.language = *language, .style.color = THEME_OWN};
    term_frame_set_theme(frame, theme_at(0));
}

void term_frame_set_theme(struct term_frame *frame, const struct theme *theme)
{
    if (frame->theme == theme)
        return;
    frame->theme = theme;
    for (int role = 0; role < ROLE_COUNT; role++)
        frame->styles[role] = learn_style(frame, (enum role)role);
    term_frame_forget(frame);
}

void term_frame_forget(struct term_frame *frame)
{
    free(frame->shown);
    frame->shown = NULL;
}

bool term_frame_fits(const struct term_frame *frame, const struct canvas *canvas)
{
    return frame->shown && frame->rows == canvas->rows && frame->columns == canvas->columns;
}

void term_frame_start(struct term_frame *frame, const struct canvas *canvas)
{
    static const struct cell blank = {" ", ROLE_TEXT};
    size_t count = (size_t)canvas->rows * (size_t)canvas->columns;
    free(frame->shown);
    frame->shown = memory_new_array(count, sizeof *frame->shown);
    for (size_t i = 0; i < count; i++)
        frame->shown[i] = blank;
    frame->rows = canvas->rows;
    frame->columns = canvas->columns;
}

void term_frame_compose(struct term_frame *frame, const struct canvas *canvas)
{
    long at = -1;
    for (int row = 0; row < canvas->rows; row++)
        put_row(frame, canvas, row, &at);
    put_style(frame, &(const struct term_style){{THEME_OWN, 0}, ""});
}

void term_frame_done(struct term_frame *frame)
{
    term_frame_forget(frame);
    buffer_done(&frame->bytes);
}
