/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the picture of a scene depends on, as bytes. */
#include <string.h>

#include "base/buffer.h"
#include "report/scene.h"

static void append_numbers(struct buffer *out, const double *numbers, size_t count)
{
    if (count > 0)
        buffer_append(out, numbers, count * sizeof *numbers);
}

static void append_count(struct buffer *out, size_t count)
{
    buffer_append(out, &count, sizeof count);
}

static void append_text(struct buffer *out, const char *text)
{
    append_count(out, text ? strlen(text) + 1 : 0);
    buffer_append_string(out, text ? text : "");
}

static void append_breakpoints(struct buffer *out, const struct breakpoint *breakpoints,
                               size_t count)
{
    append_count(out, count);
    if (count > 0)
        buffer_append(out, breakpoints, count * sizeof *breakpoints);
}

static void append_points(struct buffer *out, const struct calibration_curve *source)
{
    append_count(out, source->means.count);
    buffer_append(out, &source->points_digest, sizeof source->points_digest);
    if (source->points_digest)
        return;
    for (size_t i = 0; i < source->means.count; i++) {
        const struct data_point *point = &source->points[i];
        append_numbers(out,
                       (double[]){point->flops, point->mean, point->std, point->min, point->max,
                                  point->ci_lower, point->ci_upper},
                       7);
        append_count(out, point->source);
    }
}

static void append_source(struct buffer *out, const struct calibration_curve *source,
                          const bool *left_out)
{
    append_count(out, source != NULL);
    if (!source)
        return;
    append_count(out, source->bandwidth);
    append_numbers(out, (double[]){source->min_flops, source->max_flops}, 2);
    append_points(out, source);
    append_count(out, left_out != NULL);
    if (left_out)
        buffer_append(out, left_out, source->means.count * sizeof *left_out);
}

static void append_fit(struct buffer *out, const struct fit *fit)
{
    append_text(out, fit ? fit_model_name(fit->model) : NULL);
    if (!fit)
        return;
    append_numbers(out, fit->parameters, fit->parameter_count);
    append_breakpoints(out, fit->breakpoints, fit->breakpoint_count);
    append_numbers(out, &fit->standard_error, 1);
    append_count(out, fit->statistics.count); /* the degrees of freedom of a band */
    append_count(out, fit->weighted);
    append_count(out, fit->covariance ? fit->p : 0);
    if (fit->covariance)
        append_numbers(out, fit->covariance, fit->p * fit->p);
}

static void append_effects(struct buffer *out, const struct scene_curve *curve)
{
    append_count(out, curve->effects != NULL);
    append_text(out, curve->effects_title);
    if (curve->effects && curve->source)
        append_numbers(out, curve->effects, curve->source->means.count);
}

void scene_append_key(const struct scene_curve *curves, size_t count,
                      const struct scene_options *options, struct buffer *out)
{
    const int switches[] = {options->log_y,    (int)options->bars, options->residuals,
                            options->ratio,    options->shape,     options->range,
                            options->compared, options->listed,    options->quantiles,
                            (int)options->band};
    const struct scene_window *window = options->window;
    buffer_append(out, switches, sizeof switches);
    append_count(out, window != NULL);
    if (window)
        append_numbers(out,
                       (double[]){window->x_low, window->x_high, window->y_low, window->y_high}, 4);
    for (size_t i = 0; i < count; i++) {
        const struct scene_curve *curve = &curves[i];
        const int marks[] = {curve->series, curve->selected_point, curve->selected_breakpoint,
                             curve->show_breakpoints};
        buffer_append(out, marks, sizeof marks);
        append_text(out, curve->label);
        append_source(out, curve->source, curve->left_out);
        buffer_append(out, &curve->digest, sizeof curve->digest);
        if (!curve->digest)
            append_breakpoints(out, curve->curve.breakpoints, curve->curve.count);
        append_fit(out, curve->fit);
        append_fit(out, curve->without);
        append_text(out, curve->without_label);
        append_effects(out, curve);
        if (options->quantiles && curve->fit)
            append_numbers(out, curve->fit->deleted_residuals, curve->fit->statistics.count);
    }
}
