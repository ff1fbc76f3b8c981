/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Marking, and comparing what is marked. */
#include "ui/marks.h"

#include <string.h>

#include "ui/app.h"

size_t marks_find(const struct app *app, const char *path)
{
    size_t i = 0;
    while (i < app->mark_count && strcmp(app->marks[i].file->path, path) != 0)
        i++;
    return i;
}

void marks_drop(struct app *app, const struct file *file)
{
    size_t kept = 0;
    for (size_t i = 0; i < app->mark_count; i++)
        if (app->marks[i].file != file)
            app->marks[kept++] = app->marks[i];
    app->mark_count = kept;
}

static bool curve_is_marked(const struct app *app)
{
    return app->mark_count > 0 && !app->marks[0].whole;
}

static const char *curve_name(const struct side *side)
{
    return side->file->calibration->curves[side->curve].name;
}

/* A curve takes the place of whatever was marked. */
static void turn_curve(struct app *app, struct side side)
{
    struct side old = app->marks[0];
    size_t count = app->mark_count;
    bool curve = curve_is_marked(app);
    if (curve && old.file == side.file && old.curve == side.curve) {
        app->mark_count = 0;
        app_say(app, ROLE_TEXT, "Mark removed");
        return;
    }
    app->marks[0] = side;
    app->mark_count = 1;
    if (curve)
        app_say(app, ROLE_TEXT, "A is now %s; the mark on %s %s is gone", curve_name(&side),
                old.file->id, curve_name(&old));
    else if (count == 1)
        app_say(app, ROLE_TEXT, "A is now the curve %s; the mark on %s is gone", curve_name(&side),
                old.file->id);
    else if (count > 1)
        app_say(app, ROLE_WARNING, "A is now the curve %s; the marks on %zu calibrations are gone",
                curve_name(&side), count);
}

static void take_away(struct app *app, size_t index)
{
    app->mark_count--;
    memmove(&app->marks[index], &app->marks[index + 1],
            (app->mark_count - index) * sizeof *app->marks);
    app_say(app, ROLE_TEXT, "Mark removed");
}

void marks_turn(struct app *app, struct side side)
{
    if (!side.whole) {
        turn_curve(app, side);
        return;
    }
    if (curve_is_marked(app)) {
        app_say(app, ROLE_TEXT, "A is now %s; the mark on %s %s is gone", side.file->id,
                app->marks[0].file->id, curve_name(app->marks));
        app->mark_count = 0;
    }
    size_t index = marks_find(app, side.file->path);
    if (index < app->mark_count)
        take_away(app, index);
    else if (app->mark_count == COMPARE_CALIBRATIONS_MAX)
        app_say(app, ROLE_WARNING,
                "%d are marked, and more cannot be told apart: %s on one of them "
                "takes its mark away",
                COMPARE_CALIBRATIONS_MAX, app_key_name(app, ACTION_MARK).chars);
    else
        app->marks[app->mark_count++] = side;
}

void marks_describe(const struct app *app, const char *with, struct buffer *out)
{
    const struct side *a = app->marks;
    struct key_name key = app_key_name(app, ACTION_COMPARE);
    if (app->mark_count == 1)
        buffer_print(out, "A = %s%s%s; %s compares it with %s", a->file->id, a->whole ? "" : " ",
                     a->whole ? "" : curve_name(a), key.chars, with);
    else if (app->mark_count > 1)
        buffer_print(out, "%zu marked; %s shows them with %s", app->mark_count, key.chars, with);
}

/* Compares the marked calibrations and this one. */
static void compare_files(struct app *app, struct file *file)
{
    struct file *files[COMPARE_CALIBRATIONS_MAX + 1];
    size_t count = app->mark_count;
    for (size_t i = 0; i < count; i++)
        files[i] = app->marks[i].file;
    if (count == 1 || marks_find(app, file->path) == count)
        files[count++] = file;
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

void marks_compare(struct app *app, struct side side)
{
    if (curve_is_marked(app) && !side.whole)
        compare_start(app, app->marks[0], side);
    else if (app->mark_count > 0)
        compare_files(app, side.file);
}
