/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Versions of a curve and the edits that lead from one to the next. */
#include "tune/edit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"

struct curve_version *version_new(const char *curve_type, const struct breakpoint *breakpoints,
                                  size_t count)
{
    struct curve_version *version = memory_new_array(1, sizeof *version);
    version->curve_type = memory_copy_string(curve_type);
    version->breakpoints = memory_copy(breakpoints, count, sizeof *breakpoints);
    version->count = count;
    return version;
}

struct curve_version *version_copy(const struct curve_version *version)
{
    struct curve_version *same =
        version_new(version->curve_type, version->breakpoints, version->count);
    same->parameters = memory_copy_string(version->parameters);
    same->without = memory_copy_string(version->without);
    return same;
}

void version_free(struct curve_version *version)
{
    if (!version)
        return;
    free(version->curve_type);
    free(version->parameters);
    free(version->without);
    free(version->breakpoints);
    free(version);
}

struct curve version_curve(const struct curve_version *version)
{
    return (struct curve){version->breakpoints, version->count};
}

bool version_equal(const struct curve_version *a, const struct curve_version *b)
{
    struct curve first = version_curve(a), second = version_curve(b);
    return text_same(a->parameters, b->parameters) && text_same(a->curve_type, b->curve_type) &&
           curve_equal(&first, &second);
}

static enum status refuse_order(const struct curve_version *version, size_t index,
                                struct error *error)
{
    char low[NUMBER_TEXT_MAX], high[NUMBER_TEXT_MAX];
    number_print_si(version->breakpoints[index - 1].flops, 6, low);
    number_print_si(version->breakpoints[index].flops, 6, high);
    return error_set(error, STATUS_REFUSED,
                     "breakpoints must rise in size: %zu would be at %s, %zu at %s", index - 1, low,
                     index, high);
}

enum status version_check(const struct curve_version *version, struct error *error)
{
    if (version->count < 2)
        return error_set(error, STATUS_REFUSED, "a curve needs at least two breakpoints");
    for (size_t i = 0; i < version->count; i++) {
        const struct breakpoint *b = &version->breakpoints[i];
        if (!(b->flops > 0) || !isfinite(b->flops))
            return error_set(error, STATUS_REFUSED, "breakpoint %zu: the size must be positive", i);
        if (!(b->efficiency > 0) || !isfinite(b->efficiency))
            return error_set(error, STATUS_REFUSED,
                             "breakpoint %zu: the efficiency must be positive", i);
        if (i > 0 && b[-1].flops >= b->flops)
            return refuse_order(version, i, error);
    }
    return STATUS_OK;
}

/* Hands over a candidate if it keeps the rules; frees it otherwise. */
static enum status finish(struct curve_version *candidate, struct curve_version **out,
                          struct error *error)
{
    enum status status = version_check(candidate, error);
    if (status)
        version_free(candidate);
    else
        *out = candidate;
    return status;
}

static struct curve_version *next_of(const struct curve_version *from)
{
    return version_new("piecewise_linear", from->breakpoints, from->count);
}

static enum status check_index(const struct curve_version *from, size_t index, struct error *error)
{
    if (index < from->count)
        return STATUS_OK;
    if (from->count == 0)
        return error_set(error, STATUS_REFUSED, "the curve has no breakpoints; adopt a fit first");
    return error_set(error, STATUS_REFUSED, "there is no breakpoint %zu; the curve has 0 to %zu",
                     index, from->count - 1);
}

enum status edit_set(const struct curve_version *from, size_t index, struct breakpoint value,
                     struct curve_version **out, struct error *error)
{
    enum status status = check_index(from, index, error);
    if (status)
        return status;
    struct curve_version *next = next_of(from);
    next->breakpoints[index] = value;
    return finish(next, out, error);
}

enum status edit_nudge(const struct curve_version *from, size_t index, double decades,
                       double factor, struct curve_version **out, struct error *error)
{
    enum status status = check_index(from, index, error);
    if (status)
        return status;
    struct breakpoint value = from->breakpoints[index];
    if (decades != 0)
        value.flops = number_round(value.flops * pow(10, decades), EDIT_DIGITS);
    if (factor != 1)
        value.efficiency = number_round(value.efficiency * factor, EDIT_DIGITS);
    return edit_set(from, index, value, out, error);
}

enum status edit_insert(const struct curve_version *from, struct breakpoint value,
                        struct curve_version **out, size_t *index, struct error *error)
{
    size_t place = 0;
    while (place < from->count && from->breakpoints[place].flops < value.flops)
        place++;
    if (place < from->count && from->breakpoints[place].flops == value.flops) {
        char size[NUMBER_TEXT_MAX];
        number_print_si(value.flops, 6, size);
        return error_set(error, STATUS_REFUSED, "there is a breakpoint at %s already", size);
    }
    struct curve_version *next = next_of(from);
    next->breakpoints = memory_resize(next->breakpoints, from->count + 1, sizeof value);
    memmove(&next->breakpoints[place + 1], &next->breakpoints[place],
            (from->count - place) * sizeof value);
    next->breakpoints[place] = value;
    next->count++;
    enum status status = finish(next, out, error);
    if (!status && index)
        *index = place;
    return status;
}

enum status edit_delete(const struct curve_version *from, size_t index, struct curve_version **out,
                        struct error *error)
{
    enum status status = check_index(from, index, error);
    if (status)
        return status;
    struct curve_version *next = next_of(from);
    next->count--;
    memmove(&next->breakpoints[index], &next->breakpoints[index + 1],
            (next->count - index) * sizeof *next->breakpoints);
    return finish(next, out, error);
}

enum status edit_scale(const struct curve_version *from, double factor, struct curve_version **out,
                       struct error *error)
{
    if (!(factor > 0) || !isfinite(factor))
        return error_set(error, STATUS_REFUSED, "the factor must be positive");
    struct curve_version *next = next_of(from);
    for (size_t i = 0; i < next->count && factor != 1; i++)
        next->breakpoints[i].efficiency =
            number_round(next->breakpoints[i].efficiency * factor, EDIT_DIGITS);
    return finish(next, out, error);
}

enum status edit_snap(const struct curve_version *from, size_t index,
                      const struct curve_points *points, struct curve_version **out,
                      struct error *error)
{
    enum status status = check_index(from, index, error);
    if (status)
        return status;
    if (points->count == 0)
        return error_set(error, STATUS_REFUSED, "the curve has no data points to snap to");
    size_t nearest = curve_nearest_point(points, from->breakpoints[index].flops);
    struct breakpoint value = {points->flops[nearest], points->efficiency[nearest]};
    return edit_set(from, index, value, out, error);
}
