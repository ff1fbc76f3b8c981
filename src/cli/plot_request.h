/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `calscope plot` was asked, which curves that means, and the forms of its answer. */
#ifndef CLI_PLOT_REQUEST_H
#define CLI_PLOT_REQUEST_H

#include "cli/command.h"
#include "fit/fit.h"
#include "plot/svg.h"
#include "report/scene.h"

enum { PLOT_FILES_MAX = 8 };

/* Borrows its strings from the arguments; owns the list of names. */
struct plot_request {
    const char *files[PLOT_FILES_MAX]; /* several: one curve of each, over the first */
    size_t file_count;
    const char **curve_names;
    size_t name_count;
    size_t columns, rows; /* or pixels, with svg; 0: as the terminal, or 800 x 500 */
    const char *svg;      /* where to write it, "-": standard output; NULL: as text */
    enum svg_theme theme;
    const struct fit_model *fit; /* drawn beside the stored curve; NULL: none */
    enum scene_band band;
    bool linear, residuals;
};

/* One curve of the plot. Everything is borrowed but the label. */
struct plot_item {
    const char *file;
    const struct calibration *calibration;
    const struct calibration_curve *curve;
    char *label;
};

/* In the order asked for. Owns the array. */
struct plot_selection {
    struct plot_item *items;
    size_t count;
};

/* Appends the answer, or writes the file that --svg names. Returns the exit status. */
int plot_answer(struct cli *cli, const struct plot_request *request,
                const struct plot_selection *selection);

#endif
