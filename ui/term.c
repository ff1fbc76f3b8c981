/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The terminal through ncurses: the only file that sees curses. */
#include "ui/term.h"

#include <curses.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#undef columns /* term.h takes common words as macros */
#undef lines
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "base/memory.h"

enum {
    SHIFT_UP_CODE = KEY_MAX + 1,
    SHIFT_DOWN_CODE,
    MOUSE_SGR_CODE,
    MOUSE_X10_CODE,
    ESCAPE_DELAY_MS = 25
};

/* Buttons and wheel, moves while one is held, coordinates without a bound: one mode a sequence. */
#define MOUSE_ON "\033[?1000h\033[?1002h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1002l\033[?1000l"

/* There is one terminal, so there is one of these. */
enum { AHEAD_MAX = 64 };

static struct {
    volatile sig_atomic_t started;
    volatile sig_atomic_t curses_allocates; /* curses is at work and asks for memory */
    bool color;
    volatile sig_atomic_t mouse; /* the terminal was told to report it */
    struct mouse_report report;  /* what has come of one */
    struct mouse_event mouse_event;
    char farewell[256]; /* what puts the terminal back when there is no time for curses */
    size_t farewell_length;
    struct termios saved;
    struct cell *shown; /* what stands on the screen, rows x columns; NULL: nothing known */
    int rows, columns;
    struct buffer frame; /* the bytes of the frame being put together */
    bool plain_ends_colors;
    bool numbers_rgb; /* its colours are numbers 0xRRGGBB */
    enum theme_depth depth;
    const struct theme *theme;
    struct theme_style styles[ROLE_COUNT]; /* of the theme, at the depth */
    struct theme_style style;              /* in which the terminal writes now */
    int ahead[AHEAD_MAX]; /* keys read while looking for an Esc among them, the first one first */
    int ahead_count;
    int watched_plus_one; /* a descriptor to wait for besides keys; 0: none */
    sigset_t outside;     /* the mask while waiting: what the program was started with */
} term;

static volatile sig_atomic_t got_winch, got_tstp, got_terminate;

static void note_signal(int number)
{
    if (number == SIGWINCH || number == SIGCONT)
        got_winch = 1;
    else if (number == SIGTSTP)
        got_tstp = 1;
    else
        got_terminate = number;
}

/*
 * For what cannot be survived, a failed allocation among it: only calls that are safe in a handler
 * and ask for no memory, which rules endwin out.
 */
static void put_back(void)
{
    if (term.started) {
        size_t skipped = term.mouse ? 0 : sizeof MOUSE_OFF - 1;
        ssize_t ignored =
            write(STDOUT_FILENO, term.farewell + skipped, term.farewell_length - skipped);
        (void)ignored;
    }
    tcsetattr(STDIN_FILENO, TCSANOW, &term.saved);
    term.started = term.curses_allocates = false;
}

/*
 * Where memory is short curses writes through NULL, or calls exit with a status of its own. Both
 * get the message and the status of any failed allocation.
 */
static _Noreturn void end_for_curses(void)
{
    static const char message[] = "calscope: out of memory\r\n";
    put_back();
    ssize_t ignored = write(STDERR_FILENO, message, sizeof message - 1);
    (void)ignored;
    _exit(2);
}

static void on_early_exit(void)
{
    if (term.curses_allocates)
        end_for_curses();
}

/* Puts the terminal back, then dies as it would have. */
static void restore_and_die(int number)
{
    if (number == SIGSEGV && term.curses_allocates)
        end_for_curses();
    put_back();
    signal(number, SIG_DFL);
    raise(number);
}

static void handle(int number, void (*handler)(int), int flags)
{
    struct sigaction action = {.sa_handler = handler, .sa_flags = flags};
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, NULL);
}

static void take_signals(void)
{
    static const int noted[] = {SIGWINCH, SIGCONT, SIGTSTP, SIGTERM, SIGHUP, SIGINT};
    static const int fatal[] = {SIGSEGV, SIGABRT, SIGBUS,  SIGFPE,  SIGILL,
                                SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM, SIGXCPU};
    sigset_t blocked;
    sigemptyset(&blocked);
    for (size_t i = 0; i < sizeof noted / sizeof *noted; i++) {
        handle(noted[i], note_signal, 0);
        sigaddset(&blocked, noted[i]);
    }
    for (size_t i = 0; i < sizeof fatal / sizeof *fatal; i++)
        handle(fatal[i], restore_and_die, (int)SA_RESETHAND);
    signal(SIGPIPE, SIG_IGN);
    sigprocmask(SIG_BLOCK, &blocked, &term.outside);
    for (size_t i = 0; i < sizeof noted / sizeof *noted; i++)
        sigdelset(&term.outside, noted[i]);
}

static void forget_shown(void)
{
    free(term.shown);
    term.shown = NULL;
}

/* tputs hands over one byte at a time. */
static int take_byte(int byte)
{
    char one = (char)byte;
    buffer_append(&term.frame, &one, 1);
    return byte;
}

static void put_capability(const char *capability)
{
    if (capability && *capability)
        tputs(capability, 1, take_byte);
}

static const char *fill_in(const char *capability, int first, int second)
{
    term.curses_allocates = true;
    const char *filled = tiparm(capability, first, second);
    if (!filled)
        end_for_curses();
    term.curses_allocates = false;
    return filled;
}

/* Back to plain; a terminal of another family may keep the colours then. */
static void put_plain(void)
{
    put_capability(exit_attribute_mode);
    if (term.color && !term.plain_ends_colors)
        put_capability(orig_pair);
}

/* A colour directly; a terminal that numbers them all takes it as a number. */
static void put_color(int color)
{
    if (term.depth == THEME_RGB && !term.numbers_rgb) {
        buffer_print(&term.frame, "\033[38;2;%d;%d;%dm", color >> 16, color >> 8 & 255,
                     color & 255);
        return;
    }
    put_capability(fill_in(set_a_foreground, color, 0));
}

/* What no_color_video keeps from standing together with a colour. */
static unsigned without_color_video(unsigned attributes)
{
    static const struct {
        int bit;
        unsigned attribute;
    } bits[] = {{2, THEME_UNDERLINE}, {4, THEME_REVERSE}, {16, THEME_DIM}, {32, THEME_BOLD}};
    for (size_t i = 0; no_color_video > 0 && i < sizeof bits / sizeof *bits; i++)
        if (no_color_video & bits[i].bit)
            attributes &= ~bits[i].attribute;
    return attributes;
}

static bool is_plain(const struct theme_style *style)
{
    return style->color == THEME_OWN && style->attributes == 0;
}

static void put_style(struct theme_style to)
{
    const struct theme_style from = term.style;
    if (to.color != THEME_OWN)
        to.attributes = without_color_video(to.attributes);
    term.style = to;
    if (from.attributes == to.attributes && (from.color == to.color || to.color != THEME_OWN)) {
        if (from.color != to.color)
            put_color(to.color);
        return;
    }
    if (!is_plain(&from))
        put_plain();
    if (to.attributes & THEME_BOLD)
        put_capability(enter_bold_mode);
    if (to.attributes & THEME_DIM)
        put_capability(enter_dim_mode);
    if (to.attributes & THEME_UNDERLINE)
        put_capability(enter_underline_mode);
    if (to.attributes & THEME_REVERSE)
        put_capability(enter_reverse_mode);
    if (to.color != THEME_OWN)
        put_color(to.color);
}

/* An extended flag of terminfo, which not every terminal's description has. */
static bool has_flag(const char *name)
{
    char copy[8];
    snprintf(copy, sizeof copy, "%s", name);
    return tigetflag(copy) > 0;
}

/*
 * Whether colours may be said in red, green and blue. COLORTERM is inherited from the terminal
 * outside by GNU screen, which does not understand them (tmux does, and sets TMUX).
 */
static bool takes_rgb(void)
{
    const char *said = getenv("COLORTERM"), *name = getenv("TERM");
    bool says = said && (strcmp(said, "truecolor") == 0 || strcmp(said, "24bit") == 0);
    bool screen = name && strncmp(name, "screen", 6) == 0 && !getenv("TMUX");
    return term.numbers_rgb || has_flag("Tc") || (says && max_colors >= 256 && !screen);
}

static void start_colors(bool wanted)
{
    const char *plain = exit_attribute_mode ? exit_attribute_mode : "";
    term.color = wanted && max_colors >= 8 && set_a_foreground && orig_pair;
    term.plain_ends_colors = strstr(plain, "[m") || strstr(plain, "[0");
    term.numbers_rgb = tigetnum("colors") >= 1 << 24 && has_flag("RGB"); /* max_colors is a short */
    term.depth = !term.color         ? THEME_MONO
                 : takes_rgb()       ? THEME_RGB
                 : max_colors >= 256 ? THEME_256
                                     : THEME_ANSI;
    term.style.color = THEME_OWN;
    term_set_theme(theme_at(0));
}

void term_set_theme(const struct theme *theme)
{
    if (term.theme == theme)
        return;
    term.theme = theme;
    for (int role = 0; role < ROLE_COUNT; role++)
        term.styles[role] = theme_style(theme, (enum role)role, term.depth);
    forget_shown();
}

/* Whether the terminal can do what a full-screen program needs; curses would print junk. */
static enum status check_terminal(struct error *error)
{
    int result = 0, found = ERR;
    const char *name = getenv("TERM");
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return error_set(error, STATUS_REFUSED, "the explorer needs a terminal");
    if (!name || !*name)
        return error_set(error, STATUS_REFUSED, "TERM is not set; try TERM=xterm-256color");
    /* Twice: for want of memory it also says that it does not know the name. */
    for (int i = 0; i < 2 && found != OK; i++)
        found = setupterm(name, STDOUT_FILENO, &result);
    if (found != OK)
        return error_set(error, STATUS_REFUSED,
                         "TERM=%s is not known here; try TERM=xterm-256color", name);
    const char *move = tigetstr("cup");
    bool moves = move && (intptr_t)move != -1; /* (char *)-1: not a string capability */
    del_curterm(cur_term);
    if (!moves)
        return error_set(
            error, STATUS_REFUSED,
            "a terminal of type %s cannot place text; use the commands (calscope --help)", name);
    return STATUS_OK;
}

bool term_has_mouse(void)
{
    return key_mouse != NULL;
}

/* Keys that terminfo has under extended names, and the beginnings of what a mouse sends. */
static void define_extended_keys(void)
{
    define_key("\033[1;2A", SHIFT_UP_CODE);
    define_key("\033[1;2B", SHIFT_DOWN_CODE);
    if (term_has_mouse()) {
        define_key(MOUSE_SGR_START, MOUSE_SGR_CODE);
        define_key(MOUSE_X10_START, MOUSE_X10_CODE);
    }
}

static int take_farewell(int byte)
{
    if (term.farewell_length < sizeof term.farewell)
        term.farewell[term.farewell_length++] = (char)byte;
    return byte;
}

/* Mouse, attributes, screen, cursor and keys as they were, on a line of its own. */
static void note_farewell(void)
{
    const char *const capabilities[] = {MOUSE_OFF,     exit_attribute_mode, orig_pair, exit_ca_mode,
                                        cursor_normal, keypad_local,        "\r\n"};
    for (size_t i = 0; i < sizeof capabilities / sizeof *capabilities; i++)
        if (capabilities[i])
            tputs(capabilities[i], 1, take_farewell);
}

static enum status open_screen(bool color, struct error *error)
{
    enum status status = check_terminal(error);
    if (status)
        return status;
    if (!newterm(NULL, stdout, stdin)) /* what else could be missing has been looked at */
        end_for_curses();
    note_farewell();
    term.started = true;
    raw();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    nodelay(stdscr, TRUE);
    set_escdelay(ESCAPE_DELAY_MS);
    curs_set(0);
    define_extended_keys();
    start_colors(color);
    return STATUS_OK;
}

enum status term_start(bool color, struct error *error)
{
    tcgetattr(STDIN_FILENO, &term.saved);
    take_signals();
    atexit(on_early_exit);
    memory_on_failure(put_back);
    term.curses_allocates = true;
    enum status status = open_screen(color, error);
    term.curses_allocates = false;
    return status;
}

void term_redraw(void)
{
    clearok(curscr, TRUE);
    forget_shown();
}

void term_stop(void)
{
    if (!term.started)
        return;
    term_report_mouse(false);
    term.curses_allocates = true;
    endwin(); /* the screen stays: delscreen asks for memory once more */
    term.curses_allocates = term.started = false;
    tcsetattr(STDIN_FILENO, TCSANOW, &term.saved);
    memory_on_failure(NULL);
    forget_shown();
    buffer_done(&term.frame);
}

void term_size(int *rows, int *columns)
{
    *rows = LINES;
    *columns = COLS;
}

static void resize_curses(int rows, int columns)
{
    term.curses_allocates = true;
    if (resizeterm(rows, columns) == ERR) /* goes on with windows that are NULL */
        end_for_curses();
    term.curses_allocates = false;
}

/* Curses learns the size from the terminal, not from its own handler. */
static void follow_size(void)
{
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0)
        resize_curses(size.ws_row, size.ws_col);
    term_redraw();
}

/*
 * From a cell to one below it or to its right in few bytes; false where cursor_address is shorter.
 */
static bool step_to(long from, long to, int columns)
{
    enum { BACK_MAX = 4 };
    long back = from % columns - to % columns, right = to - from;
    bool wrapped = from % columns == 0; /* or about to be: terminals differ in where they stand */
    if (from < 0 || wrapped)
        return false;
    if (to / columns == from / columns && right > 0 && parm_right_cursor) {
        put_capability(fill_in(parm_right_cursor, (int)right, 0));
        return true;
    }
    if (to / columns != from / columns + 1 || back < 0 || back > BACK_MAX || !cursor_left ||
        !cursor_down)
        return false;
    for (long i = 0; i < back; i++)
        put_capability(cursor_left);
    put_capability(cursor_down);
    return true;
}

static struct theme_style style_of(const struct cell *cell)
{
    return term.styles[cell->role < ROLE_COUNT ? cell->role : ROLE_TEXT];
}

/* A blank shows nothing of a style but its background and its underline. */
static bool blank_fits(const struct cell *cell)
{
    unsigned either = term.style.attributes | style_of(cell).attributes;
    return strcmp(cell->text, " ") == 0 && !(either & (THEME_REVERSE | THEME_UNDERLINE));
}

/* Writes a cell; at is the cell index at which the terminal's cursor stands, or -1. */
static void put_cell(const struct canvas *canvas, long index, long *at)
{
    const struct cell *cell = &canvas->cells[index];
    long column = index % canvas->columns;
    bool last = index + 1 == (long)canvas->rows * canvas->columns;
    if (last && auto_right_margin && !eat_newline_glitch)
        return; /* that terminal would scroll */
    if (column == 0 || (*at != index && !step_to(*at, index, canvas->columns)))
        put_capability(fill_in(cursor_address, (int)(index / canvas->columns), (int)column));
    if (!blank_fits(cell))
        put_style(style_of(cell));
    buffer_append_string(&term.frame, cell->text);
    /* How wide a terminal draws a wide character is its own affair: place the next cell anew. */
    bool wide = column + 1 < canvas->columns && canvas->cells[index + 1].text[0] == '\0';
    *at = wide ? -1 : index + 1;
}

/* A frame goes out in one piece, so that no half of it is seen. */
static void write_frame(void)
{
    const char *bytes = term.frame.bytes;
    size_t left = term.frame.length;
    fflush(stdout);
    while (left > 0) {
        ssize_t written = write(STDOUT_FILENO, bytes, left);
        if (written < 0 && errno != EINTR)
            break; /* the terminal is gone; reading a key will say so */
        if (written > 0) {
            bytes += written;
            left -= (size_t)written;
        }
    }
    buffer_truncate(&term.frame, 0);
}

void term_report_mouse(bool on)
{
    if (on == (bool)term.mouse || (on && !term_has_mouse()))
        return;
    buffer_append_string(&term.frame, on ? MOUSE_ON : MOUSE_OFF);
    term.mouse = on;
    write_frame();
}

/* An empty screen, as curses sees it ever after, and nothing but blanks shown. */
static void start_anew(const struct canvas *canvas)
{
    static const struct cell blank = {" ", ROLE_TEXT};
    size_t count = (size_t)canvas->rows * (size_t)canvas->columns;
    erase();
    clearok(curscr, TRUE);
    refresh();
    free(term.shown);
    term.shown = memory_new_array(count, sizeof *term.shown);
    for (size_t i = 0; i < count; i++)
        term.shown[i] = blank;
    term.rows = canvas->rows;
    term.columns = canvas->columns;
}

/* Most rows of most frames are as they were. */
static void show_row(const struct canvas *canvas, int row, long *at)
{
    long first = (long)row * canvas->columns;
    const struct cell *cells = &canvas->cells[first];
    struct cell *shown = &term.shown[first];
    size_t size = (size_t)canvas->columns * sizeof *cells;
    if (memcmp(cells, shown, size) == 0)
        return;
    for (int i = 0; i < canvas->columns; i++)
        /* the right half of a wide cell comes with its left half */
        if (cells[i].text[0] && memcmp(&cells[i], &shown[i], sizeof *cells) != 0)
            put_cell(canvas, first + i, at);
    memcpy(shown, cells, size);
}

/*
 * Curses keeps the terminal's modes, its size and its keys; frames do not pass through its own
 * windows, which would compare them once more and write each piece by itself.
 */
void term_show(const struct canvas *canvas)
{
    long at = -1;
    if (!term.shown || term.rows != canvas->rows || term.columns != canvas->columns)
        start_anew(canvas);
    for (int row = 0; row < canvas->rows; row++)
        show_row(canvas, row, &at);
    put_style((struct theme_style){THEME_OWN, 0});
    write_frame();
}

static int translate(wint_t code)
{
    switch (code) {
    case KEY_UP:
        return TERM_KEY_UP;
    case KEY_DOWN:
        return TERM_KEY_DOWN;
    case KEY_LEFT:
        return TERM_KEY_LEFT;
    case KEY_RIGHT:
        return TERM_KEY_RIGHT;
    case KEY_SR:
    case SHIFT_UP_CODE:
        return TERM_KEY_SHIFT_UP;
    case KEY_SF:
    case SHIFT_DOWN_CODE:
        return TERM_KEY_SHIFT_DOWN;
    case KEY_SLEFT:
        return TERM_KEY_SHIFT_LEFT;
    case KEY_SRIGHT:
        return TERM_KEY_SHIFT_RIGHT;
    case KEY_HOME:
        return TERM_KEY_HOME;
    case KEY_END:
        return TERM_KEY_END;
    case KEY_PPAGE:
        return TERM_KEY_PAGE_UP;
    case KEY_NPAGE:
        return TERM_KEY_PAGE_DOWN;
    case KEY_IC:
        return TERM_KEY_INSERT;
    case KEY_DC:
        return TERM_KEY_DELETE;
    case KEY_BACKSPACE:
        return TERM_KEY_BACKSPACE;
    case KEY_ENTER:
        return TERM_KEY_ENTER;
    case KEY_BTAB:
        return TERM_KEY_SHIFT_TAB;
    case KEY_RESIZE:
        return TERM_KEY_RESIZE;
    default:
        return TERM_KEY_UNKNOWN;
    }
}

/* No key, and more to read: the beginning of a mouse's report, or one that means nothing. */
enum { READ_ON = -1 };

/*
 * The rest of a report, as far as it has come. Its bytes are read as bytes: they are no characters.
 */
static int read_report(void)
{
    enum mouse_progress progress = MOUSE_MORE;
    while (progress == MOUSE_MORE) {
        int byte = getch();
        if (byte == ERR)
            return TERM_KEY_NONE;
        if (byte == KEY_BACKSPACE)
            byte = 127; /* column 95 of the older form */
        struct timespec now = clock_now();
        term.mouse_event.milliseconds = clock_milliseconds(&(struct timespec){0}, &now);
        progress = mouse_report_take(&term.report, byte, &term.mouse_event);
    }
    return progress == MOUSE_EVENT ? TERM_KEY_MOUSE : READ_ON;
}

struct mouse_event term_mouse_event(void)
{
    return term.mouse_event;
}

static int read_typed(void)
{
    wint_t code;
    int kind = get_wch(&code);
    if (kind == ERR)
        return TERM_KEY_NONE;
    if (kind == KEY_CODE_YES && (code == MOUSE_SGR_CODE || code == MOUSE_X10_CODE)) {
        mouse_report_begin(&term.report, code == MOUSE_SGR_CODE ? MOUSE_FORM_SGR : MOUSE_FORM_X10);
        return READ_ON;
    }
    if (kind == KEY_CODE_YES)
        return translate(code);
    if (code == '\r' || code == '\n')
        return TERM_KEY_ENTER;
    if (code == '\t')
        return TERM_KEY_TAB;
    if (code == 127 || code == 8)
        return TERM_KEY_BACKSPACE;
    return (int)code;
}

/* A key that has arrived, or TERM_KEY_NONE. */
static int read_key(void)
{
    int key = READ_ON;
    while (key == READ_ON)
        key = term.report.reading ? read_report() : read_typed();
    return key;
}

/* The next key in the order in which they were typed. */
static int take_key(void)
{
    if (term.ahead_count == 0)
        return read_key();
    int key = term.ahead[0];
    memmove(&term.ahead[0], &term.ahead[1], (size_t)--term.ahead_count * sizeof key);
    return key;
}

/* What a signal asks for, as a key; TERM_KEY_NONE where none came. */
static int take_signal(void)
{
    if (got_terminate)
        return TERM_KEY_TERMINATE;
    if (got_tstp) {
        got_tstp = 0;
        term_suspend();
        return TERM_KEY_RESIZE;
    }
    if (got_winch) {
        got_winch = 0;
        follow_size();
        return TERM_KEY_RESIZE;
    }
    return TERM_KEY_NONE;
}

int term_read_key(int milliseconds)
{
    /* Keys that wait must not keep a signal out. */
    const struct timespec now = {0, 0};
    ppoll(NULL, 0, &now, &term.outside);
    for (;;) {
        int key = take_signal();
        if (key == TERM_KEY_NONE)
            key = take_key();
        if (key != TERM_KEY_NONE)
            return key;
        struct pollfd inputs[] = {{.fd = STDIN_FILENO, .events = POLLIN},
                                  {.fd = term.watched_plus_one - 1, .events = POLLIN}};
        struct timespec wait = {milliseconds / 1000, (long)(milliseconds % 1000) * 1000000};
        int ready = ppoll(inputs, 2, milliseconds < 0 ? NULL : &wait, &term.outside);
        struct pollfd input = inputs[0];
        if (ready == 0)
            return TERM_KEY_NONE;
        if (ready < 0 && errno != EINTR)
            return TERM_KEY_TERMINATE;
        if (ready > 0 && (input.revents & (POLLHUP | POLLERR | POLLNVAL)) &&
            !(input.revents & POLLIN))
            return TERM_KEY_TERMINATE;
        int pending = 1;
        if (ready > 0 && (input.revents & POLLIN) &&
            (ioctl(STDIN_FILENO, FIONREAD, &pending) != 0 || pending == 0))
            return TERM_KEY_TERMINATE; /* end of input: the terminal is gone */
        if (ready > 0 && !input.revents)
            return TERM_KEY_READY;
    }
}

void term_watch(int descriptor)
{
    term.watched_plus_one = descriptor + 1;
}

void term_suspend(void)
{
    sigset_t stop;
    bool mouse = term.mouse;
    term_report_mouse(false);
    endwin();
    tcsetattr(STDIN_FILENO, TCSANOW, &term.saved);
    signal(SIGTSTP, SIG_DFL);
    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    kill(0, SIGTSTP);
    sigprocmask(SIG_UNBLOCK, &stop, NULL); /* stops here, goes on after SIGCONT */
    sigprocmask(SIG_BLOCK, &stop, NULL);
    handle(SIGTSTP, note_signal, 0);
    refresh();
    follow_size();
    term_report_mouse(mouse);
}

bool term_key_waits(void)
{
    int pending = 0;
    if (term.ahead_count > 0)
        return true;
    return ioctl(STDIN_FILENO, FIONREAD, &pending) == 0 && pending > 0;
}

bool term_escape_waits(void)
{
    const struct timespec now = {0, 0};
    ppoll(NULL, 0, &now, &term.outside); /* lets signals in */
    while (!got_terminate && term.ahead_count < AHEAD_MAX) {
        int key = read_key();
        if (key == TERM_KEY_ESCAPE)
            return true;
        if (key == TERM_KEY_NONE)
            return false;
        if (key != TERM_KEY_MOUSE)
            term.ahead[term.ahead_count++] = key;
    }
    return got_terminate;
}

void term_end_as_told(void)
{
    sigset_t told;
    if (!got_terminate)
        return;
    sigemptyset(&told);
    sigaddset(&told, got_terminate);
    signal(got_terminate, SIG_DFL);
    raise(got_terminate);
    sigprocmask(SIG_UNBLOCK, &told, NULL);
}
