/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * calscope plot FILE [-c CURVE]...: the curves over size, as text.
 *
 * JSON: {"file","curves":[{"curve","points":[[flops,mean]...],"breakpoints":[[flops,efficiency]
 * ...]}]}.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "cli/options.h"
#include "plot/canvas.h"
#include "report/scene.h"

enum { OPTION_SIZE = OPTION_OWN, OPTION_LINEAR };
enum { SIZE_MAX_COLUMNS = 1000, SIZE_MIN_COLUMNS = 20, SIZE_MAX_ROWS = 500, SIZE_MIN_ROWS = 5 };

/* Borrows its strings from the arguments; owns the list of names. */
struct request {
    const char *file;
    const char **curve_names;
    size_t name_count;
    size_t columns, rows; /* 0: as the terminal */
    bool linear;
};

/* The curves to plot, in the order asked for. Owns the array, borrows the curves. */
struct selection {
    const struct calibration_curve **curves;
    size_t count;
};

static void write_curve(struct json_writer *writer, const struct calibration_curve *curve)
{
    json_write_object(writer);
    json_write_string_member(writer, "curve", curve->name);
    json_write_key(writer, "points");
    json_write_array(writer);
    for (size_t i = 0; i < curve->means.count; i++) {
        json_write_array(writer);
        json_write_number(writer, curve->means.flops[i]);
        json_write_number(writer, curve->means.efficiency[i]);
        json_write_end(writer);
    }
    json_write_end(writer);
    json_write_key(writer, "breakpoints");
    cli_write_breakpoints(writer, curve->breakpoints, curve->breakpoint_count);
    json_write_end(writer);
}

static void answer_json(struct cli *cli, const struct request *request,
                        const struct selection *selection)
{
    struct json_writer writer = {.out = &cli->out};
    json_write_object(&writer);
    json_write_string_member(&writer, "file", request->file);
    json_write_key(&writer, "curves");
    json_write_array(&writer);
    for (size_t i = 0; i < selection->count; i++)
        write_curve(&writer, selection->curves[i]);
    json_write_end(&writer);
    json_write_end(&writer);
    buffer_append_string(&cli->out, "\n");
}

static struct scene *make_scene(const struct request *request, const struct selection *selection)
{
    struct scene_curve *curves = memory_new_array(selection->count, sizeof *curves);
    struct scene_options options = {
        .log_y = !request->linear,
        .bars = selection->count == 1 ? SCENE_BARS_STD : SCENE_BARS_NONE,
        .range = selection->count == 1,
    };
    for (size_t i = 0; i < selection->count; i++)
        curves[i] = (struct scene_curve){
            .source = selection->curves[i],
            .curve = calibration_stored_curve(selection->curves[i]),
            .label = selection->curves[i]->name,
            .series = (int)i,
            .selected_point = -1,
            .selected_breakpoint = -1,
            .show_breakpoints = selection->count == 1,
        };
    struct scene *scene = scene_new(curves, selection->count, &options);
    free(curves);
    return scene;
}

static void answer_text(struct cli *cli, const struct request *request,
                        const struct selection *selection)
{
    struct canvas canvas;
    int columns = (int)request->columns, rows = (int)request->rows;
    if (columns == 0)
        cli_terminal_size(cli, &columns, &rows);
    canvas_init(&canvas, rows, columns, cli->charset);
    struct scene *scene = make_scene(request, selection);
    scene_draw(scene, &canvas, canvas_area(&canvas), NAN,
               cli->charset == TEXT_UNICODE ? PLOT_BRAILLE : PLOT_ASCII, NULL);
    canvas_export_text(&canvas, cli_use_color(cli), &cli->out);
    scene_free(scene);
    canvas_done(&canvas);
}

/* Compute and bandwidth curves have different x axes; curves of one selection share theirs. */
static bool shares_axis(const struct selection *selection, const struct calibration_curve *curve)
{
    return selection->count == 0 || selection->curves[0]->bandwidth == curve->bandwidth;
}

/* All curves of the first one's kind. */
static bool select_all(const struct cli *cli, const struct request *request,
                       const struct calibration *calibration, struct selection *selection)
{
    for (size_t i = 0; i < calibration->curve_count; i++)
        if (shares_axis(selection, &calibration->curves[i]))
            selection->curves[selection->count++] = &calibration->curves[i];
    if (selection->count == 0)
        cli_say(cli, "%s: the file has no curves", request->file);
    return selection->count > 0;
}

static bool select_named(const struct cli *cli, const struct request *request,
                         const struct calibration *calibration, struct selection *selection)
{
    for (size_t i = 0; i < request->name_count; i++) {
        const struct calibration_curve *curve =
            cli_find_curve(cli, request->file, calibration, request->curve_names[i]);
        if (!curve)
            return false;
        if (!shares_axis(selection, curve)) {
            cli_misuse(cli, "FLOPs and bytes do not share an axis: plot %s on its own",
                       curve->name);
            return false;
        }
        selection->curves[selection->count++] = curve;
    }
    return true;
}

static bool select_curves(const struct cli *cli, const struct request *request,
                          const struct calibration *calibration, struct selection *selection)
{
    size_t capacity = calibration->curve_count + request->name_count;
    selection->curves = memory_new_array(capacity, sizeof *selection->curves);
    return request->name_count == 0 ? select_all(cli, request, calibration, selection)
                                    : select_named(cli, request, calibration, selection);
}

static int plot(struct cli *cli, const struct request *request)
{
    struct selection selection = {0};
    struct calibration *calibration = cli_load(cli, request->file, NULL);
    if (!calibration)
        return EXIT_TROUBLE;
    bool found = select_curves(cli, request, calibration, &selection);
    if (found && cli->json)
        answer_json(cli, request, &selection);
    else if (found)
        answer_text(cli, request, &selection);
    free(selection.curves);
    calibration_free(calibration);
    return found ? EXIT_FINE : EXIT_TROUBLE;
}

/* "120x40" */
static bool read_size(const struct cli *cli, const char *text, struct request *request)
{
    size_t length = strcspn(text, "x");
    char *columns = memory_print("%.*s", (int)length, text);
    const char *rows = text[length] ? text + length + 1 : "";
    bool good = options_read_count(cli, "--size WxH: the width", columns, SIZE_MIN_COLUMNS,
                                   SIZE_MAX_COLUMNS, &request->columns) &&
                options_read_count(cli, "--size WxH: the height", rows, SIZE_MIN_ROWS,
                                   SIZE_MAX_ROWS, &request->rows);
    free(columns);
    return good;
}

static int read_request(struct cli *cli, int argc, char **argv, struct request *request)
{
    static const struct option longs[] = {
        {"curve", required_argument, NULL, 'c'},
        {"size", required_argument, NULL, OPTION_SIZE},
        {"linear", no_argument, NULL, OPTION_LINEAR},
    };
    static const struct option_set own = {"c:", longs, sizeof longs / sizeof *longs};
    int option;
    options_begin();
    while ((option = options_next(cli, argc, argv, &own)) >= 0) {
        if (option == 'c')
            request->curve_names[request->name_count++] = optarg;
        else if (option == OPTION_LINEAR)
            request->linear = true;
        else if (!read_size(cli, optarg, request))
            return OPTIONS_WRONG;
    }
    if (option != OPTIONS_END)
        return option;
    if (argc - optind != 1) {
        cli_misuse(cli, "plot wants one FILE");
        return OPTIONS_WRONG;
    }
    request->file = argv[optind];
    return OPTIONS_END;
}

static int run(struct cli *cli, int argc, char **argv)
{
    struct request request = {0};
    request.curve_names = memory_new_array((size_t)argc, sizeof *request.curve_names);
    int ended = read_request(cli, argc, argv, &request);
    int status = ended == OPTIONS_END ? plot(cli, &request) : options_status(ended);
    free(request.curve_names);
    return status;
}

const struct command command_plot = {
    .name = "plot",
    .usage = "plot FILE [-c CURVE]...",
    .help = "Plots efficiency over size as text: data points with their spread, curve and\n"
            "breakpoints of one curve, or several overlaid; without -c all compute curves.\n"
            "\n"
            "  -c, --curve CURVE   which curve; may be given several times\n"
            "  --size WxH          columns and rows (default: the terminal's, else 80x24)\n"
            "  --linear            a linear y axis instead of a logarithmic one\n",
    .run = run,
};
