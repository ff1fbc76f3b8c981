/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading configuration files, and what the command line says over them. */
#include "ui/command/config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/folders.h"
#include "base/memory.h"
#include "ui/app.h"
#include "ui/command/command.h"
#include "ui/command/option.h"

enum { CONFIG_BYTES_MAX = 1 << 20 };

char *config_path(void)
{
    char *folder = folder_config();
    char *path = folder ? memory_print("%s/config", folder) : NULL;
    free(folder);
    return path;
}

/*
 * Counts a wrong line and keeps it, with its place, for `:messages`; in *first if it is the first.
 */
static void keep_wrong(struct app *app, const char *path, size_t line, const struct error *why,
                       struct error *first)
{
    struct error placed;
    error_set(&placed, STATUS_INVALID, "%.200s:%zu: %s", path, line, why->message);
    messages_add(&app->messages, placed.message);
    if (app->reading.wrong++ == 0)
        *first = placed;
}

/* Does the lines, counts those that are wrong, and says of the first of them where it is. */
static void run_lines(struct app *app, const char *path, const char *text, struct error *error)
{
    size_t number = 0;
    for (const char *at = text; *at;) {
        struct error why;
        size_t length = strcspn(at, "\n"), before = app->reading.wrong;
        char *line = memory_print("%.*s", (int)length, at);
        const char *begin = line + strspn(line, " \t\r");
        number++;
        if (*begin && *begin != '#' && command_run_setting(app, begin, &why)) {
            if (app->reading.wrong == before)
                keep_wrong(app, path, number, &why, error);
            else if (before ==
                     0) /* the line sources a file, whose own first wrong line why names */
                *error = why;
        }
        free(line);
        at += length + (at[length] == '\n');
    }
}

static enum status check_nesting(const struct config_reading *reading, const char *path,
                                 const char *real, struct error *error)
{
    for (size_t i = 0; i < reading->depth; i++)
        if (strcmp(reading->paths[i], real) == 0)
            return error_set(error, STATUS_REFUSED, "%.200s: files name one another in a circle",
                             path);
    if (reading->depth == CONFIG_NESTED_MAX)
        return error_set(error, STATUS_REFUSED, "%.200s: files name one another %d deep, no deeper",
                         path, CONFIG_NESTED_MAX);
    return STATUS_OK;
}

/* Does the lines of a file; takes over real, its real path. */
static void run_file(struct app *app, const char *path, char *real, const char *text,
                     struct error *error)
{
    struct config_reading *reading = &app->reading;
    if (reading->depth == 0)
        reading->wrong = 0;
    reading->paths[reading->depth++] = real;
    run_lines(app, path, text, error);
    free(reading->paths[--reading->depth]);
    if (reading->depth == 0 && reading->wrong > 1) {
        struct error first = *error;
        error_set(error, STATUS_INVALID, "%.400s (and %zu more line%s wrong; :messages lists them)",
                  first.message, reading->wrong - 1, reading->wrong > 2 ? "s are" : " is");
    }
}

enum status config_source(struct app *app, const char *path, struct error *error)
{
    struct error why;
    struct buffer text = {0};
    char *real = file_real_path(path);
    if (!real) /* a pipe of a shell, or nothing, as reading it will say */
        real = memory_copy_string(path);
    size_t before = app->reading.depth ? app->reading.wrong : 0;
    enum status status = check_nesting(&app->reading, path, real, error);
    if (!status) {
        status = file_read_named(path, CONFIG_BYTES_MAX, &text, &why);
        if (status)
            error_set(error, status, "%.200s: %s", path, why.message);
    }
    if (status) {
        free(real);
    } else {
        for (size_t i = 0; i < text.length; i++) /* a NUL must not hide the lines behind it */
            text.bytes[i] = text.bytes[i] ? text.bytes[i] : '\1';
        run_file(app, path, real, buffer_string(&text), error);
        status = app->reading.wrong > before ? STATUS_INVALID : STATUS_OK;
    }
    buffer_done(&text);
    return status;
}

static void read_own(struct app *app)
{
    struct error error;
    const char *path = app->options->config;
    if (!path || (access(path, F_OK) != 0 && errno == ENOENT))
        return;
    enum status status = config_source(app, path, &error);
    app->message[0] = '\0'; /* nobody asked for what a setting says */
    if (status)
        app_say(app, ROLE_WARNING, "%s", error.message);
}

void config_start(struct app *app)
{
    struct error error;
    read_own(app);
    if (app->options->theme && option_set(app, option_find("theme"), app->options->theme, &error))
        app_say(app, ROLE_WARNING, "%s", error.message);
}
