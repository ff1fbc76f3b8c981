/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program's side is a pty, the screen's side is libvterm; this joins them. */
#include "terminal.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <vterm.h>

#include "child.h"
#include "environment.h"
#include "faint.h"
#include "keys.h"

struct terminal {
    struct child child;
    struct environment environment;
    struct faint faint;
    VTerm *vterm;
    VTermScreen *screen;
    int rows;
    int columns;
    int cursor_row;
    int cursor_column;
    bool is_cursor_visible;
    bool is_alternate;
    bool reports_mouse;
    char **row_texts; /* one for each row, NULL until asked for */
    char *output;     /* NUL-terminated */
    size_t output_length;
    size_t output_capacity;
    void (*fail)(const char *message);
};

static _Noreturn void fail(struct terminal *terminal, const char *what, const char *detail)
{
    char message[512];
    snprintf(message, sizeof message, "%s%s%s", what, detail ? ": " : "", detail ? detail : "");
    fprintf(stderr, "terminal: %s; the screen:\n", message);
    if (terminal->screen)
        terminal_print(terminal, stderr);
    void (*handler)(const char *) = terminal->fail;
    terminal_stop(terminal);
    if (handler)
        handler(message);
    exit(EXIT_FAILURE);
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* What libvterm tells. */

static int on_move_cursor(VTermPos position, VTermPos old, int is_visible, void *user)
{
    struct terminal *terminal = user;
    (void)old;
    (void)is_visible;
    terminal->cursor_row = position.row;
    terminal->cursor_column = position.col;
    return 1;
}

static int on_set_property(VTermProp property, VTermValue *value, void *user)
{
    struct terminal *terminal = user;
    if (property == VTERM_PROP_CURSORVISIBLE)
        terminal->is_cursor_visible = value->boolean;
    if (property == VTERM_PROP_ALTSCREEN)
        terminal->is_alternate = value->boolean;
    if (property == VTERM_PROP_MOUSE)
        terminal->reports_mouse = value->number != VTERM_PROP_MOUSE_NONE;
    return 1;
}

static const VTermScreenCallbacks screen_callbacks = {
    .movecursor = on_move_cursor,
    .settermprop = on_set_property,
};

/* Answers to what the program asks the terminal. */
static void on_answer(const char *bytes, size_t length, void *user)
{
    struct terminal *terminal = user;
    child_write(&terminal->child, bytes, length);
}

/* The sixteen colours as most terminals show them today; libvterm's own are hard to read. */
static void set_palette(VTermState *state)
{
    static const uint32_t palette[] = {
        0x1c2128, 0xe5534b, 0x57ab5a, 0xd7a63a, 0x539bf5, 0xb083f0, 0x39c5cf, 0xc8ccd2,
        0x6b7480, 0xff938a, 0x8ddb8c, 0xf2cc60, 0x8ec6ff, 0xdcbdfb, 0x7fe3ea, 0xffffff,
    };
    for (int i = 0; i < 16; i++) {
        VTermColor colour;
        vterm_color_rgb(&colour, palette[i] >> 16, palette[i] >> 8 & 0xff, palette[i] & 0xff);
        vterm_state_set_palette_color(state, i, &colour);
    }
}

static void open_screen(struct terminal *terminal)
{
    VTermColor foreground, background;
    terminal->vterm = vterm_new(terminal->rows, terminal->columns);
    vterm_set_utf8(terminal->vterm, 1);
    vterm_output_set_callback(terminal->vterm, on_answer, terminal);
    terminal->screen = vterm_obtain_screen(terminal->vterm);
    vterm_screen_set_callbacks(terminal->screen, &screen_callbacks, terminal);
    vterm_screen_enable_altscreen(terminal->screen, 1);
    vterm_color_rgb(&foreground, 0xd4, 0xd4, 0xd4);
    vterm_color_rgb(&background, 0x14, 0x18, 0x1e);
    VTermState *state = vterm_obtain_state(terminal->vterm);
    vterm_state_set_default_colors(state, &foreground, &background);
    set_palette(state);
    vterm_screen_reset(terminal->screen, 1);
}

static void *allocate(void *old, size_t size)
{
    void *memory = realloc(old, size);
    if (!memory)
        abort();
    return memory;
}

struct terminal *terminal_start(const struct terminal_options *options, const char *const argv[])
{
    struct terminal *terminal = allocate(NULL, sizeof *terminal);
    *terminal = (struct terminal){
        .rows = options->rows ? options->rows : 24,
        .columns = options->columns ? options->columns : 80,
        .is_cursor_visible = true,
        .fail = options->fail,
    };
    terminal->child = (struct child){.master = -1, .slave = -1, .report = -1};
    terminal->row_texts = calloc((size_t)terminal->rows, sizeof *terminal->row_texts);
    open_screen(terminal);
    if (!environment_init(&terminal->environment, options->home, options->environment))
        fail(terminal, "no temporary folder", strerror(errno));
    if (!child_start(&terminal->child, (char *const *)argv, terminal->environment.list,
                     options->folder, terminal->rows, terminal->columns))
        fail(terminal, "cannot start", argv[0]);
    return terminal;
}

static void free_row_texts(struct terminal *terminal)
{
    for (int row = 0; terminal->row_texts && row < terminal->rows; row++)
        free(terminal->row_texts[row]);
    free(terminal->row_texts);
}

void terminal_stop(struct terminal *terminal)
{
    if (!terminal)
        return;
    child_stop(&terminal->child);
    environment_done(&terminal->environment);
    free_row_texts(terminal);
    vterm_free(terminal->vterm);
    free(terminal->output);
    free(terminal);
}

const char *terminal_home(const struct terminal *terminal)
{
    return terminal->environment.home;
}

static void keep_output(struct terminal *terminal, const char *bytes, size_t length)
{
    if (terminal->output_length + length + 1 > terminal->output_capacity) {
        terminal->output_capacity = 2 * (terminal->output_length + length) + 4096;
        terminal->output = allocate(terminal->output, terminal->output_capacity);
    }
    memcpy(terminal->output + terminal->output_length, bytes, length);
    terminal->output_length += length;
    terminal->output[terminal->output_length] = '\0';
}

/* Takes what the program has written to the screen; whether there was anything. */
static bool take_output(struct terminal *terminal)
{
    char bytes[16384];
    char filtered[3 * sizeof bytes + 2 * FAINT_PENDING_MAX];
    bool has_read = false;
    ssize_t count;
    while ((count = read(terminal->child.master, bytes, sizeof bytes)) > 0) {
        keep_output(terminal, bytes, (size_t)count);
        size_t length = faint_filter(&terminal->faint, bytes, (size_t)count, filtered);
        vterm_input_write(terminal->vterm, filtered, length);
        has_read = true;
    }
    return has_read;
}

/* Waits a moment for the program to write; the pause between two looks at it. */
static void pause_for_output(const struct terminal *terminal)
{
    struct pollfd side = {.fd = terminal->child.master, .events = POLLIN};
    poll(&side, 1, 2);
}

/* Sending. */

void terminal_send(struct terminal *terminal, const char *bytes)
{
    if (!child_write(&terminal->child, bytes, strlen(bytes)))
        fail(terminal, "cannot send", strerror(errno));
}

void terminal_press(struct terminal *terminal, const char *names)
{
    char name[64];
    char bytes[KEY_BYTES_MAX];
    int length = 0;
    while (sscanf(names, " %63s%n", name, &length) == 1) {
        names += length;
        if (!key_bytes(name, bytes))
            fail(terminal, "no such key", name);
        terminal_send(terminal, bytes);
        terminal_wait_idle(terminal);
    }
}

void terminal_type(struct terminal *terminal, const char *text)
{
    terminal_send(terminal, text);
    terminal_wait_idle(terminal);
}

void terminal_click(struct terminal *terminal, int button, int row, int column)
{
    char bytes[96];
    snprintf(bytes, sizeof bytes, "\x1b[<%d;%d;%dM", button, column + 1, row + 1);
    terminal_send(terminal, bytes);
    if (button < 64) {
        snprintf(bytes, sizeof bytes, "\x1b[<%d;%d;%dm", button, column + 1, row + 1);
        terminal_send(terminal, bytes);
    }
    terminal_wait_idle(terminal);
}

void terminal_resize(struct terminal *terminal, int rows, int columns)
{
    take_output(terminal);
    free_row_texts(terminal);
    terminal->rows = rows;
    terminal->columns = columns;
    terminal->row_texts = calloc((size_t)rows, sizeof *terminal->row_texts);
    vterm_set_size(terminal->vterm, rows, columns);
    child_resize(&terminal->child, rows, columns);
    terminal_wait_idle(terminal);
}

void terminal_kill(struct terminal *terminal, int signal)
{
    kill(terminal->child.program, signal);
}

void terminal_hang_up(struct terminal *terminal)
{
    child_hang_up(&terminal->child);
}

/* Waiting. */

void terminal_wait_output(struct terminal *terminal)
{
    double deadline = seconds() + TERMINAL_PATIENCE;
    while (!take_output(terminal)) {
        if (seconds() > deadline)
            fail(terminal, "the program writes nothing", NULL);
        pause_for_output(terminal);
    }
}

/*
 * Looks until the program has been in the wanted state, with nothing under way and without having
 * run, for several looks in a row; a wait with a limit needs more of them, since the limit may be
 * there to tell Esc from the start of a longer key.
 */
static bool is_settled(struct terminal *terminal, enum child_state wanted, double deadline)
{
    unsigned long long before = 0;
    int quiet = 0;
    while (seconds() < deadline) {
        unsigned long long now;
        enum child_state state = child_observe(&terminal->child, &now);
        if (state == CHILD_GONE) {
            pause_for_output(terminal);
            take_output(terminal);
            return wanted != CHILD_STOPPED;
        }
        bool is_limited = state == CHILD_WAITING_FOR && wanted == CHILD_WAITING;
        bool is_busy = take_output(terminal) || now != before || (state != wanted && !is_limited) ||
                       (state != CHILD_STOPPED && child_has_unread(&terminal->child));
        quiet = is_busy ? 0 : quiet + 1;
        before = now;
        if (quiet >= (is_limited ? 40 : 3))
            return true;
        pause_for_output(terminal);
    }
    return false;
}

void terminal_wait_idle(struct terminal *terminal)
{
    if (!is_settled(terminal, CHILD_WAITING, seconds() + TERMINAL_PATIENCE))
        fail(terminal, "the program does not come to rest", NULL);
}

void terminal_wait_stopped(struct terminal *terminal)
{
    if (!is_settled(terminal, CHILD_STOPPED, seconds() + TERMINAL_PATIENCE))
        fail(terminal, "the program has not stopped", NULL);
}

static bool comes_to(struct terminal *terminal, const char *text, bool is_wanted)
{
    double deadline = seconds() + TERMINAL_PATIENCE;
    while (seconds() < deadline) {
        take_output(terminal);
        if (terminal_find(terminal, text, NULL, NULL) == is_wanted)
            return is_settled(terminal, CHILD_WAITING, deadline) &&
                   terminal_find(terminal, text, NULL, NULL) == is_wanted;
        if (child_exited(&terminal->child) && !take_output(terminal))
            return terminal_find(terminal, text, NULL, NULL) == is_wanted;
        pause_for_output(terminal);
    }
    return false;
}

void terminal_wait_text(struct terminal *terminal, const char *text)
{
    if (!comes_to(terminal, text, true))
        fail(terminal, "not on the screen", text);
}

void terminal_wait_no_text(struct terminal *terminal, const char *text)
{
    if (!comes_to(terminal, text, false))
        fail(terminal, "still on the screen", text);
}

int terminal_wait_exit(struct terminal *terminal)
{
    double deadline = seconds() + TERMINAL_PATIENCE;
    while (!child_exited(&terminal->child)) {
        if (seconds() > deadline)
            fail(terminal, "the program does not end", NULL);
        take_output(terminal);
        pause_for_output(terminal);
    }
    take_output(terminal);
    return terminal->child.status;
}

/* Looking. */

bool terminal_runs(const struct terminal *terminal)
{
    unsigned long long ignored;
    return child_observe(&terminal->child, &ignored) != CHILD_GONE;
}

int terminal_rows(const struct terminal *terminal)
{
    return terminal->rows;
}

int terminal_columns(const struct terminal *terminal)
{
    return terminal->columns;
}

static char *append_utf8(char *end, uint32_t code)
{
    if (code < 0x80) {
        *end++ = (char)code;
        return end;
    }
    int tail = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    static const unsigned char leads[] = {0, 0xc0, 0xe0, 0xf0};
    *end++ = (char)(leads[tail] | (code >> (6 * tail)));
    while (tail-- > 0)
        *end++ = (char)(0x80 | ((code >> (6 * tail)) & 0x3f));
    return end;
}

static void copy_text(char text[TERMINAL_CELL_BYTES], const VTermScreenCell *cell)
{
    char *end = text;
    for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell->chars[i]; i++) {
        if (cell->chars[i] <= 0x10ffff)
            end = append_utf8(end, cell->chars[i]);
    }
    *end = '\0';
}

static uint32_t rgb(const struct terminal *terminal, VTermColor colour)
{
    vterm_screen_convert_color_to_rgb(terminal->screen, &colour);
    return (uint32_t)colour.rgb.red << 16 | (uint32_t)colour.rgb.green << 8 | colour.rgb.blue;
}

struct terminal_cell terminal_cell(const struct terminal *terminal, int row, int column)
{
    VTermScreenCell cell = {0};
    struct terminal_cell result = {.columns = 1};
    if (!vterm_screen_get_cell(terminal->screen, (VTermPos){row, column}, &cell))
        return result;
    copy_text(result.text, &cell);
    result.columns = cell.width == 2 ? 2 : 1;
    result.foreground = rgb(terminal, cell.fg);
    result.background = rgb(terminal, cell.bg);
    result.has_default_foreground = VTERM_COLOR_IS_DEFAULT_FG(&cell.fg);
    result.has_default_background = VTERM_COLOR_IS_DEFAULT_BG(&cell.bg);
    result.bold = cell.attrs.bold;
    result.faint = cell.attrs.strike; /* see faint.h */
    result.italic = cell.attrs.italic;
    result.underline = cell.attrs.underline != 0;
    result.blink = cell.attrs.blink;
    result.reverse = cell.attrs.reverse;
    return result;
}

const char *terminal_row(struct terminal *terminal, int row)
{
    size_t size = (size_t)terminal->columns * TERMINAL_CELL_BYTES + 1;
    char *text = terminal->row_texts[row] = allocate(terminal->row_texts[row], size);
    char *end = text;
    char *last = text;
    for (int column = 0; column < terminal->columns;) {
        struct terminal_cell cell = terminal_cell(terminal, row, column);
        bool is_blank = !cell.text[0] || strcmp(cell.text, " ") == 0;
        end = stpcpy(end, is_blank ? " " : cell.text);
        if (!is_blank)
            last = end;
        column += cell.columns;
    }
    *last = '\0';
    return text;
}

/* The column in which the first bytes of a row end. */
static int column_at(const struct terminal *terminal, int row, size_t bytes)
{
    int column = 0;
    while (bytes > 0 && column < terminal->columns) {
        struct terminal_cell cell = terminal_cell(terminal, row, column);
        size_t length = cell.text[0] ? strlen(cell.text) : 1;
        bytes -= length < bytes ? length : bytes;
        column += cell.columns;
    }
    return column;
}

bool terminal_find(struct terminal *terminal, const char *text, int *row, int *column)
{
    for (int r = 0; r < terminal->rows; r++) {
        const char *line = terminal_row(terminal, r);
        const char *found = strstr(line, text);
        if (!found)
            continue;
        if (row)
            *row = r;
        if (column)
            *column = column_at(terminal, r, (size_t)(found - line));
        return true;
    }
    return false;
}

bool terminal_cursor(const struct terminal *terminal, int *row, int *column)
{
    *row = terminal->cursor_row;
    *column = terminal->cursor_column;
    return terminal->is_cursor_visible;
}

bool terminal_in_alternate_screen(const struct terminal *terminal)
{
    return terminal->is_alternate;
}

bool terminal_kept_modes(const struct terminal *terminal)
{
    return terminal->child.kept_modes;
}

bool terminal_reports_mouse(const struct terminal *terminal)
{
    return terminal->reports_mouse;
}

const char *terminal_output(const struct terminal *terminal, size_t *length)
{
    *length = terminal->output_length;
    return terminal->output ? terminal->output : "";
}

double terminal_processor_seconds(const struct terminal *terminal)
{
    return child_processor_seconds(&terminal->child);
}

void terminal_print(struct terminal *terminal, FILE *file)
{
    for (int row = 0; row < terminal->rows; row++)
        fprintf(file, "%s\n", terminal_row(terminal, row));
}
