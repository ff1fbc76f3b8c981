/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The browser: the registry as a list, a filter, and a preview of the selected device's curves. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "ui/app.h"
#include "ui/tour.h"
#include "ui/view/browse_elsewhere.h"
#include "ui/view/browse_empty.h"
#include "ui/view/browse_table.h"

void app_registry_changed(struct app *app)
{
    browse_forget(&app->browse);
    matrix_forget(app);
}

static const struct registry_entry *selected_entry(const struct app *app)
{
    return browse_selected(&app->browse);
}

static void hint(const struct app *app, struct buffer *out);

/* Where nothing has changed on disk the list looks as before: that it was read must be said. */
static void say_read_again(struct app *app)
{
    struct buffer holds = {0};
    if (!app->browse.rereading || !registry_is_complete(app->registry))
        return;
    app->browse.rereading = false;
    hint(app, &holds);
    if (!app->message[0]) /* what a later key has said matters more */
        app_say(app, ROLE_TEXT, "Read again: %s", holds.bytes);
    buffer_done(&holds);
}

/* Keeps the lines and the preview in step with registry, filter and selection. */
static void follow(struct app *app)
{
    struct browse_state *browse = &app->browse;
    browse_elsewhere_follow(app);
    browse_make(browse, app->registry);
    remember_check_filter(app);
    browse_empty_follow(app);
    say_read_again(app);
    const struct registry_entry *entry = selected_entry(app);
    bool loadable = entry && !entry->broken;
    browse->preview = loadable ? previews_show(&browse->previews, entry->path) : NULL;
}

static void draw_empty(const struct app *app, struct canvas *canvas, struct rect area)
{
    enum { ROWS_MAX = 4 };
    int row = area.row + area.rows / 3;
    if (!registry_is_complete(app->registry)) {
        canvas_text(canvas, row, area.column + 2, area.columns - 2, ROLE_DIM, "Reading...");
        return;
    }
    if (app->browse.filter[0]) {
        struct buffer nothing = {0};
        buffer_print(&nothing, "Nothing fits the filter `%s`. %s clears it.", app->browse.filter,
                     app_key_name(app, ACTION_CLEAR).chars);
        app_draw_wrapped(canvas, (struct rect){row, area.column + 1, ROWS_MAX, area.columns - 1},
                         ROLE_TEXT, nothing.bytes);
        buffer_done(&nothing);
        return;
    }
    browse_empty_draw(app, canvas, area);
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
        area.row++;
        area.rows--;
        browse_empty_draw_broken(app, canvas, area, entry);
        return;
    }
    size_t count = preview_curves(app, entry, curves, &calibration);
    if (count == 0)
        return;
    struct scene_options options = {.log_y = app->log_y};
    area.row++;
    area.rows--;
    struct picture_subject subject = {curves, count, &options, NAN, app->style};
    pictures_draw(app->pictures, &subject, canvas, area);
}

static void draw(const struct app *app, struct canvas *canvas, const struct layout *layout)
{
    if (app->browse.count == 0) {
        draw_empty(app, canvas, layout->main);
        return;
    }
    browse_table_draw(app, canvas, layout->main);
    draw_preview(app, canvas, layout->side, selected_entry(app));
}

static void hint(const struct app *app, struct buffer *out)
{
    size_t total = registry_count(app->registry), broken = registry_broken_count(app->registry);
    buffer_print(out, "%zu calibration%s", total, total == 1 ? "" : "s");
    if (broken)
        buffer_print(out, ", %zu broken", broken);
    if (app->browse.elsewhere_count)
        buffer_print(out, ", %zu elsewhere", app->browse.elsewhere_count);
    if (app->browse.filter[0])
        buffer_print(out, ", %zu fit `%s` (%s clears)", app->browse.count, app->browse.filter,
                     app_key_name(app, ACTION_CLEAR).chars);
    if (!browse_has_headings(&app->browse) || app->browse.order.descending)
        buffer_print(out, ", sorted by %s%s", app->browse.order.field->name,
                     app->browse.order.descending ? ", descending" : "");
    if (!registry_is_complete(app->registry))
        buffer_append_string(out, ", reading...");
    else if (app->disk_changes.watch && watch_trouble(app->disk_changes.watch))
        buffer_print(out, "   Changes may go unseen: %s; %s reads again",
                     watch_trouble(app->disk_changes.watch),
                     app_key_name(app, ACTION_RESCAN).chars);
    if (app->browse.count && selected_entry(app)->kept_edits)
        buffer_print(out, "   Edits of a killed session are kept: %s shows them",
                     app_key_name(app, ACTION_OPEN).chars);
    else if (tour_is_new(app) && app->mark_count == 0)
        buffer_print(out, "   New? %s shows a tour", app_key_name(app, ACTION_TOUR).chars);
    if (app->mark_count > 0)
        buffer_append_string(out, "   ");
    marks_describe(app, "the selected one", out);
}

static int item_at(const struct app *app, const struct layout *layout, int row, int column)
{
    const struct browse_state *browse = &app->browse;
    if (browse->count == 0)
        return -1;
    int line = pointer_line(layout->main, 1, (int)browse->line_of[browse->selected],
                            (int)browse->line_count, row, column);
    for (size_t i = 0; i < browse->count; i++)
        if ((int)browse->line_of[i] == line)
            return (int)i;
    return -1;
}

static bool select_item(struct app *app, size_t item)
{
    if (item == app->browse.selected)
        return false;
    browse_select(&app->browse, item);
    return true;
}

/* Called on each key of a filter. What makes no sense yet is noted, and the filter before holds. */
static void change_filter(struct app *app, const char *text)
{
    struct error error = {0};
    app->recalled.filtered = false;
    if (browse_take_filter(&app->browse, text, &error))
        snprintf(app->prompt.note, sizeof app->prompt.note, "Character %zu: %.260s", error.column,
                 error.message);
}

static void accept_filter(struct app *app, const char *text)
{
    struct error error = {0};
    app->recalled.filtered = false;
    if (browse_take_filter(&app->browse, text, &error)) {
        app_ask_again(app, "Not taken: character %zu: %.240s", error.column, error.message);
        return;
    }
    follow(app);
    if (app->browse.count)
        browse_select(&app->browse, app->browse.selected);
}

/*
 * Files that were opened hold what they held then: those that others have changed since are read
 * anew.
 */
static void reload_changed(struct app *app)
{
    for (size_t i = 0; i < app->files.count; i++)
        if (file_changed_on_disk(
                app->files.items[i])) /* where it cannot be read its row says why */
            (void)disk_changes_reload(app, app->files.items[i], NULL);
}

void app_rescan(struct app *app)
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
    recover_mark(app);
    app->browse.rereading = true;
    if (app->disk_changes.watch)
        registry_watch(fresh, app->disk_changes.watch);
}

/* Opens the selected calibration and marks it, or compares it with what is marked. */
static void mark_or_compare(struct app *app, const struct registry_entry *entry, bool compares)
{
    if (compares && app->mark_count == 0)
        app_say(app, ROLE_WARNING, "First press %s on the calibration to compare with",
                app_key_name(app, ACTION_MARK).chars);
    else if (app_open(app, entry->id))
        (compares ? marks_compare : marks_turn)(app,
                                                (struct side){.file = app->file, .whole = true});
}

/* Why there is no row to do something with. */
static void say_no_row(struct app *app)
{
    if (registry_count(app->registry) == 0)
        app_say(app, ROLE_TEXT, "There is no calibration in the list");
    else
        app_say(app, ROLE_TEXT, "No row fits the filter: %s shows all of them again",
                app_key_name(app, ACTION_CLEAR).chars);
}

static bool act_on_entry(struct app *app, enum action action)
{
    const struct registry_entry *entry = selected_entry(app);
    bool about_entry = action == ACTION_OPEN || action == ACTION_MARK || action == ACTION_COMPARE ||
                       action == ACTION_REVISION;
    if (!entry && about_entry)
        say_no_row(app);
    if (!entry)
        return about_entry;
    if (action == ACTION_OPEN) {
        if (entry->broken && !files_has_unsaved(&app->files, entry->path))
            app_say(app, ROLE_ERROR, "It cannot be opened: %s", entry->message);
        else if (app_open(app, entry->id))
            app_enter_curves(app);
    } else if (action == ACTION_REVISION) {
        if (app_open(app, entry->id))
            compare_ask_revision(app);
    } else if (action == ACTION_MARK || action == ACTION_COMPARE)
        mark_or_compare(app, entry, action == ACTION_COMPARE);
    else
        return false;
    return true;
}

/* To the next row that is shown, or the one before; round at the ends. */
static void step_row(struct app *app, bool back)
{
    struct browse_state *browse = &app->browse;
    size_t count = browse->count, last = count - 1;
    if (count == 0)
        return;
    bool round = browse->selected == (back ? 0 : last);
    browse_select(browse, (browse->selected + (back ? last : 1)) % count);
    if (round && count > 1)
        app_say(app, ROLE_TEXT, "Past the %s row: %s again", back ? "first" : "last",
                back ? "the last one" : "the first one");
}

static bool act_on_list(struct app *app, enum action action)
{
    struct browse_state *browse = &app->browse;
    size_t place = browse->selected;
    if (action == ACTION_ROW_NEXT || action == ACTION_ROW_PREVIOUS)
        step_row(app, action == ACTION_ROW_PREVIOUS);
    else if (!app_move(app, action, &place, browse->count))
        return false;
    else if (browse->count)
        browse_select(browse, place);
    return true;
}

static bool sort(struct app *app, enum action action)
{
    struct order order = app->browse.order;
    if (action == ACTION_SORT_INVERT)
        order.descending = !order.descending;
    else if (action == ACTION_SORT_NEXT || action == ACTION_SORT_PREVIOUS)
        order.field = browse_table_field(app, order.field, action == ACTION_SORT_NEXT);
    else
        return false;
    if (!order.field)
        order.field = field_find("id", strlen("id"));
    browse_take_order(&app->browse, order);
    app_say(app, ROLE_TEXT, "Sorted by %s, %s; %s reverses the order", order.field->name,
            order.descending ? "descending" : "ascending",
            app_key_name(app, ACTION_SORT_INVERT).chars);
    return true;
}

static bool act(struct app *app, enum action action)
{
    if (act_on_list(app, action) || act_on_entry(app, action) || sort(app, action))
        return true;
    const struct registry_entry *entry;
    switch (action) {
    case ACTION_FILTER:
        app_offer(app, "Filter: ", app->browse.filter, accept_filter);
        app->asked.change = change_filter;
        return true;
    case ACTION_CLEAR:
        change_filter(app, "");
        return true;
    case ACTION_RESCAN:
        app_rescan(app);
        return true;
    case ACTION_TOUR:
        app->tour_top = 0;
        tour_seen(app);
        app_enter(app, &view_tour);
        return true;
    case ACTION_MATRIX:
        entry = selected_entry(app);
        matrix_start(app, entry && !browse_is_elsewhere(&app->browse, entry) ? entry->id : NULL);
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

const struct view view_browse = {.id = VIEW_BROWSE,
                                 .draw = draw,
                                 .act = act,
                                 .hint = hint,
                                 .follow = follow,
                                 .item_at = item_at,
                                 .select = select_item};
