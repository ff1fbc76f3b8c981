/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What fits do to the latency that is predicted from them: the purpose that the curves are for. */
#include <math.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/number.h"
#include "report/laboratory.h"
#include "report/readout.h"

double laboratory_latency_ratio(const struct laboratory *laboratory, const struct fit *fit,
                                double *flops)
{
    double worst = NAN;
    *flops = NAN;
    for (size_t i = 0; i < laboratory->points.count; i++) {
        double efficiency = fit_evaluate(fit, laboratory->flops[i]);
        double ratio = laboratory->means[i] / efficiency;
        if (!(laboratory->means[i] > 0) || !(efficiency > 0) || !isfinite(ratio))
            continue;
        if (isnan(worst) || fabs(log(ratio)) > fabs(log(worst))) {
            worst = ratio;
            *flops = laboratory->flops[i];
        }
    }
    return worst;
}

bool laboratory_tell_latency(const struct laboratory *laboratory, const struct fit *fit,
                             struct buffer *out)
{
    const double large = 2;
    double flops, ratio = laboratory_latency_ratio(laboratory, fit, &flops);
    char size[NUMBER_TEXT_MAX], factor[NUMBER_TEXT_MAX];
    if (!(fabs(log(ratio)) >= log(large)))
        return false;
    number_print_si(flops, 3, size);
    number_print_si(ratio < 1 ? 1 / ratio : ratio, 3, factor);
    buffer_print(out, "latency %s times too %s at %s", factor, ratio < 1 ? "short" : "long", size);
    return true;
}

bool laboratory_tell_falling(const struct laboratory *laboratory, const struct fit *fit,
                             double tolerance, enum text_charset charset, struct buffer *out)
{
    const struct fit_sampling sampling = {laboratory->low, laboratory->high, tolerance};
    struct readout readout = {.charset = charset};
    struct breakpoint *breakpoints;
    if (!fit_sample(fit, &sampling, &breakpoints, &readout.curve.count, NULL))
        return false;
    readout.curve.breakpoints = breakpoints;
    size_t begin = out->length;
    bool falls = readout_falling_latency(&readout, out);
    if (falls)
        out->bytes[begin] = 'l'; /* it stands behind a name, or another remark */
    free(breakpoints);
    return falls;
}
