/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Playing a script: lines, keys, and the player's own commands. */
#include "ui/script.h"

#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "ui/screen.h"
#include "ui/terminal/term.h"

enum { SCRIPT_BYTES_MAX = 1 << 20, FILE_BYTES_MAX = 1 << 30, SCREEN_SIDE_MAX = 1000 };

struct player {
    const struct script *script;
    struct app_options options;
    struct app app;
    char *state_folder;
    size_t line; /* from 1 */
    int status;
};

static void fail(struct player *player, int status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Says "FILE:LINE: what is wrong"; the script ends there. */
static void fail(struct player *player, int status, const char *format, ...)
{
    struct buffer text = {0}, safe = {0};
    va_list arguments;
    va_start(arguments, format);
    buffer_print(&text, "%s:", player->script->name);
    if (player->line) /* before the first one it is nobody's */
        buffer_print(&text, "%zu:", player->line);
    buffer_append_string(&text, " ");
    buffer_print_list(&text, format, arguments);
    va_end(arguments);
    text_append(&safe, text.bytes, text.length, TEXT_UNICODE, -1);
    fprintf(player->script->err, "%s\n", buffer_string(&safe));
    player->status = status;
    buffer_done(&safe);
    buffer_done(&text);
}

/* Does all the work that a run does while no key waits. */
static void settle(struct app *app)
{
    while (app_work(app))
        ;
    app_follow(app);
}

static bool start(struct player *player, enum text_charset charset)
{
    struct registry *registry;
    struct error error;
    struct buffer text = {0};
    if (registry_open(player->options.path, &registry, &error)) {
        error_describe(&error, player->options.path, &text);
        fail(player, SCRIPT_WRONG, "%s", text.bytes);
        buffer_done(&text);
        return false;
    }
    int rows = player->app.rows, columns = player->app.columns;
    app_init(&player->app, &player->options, registry, charset);
    player->app.rows = rows;
    player->app.columns = columns;
    app_start(&player->app);
    settle(&player->app);
    return true;
}

static void press(struct player *player, int key)
{
    if (player->app.quit)
        fail(player, SCRIPT_WRONG, "calscope has quit; no key can follow");
    else
        app_key(&player->app, key);
    if (!player->app.quit)
        settle(&player->app);
    player->app.suspend = player->app.redraw = false; /* there is no terminal */
}

/* "text": at stands behind the first quote, and afterwards behind the last. */
static void type_quoted(struct player *player, const char **at)
{
    while (**at && **at != '"' && !player->status) {
        *at += **at == '\\' && ((*at)[1] == '"' || (*at)[1] == '\\');
        press(player, text_decode(at));
    }
    if (**at == '"')
        ++*at;
    else if (!player->status)
        fail(player, SCRIPT_WRONG, "a text begins with \" and does not end with one");
}

static void press_named(struct player *player, const char **at)
{
    size_t length = strcspn(*at, " \t");
    int key = action_key_named(*at, length);
    if (key == TERM_KEY_NONE)
        fail(player, SCRIPT_WRONG,
             "`%.*s` is no key; expected names as help shows them (j Enter ^R S-Up), \"text\", or "
             "a line that begins with :, %% or #",
             (int)length, *at);
    else
        press(player, key);
    *at += length;
}

static void play_keys(struct player *player, const char *line)
{
    for (const char *at = line; *at && !player->status; at += strspn(at, " \t")) {
        if (*at == '"') {
            at++;
            type_quoted(player, &at);
        } else {
            press_named(player, &at);
        }
    }
}

/* The number at *at, which then stands behind it; 0 where it is none, or no side of a screen. */
static int read_side(const char **at)
{
    int side = 0;
    for (; **at >= '0' && **at <= '9' && side <= SCREEN_SIDE_MAX; ++*at)
        side = 10 * side + (**at - '0');
    return side <= SCREEN_SIDE_MAX ? side : 0;
}

static void play_size(struct player *player, const char *text)
{
    const char *at = text;
    int columns = read_side(&at), rows = *at == 'x' ? (at++, read_side(&at)) : 0;
    if (columns == 0 || rows == 0 || *at) {
        fail(player, SCRIPT_WRONG, "`%s` is no size; expected columns and rows such as 80x24",
             text);
        return;
    }
    player->app.rows = rows;
    player->app.columns = columns;
    app_key(&player->app, TERM_KEY_RESIZE);
}

static void play_charset(struct player *player, const char *text)
{
    bool unicode = strcmp(text, "unicode") == 0;
    if (unicode || strcmp(text, "ascii") == 0)
        app_take_charset(&player->app, unicode ? TEXT_UNICODE : TEXT_ASCII);
    else
        fail(player, SCRIPT_WRONG, "`%s` is no character set; expected unicode or ascii", text);
}

static bool ends_in(const char *text, const char *end)
{
    size_t length = strlen(text), tail = strlen(end);
    return length > tail && strcmp(text + length - tail, end) == 0;
}

static void write_screen(struct player *player, const char *path, const struct buffer *bytes)
{
    struct error error;
    FILE *out = player->script->out;
    if (strcmp(path, "-") != 0) {
        if (file_replace(path, NULL, 0, bytes->bytes, bytes->length, &error))
            fail(player, SCRIPT_WRONG, "cannot write %s: %s", path, error.message);
    } else if (fwrite(bytes->bytes, 1, bytes->length, out) != bytes->length || fflush(out)) {
        fail(player, SCRIPT_WRONG, "cannot write the screen: %s", strerror(errno));
    }
}

static void play_screen(struct player *player, const char *path)
{
    struct buffer bytes = {0};
    if (!screen_is_picture(path) && !ends_in(path, ".txt") && strcmp(path, "-") != 0) {
        fail(player, SCRIPT_WRONG, "`%s` is no screen; expected FILE.txt, FILE.svg or -", path);
        return;
    }
    screen_export(&player->app, path, &bytes);
    write_screen(player, path, &bytes);
    if (player->script->on_screen)
        player->script->on_screen(&player->app, path, player->script->context);
    buffer_done(&bytes);
}

static void play_expect(struct player *player, const char *text)
{
    struct buffer shown = {0};
    screen_export(&player->app, "-", &shown);
    if (!*text) {
        fail(player, SCRIPT_WRONG, "expected a text behind %%expect");
    } else if (!strstr(buffer_string(&shown), text)) {
        fail(player, SCRIPT_NOT_AS_EXPECTED, "the screen lacks `%s`; it shows", text);
        fputs(buffer_string(&shown), player->script->err);
    }
    buffer_done(&shown);
}

static void play_restart(struct player *player, const char *text)
{
    enum text_charset charset = player->app.charset;
    if (*text) {
        fail(player, SCRIPT_WRONG, "nothing was expected behind it, and not `%s`", text);
        return;
    }
    app_done(&player->app);
    if (!start(player, charset))
        player->app.registry = NULL;
}

static void play_copy(struct player *player, const char *text)
{
    struct buffer bytes = {0};
    struct error error;
    size_t length = strcspn(text, " ");
    const char *to = text + length + strspn(text + length, " ");
    char *from = memory_print("%.*s", (int)length, text);
    if (!*to)
        fail(player, SCRIPT_WRONG, "expected two files behind %%copy");
    else if (file_read(from, FILE_BYTES_MAX, &bytes, &error))
        fail(player, SCRIPT_WRONG, "cannot read %s: %s", from, error.message);
    else if (file_replace(to, NULL, 0, buffer_string(&bytes), bytes.length, &error))
        fail(player, SCRIPT_WRONG, "cannot write %s: %s", to, error.message);
    free(from);
    buffer_done(&bytes);
}

static const struct {
    const char *name;
    void (*play)(struct player *player, const char *text);
} commands[] = {
    {"size", play_size},     {"charset", play_charset}, {"screen", play_screen},
    {"expect", play_expect}, {"restart", play_restart}, {"copy", play_copy},
};

/* Types a `:` command into the program's own prompt. */
static void type_command(struct player *player, const char *line)
{
    const char *at = line;
    if (player->app.prompt.active) {
        fail(player, SCRIPT_WRONG, "something is being typed already; end it with Enter or Esc");
        return;
    }
    press(player, text_decode(&at));
    if (player->status)
        return;
    if (!player->app.prompt.active) {
        fail(player, SCRIPT_WRONG, "there is no command `%s`", line);
        return;
    }
    while (*at && !player->status)
        press(player, text_decode(&at));
    player->app.command_line.refused = false;
    if (!player->status)
        press(player, TERM_KEY_ENTER);
    if (!player->status && player->app.command_line.refused)
        fail(player, SCRIPT_WRONG, "`%s`: %s", line, player->app.prompt.note);
}

static void play_command(struct player *player, const char *line)
{
    size_t length = strcspn(line + 1, " \t");
    const char *text = line + 1 + length + strspn(line + 1 + length, " \t");
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (strlen(commands[i].name) == length && memcmp(commands[i].name, line + 1, length) == 0) {
            commands[i].play(player, text);
            if (!player->status && !player->app.quit)
                settle(&player->app);
            return;
        }
    fail(player, SCRIPT_WRONG,
         "the player has no `%.*s`; expected %%size, %%charset, %%screen, %%expect, %%restart or "
         "%%copy; the program's own commands begin with :",
         (int)length + 1, line);
}

/* One line, without blanks at its ends. */
static void play_line(struct player *player, const char *text, size_t length)
{
    while (length > 0 && strchr(" \t\r", text[length - 1]))
        length--;
    char *copy = memory_print("%.*s", (int)length, text);
    const char *line = copy + strspn(copy, " \t");
    if (*line == '%')
        play_command(player, line);
    else if (*line == ':')
        type_command(player, line);
    else if (*line && *line != '#')
        play_keys(player, line);
    free(copy);
}

static void play_lines(struct player *player)
{
    const struct script *script = player->script;
    const char *at = script->text, *end = at + script->length;
    while (at < end && !player->status) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        size_t length = (size_t)((newline ? newline : end) - at);
        player->line++;
        if (text_check_utf8(at, length) < length || memchr(at, '\0', length))
            fail(player, SCRIPT_WRONG, "the line is no text in UTF-8");
        else
            play_line(player, at, length);
        at += length + 1;
    }
}

/* Removes the script's own state folder, and with it the journals that a restart has left there. */
static void remove_folder(const char *folder)
{
    DIR *stream = opendir(folder);
    struct dirent *entry;
    while (stream && (entry = readdir(stream)))
        unlinkat(dirfd(stream), entry->d_name, 0); /* "." and ".." refuse */
    if (stream)
        closedir(stream);
    rmdir(folder);
}

static char *make_folder(void)
{
    const char *top = getenv("TMPDIR");
    char *folder = memory_print("%s/calscope-script-XXXXXX", top && *top ? top : "/tmp");
    if (mkdtemp(folder))
        return folder;
    free(folder);
    return NULL;
}

int script_play(const struct script *script, const struct app_options *options)
{
    struct player player = {.script = script, .options = *options, .state_folder = make_folder()};
    player.options.state_folder = player.state_folder;
    player.app.rows = script->rows ? script->rows : 24;
    player.app.columns = script->columns ? script->columns : 80;
    if (start(&player, options->ascii ? TEXT_ASCII : TEXT_UNICODE)) {
        play_lines(&player);
        player.app.discard = true;
        if (player.app.registry)
            app_done(&player.app);
    }
    if (player.state_folder)
        remove_folder(player.state_folder);
    free(player.state_folder);
    return player.status;
}

int script_play_file(const char *file, const struct app_options *options)
{
    struct buffer text = {0};
    struct error error;
    int status = SCRIPT_WRONG;
    if (file_read(file, SCRIPT_BYTES_MAX, &text, &error)) {
        fprintf(stderr, "calscope: %s: %s\n", file, error.message);
    } else {
        struct script script = {.name = strcmp(file, "-") == 0 ? "standard input" : file,
                                .text = buffer_string(&text),
                                .length = text.length,
                                .out = stdout,
                                .err = stderr};
        status = script_play(&script, options);
    }
    buffer_done(&text);
    return status;
}
