/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a check of the file finds, as a list. */
#include "ui/app.h"

static enum role role_of(enum severity severity)
{
    static const enum role roles[] = {[SEVERITY_ERROR] = ROLE_ERROR,
                                      [SEVERITY_WARNING] = ROLE_WARNING,
                                      [SEVERITY_NOTE] = ROLE_TEXT};
    return roles[severity];
}

static void draw(const struct app *app, struct canvas *canvas, const struct layout *layout)
{
    struct rect area = layout->main;
    const struct findings *findings = &app->findings.findings;
    int count = (int)findings->count, rows = area.rows - 3;
    int first = layout_first_line((int)app->findings.selected, count, rows);
    if (count == 0)
        canvas_text(canvas, area.row + 1, 2, -1, ROLE_GOOD, "The check finds nothing to say.");
    for (int i = 0; i < rows && first + i < count; i++) {
        const struct finding *finding = &findings->items[first + i];
        bool selected = (size_t)(first + i) == app->findings.selected;
        struct rect line = {area.row + i, area.column, 1, area.columns};
        enum role role = selected ? ROLE_SELECTED : role_of(finding->severity);
        canvas_fill(canvas, line, selected ? ROLE_SELECTED : ROLE_TEXT);
        canvas_print(canvas, line.row, 1, 10, role, "%s", severity_name(finding->severity));
        canvas_print(canvas, line.row, 10, area.columns - 10, selected ? role : ROLE_TEXT, "%s",
                     finding->message);
    }
    if (count == 0)
        return;
    const struct finding *finding = &findings->items[app->findings.selected];
    canvas_print(canvas, area.row + area.rows - 2, 1, area.columns - 1, ROLE_DIM,
                 "%s   line %zu, column %zu   [%s]", finding->path, finding->line, finding->column,
                 finding->rule);
    canvas_text(canvas, area.row + area.rows - 1, 1, area.columns - 1, ROLE_TEXT, finding->message);
}

static void hint(const struct app *app, struct buffer *out)
{
    const size_t *counts = app->findings.findings.counts;
    buffer_print(out, "%zu errors, %zu warnings, %zu notes in the file as it was loaded",
                 counts[SEVERITY_ERROR], counts[SEVERITY_WARNING], counts[SEVERITY_NOTE]);
}

static bool act(struct app *app, enum action action)
{
    return app_move(app, action, &app->findings.selected, app->findings.findings.count);
}

static void leave(struct app *app)
{
    check_done(&app->findings.findings);
}

const struct view view_findings = {VIEW_FINDINGS, draw, act, hint, leave, NULL};
