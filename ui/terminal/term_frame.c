/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frames as bytes: few of them, since every one crosses the wire. */
#include "ui/terminal/term_frame.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static void write_capability(const struct term_language *language, const char *capability,
                             struct buffer *out)
{
    if (capability && *capability)
        language->put(out, capability);
}

static void put(struct term_frame *frame, const char *capability)
{
    write_capability(&frame->language, capability, &frame->bytes);
}

/* Moves what was written to where it is kept; nothing where there is no room for it. */
static void keep(struct buffer *written, char kept[TERM_SEQUENCE_MAX])
{
    if (written->length < TERM_SEQUENCE_MAX)
        memcpy(kept, buffer_string(written), written->length + 1);
    buffer_done(written);
}

/* Appends what makes writing plain again; some terminals need to be told of the colours apart. */
static void write_plain(const struct term_language *language, struct buffer *out)
{
    write_capability(language, language->plain, out);
    if (language->colors && !language->plain_ends_colors)
        write_capability(language, language->own_colors, out);
}

/*
 * Appends what sets a colour: red, green and blue or, where the terminal numbers its colours, a
 * number.
 */
static void write_color(const struct term_language *language, int color, struct buffer *out)
{
    if (language->depth == THEME_RGB && !language->numbers_rgb)
        buffer_print(out, "\033[38;2;%d;%d;%dm", color >> 16, color >> 8 & 255, color & 255);
    else
        language->put(out, language->fill_in(language->color, color, 0));
}

/*
 * Takes away the attributes that the terminal cannot show together with a colour (no_color_video).
 */
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

static void write_attributes(const struct term_language *language, unsigned attributes,
                             struct buffer *out)
{
    if (attributes & THEME_BOLD)
        write_capability(language, language->bold, out);
    if (attributes & THEME_DIM)
        write_capability(language, language->dim, out);
    if (attributes & THEME_UNDERLINE)
        write_capability(language, language->underline, out);
    if (attributes & THEME_REVERSE)
        write_capability(language, language->reverse, out);
}

/* Writes once what each cell of a role will need. */
static struct term_style learn_style(const struct term_frame *frame, enum role role)
{
    const struct term_language *language = &frame->language;
    struct term_style known = {.style = theme_style(frame->theme, role, language->depth)};
    struct theme_style *style = &known.style;
    struct buffer color = {0}, whole = {0};
    if (style->color != THEME_OWN) {
        write_color(language, style->color, &color);
        style->attributes = without_color_video(language, style->attributes);
    }
    write_attributes(language, style->attributes, &whole);
    buffer_append_string(&whole, buffer_string(&color));
    keep(&color, known.color);
    keep(&whole, known.whole);
    return known;
}

static bool is_plain(const struct theme_style *style)
{
    return style->color == THEME_OWN && style->attributes == 0;
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
        buffer_append_string(&frame->bytes, frame->plain);
    buffer_append_string(&frame->bytes, known->whole);
}

static void learn_step(struct term_frame *frame, long steps)
{
    const struct term_language *language = &frame->language;
    struct buffer bytes = {0};
    write_capability(language, language->fill_in(language->right, (int)steps, 0), &bytes);
    keep(&bytes, frame->steps[steps]);
}

static void step_right(struct term_frame *frame, long steps)
{
    const struct term_language *language = &frame->language;
    bool kept = steps < TERM_STEPS_KEPT;
    if (kept && !frame->steps[steps][0])
        learn_step(frame, steps);
    if (kept && frame->steps[steps][0])
        buffer_append_string(&frame->bytes, frame->steps[steps]);
    else
        put(frame, language->fill_in(language->right, (int)steps, 0));
}

/*
 * Moves to a cell of the next row, below or a few columns to the left; false where it is elsewhere.
 */
static bool step_down(struct term_frame *frame, long from, long to)
{
    enum { BACK_MAX = 4 };
    const struct term_language *language = &frame->language;
    long back = from % frame->columns - to % frame->columns;
    if (back < 0 || back > BACK_MAX || !language->left || !language->down)
        return false;
    for (long i = 0; i < back; i++)
        put(frame, language->left);
    put(frame, language->down);
    return true;
}

/*
 * Moves from a cell to one below it or to its right in few bytes; false where placing the cursor
 * anew takes fewer.
 */
static bool step_to(struct term_frame *frame, long from, long to)
{
    long columns = frame->columns, rows = to / columns - from / columns;
    bool wrapped = from % columns == 0; /* or about to be: terminals differ in where they stand */
    if (from < 0 || wrapped || rows > 1)
        return false;
    if (rows == 1)
        return step_down(frame, from, to);
    if (!frame->language.right)
        return false;
    step_right(frame, to - from);
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

/*
 * Places the cursor. What nearly all terminals take for that is written by hand: each row of a
 * frame needs it.
 */
static void put_place(struct term_frame *frame, int row, int column)
{
    static const char common[] = "\033[%i%p1%d;%p2%dH";
    if (strcmp(frame->language.place, common) == 0)
        buffer_print(&frame->bytes, "\033[%d;%dH", row + 1, column + 1);
    else
        put(frame, frame->language.fill_in(frame->language.place, row, column));
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
        put_place(frame, (int)(index / canvas->columns), (int)column);
    if (!blank_fits(frame, cell))
        put_style(frame, style_of(frame, cell));
    buffer_append_string(&frame->bytes, cell->text);
    /* How wide a terminal draws a wide character is its own affair: place the next cell anew. */
    bool wide = column + 1 < canvas->columns && canvas->cells[index + 1].text[0] == '\0';
    *at = wide ? -1 : index + 1;
}

/* Writes the cells of a row that have changed: in most rows of most frames none has. */
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
    struct buffer plain = {0};
    *frame = (struct term_frame){.language = *language, .style.color = THEME_OWN};
    write_plain(language, &plain);
    keep(&plain, frame->plain);
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
    put_style(frame, &(const struct term_style){.style.color = THEME_OWN});
}

void term_frame_done(struct term_frame *frame)
{
    term_frame_forget(frame);
    buffer_done(&frame->bytes);
}
