/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The XDG base directories, and making folders that last. */
#include "base/folders.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file_private.h"
#include "base/memory.h"

/* What variable names, else what usual is in the home folder; NULL where neither is known. */
static char *find_folder(const char *variable, const char *usual)
{
    const char *set = getenv(variable), *home = getenv("HOME");
    if (set && set[0] == '/') /* the standard has relative ones ignored */
        return memory_print("%s/calscope", set);
    return home && home[0] == '/' ? memory_print("%s/%s/calscope", home, usual) : NULL;
}

char *folder_state(void)
{
    return find_folder("XDG_STATE_HOME", ".local/state");
}

char *folder_config(void)
{
    return find_folder("XDG_CONFIG_HOME", ".config");
}

char *folder_expand_home(const char *typed)
{
    const char *home = getenv("HOME");
    if (typed[0] == '~' && typed[1] == '/' && home)
        return memory_print("%s%s", home, typed + 1);
    return memory_copy_string(typed);
}

char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return memory_copy_string(".");
    return memory_print("%.*s", slash == path ? 1 : (int)(slash - path), path);
}

char *folder_join(const char *folder, const char *name)
{
    size_t length = strlen(folder);
    return memory_print("%s%s%s", folder, length && folder[length - 1] == '/' ? "" : "/", name);
}

bool folder_exists(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

const char *folder_below(const char *folder, const char *path)
{
    size_t length = strlen(folder);
    while (length && folder[length - 1] == '/')
        length--;
    if (strncmp(path, folder, length) != 0 || (path[length] != '/' && path[length] != '\0'))
        return NULL;
    return path + length + strspn(path + length, "/");
}

int folder_sync(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return -1;
    int result = file_sync(fd), reason = errno;
    (void)close(fd); /* nothing was written */
    errno = reason;
    return result;
}

/* Makes one folder, its entry durable. That it exists already is no failure. */
static int make_one(const char *path)
{
    if (mkdir(path, 0700) < 0)
        return errno == EEXIST ? 0 : -1;
    char *parent = memory_print("%s/..", path);
    int result = folder_sync(parent), reason = errno;
    free(parent);
    errno = reason;
    return result;
}

int folder_make_all(const char *folder)
{
    char *path = memory_copy_string(folder);
    int result = 0;
    for (char *at = path + (*path == '/'); result == 0; at++) {
        char kept = *at;
        if (kept != '/' && kept != '\0')
            continue;
        *at = '\0';
        result = make_one(path);
        *at = kept;
        if (kept == '\0')
            break;
    }
    free(path);
    return result;
}
