/* SPDX-License-Identifier: GPL-3.0-or-later */
/* getopt_long over the common options and a command's own. */
#include "cli/options.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/like.h"
#include "base/memory.h"
#include "base/number.h"

enum {
    OPTION_JSON = 256,
    OPTION_COLOR,
    OPTION_ASCII,
    OPTION_REGISTRY,
    OPTION_LIST,
    OPTION_MANUAL,
    OPTION_HELP
};

static const struct option common[] = {
    {"json", no_argument, NULL, OPTION_JSON},
    {"color", required_argument, NULL, OPTION_COLOR},
    {"ascii", no_argument, NULL, OPTION_ASCII},
    {"registry", required_argument, NULL, OPTION_REGISTRY},
    {"help", no_argument, NULL, OPTION_HELP},
    {OPTIONS_LIST, no_argument, NULL, OPTION_LIST},
    {OPTIONS_MANUAL, no_argument, NULL, OPTION_MANUAL},
};
enum { COMMON_COUNT = sizeof common / sizeof *common };

void options_begin(void)
{
    optind = 0; /* 0, not 1: glibc forgets the last scan's place */
    opterr = 0;
}

static bool take_color(struct cli *cli, const char *word)
{
    static const char *const words[] = {"auto", "always", "never"};
    for (int i = 0; i < 3; i++)
        if (strcmp(word, words[i]) == 0) {
            cli->color = (enum color_mode)i;
            return true;
        }
    cli_misuse(cli, "--color is auto, always or never, not `%s`", word);
    return false;
}

static bool take_common(struct cli *cli, int option)
{
    switch (option) {
    case OPTION_JSON:
        cli->json = true;
        return true;
    case OPTION_COLOR:
        return take_color(cli, optarg);
    case OPTION_ASCII:
        cli->ascii = true;
        cli->charset = TEXT_ASCII;
        return true;
    default:
        free(cli->registry);
        cli->registry = memory_copy_string(optarg);
        return true;
    }
}

/* At most 24 lines of 80 columns: what is more stands in the manual page alone. */
static void print_help(struct cli *cli, bool manual)
{
    const struct command *command = cli->command;
    buffer_print(&cli->out, "calscope %s\n\n%s", command->usage, command->help);
    if (manual && command->more)
        buffer_print(&cli->out, "\n%s", command->more);
    buffer_append_string(
        &cli->out,
        "\nCommon options\n"
        "  --json        the answer as JSON     --color=WHEN    auto, always or never\n"
        "  --ascii       plain characters only  --registry DIR  where ids are looked up\n"
        "\nFILE is a path, a registry id (cpu/i7-12700K), FILE@REV or -. CURVE is an\n"
        "operation type or bandwidth:NAME. Sizes are typed as 250M, 1.5G or 3e9.\n");
}

/* Options for programs are no part of what people are told. */
static bool is_hidden(const struct option *option)
{
    return option->name[0] == '.';
}

static void print_options(struct cli *cli, const struct option_set *own)
{
    for (size_t i = 0; i < own->long_count; i++)
        buffer_print(&cli->out, "--%s%s\n", own->longs[i].name,
                     own->longs[i].has_arg == required_argument ? " " : "");
    for (size_t i = 0; i < COMMON_COUNT; i++)
        if (!is_hidden(&common[i]))
            buffer_print(&cli->out, "--%s%s\n", common[i].name, common[i].has_arg ? " " : "");
    for (const char *at = own->letters; *at; at++)
        if (*at != ':')
            buffer_print(&cli->out, "-%c%s\n", *at, at[1] == ':' ? " " : "");
    buffer_append_string(&cli->out, "-h\n");
}

/* The long option that a word was probably meant to be, or NULL. */
static const char *nearest(const char *word, const struct option *longs)
{
    size_t length = strcspn(word, "=");
    if (length < 4 || length > LIKE_TYPED_MAX || strncmp(word, "--", 2) != 0)
        return NULL;
    char *typed = memory_print("%.*s", (int)length - 2, word + 2);
    struct like_search search = {.typed = typed};
    for (; longs->name; longs++)
        if (!is_hidden(longs) && strcmp(longs->name, typed) != 0)
            like_offer(&search, longs->name);
    free(typed);
    return search.word;
}

/* getopt's complaint: optopt is the letter, or the value of a long option without its argument. */
static int complain(const struct cli *cli, char **argv, const struct option *longs, bool missing)
{
    const char *word = argv[optind - 1];
    if (missing)
        cli_misuse(cli, "option `%s` needs a value", word);
    else if (optopt != 0 && optopt < 256) /* a byte beyond ASCII is negative */
        cli_misuse(cli, "there is no option `-%c`", optopt);
    else {
        const char *meant = nearest(word, longs);
        cli_misuse(cli, "`%s` is no option here, is short for several, or takes no value%s%s%s",
                   word, meant ? "; did you mean `--" : "", meant ? meant : "", meant ? "`?" : "");
    }
    return OPTIONS_WRONG;
}

/* The last word on options. */
static int finish(const struct cli *cli)
{
    if (!cli->csv || !cli->json)
        return OPTIONS_END;
    cli_misuse(cli, "the answer is JSON or CSV, not both");
    return OPTIONS_WRONG;
}

/* Options that end a command before it began; false: it is none of them. */
static bool take_question(struct cli *cli, int option, const struct option_set *own)
{
    if (option == 'h' || option == OPTION_HELP || option == OPTION_MANUAL)
        print_help(cli, option == OPTION_MANUAL);
    else if (option == OPTION_LIST)
        print_options(cli, own);
    else
        return false;
    return true;
}

/* Options that several commands have; false: it is none of them. */
static bool take_shared(struct cli *cli, int option)
{
    if (option == OPTION_CSV)
        cli->csv = true;
    else if (option == OPTION_NAMES)
        cli->names = optarg;
    else
        return false;
    return true;
}

int options_next(struct cli *cli, int argc, char **argv, const struct option_set *own)
{
    struct option longs[COMMON_COUNT + OPTIONS_OWN_MAX + 1] = {0};
    char letters[64] = ":h"; /* a colon first: a missing value is told from an unknown option */
    memcpy(longs, common, sizeof common);
    memcpy(longs + COMMON_COUNT, own->longs, own->long_count * sizeof *longs);
    strncat(letters, own->letters, sizeof letters - strlen(letters) - 1);
    for (;;) {
        int option = getopt_long(argc, argv, letters, longs, NULL);
        if (option == -1)
            return finish(cli);
        if (option == '?' || option == ':')
            return complain(cli, argv, longs, option == ':');
        if (take_question(cli, option, own))
            return OPTIONS_HELP;
        if (take_shared(cli, option))
            continue;
        if (option < OPTION_JSON || option > OPTION_HELP)
            return option;
        if (!take_common(cli, option))
            return OPTIONS_WRONG;
    }
}

int options_status(int ended)
{
    return ended == OPTIONS_HELP ? EXIT_FINE : EXIT_TROUBLE;
}

static int take_name(const struct cli *cli, const char *name, size_t number,
                     int (*take)(void *context, const char *name), void *context)
{
    if (*name == '\0')
        cli_say(cli, "%s: name %zu is empty", cli->names, number);
    else if (strcmp(name, "-") == 0 && strcmp(cli->names, "-") == 0)
        cli_say(cli, "name %zu is -, but the names come from there", number);
    else
        return take(context, name);
    return EXIT_TROUBLE;
}

static int worse(int a, int b)
{
    return a > b ? a : b;
}

static int each_listed(const struct cli *cli, int (*take)(void *context, const char *name),
                       void *context)
{
    bool standard = strcmp(cli->names, "-") == 0;
    FILE *file = standard ? stdin : fopen(cli->names, "re");
    char *name = NULL;
    size_t room = 0, number = 0;
    int status = EXIT_FINE;
    errno = 0;
    while (file && getdelim(&name, &room, '\0', file) >= 0) {
        number++;
        status = worse(status, take_name(cli, name, number, take, context));
    }
    if (!file || ferror(file)) {
        cli_say(cli, "%s: cannot read the names: %s", cli->names, strerror(errno));
        status = EXIT_TROUBLE;
    }
    free(name);
    if (file && !standard)
        fclose(file);
    return status;
}

int options_each_name(const struct cli *cli, char **operands, int count,
                      int (*take)(void *context, const char *name), void *context)
{
    int status = EXIT_FINE;
    if (cli->names)
        return each_listed(cli, take, context);
    for (int i = 0; i < count; i++)
        status = worse(status, take(context, operands[i]));
    return status;
}

bool options_read_count(const struct cli *cli, const char *name, const char *text, size_t low,
                        size_t high, size_t *value)
{
    char *end;
    bool digits = text[0] >= '0' && text[0] <= '9';
    unsigned long long number = strtoull(text, &end, 10);
    if (digits && *end == '\0' && number >= low && number <= high) {
        *value = (size_t)number;
        return true;
    }
    cli_misuse(cli, "%s wants a whole number from %zu to %zu, not `%s`", name, low, high, text);
    return false;
}

bool options_read_percent(const struct cli *cli, const char *name, const char *text,
                          double *fraction)
{
    size_t length = strlen(text);
    length -= length > 0 && text[length - 1] == '%';
    if (number_parse(text, length, fraction) && *fraction > 0) {
        *fraction /= 100;
        return true;
    }
    cli_misuse(cli, "%s wants a positive percentage, not `%s`", name, text);
    return false;
}

const struct fit_model *options_read_model(const struct cli *cli, const char *name)
{
    const struct fit_model *model = fit_model_find(name);
    struct buffer names = {0};
    for (size_t i = 0; i < fit_model_count(); i++)
        buffer_print(&names, "%s%s", i ? ", " : "", fit_model_name(fit_model_at(i)));
    if (!model)
        cli_misuse(cli, "there is no model `%s`, but %s", name, buffer_string(&names));
    buffer_done(&names);
    return model;
}
