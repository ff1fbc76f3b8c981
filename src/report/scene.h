/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Scenes: what a picture of calibration curves holds, ready for plot_draw and for any exporter. A
 * scene is built from curves and owns every array that its panels point to; both faces build their
 * pictures here, so a command prints what the screen shows.
 */
#ifndef REPORT_SCENE_H
#define REPORT_SCENE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "calibration/calibration.h"
#include "curve/curve.h"
#include "fit/fit.h"
#include "plot/picture.h"
#include "plot/plot.h"

struct buffer;

/* Which figure the error bars show. */
enum scene_bars {
    SCENE_BARS_NONE,
    SCENE_BARS_STD,      /* mean -+ std */
    SCENE_BARS_INTERVAL, /* ci_lower .. ci_upper */
    SCENE_BARS_RANGE,    /* min .. max */
};

/* One curve of the scene. Everything is borrowed for the life of the scene. */
struct scene_curve {
    const struct calibration_curve *source; /* its points and range; NULL: none */
    struct curve curve;                     /* what to draw: the stored one or an edited one */
    uint64_t digest;           /* of its breakpoints (base/digest.h), where it is known; else 0 */
    const struct fit *fit;     /* a candidate, drawn dashed; NULL: none */
    const struct fit *without; /* another, dashed, named by: */
    const char *without_label; /* ... "without point 3" */
    const double *effects; /* per point of source, NaN: none; a second panel of stems, or NULL */
    const char *effects_title;
    const char *label;
    int series;
    const bool *left_out; /* per point of source; NULL: none is */
    int selected_point;   /* -1: none */
    int selected_breakpoint;
    bool show_breakpoints;
};

/* What is drawn around a candidate fit (fit/fit.h says what the bands mean). */
enum scene_band { SCENE_BAND_NONE, SCENE_BAND_CONFIDENCE, SCENE_BAND_PREDICTION, SCENE_BANDS };

/* The axes of a scene's first panel, to be imposed on others, so that they can be compared. */
struct scene_window {
    double x_low, x_high; /* FLOPs or bytes */
    double y_low, y_high; /* efficiency; over its maximum where shapes are drawn */
};

struct scene_options {
    bool log_y;
    enum scene_band band;
    enum scene_bars bars;
    bool residuals; /* a second panel: mean - curve (or - fit, where there is one) */
    bool ratio;     /* a second panel: the others over the first curve on a log axis */
    bool shape;     /* each curve over its maximum */
    const struct scene_window *window; /* NULL: the axes fit the curves */
    bool quantiles; /* instead of all that: the first curve's residuals against normal quantiles */
    bool range;     /* the calibrated range and falling latency of the first curve */
    bool compared;  /* a view of several names series by glyph beside the picture */
    bool listed;    /* that, or another, lists all of them there: the legend need not */
};

/* How plots tell a point's source. */
enum plot_origin scene_origin(enum point_source source);

struct scene;

/* The window that fits these curves. */
void scene_window_find(const struct scene_curve *curves, size_t count,
                       const struct scene_options *options, struct scene_window *out);

/* The window that fits the data points of the first curve alone; false where it has none. */
bool scene_points_window(const struct scene_curve *curves, size_t count,
                         const struct scene_options *options, struct scene_window *out);

/*
 * A scene of these curves, of which later ones lie under earlier ones; residuals, the range and
 * quantiles are the first one's. The caller frees it, and keeps the curves until then.
 */
struct scene *scene_new(const struct scene_curve *curves, size_t count,
                        const struct scene_options *options);
void scene_free(struct scene *scene);

/* Its panels, for an exporter; they point into the scene. */
struct plot_panels scene_panels(const struct scene *scene);

/* As much of it as a cursor asks in scene_show: its lines, which cost nothing a point. */
struct scene *scene_lines_new(const struct scene_curve *curves, size_t count,
                              const struct scene_options *options);

/* Draws a scene; frames as in plot_draw (PLOT_PANELS_MAX of them or NULL). */
void scene_draw(const struct scene *scene, struct canvas *canvas, struct rect area, double cursor,
                enum plot_style style, struct plot_frame *frames);

/* The frames alone, without drawing. Returns how many panels have room. */
size_t scene_arrange(const struct scene *scene, struct rect area, enum text_charset charset,
                     struct plot_frame frames[PLOT_PANELS_MAX]);

/* The same in two steps: draws it once, rows x columns large (the caller frees the picture) ... */
struct plot_picture *scene_picture(const struct scene *scene, int rows, int columns,
                                   enum text_charset charset, enum plot_style style);

/*
 * ... and shows the picture of this scene, or of one with the same key. Only a cursor (NaN: none)
 * asks the scene, which may else be NULL, and then only its lines.
 */
void scene_show(const struct scene *scene, const struct plot_picture *picture, double cursor,
                struct canvas *canvas, int row, int column);

/*
 * Appends all that the picture of such a scene depends on, as bytes: where the bytes are equal, so
 * are the pictures. Values go in, not addresses, so a key outlives what it was made from.
 */
void scene_append_key(const struct scene_curve *curves, size_t count,
                      const struct scene_options *options, struct buffer *out);

#endif
