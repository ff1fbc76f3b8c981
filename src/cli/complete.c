/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `calscope --complete WORD...`, which the completions of bash, zsh and fish ask. */
#include "cli/complete.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "calibration/registry.h"
#include "calibration/revision.h"
#include "calibration/source.h"
#include "calibration/walk.h"
#include "cli/options.h"
#include "fit/fit.h"
#include "report/fields.h"

/* The words of options whose values are known: of one command, or of all that have the option. */
static const struct {
    const char *command, *option, *values;
} known_values[] = {
    {NULL, "--color", "auto always never"},
    {"fit", "-w", "none std relative"},
    {"fit", "--weights", "none std relative"},
    {"diff", "--n", "observations samples"},
    {"diff", "--fail-on", "worse: better:"},
    {"plot", "--theme", "light dark"},
    {"plot", "--band", "confidence prediction"},
    {"", "--theme", "default light dark colour-blind mono"}, /* the explorer */
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

/* The first word that names a calibration; NULL where none does. The caller frees it. */
static struct calibration *load_named(const struct completion *completion)
{
    struct calibration *calibration = NULL;
    for (int i = 1; i < completion->count && !calibration; i++)
        if (completion->words[i][0] != '-')
            (void)source_load(completion->words[i], completion->cli->registry, &calibration, NULL,
                              NULL);
    return calibration;
}

static bool is_curve_option(const char *word)
{
    return strcmp(word, "-c") == 0 || strcmp(word, "--curve") == 0;
}

static void offer_curves(struct completion *completion)
{
    struct calibration *calibration = load_named(completion);
    for (size_t i = 0; calibration && i < calibration->curve_count; i++)
        offer(completion, calibration->curves[i].name, strlen(calibration->curves[i].name));
    calibration_free(calibration);
}

/* The curve that the line names, else the only one; NULL where there is no such. */
static const struct calibration_curve *curve_of(const struct completion *completion,
                                                const struct calibration *calibration)
{
    for (int i = 1; i + 1 < completion->count; i++)
        if (is_curve_option(completion->words[i]))
            return calibration_find(calibration, completion->words[i + 1], NULL);
    return calibration->curve_count == 1 ? calibration->curves : NULL;
}

/* "250M", where that is what the number is. */
static void offer_size(struct completion *completion, double flops)
{
    enum { DIGITS = 6 };
    char text[NUMBER_TEXT_MAX];
    double read;
    number_print_si(flops, DIGITS, text);
    char *blank = strchr(text, ' ');
    if (blank)
        memmove(blank, blank + 1, strlen(blank));
    if (!number_parse_size(text, &read) || read < flops || read > flops)
        number_print_repr(flops, text);
    offer(completion, text, strlen(text));
}

/* Those of the data points, behind a FILE. */
static bool offer_sizes(struct completion *completion)
{
    struct calibration *calibration = load_named(completion);
    const struct calibration_curve *curve = calibration ? curve_of(completion, calibration) : NULL;
    for (size_t i = 0; curve && i < curve->means.count; i++)
        offer_size(completion, curve->means.flops[i]);
    calibration_free(calibration);
    return calibration != NULL;
}

/* field:WORD where that can be one of few, else the fields. */
static void offer_filters(struct completion *completion)
{
    size_t count;
    const struct field *fields = fields_table(&count);
    for (size_t i = 0; i < count; i++) {
        const char *name = fields[i].name, *words = fields[i].words;
        char *term = memory_print("%s:", name);
        bool typed = strncmp(completion->prefix, term, strlen(term)) == 0;
        if (!typed)
            offer(completion, term, strlen(term));
        for (size_t length; typed && words && *words; words += length + (words[length] == ' ')) {
            length = strcspn(words, " ");
            char *whole = memory_print("%s%.*s", term, (int)length, words);
            offer_words(completion, whole);
            free(whole);
        }
        free(term);
    }
}

static void offer_orders(struct completion *completion)
{
    size_t count, length = strcspn(completion->prefix, ":");
    const struct field *fields = fields_table(&count);
    for (size_t i = 0; i < count; i++) {
        const char *name = fields[i].name;
        char *ways = memory_print("%s:asc %s:desc", name, name);
        offer_words(completion, completion->prefix[length] ? ways : name);
        free(ways);
    }
}

static void offer_models(struct completion *completion)
{
    for (size_t i = 0; i < fit_model_count(); i++)
        offer_words(completion, fit_model_name(fit_model_at(i)));
}

static void offer_values(struct completion *completion, const struct command *command,
                         const char *option)
{
    static const struct {
        const char *option;
        void (*offer)(struct completion *completion);
    } found[] = {{"-c", offer_curves},       {"--curve", offer_curves}, {"-m", offer_models},
                 {"--model", offer_models},  {"--fit", offer_models},   {"--sort", offer_orders},
                 {"--filter", offer_filters}};
    for (size_t i = 0; i < sizeof found / sizeof *found; i++)
        if (strcmp(option, found[i].option) == 0)
            found[i].offer(completion);
    for (size_t i = 0; i < sizeof known_values / sizeof *known_values; i++) {
        const char *of = known_values[i].command;
        if (strcmp(option, known_values[i].option) == 0 &&
            (!of || strcmp(of, command ? command->name : "") == 0))
            offer_words(completion, known_values[i].values);
    }
}

/* FILE@: false where the word is no such. */
static bool offer_revisions(struct completion *completion, const char *word)
{
    struct error error;
    struct buffer names = {0};
    const char *at = strrchr(word, '@');
    if (!at || at == word)
        return false;
    char *file = memory_print("%.*s", (int)(at - word), word);
    char *path = source_find(file, completion->cli->registry, &error);
    if (path)
        revision_list(path, &names);
    completion->lead = word;
    completion->lead_length = (int)(at + 1 - word);
    completion->prefix = at + 1;
    offer_words(completion, buffer_string(&names));
    buffer_done(&names);
    free(path);
    free(file);
    return true;
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

/* A command, a FILE or what stands behind one. */
static void offer_operands(struct completion *completion, const struct command *command,
                           const char *word)
{
    if (command == &command_eval && offer_sizes(completion))
        return;
    if (offer_revisions(completion, word))
        return;
    if (completion->count == 0)
        offer_commands(completion);
    offer_ids(completion);
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
        offer_values(&completion, command, option);
        free(option);
    } else if (takes_value(command, before)) {
        offer_values(&completion, command, before);
    } else if (last[0] == '-') {
        char *options = options_of(command);
        offer_words(&completion, options);
        free(options);
    } else {
        offer_operands(&completion, command, last);
    }
}
