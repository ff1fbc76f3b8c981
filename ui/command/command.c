/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of commands, and the way from a typed line to one of them or to an action. */
#include "ui/command/command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/words.h"
#include "ui/app.h"
#include "ui/command/command_private.h"

static const struct command_entry entries[] = {
    {.name = "open",
     .aliases = "e",
     .arguments = "ID|PATH[@REV]",
     .help = "Open an id, a file, or as in git; `:e!` loads anew",
     .takes_force = true,
     .run = command_open,
     .complete = complete_calibration},
    {.name = "curve",
     .arguments = "NAME",
     .help = "Take another curve of what is open",
     .run = command_curve,
     .complete = complete_curve,
     .works = command_curve_works},
    {.name = "compare",
     .arguments = "A [B]",
     .help = "Compare A with B, else with what is open",
     .words = true,
     .run = command_compare,
     .complete = complete_calibration},
    {.name = "write",
     .aliases = "w",
     .arguments = "[PATH]",
     .help = "Write the file, or a copy; `:w!` over others' edits",
     .takes_force = true,
     .run = command_write,
     .complete = complete_path},
    {.name = "wall",
     .aliases = "wa",
     .arguments = "",
     .help = "Write all files but those others have changed too",
     .run = command_write_all},
    {.name = "quit",
     .aliases = "q",
     .arguments = "",
     .help = "Quit if all is saved; `:q!` gives up what is not",
     .takes_force = true,
     .run = command_quit},
    {.name = "wq",
     .aliases = "x",
     .arguments = "",
     .help = "Write all changes into their files, then quit",
     .run = command_write_quit},
    {.name = "set",
     .arguments = "[OPTION [VALUE]]",
     .help = "Change an option, or show one, or all",
     .setting = true,
     .words = true,
     .run = command_set,
     .complete = complete_option},
    {.name = "map",
     .arguments = "[VIEW KEY ACTION]",
     .help = "Have a key do an action; VIEW may be all",
     .setting = true,
     .words = true,
     .run = command_map,
     .complete = complete_map},
    {.name = "unmap",
     .arguments = "VIEW KEY",
     .help = "Have a key do nothing",
     .setting = true,
     .words = true,
     .run = command_unmap,
     .complete = complete_map},
    {.name = "source",
     .arguments = "FILE",
     .help = "Do what a configuration file says",
     .setting = true,
     .run = command_source,
     .complete = complete_path},
    {.name = "goto",
     .arguments = "SIZE",
     .help = "Move the cursor to a size, such as 250M",
     .run = command_goto,
     .works = command_goto_works},
    {.name = "screen",
     .arguments = "FILE",
     .help = "Write the screen: text or .svg; `:screen!` replaces",
     .takes_force = true,
     .run = command_screen,
     .complete = complete_screen},
    {.name = "peak", .arguments = "SIZE", .help = "Set the theoretical peak, such as 2.66T"},
    {.name = "filter",
     .arguments = "TEXT",
     .help = "Show only rows with these words and fields: r2<0.9"},
    {.name = "revision", .arguments = "REV", .help = "Compare with git: HEAD, HEAD~3, a branch"},
    {.name = "exact",
     .arguments = "SIZE:EFFICIENCY",
     .help = "Put the breakpoint there; :EFFICIENCY keeps its size"},
    {.name = "scale", .arguments = "FACTOR", .help = "Multiply the whole curve"},
    {.name = "note", .arguments = "TEXT", .help = "Add a note on why to what will be written"},
    {.name = "copy",
     .arguments = "PATH",
     .help = "Write the file with its changes elsewhere",
     .complete = complete_path},
    {.name = "leave-out-source",
     .arguments = "SOURCE",
     .help = "Leave out all points of a source, or take them back",
     .complete = complete_source},
    {.name = "tolerance",
     .arguments = "PERCENT",
     .help = "How close an adopted fit stays to its model, in %"},
    {.name = "messages",
     .arguments = "",
     .help = "What was said in this run, wrong settings among it",
     .run = command_messages},
    {.name = "help",
     .aliases = "h",
     .arguments = "[NAME]",
     .help = "All keys and commands, or what NAME does",
     .run = command_help,
     .complete = complete_command},
};

const struct command_entry *command_table(size_t *count)
{
    *count = sizeof entries / sizeof *entries;
    return entries;
}

const struct command_entry *command_find(const char *name)
{
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++)
        if (strcmp(entries[i].name, name) == 0 ||
            (entries[i].aliases && words_have(entries[i].aliases, name)))
            return &entries[i];
    return NULL;
}

bool command_works(const struct app *app, const char *name)
{
    const struct command_entry *entry = command_find(name);
    const struct action_entry *action = action_find(name);
    if (entry && entry->run)
        return !entry->works || entry->works(app);
    return action && (action->views & app_view(app)->id);
}

/* --- from a name to what it stands for --- */

/*
 * Appends the names of all commands and actions that begin so, or only of those that work in the
 * view in front (here). Returns how many there are, the last one in *found.
 */
static size_t find_beginning(const struct app *app, const char *beginning, bool here,
                             const char **found, struct buffer *names)
{
    size_t count, matches = 0, commands = sizeof entries / sizeof *entries;
    const struct action_entry *actions = action_table(&count);
    for (size_t i = 0; i < commands + count; i++) {
        const char *name = i < commands ? entries[i].name : actions[i - commands].name;
        if (strncmp(name, beginning, strlen(beginning)) != 0 ||
            (i >= commands && command_find(name)) || (here && !command_works(app, name)))
            continue;
        *found = name;
        buffer_print(names, "%s%s", matches++ ? ", " : "", name);
    }
    return matches;
}

/* Names that work in the view in front come first: any other would only be refused. */
const char *command_complete_name(const struct app *app, const char *beginning, struct error *error)
{
    struct buffer names = {0};
    const char *found = NULL;
    size_t matches = find_beginning(app, beginning, true, &found, &names);
    if (matches == 0)
        matches = find_beginning(app, beginning, false, &found, &names);
    if (matches == 0)
        error_set(error, STATUS_REFUSED, "There is no command \"%s\"; Tab lists them", beginning);
    else if (matches > 1)
        error_set(error, STATUS_REFUSED, "\"%s\" could be %.300s", beginning, names.bytes);
    buffer_done(&names);
    return matches == 1 ? found : NULL;
}

enum status command_act(struct app *app, const char *name, const char *answer, struct error *error)
{
    const struct action_entry *entry = action_find(name);
    enum view_id view = app_view(app)->id;
    if (!(entry->views & view)) {
        struct buffer text = {0};
        buffer_print(&text, "%s works in: ", name);
        action_append_places(entry->views, &text);
        buffer_append_string(&text, "; this is: ");
        action_append_places(view, &text);
        error_set(error, STATUS_REFUSED, "%s", text.bytes);
        buffer_done(&text);
        return STATUS_REFUSED;
    }
    if (strlen(answer) >= PROMPT_TEXT_MAX)
        return error_set(error, STATUS_REFUSED, "Longer than %d bytes", PROMPT_TEXT_MAX - 1);
    app_act(app, entry->action);
    if (*answer && app->prompt.active) {
        app->prompt.active = false;
        app->asked.accept(app, answer);
    }
    if (*answer && app->prompt.active && app->prompt.note[0]) { /* the answer was refused */
        app->prompt.active = false;
        return error_set(error, STATUS_REFUSED, "%s", app->prompt.note);
    }
    return STATUS_OK;
}

static enum status run_entry(struct app *app, const struct command_entry *entry,
                             const struct command_call *call, struct error *error)
{
    if (call->force && !entry->takes_force)
        return error_set(error, STATUS_REFUSED, "%s takes no \"!\"", entry->name);
    if (*call->arguments && !entry->arguments[0])
        return error_set(error, STATUS_REFUSED, "%s takes nothing behind it", entry->name);
    if (!entry->run)
        return command_act(app, entry->name, call->arguments, error);
    struct command_call copy = *call;
    enum status status = entry->words ? words_read(call->arguments, &copy.words, error) : STATUS_OK;
    if (!status)
        status = entry->run(app, &copy, error);
    words_done(&copy.words);
    return status;
}

/* A typed line, taken apart. Owns text, which the others point into. */
struct line {
    char *text;
    const char *name;
    struct command_call call; /* without words */
};

static void line_read(const char *typed, struct line *line)
{
    *line = (struct line){0};
    typed += strspn(typed, " \t:");
    line->text = memory_copy_string(typed);
    words_trim_end(line->text);
    char *end = line->text + strcspn(line->text, " \t!");
    line->call.force = *end == '!';
    line->call.arguments = end + (*end != '\0');
    line->call.arguments += strspn(line->call.arguments, " \t");
    *end = '\0';
    line->name = line->text;
}

static enum status run_line(struct app *app, const struct line *line, struct error *error)
{
    const struct command_entry *entry = command_find(line->name);
    const struct action_entry *action = entry ? NULL : action_find(line->name);
    const char *name = line->name;
    if (!entry && !action) {
        name = command_complete_name(app, line->name, error);
        if (!name)
            return STATUS_REFUSED;
        entry = command_find(name);
    }
    if (entry)
        return run_entry(app, entry, &line->call, error);
    if (*line->call.arguments || line->call.force)
        return error_set(error, STATUS_REFUSED, "%s takes nothing behind it", name);
    return command_act(app, name, "", error);
}

/* `:!` runs the shell in vim; here its output would go over the screen. */
static enum status refuse_shell(struct error *error)
{
    return error_set(error, STATUS_REFUSED,
                     "No commands of the shell here: :suspend stops calscope, `fg` brings it back");
}

enum status command_run(struct app *app, const char *line, struct error *error)
{
    struct line parts;
    line_read(line, &parts);
    enum status status = STATUS_OK;
    if (parts.name[0])
        status = run_line(app, &parts, error);
    else if (parts.call.force)
        status = refuse_shell(error);
    free(parts.text);
    return status;
}

enum status command_run_setting(struct app *app, const char *line, struct error *error)
{
    struct line parts;
    line_read(line, &parts);
    const struct command_entry *entry = command_find(parts.name);
    enum status status;
    if (entry && entry->setting)
        status = run_entry(app, entry, &parts.call, error);
    else
        status = error_set(error, STATUS_REFUSED,
                           "\"%s\" is no setting; expected set, map, unmap or source", parts.name);
    free(parts.text);
    return status;
}
