/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opened files and their sessions. */
#include "ui/files.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

struct file *files_find(const struct files *files, const char *path)
{
    for (size_t i = 0; i < files->count; i++)
        if (strcmp(files->items[i]->path, path) == 0)
            return files->items[i];
    return NULL;
}

/* Gives file a calibration, which it takes, and a fresh session over it. */
static void file_take(struct file *file, struct calibration *calibration)
{
    file->calibration = calibration;
    file->session = session_new(calibration);
    file->left_out = memory_new_array(calibration->curve_count, sizeof *file->left_out);
    for (size_t i = 0; i < calibration->curve_count; i++)
        file->left_out[i] =
            memory_new_array(calibration->curves[i].means.count, sizeof **file->left_out);
}

static void file_drop(struct file *file)
{
    for (size_t i = 0; i < file->calibration->curve_count; i++)
        free(file->left_out[i]);
    free(file->left_out);
    session_free(file->session);
    calibration_free(file->calibration);
}

enum status files_open(struct files *files, const char *id, const char *path, struct file **out,
                       struct error *error)
{
    struct calibration *calibration;
    *out = files_find(files, path);
    if (*out)
        return STATUS_OK;
    enum status status = calibration_load(path, &calibration, error);
    if (status)
        return status;
    struct file *file = memory_new_array(1, sizeof *file);
    file->id = memory_copy_string(id);
    file->path = memory_copy_string(path);
    file->peak[0] = file->peak[1] = NAN;
    file_take(file, calibration);
    files->items = memory_resize(files->items, files->count + 1, sizeof *files->items);
    files->items[files->count++] = file;
    *out = file;
    return STATUS_OK;
}

size_t files_modified_count(const struct files *files)
{
    size_t count = 0;
    for (size_t i = 0; i < files->count; i++)
        count += session_modified_count(files->items[i]->session) > 0;
    return count;
}

void files_done(struct files *files)
{
    for (size_t i = 0; i < files->count; i++) {
        file_drop(files->items[i]);
        free(files->items[i]->id);
        free(files->items[i]->path);
        free(files->items[i]);
    }
    free(files->items);
    *files = (struct files){0};
}

size_t file_index_of(const struct file *file, const struct calibration_curve *curve)
{
    return (size_t)(curve - file->calibration->curves);
}

struct curve file_curve(const struct file *file, size_t curve)
{
    return version_curve(session_current(file->session, curve));
}

enum status file_save(struct file *file, const char *note, bool overwrite, struct error *error)
{
    struct calibration *loaded = NULL;
    struct curve_change *changes =
        memory_new_array(file->calibration->curve_count, sizeof *changes);
    size_t count = session_changes(file->session, note, changes);
    enum status (*save)(const char *, const struct calibration *, const struct curve_change *,
                        size_t, struct calibration **, struct error *) =
        overwrite ? store_overwrite : store_save;
    enum status status = save(file->path, file->calibration, changes, count, &loaded, error);
    free(changes);
    if (loaded) {
        session_rebase(file->session, loaded);
        calibration_free(file->calibration);
        file->calibration = loaded;
    }
    return status;
}

enum status file_reload(struct file *file, struct error *error)
{
    struct calibration *calibration;
    enum status status = calibration_load(file->path, &calibration, error);
    if (status)
        return status;
    file_drop(file);
    file_take(file, calibration);
    return STATUS_OK;
}
