/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * calscope fit PATH... [-c CURVE] [-m MODEL]: refits the curves of files or of registries.
 *
 * JSON, one object a curve and a line: {"file","curve","weights","points","best","fits":[{"model",
 * "status","parameters":{},"breakpoints":[],"std_errors":{},"r_squared","r_squared_unweighted",
 * "residual_std","standard_error","max_residual","aicc","loo_rmse","warnings":[],
 * "residuals":[],"intervals":{name:[low,high]},"leverages":[],"deleted_residuals":[],
 * "outliers":[],"choices":[{"breakpoints","sse","aicc"}],"robust_weights":[],"sse","sse_free",
 * "at_bound":[],"outliers_own_std":[],"savable"}],"sentence"};
 * breakpoints are what a save would write, none where it would be refused for its values; residuals
 * are those of the points that were fitted, in the order of the file, and outliers places among
 * them; choices, of piecewise_linear alone, is the table over its number of breakpoints; with
 * --robust there are robust_weights instead. sse, sse_free and at_bound are those of fit.h, null
 * and empty without --monotone and --positive; outliers_own_std are judged by each point's own
 * spread; a fit that is ok and not savable is not positive somewhere in the range.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/number.h"
#include "calibration/registry.h"
#include "cli/fit_request.h"
#include "cli/options.h"
#include "cli/save.h"
#include "report/adoption.h"
#include "report/table.h"

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

/* One run over one or many files. */
struct run {
    struct cli *cli;
    struct fit_request *request;
    const char *note;
    struct table
        *table;     /* of a whole registry: a row a curve; NULL: a paragraph a curve, or JSON */
    const char *id; /* of the device in hand, for that */
    size_t curves;  /* fitted so far */
    int status;
};

static void worsen(struct run *run, int status)
{
    if (status > run->status)
        run->status = status;
}

/* What a reader of the file makes of the curve_type just written. */
static void warn_of_readers(const struct cli *cli, const struct fit *fit)
{
    struct buffer text = {0};
    adoption_warn_of_readers(fit_model_name(fit->model), &text);
    cli_say(cli, "%s", text.bytes);
    buffer_done(&text);
}

/* The version that a save writes; NULL, said, where the fit must not be saved. */
static struct curve_version *make_version(const struct run *run, const struct fit_result *result)
{
    const struct fit *fit = result->laboratory->fits[0];
    const char *name = fit_model_name(fit->model);
    const struct adoption adoption = {result->laboratory->low, result->laboratory->high,
                                      run->request->tolerance, run->request->as_model};
    double bad_flops = 0;
    if (fit->status != FIT_OK) {
        cli_say(run->cli, "%s: %s: the %s fit is %s: not saved", result->file, result->curve->name,
                name, fit_status_name(fit->status));
        return NULL;
    }
    struct curve_version *version = adoption_version(fit, &adoption, &bad_flops);
    if (!version) {
        char size[NUMBER_TEXT_MAX];
        number_print_si(bad_flops, 4, size);
        cli_say(run->cli, "%s: %s: the %s fit is not positive at %s %s: not saved", result->file,
                result->curve->name, name, size, cli_unit(result->curve));
    }
    return version;
}

static int save_version(const struct run *run, const struct calibration *calibration,
                        const char *path, const struct fit_result *result,
                        struct curve_version *version)
{
    const struct fit_request *request = run->request;
    struct session *session = session_new(calibration);
    struct save save = {result->file, path, calibration, session, run->note, request->dry_run};
    struct error error;
    bool written = false, parametric = version->parameters != NULL;
    int status = EXIT_NO;
    if (session_commit(session, (size_t)(result->curve - calibration->curves), version, "fitted",
                       &error))
        cli_say(run->cli, "%s: %s: %s: not saved", result->file, result->curve->name,
                error.message);
    else
        status = save_run(run->cli, &save, &written);
    if (written && parametric)
        warn_of_readers(run->cli, result->laboratory->fits[0]);
    if (written)
        cli_say(run->cli, "wrote %s", path);
    session_free(session);
    return status;
}

static void save_fit(struct run *run, const struct calibration *calibration, const char *path,
                     const struct fit_result *result)
{
    struct curve_version *version = make_version(run, result);
    worsen(run, version ? save_version(run, calibration, path, result, version) : EXIT_NO);
}

/* --exclude counts in data_points, some of which may be unusable. */
static bool *left_out_points(const struct fit_request *request,
                             const struct calibration_curve *curve)
{
    bool *left_out = memory_new_array(curve->means.count, sizeof *left_out);
    for (size_t i = 0; i < curve->means.count; i++)
        for (size_t k = 0; k < request->excluded_count; k++)
            left_out[i] |= request->excluded[k] == curve->points[i].index;
    return left_out;
}

/* An excluded point that is none would leave nothing out, unsaid. */
static enum status check_excluded(const struct fit_request *request,
                                  const struct calibration *calibration,
                                  const struct calibration_curve *curve, struct error *error)
{
    const struct json_value *points =
        json_member(calibration->document, curve->value, "data_points");
    size_t count = points ? json_value_count(points) : 0;
    for (size_t k = 0; k < request->excluded_count; k++)
        if (request->excluded[k] >= count)
            return error_set(error, STATUS_REFUSED,
                             "there is no data point %zu to exclude: of %zu they count from 0",
                             request->excluded[k], count);
    return STATUS_OK;
}

static enum status make_laboratory(const struct fit_request *request,
                                   const struct calibration_curve *curve, struct laboratory **out,
                                   struct error *error)
{
    bool *left_out = left_out_points(request, curve);
    struct laboratory_options options = {request->model, left_out, request->weights,
                                         request->options};
    enum status status = laboratory_new(curve, &options, out, error);
    free(left_out);
    return status;
}

static void fit_curve(struct run *run, const char *file, const char *path,
                      const struct calibration *calibration, const struct calibration_curve *curve)
{
    struct fit_result result = {.file = file, .curve = curve};
    const struct fit_request *request = run->request;
    run->curves++;
    struct error error;
    if (check_excluded(request, calibration, curve, &error)) {
        cli_say(run->cli, "%s: %s: %s", file, curve->name, error.message);
        worsen(run, EXIT_TROUBLE);
        return;
    }
    if (make_laboratory(request, curve, &result.laboratory, &error)) {
        cli_say(run->cli, "%s: %s: %s; use -w none or --exclude", file, curve->name, error.message);
        worsen(run, EXIT_TROUBLE);
        return;
    }
    bool diff_only = request->save && request->dry_run && !run->cli->json;
    if (run->cli->json)
        fit_answer_json(run->cli, &result, request);
    else if (run->cli->csv)
        fit_answer_csv(run->cli, &result, request);
    else if (run->table)
        fit_answer_row(run->table, run->id, &result);
    else if (!diff_only)
        fit_answer_text(run->cli, &result, request);
    if (request->model && result.laboratory->fits[0]->status != FIT_OK)
        worsen(run, EXIT_NO);
    if (request->save)
        save_fit(run, calibration, path, &result);
    laboratory_free(result.laboratory);
}

static void fit_curves(struct run *run, const char *file, const char *path,
                       const struct calibration *calibration)
{
    const char *name = run->request->curve_name;
    for (size_t i = 0; i < calibration->curve_count; i++)
        if (!name || strcmp(calibration->curves[i].name, name) == 0)
            fit_curve(run, file, path, calibration, &calibration->curves[i]);
}

/* Whether the request names one curve where it must: to leave out points, to save. */
static bool fits_one_curve(const struct run *run, const struct calibration *calibration)
{
    const struct fit_request *request = run->request;
    if (!request->curve_name && calibration->curve_count != 1 &&
        (request->save || request->excluded_count)) {
        cli_misuse(run->cli, "%s wants one curve: name it with -c CURVE",
                   request->save ? "--save" : "--exclude");
        return false;
    }
    return !request->curve_name ||
           cli_find_curve(run->cli, request->path, calibration, request->curve_name);
}

/* Nothing fitted is no answer. */
static void tell_if_none(struct run *run, const char *path)
{
    if (run->curves > 0)
        return;
    cli_say(run->cli, "%s: no curve%s%s to fit", path, run->request->curve_name ? " " : "",
            run->request->curve_name ? run->request->curve_name : "");
    worsen(run, EXIT_TROUBLE);
}

static void fit_file(struct run *run)
{
    const struct fit_request *request = run->request;
    char *path = NULL;
    struct calibration *calibration = cli_load(run->cli, request->path, &path);
    if (!calibration) {
        worsen(run, EXIT_TROUBLE);
        return;
    }
    struct save save = {.file = request->path,
                        .path = path,
                        .calibration = calibration,
                        .dry_run = request->dry_run};
    bool writable = !request->save || save_check(run->cli, &save) == EXIT_FINE;
    if (writable && fits_one_curve(run, calibration))
        fit_curves(run, request->path, path, calibration);
    else
        worsen(run, EXIT_TROUBLE);
    if (calibration->curve_count == 0)
        tell_if_none(run, request->path);
    calibration_free(calibration);
    free(path);
}

static void fit_entry(struct run *run, const struct registry_entry *entry)
{
    struct calibration *calibration;
    struct error error = {0};
    if (entry->broken) {
        cli_say(run->cli, "%s: %s", entry->path, entry->message);
        worsen(run, EXIT_TROUBLE);
    } else if (calibration_load(entry->path, &calibration, &error)) {
        cli_complain(run->cli, entry->path, &error);
        worsen(run, EXIT_TROUBLE);
    } else {
        fit_curves(run, entry->path, entry->path, calibration);
        calibration_free(calibration);
    }
}

/* One line that stays in its place, on a terminal alone; done without an id takes it away. */
static void show_progress(const struct run *run, size_t done, size_t count, const char *id)
{
    struct buffer line = {0};
    if (!isatty(fileno(run->cli->err)))
        return;
    if (id) {
        buffer_print(&line, "fitting %zu of %zu: ", done + 1, count);
        text_append(&line, id, strlen(id), run->cli->charset, 40);
    }
    fprintf(run->cli->err, "\r%s\033[K", buffer_string(&line));
    fflush(run->cli->err);
    buffer_done(&line);
}

static void fit_entries(struct run *run, const struct registry *registry)
{
    size_t count = registry_count(registry);
    for (size_t i = 0; i < count; i++) {
        const struct registry_entry *entry = registry_at(registry, i);
        show_progress(run, i, count, entry->id);
        run->id = entry->id;
        fit_entry(run, entry);
    }
    show_progress(run, count, count, NULL);
}

static void fit_registry(struct run *run, const char *path)
{
    struct registry *registry;
    struct error error = {0};
    if (registry_open(path, &registry, &error)) {
        cli_complain(run->cli, path, &error);
        worsen(run, EXIT_TROUBLE);
        return;
    }
    registry_scan(registry);
    run->table = run->cli->json || run->cli->csv ? NULL : fit_answer_table();
    fit_entries(run, registry);
    if (run->table && run->cli->out.length > 0)
        buffer_append_string(&run->cli->out, "\n");
    if (run->table && run->curves > 0)
        table_render(run->table, 0, run->cli->charset, &run->cli->out);
    table_free(run->table);
    run->table = NULL;
    tell_if_none(run, path);
    registry_free(registry);
}

static int fit_path(void *context, const char *path)
{
    struct run *run = (struct run *)context;
    run->request->path = path;
    run->curves = 0;
    if (registry_is_folder(path))
        fit_registry(run, path);
    else
        fit_file(run);
    return run->status;
}

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

static bool take_option(struct run *run, int option, struct fit_request *request)
{
    switch (option) {
    case 'c':
        request->curve_name = optarg;
        return true;
    case 'm':
        request->model = options_read_model(run->cli, optarg);
        return request->model != NULL;
    case 'w':
        return read_weights(run->cli, optarg, request);
    case 'k':
        return options_read_count(run->cli, "-k", optarg, 2, FIT_BREAKPOINTS_MAX,
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
        return read_excluded(run->cli, optarg, request);
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
        run->note = optarg;
        return true;
    default:
        return options_read_percent(run->cli, "--tolerance", optarg, &request->tolerance);
    }
}

/* OPTIONS_WRONG, said, where the arguments do not go together. */
static int check_request(const struct cli *cli, const struct fit_request *request, const char *note,
                         char **paths, int count)
{
    bool one = request->save || request->excluded_count;
    if (cli->names ? count != 0 : count == 0)
        cli_misuse(cli, "fit wants at least one PATH, or --files0-from");
    else if (one && (cli->names || count != 1 || registry_is_folder(paths[0])))
        cli_misuse(cli, "--save and --exclude want one file, not several, nor a folder of devices");
    else if (request->save && !request->model)
        cli_misuse(cli, "--save wants the model to save: -m MODEL");
    else if ((request->dry_run || request->as_model || note) && !request->save)
        cli_misuse(cli, "--dry-run, --as-model and --note go with --save");
    else if (request->save && cli->csv)
        cli_misuse(cli, "--csv is for figures: without --save");
    else
        return OPTIONS_END;
    return OPTIONS_WRONG;
}

static int read_request(struct run *run, int argc, char **argv, struct fit_request *request)
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
    while ((option = options_next(run->cli, argc, argv, &own)) >= 0)
        if (!take_option(run, option, request))
            return OPTIONS_WRONG;
    if (option != OPTIONS_END)
        return option;
    return check_request(run->cli, request, run->note, argv + optind, argc - optind);
}

static int run_fit(struct cli *cli, int argc, char **argv)
{
    struct fit_request request = {.tolerance = 0.01};
    struct run run = {.cli = cli, .request = &request};
    int ended = read_request(&run, argc, argv, &request);
    if (ended != OPTIONS_END)
        run.status = options_status(ended);
    else
        run.status = options_each_name(cli, argv + optind, argc - optind, fit_path, &run);
    free(request.excluded);
    return run.status;
}

const struct command command_fit = {
    .name = "fit",
    .usage = "fit PATH... [-c CURVE] [-m MODEL]",
    .help = "Refits the curves of a file, all models side by side with the stored curve; *\n"
            "marks the best. Of a folder: every curve of every file, a row each. Exit status\n"
            "1 if the MODEL asked for is not \"ok\".\n"
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
