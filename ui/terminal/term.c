/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The terminal through ncurses: the only file that sees curses. */
#include "ui/terminal/term.h"

#include <curses.h>
#include <errno.h>
#include <fcntl.h>
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
#include <unistd.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "ui/terminal/pasted.h"
#include "ui/terminal/sequence.h"
#include "ui/terminal/term_frame.h"
#include "ui/terminal/term_input.h"
#include "ui/terminal/term_signals.h"

enum {
    SHIFT_UP_CODE = KEY_MAX + 1,
    SHIFT_DOWN_CODE,
    MOUSE_SGR_CODE,
    MOUSE_X10_CODE,
    PASTE_CODE,
    ESCAPE_DELAY_MS = 25,
    ESCAPE_DELAY_MAX_MS = 10000,
    SEQUENCE_MAX = 64 /* bytes behind an Esc; curses takes back twice as many */
};

/* Buttons and wheel, moves while one is held, coordinates without a bound: one mode a sequence. */
#define MOUSE_ON "\033[?1000h\033[?1002h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1002l\033[?1000l"

/* Whether pasted text is marked as such (bracketed paste). */
#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"

/* There is one terminal, so there is one of these. */
static struct {
    volatile sig_atomic_t started;
    volatile sig_atomic_t curses_allocates; /* curses is at work and asks for memory */
    volatile sig_atomic_t mouse;            /* the terminal was told to report it */
    char farewell[256]; /* what puts the terminal back when there is no time for curses */
    size_t farewell_length;
    struct termios saved;
    int output; /* descriptor for frames */
    bool stuck; /* the terminal takes no bytes, and the program is to end: write no more */
    struct term_frame frame;
    struct buffer *taken; /* where take_byte puts a capability */
} term;

/*
 * Puts the terminal back where the program dies, or has no memory left: by calls that are safe in a
 * signal handler and allocate nothing, so not by endwin.
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

static void before_death(int number)
{
    if (number == SIGSEGV && term.curses_allocates)
        end_for_curses();
    put_back();
}

/* tputs hands over one byte at a time. */
static int take_byte(int byte)
{
    char one = (char)byte;
    buffer_append(term.taken, &one, 1);
    return byte;
}

/*
 * Appends a capability. Only in one that asks for padding ("$<5>") curses has something to fill in.
 */
static void put_capability(struct buffer *out, const char *capability)
{
    if (!strstr(capability, "$<")) {
        buffer_append_string(out, capability);
        return;
    }
    term.taken = out;
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
static bool takes_rgb(bool numbers_rgb)
{
    const char *said = getenv("COLORTERM"), *name = getenv("TERM");
    bool says = said && (strcmp(said, "truecolor") == 0 || strcmp(said, "24bit") == 0);
    bool screen = name && strncmp(name, "screen", 6) == 0 && !getenv("TMUX");
    return numbers_rgb || has_flag("Tc") || (says && max_colors >= 256 && !screen);
}

static void learn_colors(struct term_language *language, bool wanted)
{
    const char *plain = exit_attribute_mode ? exit_attribute_mode : "";
    language->colors = wanted && max_colors >= 8 && set_a_foreground && orig_pair;
    language->plain_ends_colors = strstr(plain, "[m") || strstr(plain, "[0");
    /* max_colors is a short */
    language->numbers_rgb = tigetnum("colors") >= 1 << 24 && has_flag("RGB");
    language->depth = !language->colors                  ? THEME_MONO
                      : takes_rgb(language->numbers_rgb) ? THEME_RGB
                      : max_colors >= 256                ? THEME_256
                                                         : THEME_ANSI;
}

/* How this terminal is told what to show. */
static struct term_language learn_language(bool color)
{
    struct term_language language = {
        .plain = exit_attribute_mode,
        .own_colors = orig_pair,
        .bold = enter_bold_mode,
        .dim = enter_dim_mode,
        .underline = enter_underline_mode,
        .reverse = enter_reverse_mode,
        .color = set_a_foreground,
        .place = cursor_address,
        .right = parm_right_cursor,
        .left = cursor_left,
        .down = cursor_down,
        .uncolored = no_color_video,
        .corner_scrolls = auto_right_margin && !eat_newline_glitch,
        .put = put_capability,
        .fill_in = fill_in,
    };
    learn_colors(&language, color);
    return language;
}

void term_set_theme(const struct theme *theme)
{
    term_frame_set_theme(&term.frame, theme);
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

/*
 * Makes known what terminals send for keys in one mode or another, even where terminfo does not
 * have it. Where terminfo has these bytes for another key, that holds.
 */
static void define_other_forms(void)
{
    static const struct {
        const char *bytes;
        int code;
    } forms[] = {{"\033[A", KEY_UP},        {"\033OA", KEY_UP},       {"\033[B", KEY_DOWN},
                 {"\033OB", KEY_DOWN},      {"\033[C", KEY_RIGHT},    {"\033OC", KEY_RIGHT},
                 {"\033[D", KEY_LEFT},      {"\033OD", KEY_LEFT},     {"\033[H", KEY_HOME},
                 {"\033OH", KEY_HOME},      {"\033[1~", KEY_HOME},    {"\033[7~", KEY_HOME},
                 {"\033[F", KEY_END},       {"\033OF", KEY_END},      {"\033[4~", KEY_END},
                 {"\033[8~", KEY_END},      {"\033[2~", KEY_IC},      {"\033[3~", KEY_DC},
                 {"\033[5~", KEY_PPAGE},    {"\033[6~", KEY_NPAGE},   {"\033[Z", KEY_BTAB},
                 {"\033[1;2C", KEY_SRIGHT}, {"\033[1;2D", KEY_SLEFT}, {"\033OP", KEY_F(1)},
                 {"\033[11~", KEY_F(1)},    {"\033[[A", KEY_F(1)},    {"\033[[B", KEY_F(2)},
                 {"\033[[C", KEY_F(3)},     {"\033[[D", KEY_F(4)},    {"\033[[E", KEY_F(5)},
                 {"\033[21~", KEY_F(10)}};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (key_defined(forms[i].bytes) == 0)
            define_key(forms[i].bytes, forms[i].code);
}

/* Keys that terminfo has under extended names, and the beginnings of what a mouse sends. */
static void define_extended_keys(void)
{
    define_key("\033[1;2A", SHIFT_UP_CODE);
    define_key("\033[1;2B", SHIFT_DOWN_CODE);
    define_other_forms();
    if (term_has_mouse()) {
        define_key(MOUSE_SGR_START, MOUSE_SGR_CODE);
        define_key(MOUSE_X10_START, MOUSE_X10_CODE);
        define_key(PASTED_START, PASTE_CODE);
    }
}

static int take_farewell(int byte)
{
    if (term.farewell_length < sizeof term.farewell)
        term.farewell[term.farewell_length++] = (char)byte;
    return byte;
}

/*
 * Notes what to write at the end: it puts back mouse, attributes, screen, cursor and keys, and
 * begins a new line.
 */
static void note_farewell(void)
{
    const char *const capabilities[] = {MOUSE_OFF,           term_has_mouse() ? PASTE_OFF : NULL,
                                        exit_attribute_mode, orig_pair,
                                        exit_ca_mode,        cursor_normal,
                                        keypad_local,        "\r\n"};
    for (size_t i = 0; i < sizeof capabilities / sizeof *capabilities; i++)
        if (capabilities[i])
            tputs(capabilities[i], 1, take_farewell);
}

void term_redraw(void)
{
    clearok(curscr, TRUE);
    term_frame_forget(&term.frame);
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
void term_follow_size(void)
{
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0)
        resize_curses(size.ws_row, size.ws_col);
    term_redraw();
}

/*
 * Opens the terminal a second time, so that no write waits: waiting in a write would keep signals
 * out. The descriptor that there is may be shared with other programs, and is left as it is.
 */
static void open_output(void)
{
    term.output = open("/proc/self/fd/1", O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (term.output < 0)
        term.output = STDOUT_FILENO;
}

/*
 * Waits until the terminal takes bytes. False where it is gone or, once the program was asked to
 * end, has taken none for a while; from then on nothing is written any more.
 */
static bool wait_for_room(void)
{
    enum { PATIENCE_MS = 500 };
    struct pollfd output = {.fd = term.output, .events = POLLOUT};
    int ready = -1;
    while (ready < 0 && !term.stuck) {
        ready = term_signals_poll(&output, 1, term_signals_end() ? PATIENCE_MS : -1);
        term.stuck = ready == 0 || (ready < 0 && errno != EINTR);
    }
    return !term.stuck;
}

/* A frame goes out in one piece where there is room, so that no half of it is seen. */
static void write_frame(void)
{
    const char *bytes = term.frame.bytes.bytes;
    size_t left = term.frame.bytes.length;
    fflush(stdout);
    while (left > 0 && wait_for_room()) {
        ssize_t written = write(term.output, bytes, left);
        if (written < 0 && errno != EINTR && errno != EAGAIN)
            break; /* the terminal is gone; reading a key will say so */
        if (written > 0) {
            bytes += written;
            left -= (size_t)written;
        }
    }
    buffer_truncate(&term.frame.bytes, 0);
}

void term_report_mouse(bool on)
{
    if (on == (bool)term.mouse || (on && !term_has_mouse()))
        return;
    buffer_append_string(&term.frame.bytes, on ? MOUSE_ON : MOUSE_OFF);
    term.mouse = on;
    write_frame();
}

/* Has pasted text marked, or no more. Terminals that know a mouse know this or ignore it. */
static void mark_pasted(bool on)
{
    if (!term_has_mouse())
        return;
    buffer_append_string(&term.frame.bytes, on ? PASTE_ON : PASTE_OFF);
    write_frame();
}

/*
 * How long an Esc waits for bytes that make it another key: what ESCDELAY says, as for all curses
 * programs; otherwise less than curses' own second, which is too long.
 */
static void choose_escape_delay(void)
{
    const char *said = getenv("ESCDELAY");
    size_t digits = said ? strspn(said, "0123456789") : 0;
    bool holds = digits > 0 && digits <= 5 && !said[digits] && atoi(said) <= ESCAPE_DELAY_MAX_MS;
    set_escdelay(holds ? atoi(said) : ESCAPE_DELAY_MS);
}

static enum status open_screen(bool color, struct error *error)
{
    enum status status = check_terminal(error);
    if (status)
        return status;
    if (!newterm(NULL, stdout, stdin)) /* what else could be missing has been looked at */
        end_for_curses();
    note_farewell();
    open_output();
    term.started = true;
    raw();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    nodelay(stdscr, TRUE);
    choose_escape_delay();
    curs_set(0);
    define_extended_keys();
    const struct term_language language = learn_language(color);
    term_frame_init(&term.frame, &language);
    mark_pasted(true);
    return STATUS_OK;
}

enum status term_start(bool color, struct error *error)
{
    tcgetattr(STDIN_FILENO, &term.saved);
    term_signals_take(before_death);
    atexit(on_early_exit);
    memory_on_failure(put_back);
    term.curses_allocates = true;
    enum status status = open_screen(color, error);
    term.curses_allocates = false;
    return status;
}

void term_stop(void)
{
    if (!term.started)
        return;
    term_report_mouse(false);
    mark_pasted(false);
    term.curses_allocates = true;
    if (wait_for_room())
        endwin(); /* the screen stays: delscreen asks for memory once more */
    term.curses_allocates = term.started = false;
    tcsetattr(STDIN_FILENO, TCSANOW, &term.saved);
    memory_on_failure(NULL);
    term_frame_done(&term.frame);
    if (term.output != STDOUT_FILENO)
        close(term.output);
}

/*
 * Curses keeps the terminal's modes, its size and its keys; frames do not pass through its own
 * windows, which would compare them once more and write each piece by itself.
 */
void term_show(const struct canvas *canvas)
{
    if (!term_frame_fits(&term.frame, canvas)) {
        erase();
        clearok(curscr, TRUE);
        refresh(); /* an empty screen, as curses sees it ever after */
        term_frame_start(&term.frame, canvas);
    }
    term_frame_compose(&term.frame, canvas);
    write_frame();
}

static int translate(wint_t code)
{
    if (code >= KEY_F(1) && code <= KEY_F(12))
        return TERM_KEY_F1 + (int)(code - KEY_F(1));
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
    case KEY_FIND: /* as the keys in these places are called on a vt220 */
        return TERM_KEY_HOME;
    case KEY_END:
    case KEY_SELECT:
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
    case PASTE_CODE:
        return TERM_KEY_PASTE;
    default:
        return TERM_KEY_UNKNOWN;
    }
}

/*
 * What an Esc is that begins no key which curses knows. A control sequence that comes whole, or
 * whose bytes come no later than a key's would, is one unknown key, so that its letters do not act.
 * Else Esc is a key, and each byte behind it is one again.
 */
static int read_behind_escape(void)
{
    int bytes[SEQUENCE_MAX], count = 0;
    enum sequence_progress progress = SEQUENCE_MORE;
    while (progress == SEQUENCE_MORE && count < SEQUENCE_MAX) {
        int byte = getch();
        if (byte == ERR)
            break;
        bytes[count++] = byte;
        progress = sequence_look(bytes, count);
        timeout(get_escdelay());
    }
    nodelay(stdscr, TRUE);
    if (progress == SEQUENCE_STRING)
        return TERM_TYPED_STRING;
    if (progress == SEQUENCE_WHOLE || count == SEQUENCE_MAX)
        return TERM_KEY_UNKNOWN;
    while (count > 0)
        ungetch(bytes[--count]);
    return TERM_KEY_ESCAPE;
}

int term_typed(enum mouse_form *form)
{
    wint_t code;
    int kind = get_wch(&code);
    if (kind == ERR)
        return TERM_KEY_NONE;
    if (kind == KEY_CODE_YES && (code == MOUSE_SGR_CODE || code == MOUSE_X10_CODE)) {
        *form = code == MOUSE_SGR_CODE ? MOUSE_FORM_SGR : MOUSE_FORM_X10;
        return TERM_KEY_MOUSE;
    }
    if (kind == KEY_CODE_YES)
        return translate(code);
    if (code == '\r' || code == '\n')
        return TERM_KEY_ENTER;
    if (code == '\t')
        return TERM_KEY_TAB;
    if (code == 127 || code == 8)
        return TERM_KEY_BACKSPACE;
    if (code == TERM_KEY_ESCAPE)
        return read_behind_escape();
    return (int)code;
}

int term_typed_byte(void)
{
    int byte = getch();
    if (byte == ERR)
        return -1;
    return byte == KEY_BACKSPACE ? 127 : byte; /* curses makes a key of it here, too */
}

void term_give_back(int byte)
{
    ungetch(byte);
}

void term_suspend(void)
{
    bool mouse = term.mouse;
    term_report_mouse(false);
    mark_pasted(false);
    endwin();
    tcsetattr(STDIN_FILENO, TCSANOW, &term.saved);
    term_signals_stop_job();
    refresh();
    term_follow_size();
    mark_pasted(true);
    term_report_mouse(mouse);
}
