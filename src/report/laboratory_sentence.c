/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What to make of the fits to one curve, in a sentence. */
#include <math.h>
#include <string.h>

#include "base/buffer.h"
#include "base/number.h"
#include "report/laboratory.h"

static void tell_points(const struct laboratory *laboratory, struct buffer *out)
{
    size_t count = laboratory->points.count, single = laboratory->single;
    buffer_print(out, "%zu point%s", count, count == 1 ? "" : "s");
    if (laboratory->curve_points > count)
        buffer_print(out, " (%zu left out)", laboratory->curve_points - count);
    if (single > 0 && single == count)
        buffer_append_string(out, count == 1 ? " of a single observation"
                                             : ", each of a single observation");
    else if (single > 0)
        buffer_print(out, ", %zu of a single observation", single);
}

/* What follows "unidentified: " in the warnings, up to its explanation. */
static void tell_reason(const struct fit *fit, struct buffer *out)
{
    static const char prefix[] = "unidentified: ";
    for (size_t i = 0; i < fit->warning_count; i++)
        if (strncmp(fit->warnings[i], prefix, strlen(prefix)) == 0) {
            const char *reason = fit->warnings[i] + strlen(prefix);
            size_t length = strcspn(reason, "(:");
            while (length > 0 && reason[length - 1] == ' ')
                length--;
            buffer_print(out, ", but is unidentified: %.*s", (int)length, reason);
            return;
        }
}

static const struct fit *find_fit(const struct laboratory *laboratory, const char *model)
{
    for (size_t i = 0; i < laboratory->fit_count; i++)
        if (strcmp(fit_model_name(laboratory->fits[i]->model), model) == 0)
            return laboratory->fits[i];
    return NULL;
}

/* What R^2 does not see of a fit that stands. */
static void tell_latency(const struct laboratory *laboratory, const struct fit *fit,
                         struct buffer *out)
{
    struct buffer text = {0};
    if (laboratory_tell_latency(laboratory, fit, &text))
        buffer_print(out, ", but predicts %s", text.bytes);
    buffer_done(&text);
}

/* The sigmoid is what the field would like to believe in, so it is always judged. */
static void tell_sigmoid(const struct laboratory *laboratory, struct buffer *out)
{
    const struct fit *fit = find_fit(laboratory, "sigmoid");
    if (!fit)
        return;
    double percent = 100 * laboratory_r_squared(laboratory, fit);
    if (isnan(percent))
        return;
    if (percent > 99.9 && percent < 100)
        buffer_append_string(out, "; sigmoid explains more than 99.9 %");
    else
        buffer_print(out, "; sigmoid explains %.1f %%", percent);
    if (fit->status == FIT_UNIDENTIFIED)
        tell_reason(fit, out);
    else
        tell_latency(laboratory, fit, out);
}

/* Where the best by definition is of no use; nothing of a single fit. */
static void tell_best(const struct laboratory *laboratory, struct buffer *out)
{
    const struct fit *best = laboratory->best, *savable = laboratory->best_savable;
    if (!best || best == savable || laboratory->fit_count < 2)
        return;
    bool by_aicc =
        fit_best_is_by_aicc((const struct fit *const *)laboratory->fits, laboratory->fit_count);
    buffer_print(out, "; %s is best by %s, but not positive: ", fit_model_name(best->model),
                 by_aicc ? "AICc" : "LOO");
    if (savable)
        buffer_print(out, "of those that can be saved %s is best", fit_model_name(savable->model));
    else
        buffer_append_string(out, "no fit that is ok can be saved");
}

/* Nothing of a single one, and nothing where the best could not be saved. */
static void tell_best_predictor(const struct laboratory *laboratory, struct buffer *out)
{
    const struct fit *best = NULL;
    size_t judged = 0;
    for (size_t i = 0; i < laboratory->fit_count; i++) {
        const struct fit *fit = laboratory->fits[i];
        judged += !isnan(fit->loo_rmse);
        if (!isnan(fit->loo_rmse) && (!best || fit->loo_rmse < best->loo_rmse))
            best = fit;
    }
    if (!best || judged < 2 || !laboratory_can_save(laboratory, best))
        return;
    buffer_print(out, "; %s", fit_model_name(best->model));
    if (best->breakpoint_count)
        buffer_print(out, " with %zu breakpoints", best->breakpoint_count);
    buffer_append_string(out, " predicts left-out points best");
}

/* How far a point is off, in standard deviations: of the other points, or robust ones. */
static double distance(const struct laboratory *laboratory, const struct fit *fit, size_t i)
{
    double root = sqrt(curve_weight(&laboratory->points, i));
    return fabs(fit->robust_weights ? root * fit->residuals[i] / fit->robust_scale
                                    : fit->deleted_residuals[i]);
}

/* The largest distance among the outliers of a fit; 0 where there is none. */
static double worst_outlier(const struct laboratory *laboratory, const struct fit *fit)
{
    double worst = 0;
    for (size_t i = 0; fit->status == FIT_OK && i < fit->statistics.count; i++)
        if (fit_is_outlier(fit, i))
            worst = fmax(worst, distance(laboratory, fit, i));
    return worst;
}

/*
 * Points that a model which else stands cannot be reconciled with. Where there are several, any one
 * of them might be to blame: leaving it out would clear the others.
 */
static void tell_outliers(const struct laboratory *laboratory, struct buffer *out)
{
    const struct fit *fit = NULL;
    struct buffer sizes = {0};
    size_t count = 0;
    double furthest = 0;
    for (size_t i = 0; i < laboratory->fit_count; i++) {
        double worst = worst_outlier(laboratory, laboratory->fits[i]);
        if (worst > furthest) {
            furthest = worst;
            fit = laboratory->fits[i];
        }
    }
    for (size_t i = 0; fit && i < laboratory->points.count; i++) {
        char size[NUMBER_TEXT_MAX];
        if (!fit_is_outlier(fit, i))
            continue;
        number_print_si(laboratory->flops[i], 3, size);
        buffer_print(&sizes, "%s%s", count++ ? ", " : "", size);
    }
    if (count == 1)
        buffer_print(out, "; under %s the point at %s does not go with the others",
                     fit_model_name(fit->model), sizes.bytes);
    else if (count > 1)
        buffer_print(out, "; under %s %zu points do not go with the others: %s",
                     fit_model_name(fit->model), count, sizes.bytes);
    buffer_done(&sizes);
}

void laboratory_sentence(const struct laboratory *laboratory, struct buffer *out)
{
    tell_points(laboratory, out);
    tell_sigmoid(laboratory, out);
    tell_best(laboratory, out);
    tell_best_predictor(laboratory, out);
    tell_outliers(laboratory, out);
}
