/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Composes the two faces: a command goes to src/cli, everything else opens the explorer in ui/. */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <locale.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/folders.h"
#include "base/memory.h"
#include "base/number.h"
#include "calibration/registry.h"
#include "calibration/source.h"
#include "cli/cli.h"
#include "fit/fit.h"
#include "tune/journal.h"
#include "ui/app.h"
#include "ui/config.h"
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

static int misuse(const char *what)
{
    fprintf(stderr, "calscope: %s; see calscope --help\n", what);
    return 2;
}

static bool is_theme(const char *name)
{
    const struct theme *theme;
    for (size_t i = 0; (theme = theme_at(i)); i++)
        if (strcmp(theme_name(theme), name) == 0)
            return true;
    return false;
}

static bool take_option(struct arguments *arguments, int option)
{
    switch (option) {
    case OPTION_PEAK:
        return number_parse_size(optarg, &arguments->peak) && arguments->peak > 0;
    case OPTION_ASCII:
        arguments->ascii = true;
        return true;
    case OPTION_NO_MOUSE:
        arguments->no_mouse = true;
        return true;
    case OPTION_COLOR:
        if (strcmp(optarg, "auto") != 0)
            arguments->color = strcmp(optarg, "always") == 0;
        return arguments->color || strcmp(optarg, "never") == 0 || strcmp(optarg, "auto") == 0;
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
        arguments->theme = optarg;
        return is_theme(optarg);
    case OPTION_NO_CONFIG:
        arguments->no_config = true;
        return true;
    default:
        return false;
    }
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
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1)
        if (!take_option(arguments, option))
            return false;
    if (optind < argc)
        arguments->path = argv[optind++];
    return optind == argc;
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

static void complain(const struct error *error, const char *path)
{
    struct buffer text = {0}, safe = {0};
    error_describe(error, path, &text);
    text_append(&safe, text.bytes, text.length, TEXT_ASCII, -1);
    fprintf(stderr, "calscope: %s\n", safe.bytes);
    buffer_done(&safe);
    buffer_done(&text);
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
    int status = 2;
    if (path && arguments->script)
        status = script_play_file(arguments->script, &options);
    else if (path && app_run(&options, &error) == STATUS_OK)
        status = 0;
    else
        complain(&error, path ? path : arguments->path);
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
        return misuse("that is no command, path or option of the explorer");
    if (!arguments.script && (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)))
        return print_instead(&arguments);
    return explore(&arguments);
}
