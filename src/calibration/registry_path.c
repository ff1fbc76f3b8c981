/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which paths are registries, and where there is one that nobody named. */
#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/folders.h"
#include "base/memory.h"
#include "calibration/registry_private.h"

/* Where the build puts it: as such, and from the folder of the program. */
#ifndef CALSCOPE_REGISTRY
#define CALSCOPE_REGISTRY "/usr/share/calscope/hardware_registry"
#endif
#ifndef CALSCOPE_REGISTRY_FROM_PROGRAM
#define CALSCOPE_REGISTRY_FROM_PROGRAM "../share/calscope/hardware_registry"
#endif

const char *registry_installed_path(void)
{
    return CALSCOPE_REGISTRY;
}

/*
 * Beside a program that was installed, or moved together with its data; NULL where there is none.
 */
static char *registry_of_program(const char *program)
{
    char *real = file_real_path(program);
    char *folder = folder_of(real ? real : program);
    char *path = folder_join(folder, CALSCOPE_REGISTRY_FROM_PROGRAM);
    char *registry = folder_exists(path) ? file_real_path(path) : NULL;
    free(path);
    free(folder);
    free(real);
    return registry;
}

char *registry_default_path(const char *argument)
{
    if (argument)
        return memory_copy_string(argument);
    if (folder_exists("hardware_registry"))
        return memory_copy_string("hardware_registry");
    char *installed = registry_of_program("/proc/self/exe");
    return installed ? installed : memory_copy_string(CALSCOPE_REGISTRY);
}

bool registry_is_folder(const char *path)
{
    struct stat st;
    if (!folder_exists(path))
        return false;
    char *inside = registry_file_in(path);
    bool is_device = stat(inside, &st) == 0;
    free(inside);
    return !is_device;
}

bool registry_is_device(const char *path)
{
    bool alone = folder_exists(path) && !registry_is_folder(path);
    DIR *folder = alone ? opendir(path) : NULL;
    const struct dirent *entry;
    while (folder && alone && (entry = readdir(folder))) {
        char *inside = folder_join(path, entry->d_name);
        alone = entry->d_name[0] == '.' || !folder_exists(inside);
        free(inside);
    }
    if (folder)
        (void)closedir(folder); /* nothing was written */
    return alone && folder;
}
