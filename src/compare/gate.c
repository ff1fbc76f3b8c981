/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holding intervals against thresholds. Comparisons are such that NaN fails them. */
#include "compare/gate.h"

#include <math.h>

const char *gate_tripped(const struct compare_gate *gate, const struct compared_point *point)
{
    if (gate->worse > 0 && point->ci_high < 1 - gate->worse)
        return "worse";
    if (gate->better > 0 && point->ci_low > 1 + gate->better)
        return "better";
    return NULL;
}

struct gate_count gate_count(const struct compare_gate *gate, const struct comparison *comparison)
{
    struct gate_count count = {0};
    for (size_t i = 0; i < comparison->curve_count; i++)
        for (size_t j = 0; j < comparison->curves[i].point_count; j++) {
            const struct compared_point *point = &comparison->curves[i].points[j];
            count.tripped += gate_tripped(gate, point) != NULL;
            count.untested += isnan(point->ci_low);
        }
    return count;
}
