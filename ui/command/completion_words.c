/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each kind of argument of a command can be. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/words.h"
#include "ui/app.h"
#include "ui/command/command_private.h"
#include "ui/command/option.h"

void complete_path(const struct app *app, const char *before, const char *word,
                   struct completion *out)
{
    (void)app;
    (void)before;
    completion_add_paths(out, word);
}

/* Completes a path or, where there is none, its ending: .svg writes a picture, .txt a text. */
void complete_screen(const struct app *app, const char *before, const char *word,
                     struct completion *out)
{
    static const char *const endings[] = {".svg", ".txt"};
    const char *slash = strrchr(word, '/'), *name = slash ? slash + 1 : word;
    int stem = (int)(name - word + (ptrdiff_t)strcspn(name, "."));
    complete_path(app, before, word, out);
    if (out->count || stem == name - word)
        return;
    for (int i = 0; i < 2; i++) {
        char *path = memory_print("%.*s%s", stem, word, endings[i]);
        completion_add(out, path);
        free(path);
    }
}

/* Ids of the list; paths where the word looks like one; and behind an "@" revisions. */
void complete_calibration(const struct app *app, const char *before, const char *word,
                          struct completion *out)
{
    const char *at = strrchr(word, '@');
    (void)before;
    for (size_t i = 0; i < registry_count(app->registry); i++)
        completion_add(out, registry_at(app->registry, i)->id);
    if (word[0] == '/' || word[0] == '.' || word[0] == '~')
        completion_add_paths(out, word);
    for (int i = 0; at && i < 4; i++) {
        char *revision = i ? memory_print("%.*s@HEAD~%d", (int)(at - word), word, i)
                           : memory_print("%.*s@HEAD", (int)(at - word), word);
        completion_add(out, revision);
        free(revision);
    }
}

void complete_curve(const struct app *app, const char *before, const char *word,
                    struct completion *out)
{
    const struct view *view = app_view(app);
    const char *name;
    (void)before;
    (void)word;
    for (size_t i = 0; view->curve_name && (name = view->curve_name(app, i)); i++)
        completion_add(out, name);
}

/* An option's name and, behind that, one of its values. */
void complete_option(const struct app *app, const char *before, const char *word,
                     struct completion *out)
{
    size_t count;
    const struct option_entry *table = option_table(&count), *option;
    (void)app;
    (void)word;
    char *name = memory_print("%.*s", (int)strcspn(before, " "), before);
    for (size_t i = 0; i < count && !*before; i++)
        completion_add(out, table[i].name);
    option = *before ? option_find(name) : NULL;
    for (size_t i = 0; option && option->value(i); i++)
        completion_add(out, option->value(i));
    free(name);
}

/* Commands and actions: those that work in the view. */
void complete_command(const struct app *app, const char *before, const char *word,
                      struct completion *out)
{
    size_t count;
    const struct command_entry *commands = command_table(&count);
    (void)before;
    (void)word;
    for (size_t i = 0; i < count; i++)
        if (command_works(app, commands[i].name))
            completion_add(out, commands[i].name);
    const struct action_entry *actions = action_table(&count);
    for (size_t i = 0; i < count; i++)
        if (actions[i].views & app_view(app)->id)
            completion_add(out, actions[i].name);
}

void complete_source(const struct app *app, const char *before, const char *word,
                     struct completion *out)
{
    (void)app;
    (void)before;
    (void)word;
    for (int i = 0; i < POINT_SOURCE_COUNT; i++)
        completion_add(out, point_source_name((enum point_source)i));
}

/* A view; then nothing, as a key is typed; then an action that works in the view. */
void complete_map(const struct app *app, const char *before, const char *word,
                  struct completion *out)
{
    size_t count, words = words_count(before);
    const struct action_entry *actions = action_table(&count);
    (void)app;
    (void)word;
    for (size_t i = 0; words == 0 && action_view_name(i); i++)
        completion_add(out, action_view_name(i));
    char *view = memory_print("%.*s", (int)strcspn(before, " "), before);
    unsigned views = action_views_named(view);
    for (size_t i = 0; words == 2 && i < count; i++)
        if (actions[i].views & views)
            completion_add(out, actions[i].name);
    free(view);
}
