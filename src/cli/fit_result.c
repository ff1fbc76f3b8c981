/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fitting one curve of a calibration: choosing points, weighing them, running the models. */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/number.h"
#include "cli/fit_request.h"

const char *fit_weights_name(enum fit_weights weights)
{
    static const char *const names[] = {"none", "std", "relative"};
    return names[weights];
}

static bool is_excluded(const struct fit_request *request, size_t index)
{
    for (size_t i = 0; i < request->excluded_count; i++)
        if (request->excluded[i] == index)
            return true;
    return false;
}

/* NaN where the point has nothing to weigh it by. */
static double weight_of(const struct data_point *point, enum fit_weights weights)
{
    double scale = weights == WEIGHTS_STD ? point->std : point->mean;
    double weight = 1 / (scale * scale);
    return isfinite(weight) && weight > 0 ? weight : NAN;
}

static void select_points(const struct fit_request *request, struct fit_result *result)
{
    const struct calibration_curve *curve = result->curve;
    size_t count = 0;
    result->flops = memory_new_array(curve->means.count, sizeof *result->flops);
    result->means = memory_new_array(curve->means.count, sizeof *result->means);
    if (request->weights != WEIGHTS_NONE)
        result->weights = memory_new_array(curve->means.count, sizeof *result->weights);
    for (size_t i = 0; i < curve->means.count; i++) {
        const struct data_point *point = &curve->points[i];
        if (is_excluded(request, point->index))
            continue;
        result->flops[count] = point->flops;
        result->means[count] = point->mean;
        if (result->weights)
            result->weights[count] = weight_of(point, request->weights);
        count++;
    }
    result->points = (struct curve_points){result->flops, result->means, result->weights, count};
}

/* Names the points that the weights cannot be made from; false if there are any. */
static bool weights_are_good(const struct cli *cli, const struct fit_result *result,
                             const struct fit_request *request)
{
    struct buffer names = {0};
    for (size_t i = 0; result->weights && i < result->points.count; i++) {
        char size[NUMBER_TEXT_MAX];
        if (!isnan(result->weights[i]))
            continue;
        number_print_si(result->flops[i], 4, size);
        buffer_print(&names, "%s%s", names.length ? ", " : "", size);
    }
    bool good = names.length == 0;
    if (!good)
        cli_say(cli, "%s: %s: -w %s: %s missing or zero at %s; use -w none or --exclude",
                result->file, result->curve->name, fit_weights_name(request->weights),
                request->weights == WEIGHTS_STD ? "efficiency_std" : "efficiency_mean",
                names.bytes);
    buffer_done(&names);
    return good;
}

static void run_models(const struct fit_request *request, struct fit_result *result)
{
    result->fits = memory_new_array(fit_model_count(), sizeof *result->fits);
    for (size_t i = 0; i < fit_model_count(); i++) {
        const struct fit_model *model = fit_model_at(i);
        if (!request->model || request->model == model)
            result->fits[result->fit_count++] = fit_run(model, &result->points, &request->options);
    }
    result->best = fit_best((const struct fit *const *)result->fits, result->fit_count);
}

bool fit_result_make(const struct cli *cli, const char *file, const struct calibration_curve *curve,
                     const struct fit_request *request, struct fit_result *result)
{
    *result = (struct fit_result){.file = file, .curve = curve};
    select_points(request, result);
    if (!weights_are_good(cli, result, request)) {
        fit_result_done(result);
        return false;
    }
    calibration_curve_range(curve, &result->low, &result->high);
    run_models(request, result);
    return true;
}

void fit_result_done(struct fit_result *result)
{
    for (size_t i = 0; i < result->fit_count; i++)
        fit_free(result->fits[i]);
    free(result->fits);
    free(result->flops);
    free(result->means);
    free(result->weights);
    *result = (struct fit_result){0};
}
