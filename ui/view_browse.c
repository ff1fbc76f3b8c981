/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The browser: the registry as a list, a filter, and a preview of the selected device's curves. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "report/readout.h"
#include "report/symbol.h"
#include "ui/app.h"

/* Whether every word of the filter occurs in what the row shows. */
static bool matches(const struct registry_entry *entry, const char *filter)
{
    struct buffer text = {0};
    buffer_print(&text, "%s %s %s %s %s ", entry->id, entry->hardware_id ? entry->hardware_id : "",
                 entry->hardware_name ? entry->hardware_name : "",
                 entry->precision ? entry->precision : "", entry->broken ? "broken" : "ok");
    readout_sources(entry->sources, &text);
    bool all = true;
    char *words = memory_copy_string(filter), *rest = words;
    for (char *word = strtok_r(words, " ", &rest); word && all; word = strtok_r(NULL, " ", &rest))
        all = strcasestr(text.bytes, word) != NULL;
    free(words);
    buffer_done(&text);
    return all;
}

static bool same_heading(const char *a, const char *b)
{
    size_t length = strcspn(a, "/");
    return length == strcspn(b, "/") && strncmp(a, b, length) == 0;
}

void app_registry_changed(struct app *app)
{
    free(app->browse.lines);
    free(app->browse.line_of);
    app->browse.lines = NULL;
    app->browse.line_of = NULL;
    app->browse.line_count = app->browse.count = app->browse.total = 0;
    app->browse.preview = NULL;
    previews_forget(&app->browse.previews);
    matrix_forget(app);
}

static void add_entry(struct browse_state *browse, const struct registry_entry *entry,
                      const struct registry_entry *before)
{
    bool below = strchr(entry->id, '/') != NULL;
    if (below && (!before || !same_heading(before->id, entry->id)))
        browse->lines[browse->line_count++] = (struct browse_line){entry, true};
    browse->line_of[browse->count++] = browse->line_count;
    browse->lines[browse->line_count++] = (struct browse_line){entry, false};
}

static void make_lines(struct app *app)
{
    struct browse_state *browse = &app->browse;
    size_t total = registry_count(app->registry);
    const struct registry_entry *before = NULL;
    browse->lines = memory_resize(browse->lines, 2 * total, sizeof *browse->lines);
    browse->line_of = memory_resize(browse->line_of, total, sizeof *browse->line_of);
    browse->line_count = browse->count = browse->selected = 0;
    browse->total = total;
    memcpy(browse->made_for, browse->filter, sizeof browse->made_for);
    for (size_t i = 0; i < total; i++) {
        const struct registry_entry *entry = registry_at(app->registry, i);
        if (browse->filter[0] && !matches(entry, browse->filter))
            continue;
        if (browse->selected_id && strcmp(entry->id, browse->selected_id) == 0)
            browse->selected = browse->count;
        add_entry(browse, entry, before);
        before = entry;
    }
}

static const struct registry_entry *selected_entry(const struct app *app)
{
    const struct browse_state *browse = &app->browse;
    return browse->count ? browse->lines[browse->line_of[browse->selected]].entry : NULL;
}

/* Keeps the lines and the preview in step with registry, filter and selection. */
static void follow(struct app *app)
{
    struct browse_state *browse = &app->browse;
    if (browse->total != registry_count(app->registry) ||
        strcmp(browse->made_for, browse->filter) != 0)
        make_lines(app);
    const struct registry_entry *entry = selected_entry(app);
    bool loadable = entry && !entry->broken;
    browse->preview = loadable ? previews_show(&browse->previews, entry->path) : NULL;
}

/* A column of the list. */
struct column {
    const char *head;
    int width;
    int needs; /* list width from which it is shown */
    bool right;
    void (*text)(const struct registry_entry *entry, struct buffer *out);
};

static void put(struct buffer *out, const char *text)
{
    buffer_append_string(out, text ? text : "-");
}

static void column_precision(const struct registry_entry *entry, struct buffer *out)
{
    put(out, entry->precision);
}

static void column_date(const struct registry_entry *entry, struct buffer *out)
{
    put(out, entry->calibration_date);
    if (out->length > 10)
        buffer_truncate(out, 10);
}

static void column_curves(const struct registry_entry *entry, struct buffer *out)
{
    buffer_print(out, "%zu", entry->curves + entry->bandwidth_curves);
}

static void column_points(const struct registry_entry *entry, struct buffer *out)
{
    buffer_print(out, "%zu", entry->points);
}

static void column_worst(const struct registry_entry *entry, struct buffer *out)
{
    char text[NUMBER_TEXT_MAX];
    number_print_short(entry->worst_r_squared, 3, text);
    buffer_append_string(out, isnan(entry->worst_r_squared) ? "unknown" : text);
}

static void column_source(const struct registry_entry *entry, struct buffer *out)
{
    readout_sources(entry->sources, out);
}

static const struct column columns[] = {
    {"PREC", 4, 36, false, column_precision}, {"DATE", 10, 48, false, column_date},
    {"CURVES", 6, 66, true, column_curves},   {"PTS", 4, 66, true, column_points},
    {"WORST R2", 8, 66, true, column_worst},  {"SOURCE", 8, 74, false, column_source},
};
enum { COLUMN_COUNT = sizeof columns / sizeof *columns, STATE_COLUMNS = 7 };

/* Columns left for the name when the others have theirs. */
static int name_columns(int width)
{
    int left = width - STATE_COLUMNS - 1;
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        if (width >= columns[i].needs)
            left -= columns[i].width + 1;
    return left;
}

static void draw_cell(struct canvas *canvas, int row, int at, const struct column *column,
                      enum role role, const char *text)
{
    int width = text_columns(text, canvas->charset);
    int indent = column->right && width < column->width ? column->width - width : 0;
    canvas_text(canvas, row, at + indent, column->width - indent, role, text);
}

static void draw_head(struct canvas *canvas, struct rect area)
{
    int at = area.column + name_columns(area.columns) + 1;
    canvas_text(canvas, area.row, area.column + 1, -1, ROLE_TITLE, "DEVICE");
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        if (area.columns < columns[i].needs)
            continue;
        draw_cell(canvas, area.row, at, &columns[i], ROLE_TITLE, columns[i].head);
        at += columns[i].width + 1;
    }
    canvas_text(canvas, area.row, at, STATE_COLUMNS, ROLE_TITLE, "STATE");
}

static const char *state_of(const struct app *app, const struct registry_entry *entry,
                            enum role *role)
{
    const struct file *file = files_find(&app->files, entry->path);
    if (entry->broken) {
        *role = ROLE_ERROR;
        return "broken";
    }
    if (file && session_modified_count(file->session)) {
        *role = ROLE_WARNING;
        return "unsaved";
    }
    *role = ROLE_GOOD;
    return "ok";
}

/* The part of an id below its first component: what stands under a heading. */
static const char *name_below_heading(const char *id)
{
    const char *slash = strchr(id, '/');
    return slash ? slash + 1 : id;
}

/* The place of an entry among the marks; their count where it has none. */
static size_t find_mark(const struct app *app, const struct registry_entry *entry)
{
    size_t i = 0;
    while (i < app->mark_count && strcmp(app->marks[i].file->path, entry->path) != 0)
        i++;
    return i;
}

static void draw_entry(const struct app *app, struct canvas *canvas, struct rect line,
                       const struct registry_entry *entry, bool selected)
{
    enum role state_role, role = selected ? ROLE_SELECTED : ROLE_TEXT;
    const char *state = state_of(app, entry, &state_role);
    int names = name_columns(line.columns), at = line.column + names + 1;
    size_t mark = find_mark(app, entry);
    canvas_fill(canvas, line, role);
    if (mark < app->mark_count)
        canvas_print(canvas, line.row, line.column, 1, selected ? role : ROLE_MARKED, "%c",
                     'A' + (int)mark);
    else if (selected)
        canvas_text(canvas, line.row, line.column, 1, role,
                    symbol(SYMBOL_POINTER, canvas->charset));
    canvas_text(canvas, line.row, line.column + 2, names - 2, role, name_below_heading(entry->id));
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        if (line.columns < columns[i].needs)
            continue;
        struct buffer text = {0};
        columns[i].text(entry, &text);
        if (!entry->broken)
            draw_cell(canvas, line.row, at, &columns[i], role, buffer_string(&text));
        buffer_done(&text);
        at += columns[i].width + 1;
    }
    if (entry->broken) /* the reason takes the place of the figures */
        canvas_text(canvas, line.row, line.column + names + 1, at - line.column - names - 2,
                    selected ? role : ROLE_ERROR, entry->message);
    canvas_text(canvas, line.row, at, STATE_COLUMNS, selected ? role : state_role, state);
}

static void draw_list(const struct app *app, struct canvas *canvas, struct rect area)
{
    const struct browse_state *browse = &app->browse;
    size_t selected = browse->line_of[browse->selected];
    int rows = area.rows - 1;
    int first = layout_first_line((int)selected, (int)browse->line_count, rows);
    draw_head(canvas, area);
    for (int i = 0; i < rows && (size_t)(first + i) < browse->line_count; i++) {
        const struct browse_line *line = &browse->lines[first + i];
        struct rect place = {area.row + 1 + i, area.column, 1, area.columns};
        if (line->heading)
            canvas_print(canvas, place.row, place.column + 1, area.columns - 1, ROLE_TITLE, "%.*s",
                         (int)strcspn(line->entry->id, "/"), line->entry->id);
        else
            draw_entry(app, canvas, place, line->entry, (size_t)(first + i) == selected);
    }
}

static void draw_empty(const struct app *app, struct canvas *canvas, struct rect area)
{
    int row = area.row + area.rows / 3;
    if (!registry_is_complete(app->registry)) {
        canvas_text(canvas, row, area.column + 2, area.columns - 2, ROLE_DIM, "Reading...");
        return;
    }
    if (app->browse.filter[0]) {
        canvas_print(canvas, row, area.column + 2, area.columns - 2, ROLE_TEXT,
                     "Nothing contains \"%s\". Esc clears the filter.", app->browse.filter);
        return;
    }
    canvas_print(canvas, row, area.column + 2, area.columns - 2, ROLE_WARNING, "No %s below %s",
                 REGISTRY_FILE_NAME, registry_root(app->registry));
    canvas_text(canvas, row + 1, area.column + 2, area.columns - 2, ROLE_TEXT,
                "A registry holds <device_type>/<hardware_id>/" REGISTRY_FILE_NAME ".");
    canvas_text(canvas, row + 2, area.column + 2, area.columns - 2, ROLE_TEXT,
                "q quits; then try: calscope PATH");
}

/* The preview's curves: those of the opened file as they are now, else as loaded for the preview.
 */
static size_t preview_curves(const struct app *app, const struct registry_entry *entry,
                             struct scene_curve curves[ROLE_SERIES_COUNT],
                             const struct calibration **calibration)
{
    const struct file *file = files_find(&app->files, entry->path);
    *calibration = file ? file->calibration : app->browse.preview;
    size_t count = 0;
    for (size_t i = 0; *calibration && i < (*calibration)->compute_count; i++) {
        const struct calibration_curve *source = &(*calibration)->curves[i];
        if (count == ROLE_SERIES_COUNT)
            break;
        curves[count] = (struct scene_curve){.source = source,
                                             .curve = file ? file_curve(file, i)
                                                           : calibration_stored_curve(source),
                                             .label = source->name,
                                             .series = (int)count,
                                             .selected_point = -1,
                                             .selected_breakpoint = -1};
        count++;
    }
    return count;
}

static void draw_preview(const struct app *app, struct canvas *canvas, struct rect area,
                         const struct registry_entry *entry)
{
    struct scene_curve curves[ROLE_SERIES_COUNT];
    const struct calibration *calibration;
    if (area.rows < 3)
        return;
    canvas_print(canvas, area.row, area.column, area.columns, ROLE_TITLE, "%s",
                 entry->hardware_name ? entry->hardware_name : entry->id);
    if (entry->broken) {
        canvas_text(canvas, area.row + 1, area.column, area.columns, ROLE_ERROR, entry->message);
        canvas_text(canvas, area.row + 2, area.column, area.columns, ROLE_DIM, entry->path);
        return;
    }
    size_t count = preview_curves(app, entry, curves, &calibration);
    if (count == 0)
        return;
    struct scene_options options = {.log_y = app->log_y};
    area.row++;
    area.rows--;
    pictures_draw(app->pictures, curves, count, &options, canvas, area, NAN, app->style);
}

static void draw(const struct app *app, struct canvas *canvas, const struct layout *layout)
{
    if (app->browse.count == 0) {
        draw_empty(app, canvas, layout->main);
        return;
    }
    draw_list(app, canvas, layout->main);
    draw_preview(app, canvas, layout->side, selected_entry(app));
}

static void hint(const struct app *app, struct buffer *out)
{
    size_t total = registry_count(app->registry), broken = registry_broken_count(app->registry);
    buffer_print(out, "%zu calibration%s", total, total == 1 ? "" : "s");
    if (broken)
        buffer_print(out, ", %zu broken", broken);
    if (app->browse.filter[0])
        buffer_print(out, ", %zu contain \"%s\" (Esc clears)", app->browse.count,
                     app->browse.filter);
    if (!registry_is_complete(app->registry))
        buffer_append_string(out, ", reading...");
    if (app->mark_count == 1)
        buffer_print(out, "   A = %s; c compares it with the selected one", app->marks[0].file->id);
    else if (app->mark_count > 1)
        buffer_print(out, "   %zu marked; c shows them with the selected one", app->mark_count);
}

static void select_id(struct app *app, const char *id)
{
    char *copy = memory_copy_string(id);
    free(app->browse.selected_id);
    app->browse.selected_id = copy;
}

static void change_filter(struct app *app, const char *text)
{
    memcpy(app->browse.filter, text, strlen(text) + 1);
}

static void accept_filter(struct app *app, const char *text)
{
    change_filter(app, text);
    follow(app);
    const struct registry_entry *entry = selected_entry(app);
    if (entry)
        select_id(app, entry->id);
}

/* Files that were opened hold what they held then: those that others have changed since are read anew. */
static void reload_changed(struct app *app)
{
    struct error error;
    for (size_t i = 0; i < app->files.count; i++) {
        struct file *file = app->files.items[i];
        if (!file_changed_on_disk(file))
            continue;
        bool curve_marked = app->mark_count > 0 && !app->marks[0].whole;
        if (file_reload(file, &error) || curve_marked) /* gone, or perhaps without that curve */
            app_unmark(app, file);
        if (app->file == file)
            app->file = NULL;
    }
}

static void rescan(struct app *app)
{
    struct registry *fresh;
    struct error error;
    if (files_modified_count(&app->files)) {
        /* Their rows may be gone afterwards, and with them the way to their changes. */
        app_say(app, ROLE_WARNING, "Save or undo the changes first, then read the registry again");
        return;
    }
    if (registry_open(registry_root(app->registry), &fresh, &error)) {
        app_say_error(app, registry_root(app->registry), &error);
        return;
    }
    reload_changed(app);
    app_registry_changed(app);
    registry_free(app->registry);
    app->registry = fresh;
}

static void take_mark_away(struct app *app, size_t index)
{
    app->mark_count--;
    memmove(&app->marks[index], &app->marks[index + 1],
            (app->mark_count - index) * sizeof *app->marks);
    app_say(app, ROLE_TEXT, "Mark taken away");
}

/* Marks the selected calibration for a comparison, or takes its mark away. */
static void mark(struct app *app, const struct registry_entry *entry)
{
    size_t index = find_mark(app, entry);
    if (app->mark_count > 0 && !app->marks[0].whole) /* a curve: now it is about calibrations */
        index = app->mark_count = 0;
    if (index < app->mark_count)
        take_mark_away(app, index);
    else if (app->mark_count == COMPARE_CALIBRATIONS_MAX)
        app_say(app, ROLE_WARNING,
                "%d are marked, and more cannot be told apart: m on one of them "
                "takes its mark away",
                COMPARE_CALIBRATIONS_MAX);
    else if (app_open(app, entry->id))
        app->marks[app->mark_count++] = (struct side){.file = app->file, .whole = true};
}

/* All that is marked and, unless it is, the selected one: two side by side, more in one picture. */
static void compare(struct app *app, const struct registry_entry *entry)
{
    struct file *files[COMPARE_CALIBRATIONS_MAX + 1];
    size_t count = app->mark_count;
    if (count == 0) {
        app_say(app, ROLE_WARNING, "First press m on the calibration to compare with");
        return;
    }
    for (size_t i = 0; i < count; i++)
        files[i] = app->marks[i].file;
    if (find_mark(app, entry) == count || count == 1) {
        if (!app_open(app, entry->id))
            return;
        files[count++] = app->file;
    }
    if (count == 2)
        compare_start(app, (struct side){.file = files[0], .whole = true},
                      (struct side){.file = files[1], .whole = true});
    else if (count > COMPARE_CALIBRATIONS_MAX)
        app_say(app, ROLE_WARNING,
                "These would be %zu, and more than %d cannot be told apart: "
                "select a marked one",
                count, COMPARE_CALIBRATIONS_MAX);
    else
        overlay_start(app, files, count);
}

static bool act_on_entry(struct app *app, enum action action)
{
    const struct registry_entry *entry = selected_entry(app);
    if (!entry)
        return action == ACTION_OPEN || action == ACTION_MARK || action == ACTION_COMPARE ||
               action == ACTION_REVISION;
    if (action == ACTION_OPEN) {
        if (entry->broken)
            app_say(app, ROLE_ERROR, "%s: %s", entry->path, entry->message);
        else if (app_open(app, entry->id))
            app_enter_curves(app);
    } else if (action == ACTION_REVISION) {
        if (app_open(app, entry->id))
            compare_ask_revision(app);
    } else if (action == ACTION_MARK)
        mark(app, entry);
    else if (action == ACTION_COMPARE)
        compare(app, entry);
    else
        return false;
    return true;
}

static bool act_on_list(struct app *app, enum action action)
{
    if (!app_move(app, action, &app->browse.selected, app->browse.count))
        return false;
    if (app->browse.count)
        select_id(app, selected_entry(app)->id);
    return true;
}

static bool act(struct app *app, enum action action)
{
    if (act_on_list(app, action) || act_on_entry(app, action))
        return true;
    const struct registry_entry *entry;
    switch (action) {
    case ACTION_FILTER:
        app_ask(app, "Filter: ", app->browse.filter, accept_filter);
        app->prompt_change = change_filter;
        return true;
    case ACTION_CLEAR:
        app->browse.filter[0] = '\0';
        return true;
    case ACTION_RESCAN:
        rescan(app);
        return true;
    case ACTION_MATRIX:
        entry = selected_entry(app);
        matrix_start(app, entry ? entry->id : NULL);
        return true;
    case ACTION_SAVE: /* of the selected calibration, which need not be the one in hand */
        entry = selected_entry(app);
        if (entry && files_find(&app->files, entry->path) && app_open(app, entry->id))
            return false;
        app_say(app, ROLE_TEXT, "Nothing to save in %s", entry ? entry->id : "the list");
        return true;
    default:
        return false;
    }
}

const struct view view_browse = {
    .id = VIEW_BROWSE, .draw = draw, .act = act, .hint = hint, .follow = follow};
