/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of options. */
#include "ui/command/option.h"

#include <string.h>

#include "ui/app.h"

static const char *axis_value(size_t index)
{
    static const char *const words[] = {"linear", "log", NULL};
    return words[index];
}

static size_t axis_get(const struct app *app)
{
    return app->log_y;
}

static void axis_set(struct app *app, size_t index)
{
    app->log_y = index == 1;
}

static const char *bars_value(size_t index)
{
    static const char *const words[] = {[SCENE_BARS_NONE] = "none",
                                        [SCENE_BARS_STD] = "std",
                                        [SCENE_BARS_INTERVAL] = "interval",
                                        [SCENE_BARS_RANGE] = "range",
                                        [SCENE_BARS_RANGE + 1] = NULL};
    return words[index];
}

static size_t bars_get(const struct app *app)
{
    return app->bars;
}

static void bars_set(struct app *app, size_t index)
{
    app->bars = (enum scene_bars)index;
}

static const char *theme_value(size_t index)
{
    const struct theme *theme = theme_at(index);
    return theme ? theme_name(theme) : NULL;
}

static size_t theme_get(const struct app *app)
{
    return theme_index(app->theme);
}

static void theme_set(struct app *app, size_t index)
{
    app->theme = theme_at(index);
}

static const char *mouse_value(size_t index)
{
    static const char *const words[] = {"off", "on", NULL};
    return words[index];
}

static size_t mouse_get(const struct app *app)
{
    return app->mouse;
}

static void mouse_set(struct app *app, size_t index)
{
    app->mouse = index == 1;
}

static const char *style_value(size_t index)
{
    static const char *const words[] = {[PLOT_BRAILLE] = "braille",
                                        [PLOT_BLOCKS] = "blocks",
                                        [PLOT_ASCII] = "ascii",
                                        [PLOT_STYLES] = NULL};
    return words[index];
}

static size_t style_get(const struct app *app)
{
    return app->style;
}

/*
 * Where the terminal shows ASCII alone, that stays, so that one configuration does for all
 * terminals.
 */
static void style_set(struct app *app, size_t index)
{
    app->style = app->charset == TEXT_ASCII ? PLOT_ASCII : (enum plot_style)index;
}

static const struct option_entry entries[] = {
    {"theme", "the colours", theme_value, theme_get, theme_set},
    {"axis", "the efficiency axis", axis_value, axis_get, axis_set},
    {"bars", "the error bars", bars_value, bars_get, bars_set},
    {"style", "what lines of plots are drawn in", style_value, style_get, style_set},
    {"mouse", "whether calscope takes it, or the terminal selects text", mouse_value, mouse_get,
     mouse_set},
};

const struct option_entry *option_table(size_t *count)
{
    *count = sizeof entries / sizeof *entries;
    return entries;
}

const struct option_entry *option_find(const char *name)
{
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++)
        if (strcmp(entries[i].name, name) == 0)
            return &entries[i];
    return NULL;
}

enum status option_set(struct app *app, const struct option_entry *option, const char *word,
                       struct error *error)
{
    struct buffer words = {0};
    for (size_t i = 0; option->value(i); i++) {
        if (strcmp(option->value(i), word) == 0) {
            option->set(app, i);
            buffer_done(&words);
            return STATUS_OK;
        }
        buffer_print(&words, "%s%s", i ? ", " : "", option->value(i));
    }
    error_set(error, STATUS_REFUSED, "%s is one of %s, not \"%s\"", option->name, words.bytes,
              word);
    buffer_done(&words);
    return STATUS_REFUSED;
}

void option_append(const struct app *app, const struct option_entry *option, struct buffer *out)
{
    buffer_print(out, "%s %s", option->name, option->value(option->get(app)));
}
