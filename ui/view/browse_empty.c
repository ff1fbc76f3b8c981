/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words for a list that has nothing to choose from. */
#include "ui/view/browse_empty.h"

#include <string.h>

#include "report/found.h"
#include "ui/app.h"

/* Whether the one file that the program was started with cannot be read. */
static bool is_broken_file(const struct app *app)
{
    return registry_count(app->registry) == 1 && registry_at(app->registry, 0)->broken &&
           strcmp(registry_at(app->registry, 0)->path, registry_root(app->registry)) == 0;
}

void browse_empty_follow(struct app *app)
{
    struct buffer found = {0};
    if (app->browse.found || !registry_is_complete(app->registry) ||
        (registry_count(app->registry) > 0 && !is_broken_file(app)))
        return;
    found_describe(registry_root(app->registry), &found);
    app->browse.found = buffer_take(&found);
}

/* Paragraphs below one another, as far as there is room. Each is freed. */
static void draw_paragraphs(struct canvas *canvas, struct rect area, struct buffer *paragraphs,
                            const enum role *roles, int count)
{
    for (int i = 0; i < count; i++) {
        int rows = area.rows > 0
                       ? app_draw_wrapped(canvas, area, roles[i], buffer_string(&paragraphs[i]))
                       : 0;
        area.row += rows;
        area.rows -= rows;
        buffer_done(&paragraphs[i]);
    }
}

void browse_empty_draw(const struct app *app, struct canvas *canvas, struct rect area)
{
    const char *root = registry_root(app->registry);
    struct buffer text[4] = {{0}};
    const enum role roles[] = {ROLE_WARNING, ROLE_TEXT, ROLE_TEXT, ROLE_TEXT};
    buffer_print(&text[0], "No " REGISTRY_FILE_NAME " below %s", root);
    if (app->browse.found)
        buffer_print(&text[1], "Found there: %s.", app->browse.found);
    buffer_print(&text[2], "Expected: %s/<device_type>/<hardware_id>/" REGISTRY_FILE_NAME,
                 strcmp(root, "/") == 0 ? "" : root);
    buffer_print(&text[3],
                 "%s quits; then calscope PATH opens another folder or one file. "
                 "%s reads this one again.",
                 app_key_name(app, ACTION_QUIT).chars, app_key_name(app, ACTION_RESCAN).chars);
    int down = area.rows > 12 ? area.rows / 3 : 0;
    area.row += down;
    area.rows -= down;
    draw_paragraphs(canvas, area, text, roles, 4);
}

void browse_empty_draw_broken(const struct app *app, struct canvas *canvas, struct rect area,
                              const struct registry_entry *entry)
{
    struct buffer text[4] = {{0}};
    const enum role roles[] = {ROLE_ERROR, ROLE_DIM, ROLE_TEXT, ROLE_TEXT};
    buffer_append_string(&text[0], entry->message);
    buffer_append_string(&text[1], entry->path);
    if (is_broken_file(app) && app->browse.found)
        buffer_print(&text[2],
                     "Found there: %s. Expected: a calibration, JSON as in " REGISTRY_FILE_NAME ".",
                     app->browse.found);
    if (is_broken_file(app))
        buffer_print(&text[3],
                     "%s quits; then `calscope` alone lists what there is, and "
                     "calscope PATH opens another folder or file.",
                     app_key_name(app, ACTION_QUIT).chars);
    else
        buffer_print(&text[3],
                     "Mend the file at that place, then %s reads again. "
                     "`calscope validate PATH` says more.",
                     app_key_name(app, ACTION_RESCAN).chars);
    draw_paragraphs(canvas, area, text, roles, 4);
}
