/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws the screen once more, for a file. */
#include "ui/screen.h"

#include <string.h>

#include "ui/app.h"

bool screen_is_picture(const char *path)
{
    static const char end[] = ".svg";
    size_t length = strlen(path), tail = sizeof end - 1;
    return length > tail && strcmp(path + length - tail, end) == 0;
}

void screen_export(const struct app *app, const char *path, struct buffer *out)
{
    struct canvas canvas;
    canvas_init(&canvas, app->rows, app->columns, app->charset);
    app_draw(app, &canvas);
    if (screen_is_picture(path)) {
        struct canvas_palette palette;
        theme_palette(app->theme, app->options->color, &palette);
        canvas_export_svg(&canvas, &palette, out);
    } else {
        canvas_export_text(&canvas, false, out);
    }
    canvas_done(&canvas);
}
