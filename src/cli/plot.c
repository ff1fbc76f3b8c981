/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * calscope plot FILE... [-c CURVE]...: the curves over size, as text or as SVG.
 *
 * JSON: {"file","curves":[{"curve","points":[[flops,mean]...],"breakpoints":[[flops,efficiency]
 * ...],"file"}]}.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "calibration/registry.h"
#include "cli/options.h"
#include "cli/plot_request.h"

enum {
    OPTION_SIZE = OPTION_OWN,
    OPTION_LINEAR,
    OPTION_SVG,
    OPTION_THEME,
    OPTION_RESIDUALS,
    OPTION_BAND,
    OPTION_FIT
};
enum { SIZE_MAX_COLUMNS = 1000, SIZE_MIN_COLUMNS = 20, SIZE_MAX_ROWS = 500, SIZE_MIN_ROWS = 5 };

static void write_curve(struct json_writer *writer, const struct plot_item *item)
{
    const struct calibration_curve *curve = item->curve;
    json_write_object(writer);
    json_write_string_member(writer, "curve", curve->name);
    json_write_array_member(writer, "points");
    for (size_t i = 0; i < curve->means.count; i++)
        json_write_pair(writer, curve->means.flops[i], curve->means.efficiency[i]);
    json_write_end(writer);
    json_write_key(writer, "breakpoints");
    cli_write_breakpoints(writer, curve->breakpoints, curve->breakpoint_count);
    json_write_string_member(writer, "file", item->file);
    json_write_end(writer);
}

static void answer_json(struct cli *cli, const struct plot_request *request,
                        const struct plot_selection *selection)
{
    struct json_writer writer = {.out = &cli->out};
    json_write_object(&writer);
    json_write_string_member(&writer, "file", request->files[0]);
    json_write_array_member(&writer, "curves");
    for (size_t i = 0; i < selection->count; i++)
        write_curve(&writer, &selection->items[i]);
    json_write_end(&writer);
    json_write_end(&writer);
    buffer_append_string(&cli->out, "\n");
}

/* The name that tells a file from others in a plot: without what all of them end with. */
static char *file_label(const char *file)
{
    enum { LONGEST = 36 };
    size_t length = strlen(file), tail = strlen("/" REGISTRY_FILE_NAME);
    if (length > tail && strcmp(file + length - tail, "/" REGISTRY_FILE_NAME) == 0)
        length -= tail;
    const char *from = file;
    while (file + length - from > LONGEST && strchr(from, '/') && strchr(from, '/') < file + length)
        from = strchr(from, '/') + 1;
    return memory_print("%.*s", (int)(file + length - from), from);
}

static void add(const struct plot_request *request, const char *file,
                const struct calibration *calibration, const struct calibration_curve *curve,
                struct plot_selection *selection)
{
    char *label = request->file_count > 1 ? file_label(file) : memory_copy_string(curve->name);
    selection->items[selection->count++] = (struct plot_item){file, calibration, curve, label};
}

/* Compute and bandwidth curves have different x axes; curves of one plot share theirs. */
static bool shares_axis(const struct plot_selection *selection,
                        const struct calibration_curve *curve)
{
    return selection->count == 0 || selection->items[0].curve->bandwidth == curve->bandwidth;
}

/* All curves of the first one's kind. */
static bool select_all(const struct cli *cli, const struct plot_request *request,
                       const struct calibration *calibration, struct plot_selection *selection)
{
    for (size_t i = 0; i < calibration->curve_count; i++)
        if (shares_axis(selection, &calibration->curves[i]))
            add(request, request->files[0], calibration, &calibration->curves[i], selection);
    if (selection->count == 0)
        cli_say(cli, "%s: the file has no curves", request->files[0]);
    return selection->count > 0;
}

static bool select_named(const struct cli *cli, const struct plot_request *request,
                         const char *file, const struct calibration *calibration, const char *name,
                         struct plot_selection *selection)
{
    const struct calibration_curve *curve = cli_find_curve(cli, file, calibration, name);
    if (!curve)
        return false;
    if (!shares_axis(selection, curve)) {
        cli_misuse(cli, "FLOPs and bytes do not share an axis: plot %s on its own", curve->name);
        return false;
    }
    add(request, file, calibration, curve, selection);
    return true;
}

static bool select_curves(const struct cli *cli, const struct plot_request *request,
                          struct calibration *const *calibrations, struct plot_selection *selection)
{
    bool good = true;
    selection->items =
        memory_new_array(calibrations[0]->curve_count + request->name_count + request->file_count,
                         sizeof *selection->items);
    for (size_t i = 0; request->file_count > 1 && i < request->file_count; i++)
        good =
            good && select_named(cli, request, request->files[i], calibrations[i],
                                 request->name_count ? request->curve_names[0] : NULL, selection);
    if (request->file_count > 1)
        return good;
    if (request->name_count == 0)
        return select_all(cli, request, calibrations[0], selection);
    for (size_t i = 0; i < request->name_count; i++)
        good = good && select_named(cli, request, request->files[0], calibrations[0],
                                    request->curve_names[i], selection);
    return good;
}

static bool load_all(const struct cli *cli, const struct plot_request *request,
                     struct calibration **calibrations)
{
    for (size_t i = 0; i < request->file_count; i++)
        if (!(calibrations[i] = cli_load(cli, request->files[i], NULL)))
            return false;
    return calibrations[0] != NULL;
}

/* A fit, its band and residuals are of one curve. */
static int check_single(const struct cli *cli, const struct plot_request *request,
                        const struct plot_selection *selection)
{
    if (selection->count == 1 || !(request->fit || request->residuals))
        return EXIT_FINE;
    return cli_misuse(cli, "--fit and --residuals want one curve of one file: name it with -c");
}

static int plot(struct cli *cli, const struct plot_request *request)
{
    struct plot_selection selection = {0};
    struct calibration *calibrations[PLOT_FILES_MAX] = {NULL};
    int status = EXIT_TROUBLE;
    if (load_all(cli, request, calibrations) &&
        select_curves(cli, request, calibrations, &selection))
        status = check_single(cli, request, &selection);
    if (status == EXIT_FINE && cli->json)
        answer_json(cli, request, &selection);
    else if (status == EXIT_FINE)
        status = plot_answer(cli, request, &selection);
    for (size_t i = 0; i < selection.count; i++)
        free(selection.items[i].label);
    free(selection.items);
    for (size_t i = 0; i < request->file_count; i++)
        calibration_free(calibrations[i]);
    return status;
}

/* "120x40": columns and rows, or pixels. */
static bool read_size(const struct cli *cli, const char *text, struct plot_request *request)
{
    size_t length = strcspn(text, "x");
    char *width = memory_print("%.*s", (int)length, text);
    const char *height = text[length] ? text + length + 1 : "";
    bool svg = request->svg != NULL;
    bool good = options_read_count(cli, "--size WxH: the width", width,
                                   svg ? SVG_WIDTH_MIN : SIZE_MIN_COLUMNS,
                                   svg ? SVG_SIDE_MAX : SIZE_MAX_COLUMNS, &request->columns) &&
                options_read_count(cli, "--size WxH: the height", height,
                                   svg ? SVG_HEIGHT_MIN : SIZE_MIN_ROWS,
                                   svg ? SVG_SIDE_MAX : SIZE_MAX_ROWS, &request->rows);
    free(width);
    return good;
}

static bool take_word(const struct cli *cli, const char *option, const char *const words[2],
                      int *choice)
{
    for (int i = 0; i < 2; i++)
        if (strcmp(optarg, words[i]) == 0) {
            *choice = i;
            return true;
        }
    cli_misuse(cli, "%s is %s or %s, not `%s`", option, words[0], words[1], optarg);
    return false;
}

static bool take_look(const struct cli *cli, int option, struct plot_request *request)
{
    static const char *const themes[] = {"light", "dark"};
    static const char *const bands[] = {"confidence", "prediction"};
    int choice = 0;
    bool good = option == OPTION_THEME ? take_word(cli, "--theme", themes, &choice)
                                       : take_word(cli, "--band", bands, &choice);
    if (good && option == OPTION_THEME)
        request->theme = choice ? SVG_DARK : SVG_LIGHT;
    else if (good)
        request->band = choice ? SCENE_BAND_PREDICTION : SCENE_BAND_CONFIDENCE;
    return good;
}

static bool take_option(const struct cli *cli, int option, struct plot_request *request,
                        const char **size)
{
    switch (option) {
    case 'c':
        request->curve_names[request->name_count++] = optarg;
        return true;
    case OPTION_LINEAR:
        request->linear = true;
        return true;
    case OPTION_SVG:
        request->svg = optarg;
        return true;
    case OPTION_RESIDUALS:
        request->residuals = true;
        return true;
    case OPTION_FIT:
        request->fit = options_read_model(cli, optarg);
        return request->fit != NULL;
    case OPTION_SIZE:
        *size = optarg;
        return true;
    default:
        return take_look(cli, option, request);
    }
}

static bool take_files(const struct cli *cli, int argc, char **argv, struct plot_request *request)
{
    request->file_count = (size_t)(argc - optind);
    if (request->file_count == 0 || request->file_count > PLOT_FILES_MAX)
        cli_misuse(cli, "plot wants a FILE, or up to %d to lay over one another", PLOT_FILES_MAX);
    else if (request->file_count > 1 && request->name_count > 1)
        cli_misuse(cli, "of several files one curve is plotted: one -c");
    else if (request->band && !request->fit)
        cli_misuse(cli, "--band goes with --fit MODEL");
    else if (request->theme && !request->svg)
        cli_misuse(cli, "--theme goes with --svg");
    else if (request->svg && cli->json)
        cli_misuse(cli, "the answer is SVG or JSON, not both");
    else {
        memcpy(request->files, argv + optind, request->file_count * sizeof *request->files);
        return true;
    }
    return false;
}

static int read_request(struct cli *cli, int argc, char **argv, struct plot_request *request)
{
    static const struct option longs[] = {
        {"curve", required_argument, NULL, 'c'},
        {"size", required_argument, NULL, OPTION_SIZE},
        {"linear", no_argument, NULL, OPTION_LINEAR},
        {"svg", required_argument, NULL, OPTION_SVG},
        {"theme", required_argument, NULL, OPTION_THEME},
        {"residuals", no_argument, NULL, OPTION_RESIDUALS},
        {"band", required_argument, NULL, OPTION_BAND},
        {"fit", required_argument, NULL, OPTION_FIT},
    };
    static const struct option_set own = {"c:", longs, sizeof longs / sizeof *longs};
    const char *size = NULL;
    int option;
    options_begin();
    while ((option = options_next(cli, argc, argv, &own)) >= 0)
        if (!take_option(cli, option, request, &size))
            return OPTIONS_WRONG;
    if (option != OPTIONS_END)
        return option;
    bool good = take_files(cli, argc, argv, request) && (!size || read_size(cli, size, request));
    return good ? OPTIONS_END : OPTIONS_WRONG;
}

static int run(struct cli *cli, int argc, char **argv)
{
    struct plot_request request = {0};
    request.curve_names = memory_new_array((size_t)argc, sizeof *request.curve_names);
    int ended = read_request(cli, argc, argv, &request);
    int status = ended == OPTIONS_END ? plot(cli, &request) : options_status(ended);
    free(request.curve_names);
    return status;
}

const struct command command_plot = {
    .name = "plot",
    .usage = "plot FILE... [-c CURVE]... [--svg OUT]",
    .help = "Plots efficiency over size: data points with their spread, curve and breakpoints\n"
            "of one curve, or several overlaid; without -c all compute curves. Of several\n"
            "FILEs, one curve of each, with the ratio to the first.\n"
            "\n"
            "  -c, --curve CURVE   which curve; may be given several times\n"
            "  --svg OUT           a vector picture for reports; - is standard output\n"
            "  --size WxH          columns and rows (default: the terminal's, else 80x24),\n"
            "                      or pixels of the picture (800x500)\n"
            "  --theme WHICH       of the picture: light (default) or dark\n"
            "  --linear            a linear y axis instead of a logarithmic one\n"
            "  --fit MODEL         fits the curve and draws that, too\n"
            "  --band WHICH        with --fit: confidence (of the curve), prediction (points)\n"
            "  --residuals         a second panel: points minus the curve, or the fit\n",
    .run = run,
};
