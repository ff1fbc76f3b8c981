/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading configuration files, and what the command line says over them. */
#include "ui/config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/folders.h"
#include "base/memory.h"
#include "ui/app.h"
#include "ui/command.h"
#include "ui/option.h"

enum { CONFIG_BYTES_MAX = 1 << 20, NESTED_MAX = 8 };

char *config_path(void)
{
    char *folder = folder_config();
    char *path = folder ? memory_print("%s/config", folder) : NULL;
    free(folder);
    return path;
}

/* What is wrong, and where, which a file that is sourced says itself. */
static void place(struct error *error, const char *path, size_t line, const struct error *why)
{
    if (why->status == STATUS_INVALID)
        *error = *why;
    else
        error_set(error, STATUS_INVALID, "%.200s:%zu: %s", path, line, why->message);
}

/* Does the lines; returns how many are wrong, the first of them in error. */
static size_t run_lines(struct app *app, const char *path, const char *text, struct error *error)
{
    size_t wrong = 0, number = 0;
    for (const char *at = text; *at;) {
        struct error why;
        size_t length = strcspn(at, "\n");
        char *line = memory_print("%.*s", (int)length, at);
        const char *begin = line + strspn(line, " \t\r");
        number++;
        if (*begin && *begin != '#' && command_run_setting(app, begin, &why) && wrong++ == 0)
            place(error, path, number, &why);
        free(line);
        at += length + (at[length] == '\n');
    }
    return wrong;
}

enum status config_source(struct app *app, const char *path, struct error *error)
{
    struct error why;
    struct buffer text = {0};
    if (app->sourcing == NESTED_MAX)
        return error_set(error, STATUS_REFUSED, "%.200s: files name one another in a circle", path);
    enum status status = file_read(path, CONFIG_BYTES_MAX, &text, &why);
    if (status) {
        buffer_done(&text);
        return error_set(error, status, "%.200s: %s", path, why.message);
    }
    app->sourcing++;
    size_t wrong = run_lines(app, path, buffer_string(&text), error);
    app->sourcing--;
    buffer_done(&text);
    if (wrong > 1) {
        struct error first = *error;
        error_set(error, STATUS_INVALID, "%.400s (and %zu more line%s wrong)", first.message,
                  wrong - 1, wrong > 2 ? "s are" : " is");
    }
    return wrong ? STATUS_INVALID : STATUS_OK;
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
