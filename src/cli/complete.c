/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `calscope --complete WORD...`, which the completions of bash, zsh and fish ask. */
#include "cli/complete.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "calibration/registry.h"
#include "calibration/source.h"
#include "calibration/walk.h"
#include "cli/options.h"
#include "fit/fit.h"

/* The words of options whose values are known. */
static const struct {
    const char *option, *values;
} known_values[] = {
    {"--color", "auto always never"},
    {"-w", "none std relative"},
    {"--weights", "none std relative"},
    {"--n", "observations samples"},
    {"--theme", "default light dark colour-blind mono"},
    {"--fail-on", "worse: better:"},
};

/* A word to complete, and where what fits goes. */
struct completion {
    struct cli *cli;
    const char *const *words; /* those before the last */
    int count;
    const char *lead; /* stands before each candidate: "--color=" */
    int lead_length;
    const char *prefix; /* what candidates begin with */
};

static void offer(struct completion *completion, const char *candidate, size_t length)
{
    size_t wanted = strlen(completion->prefix);
    if (length < wanted || strncmp(candidate, completion->prefix, wanted) != 0)
        return;
    cli_print(completion->cli, "%.*s%.*s\n", completion->lead_length, completion->lead, (int)length,
              candidate);
}

/* Candidates that blanks or newlines part. */
static void offer_words(struct completion *completion, const char *words)
{
    while (*words) {
        size_t length = strcspn(words, " \n");
        if (length)
            offer(completion, words, length);
        words += length + (words[length] != '\0');
    }
}

static const struct command *command_of(const struct completion *completion)
{
    const struct command *command = NULL;
    for (size_t i = 0; completion->count > 0 && (command = cli_command_at(i)); i++)
        if (strcmp(command->name, completion->words[0]) == 0)
            return command;
    return NULL;
}

/*
 * A command's options, one a line, a blank behind those that take a value. The caller frees them.
 */
static char *options_of(const struct command *command)
{
    struct cli cli = {.command = command};
    if (!command)
        return memory_copy_string("--ascii\n--color \n--config \n--help\n--no-config\n--no-mouse\n"
                                  "--peak \n--registry \n--script \n--theme \n--version\n");
    char list[] = "--" OPTIONS_LIST, *argv[] = {(char *)command->name, list, NULL};
    command->run(&cli, 2, argv);
    return buffer_take(&cli.out);
}

/* Whether an option is among a command's and takes a value. */
static bool takes_value(const struct command *command, const char *option)
{
    char *options = options_of(command);
    char *line = memory_print("%s \n", option);
    const char *found = option[0] == '-' ? strstr(options, line) : NULL;
    bool takes = found && (found == options || found[-1] == '\n');
    free(line);
    free(options);
    return takes;
}

/* The curves of the first word that names a calibration. */
static void offer_curves(struct completion *completion)
{
    struct calibration *calibration = NULL;
    for (int i = 1; i < completion->count && !calibration; i++)
        if (completion->words[i][0] != '-')
            (void)source_load(completion->words[i], completion->cli->registry, &calibration, NULL,
                              NULL);
    for (size_t i = 0; calibration && i < calibration->curve_count; i++)
        offer(completion, calibration->curves[i].name, strlen(calibration->curves[i].name));
    calibration_free(calibration);
}

static void offer_values(struct completion *completion, const char *option)
{
    if (strcmp(option, "-c") == 0 || strcmp(option, "--curve") == 0)
        offer_curves(completion);
    if (strcmp(option, "-m") == 0 || strcmp(option, "--model") == 0)
        for (size_t i = 0; i < fit_model_count(); i++)
            offer_words(completion, fit_model_name(fit_model_at(i)));
    for (size_t i = 0; i < sizeof known_values / sizeof *known_values; i++)
        if (strcmp(option, known_values[i].option) == 0)
            offer_words(completion, known_values[i].values);
}

/* By the names of folders: no file is opened. */
static void offer_ids(struct completion *completion)
{
    struct walk *walk = walk_new(completion->cli->registry, REGISTRY_FILE_NAME);
    size_t root = strlen(completion->cli->registry);
    for (struct walk_folder folder; walk_next(walk, &folder);)
        if (folder.has_file && strlen(folder.path) > root) {
            const char *id = folder.path + root + strspn(folder.path + root, "/");
            offer(completion, id, strlen(id));
        }
    walk_free(walk);
}

static void offer_commands(struct completion *completion)
{
    const struct command *command;
    for (size_t i = 0; (command = cli_command_at(i)); i++)
        offer_words(completion, command->name);
}

/* A registry that is named on the line is the one to look into. */
static void take_registry(struct completion *completion)
{
    for (int i = 0; i + 1 < completion->count; i++)
        if (strcmp(completion->words[i], "--registry") == 0) {
            free(completion->cli->registry);
            completion->cli->registry = memory_copy_string(completion->words[i + 1]);
        }
}

void cli_complete(struct cli *cli, const char *const *words, int count)
{
    const char *last = count > 0 ? words[count - 1] : "";
    struct completion completion = {cli, words, count > 0 ? count - 1 : 0, "", 0, last};
    const struct command *command = command_of(&completion);
    const char *before = completion.count > 0 ? words[completion.count - 1] : "";
    const char *equals = strncmp(last, "--", 2) == 0 ? strchr(last, '=') : NULL;
    take_registry(&completion);
    if (equals) {
        char *option = memory_print("%.*s", (int)(equals - last), last);
        completion.lead = last;
        completion.lead_length = (int)(equals + 1 - last);
        completion.prefix = equals + 1;
        offer_values(&completion, option);
        free(option);
    } else if (takes_value(command, before)) {
        offer_values(&completion, before);
    } else if (last[0] == '-') {
        char *options = options_of(command);
        offer_words(&completion, options);
        free(options);
    } else {
        if (completion.count == 0)
            offer_commands(&completion);
        offer_ids(&completion);
    }
}
