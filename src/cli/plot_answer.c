/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The answer of `calscope plot`: the same scene as cells of text, or as vectors. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "cli/plot_request.h"
#include "plot/canvas.h"
#include "report/laboratory.h"

static struct scene *make_scene(const struct plot_request *request,
                                const struct plot_selection *selection, const struct fit *fit)
{
    struct scene_curve *curves = memory_new_array(selection->count, sizeof *curves);
    bool single = selection->count == 1;
    struct scene_options options = {
        .log_y = !request->linear,
        .bars = single ? SCENE_BARS_STD : SCENE_BARS_NONE,
        .band = request->band,
        .residuals = request->residuals,
        .ratio = request->file_count > 1,
        .range = single,
    };
    for (size_t i = 0; i < selection->count; i++)
        curves[i] = (struct scene_curve){
            .source = selection->items[i].curve,
            .curve = calibration_stored_curve(selection->items[i].curve),
            .fit = fit,
            .label = selection->items[i].label,
            .series = (int)i,
            .selected_point = -1,
            .selected_breakpoint = -1,
            .show_breakpoints = single,
        };
    struct scene *scene = scene_new(curves, selection->count, &options);
    free(curves);
    return scene;
}

static void append_text(struct cli *cli, const struct plot_request *request,
                        const struct scene *scene)
{
    struct canvas canvas;
    int columns = (int)request->columns, rows = (int)request->rows;
    if (columns == 0)
        cli_terminal_size(cli, &columns, &rows);
    canvas_init(&canvas, rows, columns, cli->charset);
    scene_draw(scene, &canvas, canvas_area(&canvas), NAN,
               cli->charset == TEXT_UNICODE ? PLOT_BRAILLE : PLOT_ASCII, NULL);
    canvas_export_text(&canvas, cli_use_color(cli), &cli->out);
    canvas_done(&canvas);
}

/* A page has room for what a cell's column has not. */
static const char *long_title(const char *title)
{
    static const char *const titles[][2] = {
        {"efficiency", "efficiency (fraction of peak)"},
        {"FLOPs", "operation size (FLOPs)"},
        {"bytes", "transfer size (bytes)"},
        {"ratio to the reference", "ratio to first"},
        {"ratio of shapes to the reference", "ratio of shapes to first"},
    };
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        if (strcmp(titles[i][0], title) == 0)
            return titles[i][1];
    return title;
}

static const char *word(const char *text, const char *otherwise)
{
    return text && *text ? text : otherwise;
}

/* "conv2d, NVIDIA Jetson Orin AGX" */
static char *page_title(const struct plot_request *request, const struct plot_selection *selection)
{
    const struct plot_item *first = &selection->items[0];
    if (request->file_count > 1)
        return memory_print("%s: %zu calibrations", first->curve->name, selection->count);
    if (selection->count > 1)
        return memory_print("%s", word(first->calibration->hardware_name, first->file));
    return memory_print("%s, %s", first->curve->name,
                        word(first->calibration->hardware_name, first->file));
}

static char *page_note(const struct plot_request *request, const struct plot_selection *selection)
{
    const struct calibration *calibration = selection->items[0].calibration;
    if (request->file_count > 1)
        return memory_copy_string("points are means");
    return memory_print("%s, %s, calibrated %.10s; points are means%s",
                        word(calibration->hardware_id, "hardware unknown"),
                        word(calibration->precision, "precision unknown"),
                        word(calibration->calibration_date, "n/a"),
                        selection->count == 1 ? " \xc2\xb1 std" : "");
}

static void append_svg(const struct plot_request *request, const struct plot_selection *selection,
                       const struct scene *scene, struct buffer *out)
{
    struct plot titled[PLOT_PANELS_MAX];
    struct plot_panels panels = scene_panels(scene);
    panels.x.title = long_title(panels.x.title);
    for (size_t i = 0; i < panels.count; i++) {
        titled[i] = panels.items[i];
        titled[i].y.title = long_title(titled[i].y.title);
    }
    panels.items = titled;
    char *title = page_title(request, selection), *note = page_note(request, selection);
    struct svg_page page = {.width = request->columns ? (int)request->columns : 800,
                            .height = request->columns ? (int)request->rows : 500,
                            .title = title,
                            .note = note,
                            .theme = request->theme};
    svg_plot(&page, &panels, out);
    free(title);
    free(note);
}

/* Whether the picture would take the place of a file that it shows. */
static bool is_shown(const struct plot_request *request)
{
    bool same = false;
    char *svg = file_real_path(request->svg);
    for (size_t i = 0; svg && i < request->file_count; i++) {
        char *path = file_real_path(request->files[i]);
        same = same || (path && strcmp(path, svg) == 0);
        free(path);
    }
    free(svg);
    return same;
}

static int write_svg(struct cli *cli, const struct plot_request *request,
                     const struct plot_selection *selection, const struct scene *scene)
{
    struct buffer svg = {0};
    struct error error = {0};
    if (is_shown(request)) {
        error_set(&error, STATUS_REFUSED, "that is the calibration itself; name another file");
        cli_complain(cli, request->svg, &error);
        return EXIT_TROUBLE;
    }
    append_svg(request, selection, scene, &svg);
    enum status status = file_write(request->svg, svg.bytes, svg.length, &error);
    if (status)
        cli_complain(cli, request->svg, &error);
    buffer_done(&svg);
    return status ? EXIT_TROUBLE : EXIT_FINE;
}

/* The fit asked for, in its laboratory, which the caller frees; NULL, said, where there is none. */
static struct laboratory *make_fit(const struct cli *cli, const struct plot_request *request,
                                   const struct plot_item *item)
{
    struct laboratory *laboratory;
    struct laboratory_options options = {.model = request->fit};
    struct error error;
    if (laboratory_new(item->curve, &options, &laboratory, &error)) {
        cli_say(cli, "%s: %s: %s", item->file, item->curve->name, error.message);
        return NULL;
    }
    const struct fit *fit = laboratory->fits[0];
    if (fit->status == FIT_OK || fit->status == FIT_UNIDENTIFIED) {
        if (fit->status == FIT_UNIDENTIFIED)
            cli_say(cli, "%s: %s: the fit is unidentified%s%s", item->file, item->curve->name,
                    fit->warning_count ? ": " : "", fit->warning_count ? fit->warnings[0] : "");
        return laboratory;
    }
    cli_say(cli, "%s: %s: no %s fit: %s", item->file, item->curve->name,
            fit_model_name(request->fit), fit_status_name(fit->status));
    laboratory_free(laboratory);
    return NULL;
}

int plot_answer(struct cli *cli, const struct plot_request *request,
                const struct plot_selection *selection)
{
    struct laboratory *laboratory = NULL;
    int status = EXIT_FINE;
    if (request->fit && !(laboratory = make_fit(cli, request, &selection->items[0])))
        return EXIT_NO;
    struct scene *scene = make_scene(request, selection, laboratory ? laboratory->fits[0] : NULL);
    if (!request->svg)
        append_text(cli, request, scene);
    else if (strcmp(request->svg, "-") == 0)
        append_svg(request, selection, scene, &cli->out);
    else
        status = write_svg(cli, request, selection, scene);
    scene_free(scene);
    laboratory_free(laboratory);
    return status;
}
