/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a fit to what a file can hold. */
#include "report/adoption.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "base/number.h"
#include "report/laboratory.h"

static void take_parameters(struct curve_version *version, const struct fit *fit)
{
    struct buffer text = {0};
    for (size_t i = 0; i < fit->parameter_count; i++) {
        char number[NUMBER_TEXT_MAX];
        number_print_repr(fit->parameters[i], number);
        buffer_print(&text, "%s\"%s\": %s", i ? ", " : "{", fit->parameter_names[i], number);
    }
    buffer_append_string(&text, fit->parameter_count ? "}" : "{}");
    version->parameters = buffer_take(&text);
}

struct curve_version *adoption_version(const struct fit *fit, const struct adoption *adoption,
                                       double *bad_flops)
{
    struct breakpoint *breakpoints;
    size_t count;
    if (!fit_sample(fit, &adoption->sampling, &breakpoints, &count, bad_flops))
        return NULL;
    const char *type = adoption->as_model ? fit_model_name(fit->model) : "piecewise_linear";
    struct curve_version *version = version_new(type, breakpoints, count);
    if (adoption->as_model)
        take_parameters(version, fit);
    free(breakpoints);
    return version;
}

bool adoption_tell_left_out(const struct laboratory *laboratory,
                            const struct calibration_curve *curve, struct buffer *out)
{
    enum { NAMED = 4 };
    size_t all = laboratory->curve_points, fitted = laboratory->points.count, next = 0, named = 0;
    if (fitted == all)
        return false;
    buffer_print(out, "fitted without %zu of %zu points (", all - fitted, all);
    for (size_t i = 0; i < all; i++) {
        char size[NUMBER_TEXT_MAX];
        if (next < fitted && laboratory->places[next] == i) {
            next++;
            continue;
        }
        number_print_si(curve->points[i].flops, 3, size);
        if (named++ < NAMED)
            buffer_print(out, "%s%s", named > 1 ? ", " : "", size);
    }
    buffer_append_string(out, named > NAMED ? ", ...)" : ")");
    return true;
}

/* Readers of the field know piecewise_linear only: whoever wants more must know. */
void adoption_warn_of_readers(const char *curve_type, struct buffer *out)
{
    buffer_print(out,
                 "saved as %s: the field's loader drops an operation of that curve_type silently "
                 "and falls back to another; other readers use the sampled breakpoints",
                 curve_type);
}
