/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which entries have edits that an earlier session left unsaved; who found them says so. */
#include <stdlib.h>
#include <string.h>

#include "base/folders.h"
#include "base/memory.h"
#include "calibration/registry_private.h"

void registry_forget_kept(struct registry *registry)
{
    for (size_t i = 0; i < registry->kept_count; i++)
        free(registry->kept[i]);
    free(registry->kept);
    registry->kept = NULL;
    registry->kept_count = 0;
}

bool registry_is_kept(const struct registry *registry, const char *id)
{
    for (size_t i = 0; i < registry->kept_count; i++)
        if (strcmp(registry->kept[i], id) == 0)
            return true;
    return false;
}

/* The id that the file would have here; NULL where it lies elsewhere. The caller frees it. */
static char *id_of_file(const struct registry *registry, const char *file)
{
    const char *inside = folder_below(registry->real_root, file);
    const char *end = inside ? strrchr(inside, '/') : NULL;
    return end ? memory_print("%.*s", (int)(end - inside), inside) : NULL;
}

void registry_set_kept(struct registry *registry, char *const *files, size_t count)
{
    registry_forget_kept(registry);
    registry->kept = memory_new_array(count, sizeof *registry->kept);
    for (size_t i = 0; i < count; i++) {
        char *id = id_of_file(registry, files[i]);
        if (id)
            registry->kept[registry->kept_count++] = id;
    }
    for (size_t i = 0; i < registry->count; i++)
        registry->entries[i]->kept_edits = registry_is_kept(registry, registry->entries[i]->id);
}
