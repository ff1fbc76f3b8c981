/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ticks at any zoom: over many windows and sizes no two labels meet, and there are two or more. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "plot/layout.h"

enum { WINDOWS = 4000, ROOMY_COLUMNS = 32, ROOMY_ROWS = 8 };

static double next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (double)(*seed >> 8) / (1 << 24);
}

/* A window of sizes from a fifth of a percent wide to nine decades. */
static struct plot_axis random_sizes(uint32_t *seed)
{
    double low = pow(10, 3 + 9 * next_random(seed));
    double decades = pow(10, -3 + 3.95 * next_random(seed));
    return (struct plot_axis){low, low * pow(10, decades), true, "FLOPs"};
}

static struct plot_axis random_efficiencies(uint32_t *seed)
{
    bool log = next_random(seed) < 0.5;
    double low = pow(10, -5 + 5 * next_random(seed));
    double span = pow(10, -2.5 + 3 * next_random(seed));
    double high = log ? low * pow(10, span) : low + span;
    return (struct plot_axis){low, high, log, "efficiency"};
}

static void fail_with(const struct plot_layout *layout, const char *what)
{
    fprintf(stderr, "x from %g to %g on %d columns\n", layout->x.low, layout->x.high,
            layout->area.columns);
    for (size_t i = 0; i < layout->ticks.count; i++)
        fprintf(stderr, "  %d: %s\n", layout->ticks.at[i], layout->ticks.ticks[i].label);
    const struct panel_layout *panel = &layout->panel[0];
    fprintf(stderr, "y from %g to %g on %d rows\n", panel->y.low, panel->y.high, panel->inner.rows);
    for (size_t i = 0; i < panel->ticks.count; i++)
        fprintf(stderr, "  %d: %s\n", panel->ticks.at[i], panel->ticks.ticks[i].label);
    fail_msg("%s", what);
}

static void check_x(const struct plot_layout *layout)
{
    const struct tick_row *ticks = &layout->ticks;
    int end = -1;
    for (size_t i = 0; i < ticks->count; i++) {
        int start = layout_label_start(layout, ticks->at[i], ticks->columns[i]);
        if (start <= end)
            fail_with(layout, "two labels of sizes meet");
        end = start + ticks->columns[i];
        if (end > layout->area.columns)
            fail_with(layout, "a label of a size leaves the plot");
        if (i > 0 && strcmp(ticks->ticks[i - 1].label, ticks->ticks[i].label) == 0)
            fail_with(layout, "two ticks of sizes have the same label");
    }
    if (layout->panel[0].inner.columns >= ROOMY_COLUMNS && ticks->count < 2)
        fail_with(layout, "fewer than two ticks of sizes");
}

static void check_y(const struct plot_layout *layout)
{
    const struct tick_row *ticks = &layout->panel[0].ticks;
    for (size_t i = 1; i < ticks->count; i++) {
        if (ticks->at[i] >= ticks->at[i - 1])
            fail_with(layout, "two labels of efficiencies share a row");
        if (strcmp(ticks->ticks[i - 1].label, ticks->ticks[i].label) == 0)
            fail_with(layout, "two ticks of efficiencies have the same label");
    }
    if (layout->panel[0].inner.rows >= ROOMY_ROWS && ticks->count < 2)
        fail_with(layout, "fewer than two ticks of efficiencies");
}

static void test_labels_never_meet_and_two_ticks_have_room_at_any_zoom(void **state)
{
    (void)state;
    uint32_t seed = 3;
    for (int i = 0; i < WINDOWS; i++) {
        struct plot_axis x = random_sizes(&seed);
        struct plot plot = {.y = random_efficiencies(&seed)};
        struct rect area = {0, 0, 4 + (int)(60 * next_random(&seed)),
                            12 + (int)(200 * next_random(&seed))};
        struct plot_layout layout;
        if (!layout_arrange(&layout, area, &(struct plot_panels){x, &plot, 1}, TEXT_UNICODE))
            continue;
        check_x(&layout);
        check_y(&layout);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_labels_never_meet_and_two_ticks_have_room_at_any_zoom),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
