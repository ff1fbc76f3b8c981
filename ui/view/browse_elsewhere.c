/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From opened files to entries that the registry has not. */
#include "ui/view/browse_elsewhere.h"

#include <math.h>

#include "base/memory.h"
#include "calibration/listing.h"
#include "ui/app.h"

/* Whether a file is outside of the registry still: a scan may have found it since it was opened. */
static bool is_elsewhere(const struct app *app, const struct file *file)
{
    return file->elsewhere && !registry_find_file(app->registry, file->path);
}

static struct registry_entry entry_of(const struct file *file)
{
    struct registry_entry entry = {.id = memory_copy_string(file->id),
                                   .path = memory_copy_string(file->path),
                                   .worst_r_squared = NAN,
                                   .kept_edits = file->kept_edits};
    listing_summarise(file->calibration, &entry);
    return entry;
}

void browse_elsewhere_follow(struct app *app)
{
    size_t count = 0;
    for (size_t i = 0; i < app->files.count; i++)
        count += is_elsewhere(app, app->files.items[i]);
    if (count == app->browse.elsewhere_count)
        return;
    struct registry_entry *entries = memory_new_array(count, sizeof *entries);
    count = 0;
    for (size_t i = 0; i < app->files.count; i++)
        if (is_elsewhere(app, app->files.items[i]))
            entries[count++] = entry_of(app->files.items[i]);
    browse_take_elsewhere(&app->browse, entries, count);
}
