/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of fitting share: closeness to expected values, and looking into a fit. */
#ifndef TESTS_FIT_CHECK_H
#define TESTS_FIT_CHECK_H

#include <math.h>
#include <string.h>

#include "fit/fit.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* |actual - expected| <= tolerance * |expected| (absolute where 0 is expected); NaN means NaN. */
#define assert_near(actual, expected, tolerance)                                                   \
    check_near((actual), (expected), (tolerance), __FILE__, __LINE__)

static inline void check_near(double actual, double expected, double tolerance, const char *file,
                              int line)
{
    double scale = expected == 0 ? 1 : fabs(expected);
    if (isnan(expected) ? isnan(actual) : fabs(actual - expected) <= tolerance * scale)
        return;
    print_error("%.17g is not %.17g within %g\n", actual, expected, tolerance);
    _fail(file, line);
}

static inline bool has_warning(const struct fit *fit, const char *part)
{
    for (size_t i = 0; i < fit->warning_count; i++)
        if (strstr(fit->warnings[i], part))
            return true;
    return false;
}

static inline struct fit *run(const char *model, const double *flops, const double *efficiency,
                              const double *weights, size_t count)
{
    struct curve_points points = {flops, efficiency, weights, count};
    return fit_run(fit_model_find(model), &points, NULL);
}

/* Ten numbers in another order, always the same. */
static inline void shuffle(const double from[10], double to[10])
{
    for (size_t i = 0; i < 10; i++)
        to[i] = from[(i * 7 + 3) % 10];
}

static inline int setup_fit(void **state)
{
    (void)state;
    fit_setup();
    return 0;
}

#endif
