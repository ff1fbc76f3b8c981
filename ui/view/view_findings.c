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

enum { NARROW = 60 }; /* there the list has places alone */

static void draw_finding(struct canvas *canvas, struct rect line, const struct finding *finding,
                         bool selected)
{
    int place_columns = line.columns >= 100 ? 40 : 26;
    enum role role = selected ? ROLE_SELECTED : role_of(finding->severity);
    canvas_fill(canvas, line, selected ? ROLE_SELECTED : ROLE_TEXT);
    canvas_text(canvas, line.row, 1, 8, role, severity_name(finding->severity));
    if (line.columns < NARROW) { /* the sentence of the selected one stands below */
        canvas_text_end(canvas, line.row, 10, line.columns - 10, role, finding->path);
        return;
    }
    canvas_text(canvas, line.row, 10, place_columns, selected ? role : ROLE_DIM, finding->path);
    line.column = 11 + place_columns;
    line.columns -= line.column;
    app_draw_words(canvas, line, selected ? role : ROLE_TEXT, finding->message);
}

/* What to do about a finding; at least the last row of area is its own. */
static void draw_remedy(struct canvas *canvas, struct rect area, const struct finding *finding)
{
    struct buffer text = {0};
    buffer_print(&text, "-> %s%s", rule_find(finding->rule)->remedy,
                 finding->fixable ? " (calscope validate --fix does)" : "");
    app_draw_wrapped(canvas, area, ROLE_GOOD, text.bytes);
    buffer_done(&text);
}

/* Where the selected finding is, and by which rule: of the path as much as has room. */
static void draw_place(struct canvas *canvas, struct rect area, const struct finding *finding)
{
    struct buffer place = {0};
    buffer_print(&place, "line %zu, column %zu  [%s]", finding->line, finding->column,
                 finding->rule);
    int at = 1, room = area.columns - 5 - text_columns(place.bytes, canvas->charset);
    if (area.columns >= NARROW && room > 0)
        at += 3 + canvas_text_end(canvas, area.row, at, room, ROLE_TITLE, finding->path);
    canvas_text(canvas, area.row, at, area.columns - at, ROLE_TITLE, place.bytes);
    buffer_done(&place);
}

/* The selected finding in full: where it is, all of its sentence, and the remedy. */
static void draw_selected(struct canvas *canvas, struct rect area, const struct finding *finding)
{
    bool remedy = rule_find(finding->rule)->remedy != NULL;
    draw_place(canvas, area, finding);
    area.row++;
    area.rows -= 1 + remedy;
    int used = app_draw_wrapped(canvas, area, ROLE_TEXT, finding->message);
    area.row += used;
    area.rows += 1 - used;
    if (remedy)
        draw_remedy(canvas, area, finding);
}

/* How many rows at the bottom of the view have the selected finding in full. */
static int selected_rows(const struct layout *layout)
{
    enum { LOW = 16 };
    return layout->main.rows < LOW ? 5 : 6;
}

/* The rows of the list: below it stands the selected finding in full. */
static struct rect list_area(const struct layout *layout)
{
    struct rect area = layout->main;
    area.rows -= selected_rows(layout) + 1;
    return area;
}

static void draw(const struct app *app, struct canvas *canvas, const struct layout *layout)
{
    struct rect area = layout->main;
    const struct findings *findings = &app->findings.findings;
    int count = (int)findings->count, rows = list_area(layout).rows;
    int below = selected_rows(layout);
    int first = layout_first_line((int)app->findings.selected, count, rows);
    if (count == 0) {
        canvas_text(canvas, area.row + 1, 2, -1, ROLE_GOOD, "The check finds nothing to say.");
        return;
    }
    for (int i = 0; i < rows && first + i < count; i++)
        draw_finding(canvas, (struct rect){area.row + i, area.column, 1, area.columns},
                     &findings->items[first + i], (size_t)(first + i) == app->findings.selected);
    draw_selected(canvas,
                  (struct rect){area.row + area.rows - below, area.column, below, area.columns},
                  &findings->items[app->findings.selected]);
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

static int item_at(const struct app *app, const struct layout *layout, int row, int column)
{
    return pointer_line(list_area(layout), 0, (int)app->findings.selected,
                        (int)app->findings.findings.count, row, column);
}

static bool select_item(struct app *app, size_t item)
{
    bool other = item != app->findings.selected;
    app->findings.selected = item;
    return other;
}

static void leave(struct app *app)
{
    check_done(&app->findings.findings);
}

static void go_to_finding(struct app *app, size_t line)
{
    app->findings.selected = line;
}

static bool searched(const struct app *app, struct search_text *out)
{
    const struct findings *findings = &app->findings.findings;
    for (size_t i = 0; i < findings->count; i++)
        search_add_line(out, "%s %s %s", severity_name(findings->items[i].severity),
                        findings->items[i].path, findings->items[i].message);
    out->at = app->findings.selected;
    out->go = go_to_finding;
    return true;
}

const struct view view_findings = {.searched = searched,
                                   .id = VIEW_FINDINGS,
                                   .draw = draw,
                                   .act = act,
                                   .hint = hint,
                                   .leave = leave,
                                   .item_at = item_at,
                                   .select = select_item};
