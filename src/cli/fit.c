/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * calscope fit PATH... [-c CURVE] [-m MODEL]: refits the curves of files or of registries.
 *
 * JSON, one object a curve and a line: {"file","curve","weights","points","best","fits":[{"model",
 * "status","parameters":{},"breakpoints":[],"std_errors":{},"r_squared","r_squared_unweighted",
 * "residual_std","standard_error","max_residual","aicc","loo_rmse","warnings":[],
 * "residuals":[],"intervals":{name:[low,high]},"leverages":[],"deleted_residuals":[],
 * "outliers":[],"choices":[{"breakpoints","sse","aicc"}],"robust_weights":[],"sse","sse_free",
 * "at_bound":[],"outliers_own_std":[],"savable","latency_ratio","latency_ratio_at",
 * "falling_latency":[[low,high]]}],"sentence","best_savable"};
 * breakpoints are what a save would write, none where it would be refused for its values; residuals
 * are those of the points that were fitted, in the order of the file, and outliers places among
 * them; choices, of piecewise_linear alone, is the table over its number of breakpoints; with
 * --robust there are robust_weights instead. sse, sse_free and at_bound are those of fit.h, null
 * and empty without --monotone and --positive; outliers_own_std are judged by each point's own
 * spread; a fit that is ok and not savable is not positive somewhere in the range. latency_ratio is
 * predicted over measured latency where they are furthest apart, of the points where mean and fit
 * are positive; falling_latency is of breakpoints.
 * best_savable is best, or where that cannot be saved the best of those that can.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "calibration/registry.h"
#include "cli/fit_request.h"
#include "cli/options.h"

enum {
    OPTION_FLOOR = OPTION_OWN,
    OPTION_ROBUST,
    OPTION_MONOTONE,
    OPTION_POSITIVE,
    OPTION_EXCLUDE,
    OPTION_SAVE,
    OPTION_DRY_RUN,
    OPTION_AS_MODEL,
    OPTION_TOLERANCE,
    OPTION_NOTE,
};

/* "0,3,4" */
static bool read_excluded(const struct cli *cli, const char *text, struct fit_request *request)
{
    size_t capacity = strlen(text) / 2 + 1;
    free(request->excluded);
    request->excluded = memory_new_array(capacity, sizeof *request->excluded);
    request->excluded_count = 0;
    for (const char *at = text; *at;) {
        size_t length = strcspn(at, ",");
        char *word = memory_print("%.*s", (int)length, at);
        bool good = options_read_count(cli, "--exclude", word, 0, 1000000000,
                                       &request->excluded[request->excluded_count++]);
        free(word);
        if (!good)
            return false;
        at += length;
        at += *at == ',';
    }
    return true;
}

static bool read_weights(const struct cli *cli, const char *name, struct fit_request *request)
{
    for (int i = 0; i < LABORATORY_WEIGHTS; i++)
        if (strcmp(name, laboratory_weights_name((enum laboratory_weights)i)) == 0) {
            request->weights = (enum laboratory_weights)i;
            return true;
        }
    cli_misuse(cli, "-w is none, std or relative, not `%s`", name);
    return false;
}

static bool take_option(const struct cli *cli, int option, struct fit_request *request)
{
    switch (option) {
    case 'c':
        request->curve_name = optarg;
        return true;
    case 'm':
        request->model = options_read_model(cli, optarg);
        return request->model != NULL;
    case 'w':
        return read_weights(cli, optarg, request);
    case 'k':
        return options_read_count(cli, "-k", optarg, 2, FIT_BREAKPOINTS_MAX,
                                  &request->options.breakpoints);
    case OPTION_FLOOR:
        request->options.floor = true;
        return true;
    case OPTION_ROBUST:
        request->options.robust = true;
        return true;
    case OPTION_MONOTONE:
        request->options.monotone = true;
        return true;
    case OPTION_POSITIVE:
        request->options.positive = true;
        return true;
    case OPTION_EXCLUDE:
        return read_excluded(cli, optarg, request);
    case OPTION_SAVE:
        request->save = true;
        return true;
    case OPTION_DRY_RUN:
        request->dry_run = true;
        return true;
    case OPTION_AS_MODEL:
        request->as_model = true;
        return true;
    case OPTION_NOTE:
        request->note = optarg;
        return true;
    default:
        return options_read_percent(cli, "--tolerance", optarg, &request->tolerance);
    }
}

/* OPTIONS_WRONG, said, where the arguments do not go together. */
static int check_request(const struct cli *cli, const struct fit_request *request, char **paths,
                         int count)
{
    bool one = request->save || request->excluded_count;
    if (cli->names ? count != 0 : count == 0)
        cli_misuse(cli, "fit wants at least one PATH, or --files0-from");
    else if (one && (cli->names || count != 1 || registry_is_folder(paths[0])))
        cli_misuse(cli, "--save and --exclude want one file, not several, nor a folder of devices");
    else if (request->save && !request->model)
        cli_misuse(cli, "--save wants the model to save: -m MODEL");
    else if ((request->dry_run || request->as_model || request->note) && !request->save)
        cli_misuse(cli, "--dry-run, --as-model and --note go with --save");
    else if (request->save && cli->csv)
        cli_misuse(cli, "--csv is for figures: without --save");
    else
        return OPTIONS_END;
    return OPTIONS_WRONG;
}

static int read_request(struct cli *cli, int argc, char **argv, struct fit_request *request)
{
    static const struct option longs[] = {
        {"curve", required_argument, NULL, 'c'},
        {"model", required_argument, NULL, 'm'},
        {"weights", required_argument, NULL, 'w'},
        {"breakpoints", required_argument, NULL, 'k'},
        {"floor", no_argument, NULL, OPTION_FLOOR},
        {"robust", no_argument, NULL, OPTION_ROBUST},
        {"monotone", no_argument, NULL, OPTION_MONOTONE},
        {"positive", no_argument, NULL, OPTION_POSITIVE},
        {"exclude", required_argument, NULL, OPTION_EXCLUDE},
        {"save", no_argument, NULL, OPTION_SAVE},
        {"dry-run", no_argument, NULL, OPTION_DRY_RUN},
        {"as-model", no_argument, NULL, OPTION_AS_MODEL},
        {"tolerance", required_argument, NULL, OPTION_TOLERANCE},
        {"note", required_argument, NULL, OPTION_NOTE},
        OPTIONS_CSV,
        OPTIONS_NAMES,
    };
    static const struct option_set own = {"c:m:w:k:", longs, sizeof longs / sizeof *longs};
    int option;
    options_begin();
    while ((option = options_next(cli, argc, argv, &own)) >= 0)
        if (!take_option(cli, option, request))
            return OPTIONS_WRONG;
    if (option != OPTIONS_END)
        return option;
    return check_request(cli, request, argv + optind, argc - optind);
}

/* What fit_one needs for each path. */
struct context {
    struct cli *cli;
    const struct fit_request *request;
};

static int fit_one(void *context, const char *path)
{
    const struct context *asked = context;
    return fit_path(asked->cli, asked->request, path);
}

static int run_fit(struct cli *cli, int argc, char **argv)
{
    struct fit_request request = {.tolerance = 0.01};
    struct context context = {cli, &request};
    int ended = read_request(cli, argc, argv, &request);
    int status = ended != OPTIONS_END
                     ? options_status(ended)
                     : options_each_name(cli, argv + optind, argc - optind, fit_one, &context);
    free(request.excluded);
    return status;
}

const struct command command_fit = {
    .name = "fit",
    .usage = "fit PATH... [-c CURVE] [-m MODEL]",
    .help = "Refits the curves of a file, all models side by side with the stored curve; *\n"
            "marks the best that can be saved. Of a folder: every curve of every file, a\n"
            "row each. Exit status 1 if the MODEL asked for is not \"ok\".\n"
            "\n"
            "  -c, --curve CURVE    one curve only\n"
            "  -m, --model MODEL    piecewise_linear, log_linear or sigmoid only\n"
            "  -w, --weights HOW    none (default), std: 1/std^2, relative: 1/mean^2\n"
            "  -k, --breakpoints N  how many for piecewise_linear (default: the best AICc)\n"
            "  --floor              of a sigmoid is free   --robust       outliers weigh less\n"
            "  --monotone           it never falls         --positive     it stays above zero\n"
            "  --exclude I,J        without these points   --csv          a row a fit\n"
            "  --save               writes the fit of -m   --dry-run      only shows its diff\n"
            "  --tolerance PERCENT  of --save (default 1)  --note TEXT    why, into the notes\n"
            "  --as-model           writes curve_type, too\n"
            "  --files0-from LIST   NUL-ended names of PATHs, from LIST or - (standard input)\n",
    .more = "With --robust points far off lose their weight (bisquare). With --monotone\n"
            "efficiency never falls as FLOPs rise; with --positive it stays at or above 1/100\n"
            "of the smallest positive mean. --exclude counts data points from 0. --save writes\n"
            "piecewise_linear breakpoints sampled from the fit, within --tolerance of it;\n"
            "--as-model the model's own curve_type and parameters, too. With --dry-run the\n"
            "file stays as it is. A note is dated.\n",
    .run = run_fit,
};
