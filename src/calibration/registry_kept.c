/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which entries have edits that an earlier session left unsaved; who found them says so. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
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

/* By the real path: the file of an entry may be a link to another one below the root. */
bool registry_is_kept(const struct registry *registry, const char *path)
{
    char *real = registry->kept_count ? file_real_path(path) : NULL;
    bool kept = false;
    for (size_t i = 0; real && i < registry->kept_count; i++)
        kept |= strcmp(registry->kept[i], real) == 0;
    free(real);
    return kept;
}

void registry_set_kept(struct registry *registry, char *const *files, size_t count)
{
    registry_forget_kept(registry);
    registry->kept = memory_new_array(count, sizeof *registry->kept);
    for (; registry->kept_count < count; registry->kept_count++)
        registry->kept[registry->kept_count] = memory_copy_string(files[registry->kept_count]);
    for (size_t i = 0; i < registry->count; i++)
        registry->entries[i]->kept_edits = registry_is_kept(registry, registry->entries[i]->path);
}
