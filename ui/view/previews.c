/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last few calibrations shown in the browser's preview. */
#include "ui/view/previews.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static void preview_done(struct preview *preview)
{
    free(preview->path);
    calibration_free(preview->calibration);
}

/* Makes room for one in front; the one shown longest ago goes. */
static void push(struct previews *previews, struct preview preview)
{
    if (previews->count == PREVIEWS_KEPT)
        preview_done(&previews->items[--previews->count]);
    memmove(&previews->items[1], &previews->items[0], previews->count * sizeof preview);
    previews->items[0] = preview;
    previews->count++;
}

const struct calibration *previews_show(struct previews *previews, const char *path)
{
    for (size_t i = 0; i < previews->count; i++)
        if (strcmp(previews->items[i].path, path) == 0) {
            struct preview found = previews->items[i];
            memmove(&previews->items[1], &previews->items[0], i * sizeof found);
            previews->items[0] = found;
            return found.calibration;
        }
    struct preview fresh = {.path = memory_copy_string(path)};
    if (calibration_load(path, &fresh.calibration, NULL))
        fresh.calibration = NULL;
    push(previews, fresh);
    return fresh.calibration;
}

void previews_forget(struct previews *previews)
{
    while (previews->count > 0)
        preview_done(&previews->items[--previews->count]);
}
