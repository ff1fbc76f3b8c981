/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Composes the two faces: a command goes to src/cli, everything else opens the explorer in ui/. */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <locale.h>
#include <math.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/folders.h"
#include "base/like.h"
#include "base/memory.h"
#include "base/number.h"
#include "calibration/registry.h"
#include "calibration/source.h"
#include "cli/cli.h"
#include "fit/fit.h"
#include "ui/app.h"
#include "ui/command/config.h"
#include "ui/script.h"

enum {
    OPTION_PEAK = 1000,
    OPTION_ASCII,
    OPTION_COLOR,
    OPTION_REGISTRY,
    OPTION_SCRIPT,
    OPTION_CONFIG,
    OPTION_NO_CONFIG,
    OPTION_NO_MOUSE,
    OPTION_THEME
};

/* The explorer's command line. Strings are borrowed from argv. */
struct arguments {
    const char *path; /* NULL: the default registry */
    const char *registry;
    const char *script; /* keys to play instead of those of a terminal; NULL: none */
    const char *config; /* NULL: the user's own */
    bool no_config;
    const char *theme; /* NULL: as the configuration says */
    double peak;
    bool ascii;
    bool color;
    bool no_mouse;
};

/* One line on standard error, of which any byte may come from anywhere. Frees the text. */
static void say(struct buffer *text)
{
    struct buffer safe = {0};
    text_append(&safe, buffer_string(text), text->length, TEXT_ASCII, -1);
    fprintf(stderr, "calscope: %s\n", buffer_string(&safe));
    buffer_done(&safe);
    buffer_done(text);
}

/* Says what is wrong with the command line. */
static bool misuse(const char *format, ...) __attribute__((format(printf, 1, 2)));

static bool misuse(const char *format, ...)
{
    struct buffer text = {0};
    va_list arguments;
    va_start(arguments, format);
    buffer_print_list(&text, format, arguments);
    va_end(arguments);
    buffer_append_string(&text, "; see calscope --help");
    say(&text);
    return false;
}

static bool take_theme(struct arguments *arguments, const char *name)
{
    const struct theme *theme;
    struct buffer names = {0};
    arguments->theme = NULL;
    for (size_t i = 0; (theme = theme_at(i)); i++) {
        buffer_print(&names, "%s%s", i ? ", " : "", theme_name(theme));
        if (strcmp(theme_name(theme), name) == 0)
            arguments->theme = name;
    }
    if (!arguments->theme)
        misuse("--theme is one of %s, not `%s`", names.bytes, name);
    buffer_done(&names);
    return arguments->theme;
}

static bool take_color(struct arguments *arguments, const char *word)
{
    if (strcmp(word, "auto") == 0)
        return true;
    arguments->color = strcmp(word, "always") == 0;
    return arguments->color || strcmp(word, "never") == 0 ||
           misuse("--color is auto, always or never, not `%s`", word);
}

static bool take_peak(struct arguments *arguments, const char *text)
{
    return (number_parse_size(text, &arguments->peak) && arguments->peak > 0) ||
           misuse("--peak wants a positive number of FLOPs per second like 2.66T, not `%s`", text);
}

static bool take_option(struct arguments *arguments, int option)
{
    switch (option) {
    case OPTION_PEAK:
        return take_peak(arguments, optarg);
    case OPTION_ASCII:
        arguments->ascii = true;
        return true;
    case OPTION_NO_MOUSE:
        arguments->no_mouse = true;
        return true;
    case OPTION_COLOR:
        return take_color(arguments, optarg);
    case OPTION_REGISTRY:
        arguments->registry = optarg;
        return true;
    case OPTION_SCRIPT:
        arguments->script = optarg;
        return true;
    case OPTION_CONFIG:
        arguments->config = optarg;
        return true;
    case OPTION_THEME:
        return take_theme(arguments, optarg);
    case OPTION_NO_CONFIG:
        arguments->no_config = true;
        return true;
    default:
        return false;
    }
}

/* getopt's complaint; missing: an option's value. */
static bool complain_of_option(char **argv, const struct option *options, bool missing)
{
    const char *word = argv[optind - 1];
    char *typed = memory_print("%.*s", (int)strcspn(word, "="), word);
    struct like_search search = {.typed = typed + strspn(typed, "-")};
    for (; strlen(typed) <= LIKE_TYPED_MAX && options->name; options++)
        like_offer(&search, options->name);
    const char *meant = optopt == 0 ? search.word : NULL;
    if (missing)
        misuse("option `%s` needs a value", word);
    else if (optopt >= OPTION_PEAK)
        misuse("option `%s` takes no value", typed);
    else
        misuse("the explorer has no option `%s`%s%s%s", typed, meant ? "; did you mean `--" : "",
               meant ? meant : "", meant ? "`?" : "");
    free(typed);
    return false;
}

/* A word that is a name of nothing and like a command's was meant to be that. */
static bool misuse_command(const char *word, const char *why)
{
    const char *meant = cli_command_like(word);
    return misuse("there is no command `%s`%s%s%s%s", word, why,
                  meant ? "; did you mean `calscope " : "", meant ? meant : "", meant ? "`?" : "");
}

static bool read_arguments(int argc, char **argv, struct arguments *arguments)
{
    static const struct option options[] = {{"peak", required_argument, NULL, OPTION_PEAK},
                                            {"ascii", no_argument, NULL, OPTION_ASCII},
                                            {"no-mouse", no_argument, NULL, OPTION_NO_MOUSE},
                                            {"color", required_argument, NULL, OPTION_COLOR},
                                            {"registry", required_argument, NULL, OPTION_REGISTRY},
                                            {"script", required_argument, NULL, OPTION_SCRIPT},
                                            {"config", required_argument, NULL, OPTION_CONFIG},
                                            {"no-config", no_argument, NULL, OPTION_NO_CONFIG},
                                            {"theme", required_argument, NULL, OPTION_THEME},
                                            {NULL, 0, NULL, 0}};
    int option;
    opterr = 0;
    while ((option = getopt_long(argc, argv, ":", options, NULL)) != -1)
        if (option == '?' || option == ':')
            return complain_of_option(argv, options, option == ':');
        else if (!take_option(arguments, option))
            return false;
    if (optind < argc)
        arguments->path = argv[optind++];
    return optind == argc || misuse_command(arguments->path, ", and only one PATH is explored");
}

/* What to explore: a folder or file as it is, else a registry id. The caller frees it. */
static char *resolve(const struct arguments *arguments, struct error *error)
{
    struct stat st;
    char *registry = registry_default_path(arguments->registry);
    if (!arguments->path)
        return registry;
    char *path = stat(arguments->path, &st) == 0 ? memory_copy_string(arguments->path)
                                                 : source_find(arguments->path, registry, error);
    free(registry);
    return path;
}

/* A path that is none, and no id, but like the name of a command. */
static bool is_mistyped_command(const struct arguments *arguments)
{
    const char *path = arguments->path;
    struct error error;
    if (!path || strpbrk(path, "/@") || !cli_command_like(path))
        return false;
    char *found = resolve(arguments, &error);
    bool mistyped = !found && strcmp(path, "-") != 0;
    free(found);
    return mistyped;
}

/* Without a terminal the same question gets a printed answer. */
static int print_instead(const struct arguments *arguments)
{
    char ascii[] = "--ascii", registry[] = "--registry";
    char *options[4] = {NULL};
    int count = 0;
    if (arguments->ascii)
        options[count++] = ascii;
    if (arguments->registry) {
        options[count++] = registry;
        options[count++] = (char *)arguments->registry;
    }
    return cli_show_path(arguments->path, options);
}

static void complain(const struct error *error, const char *path)
{
    struct buffer text = {0};
    error_describe(error, path, &text);
    say(&text);
}

/*
 * The file named, which must be there; else the user's, which no script reads. The caller frees it.
 */
static char *find_config(const struct arguments *arguments)
{
    if (arguments->config)
        return memory_copy_string(arguments->config);
    return arguments->no_config || arguments->script ? NULL : config_path();
}

/* The terminal's explorer, or a script's, which shares no journals with it. */
static int explore(const struct arguments *arguments)
{
    struct error error;
    if (arguments->config && access(arguments->config, R_OK) != 0) {
        error_set(&error, STATUS_IO, "%s", strerror(errno));
        complain(&error, arguments->config);
        return 2;
    }
    char *path = resolve(arguments, &error);
    char *state = arguments->script ? NULL : folder_state();
    char *config = find_config(arguments);
    struct app_options options = {.path = path,
                                  .peak = arguments->peak,
                                  .ascii = arguments->ascii,
                                  .color = arguments->color,
                                  .no_mouse = arguments->no_mouse,
                                  .state_folder = state,
                                  .config = config,
                                  .theme = arguments->theme};
    const char *about = arguments->path;
    int status = 2;
    if (path && arguments->script)
        status = script_play_file(arguments->script, &options);
    else if (path && app_run(&options, &about, &error) == STATUS_OK)
        status = 0;
    else
        complain(&error, about);
    free(state);
    free(config);
    free(path);
    return status;
}

/*
 * A file that is opened where a standard stream was closed would take in what is meant for that.
 * What keeps its place can neither be read nor written, as if it were closed still.
 */
static void fill_standard_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0)
            (void)open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

int main(int argc, char **argv)
{
    fill_standard_streams();
    /* LC_CTYPE alone: numbers must never meet a decimal comma. */
    setlocale(LC_CTYPE, "");
    /* A full disk or a closed pipe is an error to report, not a way to die. */
    signal(SIGXFSZ, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    fit_setup();
    if (argc > 1 && cli_is_command(argv[1]))
        return cli_main(argc, argv);
    const char *no_color = getenv("NO_COLOR");
    struct arguments arguments = {.peak = NAN, .color = !no_color || !*no_color};
    if (!read_arguments(argc, argv, &arguments))
        return 2;
    if (is_mistyped_command(&arguments)) {
        misuse_command(arguments.path, ", file or device");
        return 2;
    }
    if (!arguments.script && (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)))
        return print_instead(&arguments);
    return explore(&arguments);
}
