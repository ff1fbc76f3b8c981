/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How selections, texts and cursors move. */
#include "ui/app_move.h"

#include <float.h>
#include <math.h>

#include "ui/app.h"

bool app_move(const struct app *app, enum action action, size_t *selected, size_t count)
{
    size_t page = app->rows > 6 ? (size_t)app->rows / 2 : 3;
    size_t last = count ? count - 1 : 0;
    switch (action) {
    case ACTION_UP:
        *selected -= *selected > 0;
        return true;
    case ACTION_DOWN:
        *selected += *selected < last;
        return true;
    case ACTION_PAGE_UP:
        *selected -= *selected > page ? page : *selected;
        return true;
    case ACTION_PAGE_DOWN:
        *selected = *selected + page < last ? *selected + page : last;
        return true;
    case ACTION_FIRST:
        *selected = app->first_line < last ? app->first_line : last;
        return true;
    case ACTION_LAST:
        *selected = last;
        return true;
    default:
        return false;
    }
}

bool app_scroll(const struct app *app, enum action action, size_t *top, size_t last)
{
    return app_move(app, action, top, last + 1);
}

void app_scroll_to(size_t row, size_t *top, size_t last)
{
    *top = row < last ? row : last;
}

bool app_move_cursor(const struct app *app, enum action action, double low, double high, double air,
                     double *cursor)
{
    static const struct {
        enum action action;
        double share;
    } moves[] = {{ACTION_CURSOR_LEFT, -0.01},
                 {ACTION_CURSOR_RIGHT, 0.01},
                 {ACTION_CURSOR_FAR_LEFT, -0.1},
                 {ACTION_CURSOR_FAR_RIGHT, 0.1}};
    for (size_t i = 0; i < sizeof moves / sizeof *moves; i++)
        if (moves[i].action == action) {
            double from = log10(low), to = log10(high), shown_low = low, shown_high = high;
            plot_pane_narrow(app, &shown_low, &shown_high);
            double at = log10(*cursor) + moves[i].share * log10(shown_high / shown_low);
            double beyond = air * (to - from);
            *cursor = fmin(pow(10, fmin(fmax(at, from - beyond), to + beyond)), DBL_MAX);
            return true;
        }
    return false;
}

void app_put_cursor(double flops, double low, double high, double air, double *cursor)
{
    double beyond = pow(high / low, air);
    *cursor = fmin(fmax(flops, low / beyond), fmin(high * beyond, DBL_MAX));
}

void app_look_at(struct app *app, double flops, double low, double high, double air, double *cursor)
{
    app_put_cursor(flops, low, high, air, cursor);
    if (*cursor < flops || *cursor > flops)
        app_say(app, ROLE_TEXT, "The curve does not reach there: the cursor is at its end");
}
