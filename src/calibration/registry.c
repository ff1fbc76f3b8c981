/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walking a registry and keeping an entry for each of its files, in the order of their ids. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/folders.h"
#include "base/memory.h"
#include "calibration/listing.h"
#include "calibration/registry_private.h"
#include "json/reader.h"

enum { BYTES_KEPT_MAX = 1 << 20 };

static void entry_break(struct registry_entry *entry, const struct error *error)
{
    struct buffer text = {0};
    error_describe(error, NULL, &text);
    entry->broken = true;
    entry->message = buffer_take(&text);
}

/* Into the registry's buffer, which is there for the next file, too, unless this one is huge. */
static void entry_read(struct registry *registry, struct registry_entry *entry)
{
    struct buffer *bytes = &registry->bytes;
    struct error error;
    listing_clear(entry);
    buffer_truncate(bytes, 0);
    if (file_read(entry->path, JSON_BYTES_MAX, bytes, &error) ||
        listing_read(buffer_string(bytes), bytes->length, entry, &error))
        entry_break(entry, &error);
    if (bytes->capacity > BYTES_KEPT_MAX)
        buffer_done(bytes);
}

/* The index of id, or where it belongs. */
static size_t entry_place(const struct registry *registry, const char *id)
{
    size_t low = 0, high = registry->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(registry->entries[middle]->id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Adds an entry that has only its names yet. Takes id. */
static struct registry_entry *entry_add(struct registry *registry, char *id, const char *path)
{
    if (registry->count == registry->capacity)
        registry->entries =
            memory_grow(registry->entries, &registry->capacity, sizeof *registry->entries);
    size_t place = entry_place(registry, id);
    struct registry_entry *entry = memory_new_array(1, sizeof *entry);
    *entry = (struct registry_entry){.id = id,
                                     .path = memory_copy_string(path),
                                     .worst_r_squared = NAN,
                                     .kept_edits = registry_is_kept(registry, path)};
    memmove(&registry->entries[place + 1], &registry->entries[place],
            (registry->count - place) * sizeof *registry->entries);
    registry->entries[place] = entry;
    registry->count++;
    return entry;
}

/* The last component of the root's path, for one that is itself a device's folder or file. */
static char *base_name(const struct registry *registry)
{
    const char *slash = strrchr(registry->real_root, '/');
    return memory_copy_string(slash && slash[1] ? slash + 1 : registry->root);
}

/* The id of what lies in a folder: the folder's place below the root. */
static char *id_of(const struct registry *registry, const char *folder)
{
    const char *relative = folder + strlen(registry->root);
    relative += strspn(relative, "/");
    return *relative ? memory_copy_string(relative) : base_name(registry);
}

/* Refuses a link that does not lead to a regular file below the root. */
static enum status check_link(const struct registry *registry, const char *path,
                              struct error *error)
{
    struct stat st;
    char *target = file_real_path(path);
    enum status status = STATUS_OK;
    if (!target)
        status = error_set(error, STATUS_IO, "the link leads nowhere: %s", strerror(errno));
    else if (!folder_below(registry->real_root, target))
        status = error_set(error, STATUS_REFUSED, "the link leads out of the registry");
    else if (stat(target, &st) != 0 || !S_ISREG(st.st_mode))
        status = error_set(error, STATUS_REFUSED, "not a regular file");
    free(target);
    return status;
}

/* Whether what was found may be opened: a regular file, or a link to one below the root. */
static enum status may_read(const struct registry *registry, const char *path, struct error *error)
{
    struct stat st;
    if (lstat(path, &st) != 0)
        return error_set(error, STATUS_IO, "%s", strerror(errno));
    if (S_ISLNK(st.st_mode))
        return check_link(registry, path, error);
    if (!S_ISREG(st.st_mode))
        return error_set(error, STATUS_REFUSED, "not a regular file");
    return STATUS_OK;
}

/* A file that was named as the root may be a link to anywhere. */
void registry_entry_fill(struct registry *registry, struct registry_entry *entry)
{
    struct error error;
    if (!registry->walk || may_read(registry, entry->path, &error) == STATUS_OK) {
        entry_read(registry, entry);
    } else {
        listing_clear(entry);
        entry_break(entry, &error);
    }
}

char *registry_file_in(const char *folder)
{
    return folder_join(folder, REGISTRY_FILE_NAME);
}

static struct registry_entry *find(const struct registry *registry, const char *id)
{
    size_t place = entry_place(registry, id);
    if (place < registry->count && strcmp(registry->entries[place]->id, id) == 0)
        return registry->entries[place];
    return NULL;
}

void registry_add_file(struct registry *registry, const char *folder)
{
    char *id = id_of(registry, folder), *path = registry_file_in(folder);
    struct registry_entry *entry = find(registry, id);
    if (entry)
        free(id);
    else
        entry = entry_add(registry, id, path);
    registry_entry_fill(registry, entry);
    free(path);
}

static void add_unreadable_folder(struct registry *registry, const struct walk_folder *folder)
{
    struct error error;
    char *id = id_of(registry, folder->path);
    struct registry_entry *entry = find(registry, id);
    error_set(&error, STATUS_IO, "cannot read the folder: %s", strerror(folder->error));
    if (entry) {
        listing_clear(entry);
        free(id);
    } else {
        entry = entry_add(registry, id, folder->path);
    }
    entry_break(entry, &error);
}

enum status registry_open(const char *path, struct registry **out, struct error *error)
{
    struct stat st;
    if (stat(path, &st) != 0)
        return error_set(
            error, STATUS_IO, "%s%s", strerror(errno),
            strcmp(path, registry_installed_path()) == 0
                ? ", and there is no ./hardware_registry: name a folder or a file, as in "
                  "calscope PATH"
                : "");
    if (!S_ISDIR(st.st_mode) && !S_ISREG(st.st_mode))
        return error_set(error, STATUS_IO, "neither a folder nor a regular file");
    struct registry *registry = memory_new_array(1, sizeof *registry);
    registry->root = memory_copy_string(path);
    for (size_t n = strlen(path); n > 1 && registry->root[n - 1] == '/'; n--)
        registry->root[n - 1] = '\0';
    registry->real_root = file_real_path(path);
    if (!registry->real_root)
        registry->real_root = memory_copy_string(registry->root);
    registry->complete = S_ISREG(st.st_mode);
    if (registry->complete)
        registry_entry_fill(registry, entry_add(registry, base_name(registry), registry->root));
    else
        registry->walk = walk_new(registry->root, REGISTRY_FILE_NAME);
    *out = registry;
    return STATUS_OK;
}

void registry_entry_free(struct registry_entry *entry)
{
    listing_clear(entry);
    free(entry->id);
    free(entry->path);
    free(entry);
}

void registry_free(struct registry *registry)
{
    if (!registry)
        return;
    walk_free(registry->walk);
    for (size_t i = 0; i < registry->later_count; i++)
        walk_free(registry->later[i]);
    free(registry->later);
    for (size_t i = 0; i < registry->count; i++)
        registry_entry_free(registry->entries[i]);
    free(registry->entries);
    buffer_done(&registry->bytes);
    registry_forget_kept(registry);
    free(registry->root);
    free(registry->real_root);
    free(registry);
}

/* The next folder of the walk in hand, or of one that begins where a folder came meanwhile. */
static bool next_folder(struct registry *registry, struct walk_folder *folder)
{
    if (walk_next(registry->walk, folder))
        return true;
    while (registry->later_count) {
        bool found = walk_next(registry->later[0], folder);
        if (found && folder->error != ENOENT) /* else it went again before it was read */
            return true;
        if (found)
            continue;
        walk_free(registry->later[0]);
        registry->later_count--;
        memmove(&registry->later[0], &registry->later[1],
                registry->later_count * sizeof(struct walk *));
    }
    return false;
}

bool registry_step(struct registry *registry)
{
    struct walk_folder folder;
    if (registry->complete || !next_folder(registry, &folder)) {
        registry->complete = true;
        return false;
    }
    if (folder.error)
        add_unreadable_folder(registry, &folder);
    if (folder.has_file)
        registry_add_file(registry, folder.path);
    return true;
}

void registry_scan(struct registry *registry)
{
    while (registry_step(registry))
        ;
}

bool registry_is_complete(const struct registry *registry)
{
    return registry->complete;
}

bool registry_is_single_file(const struct registry *registry)
{
    return !registry->walk;
}

const char *registry_root(const struct registry *registry)
{
    return registry->root;
}

size_t registry_count(const struct registry *registry)
{
    return registry->count;
}

size_t registry_broken_count(const struct registry *registry)
{
    size_t count = 0;
    for (size_t i = 0; i < registry->count; i++)
        count += registry->entries[i]->broken;
    return count;
}

const struct registry_entry *registry_at(const struct registry *registry, size_t index)
{
    return registry->entries[index];
}

const struct registry_entry *registry_find(const struct registry *registry, const char *id)
{
    return find(registry, id);
}

void registry_refresh(struct registry *registry, const char *id)
{
    struct registry_entry *entry = find(registry, id);
    if (entry)
        registry_entry_fill(registry, entry);
}

const struct registry_entry *registry_find_file(const struct registry *registry, const char *real)
{
    const char *inside = folder_below(registry->real_root, real);
    const char *slash = inside ? strrchr(inside, '/') : NULL, *name = slash ? slash + 1 : inside;
    const char *wanted = registry->walk ? REGISTRY_FILE_NAME : ""; /* the root is the file */
    if (!inside || strcmp(name, wanted) != 0)
        return NULL;
    char *id = slash ? memory_print("%.*s", (int)(slash - inside), inside) : base_name(registry);
    const struct registry_entry *entry = registry_find(registry, id);
    free(id);
    return entry;
}
