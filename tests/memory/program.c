/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folders to save in, and the words in which the preloaded library is told what to do. */
#include "program.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "folder.h"

#define DEVICE "registry/gpu/jetson_orin_agx"
#define FILE_NAME "efficiency_curves.json"

static _Noreturn void stop(const char *what)
{
    fprintf(stderr, "memory: %s: %s\n", what, strerror(errno));
    exit(EXIT_FAILURE);
}

/* Revisions are read too, so the folder is a repository. */
static void commit(const char *folder)
{
    char *command = memory_print("cd '%s' && git init -q && git add registry && "
                                 "git -c user.name=t -c user.email=t@localhost commit -q -m one",
                                 folder);
    if (system(command) != 0)
        stop("git");
    free(command);
}

void scratch_init(struct scratch *scratch)
{
    *scratch = (struct scratch){.folder = folder_make(), .home = folder_make()};
    if (!scratch->folder || !scratch->home)
        stop("no temporary folder");
    char *registry = memory_print("%s/registry", scratch->folder);
    if (!folder_copy(SOURCE_DIR "/hardware_registry", registry))
        stop(registry);
    free(registry);
    scratch->device = memory_print("%s/" DEVICE, scratch->folder);
    scratch->file = memory_print("%s/" FILE_NAME, scratch->device);
    scratch->state = memory_print("%s/.local/state/calscope", scratch->home);
    scratch->report = memory_print("%s/allocations", scratch->home);
    scratch->old = folder_read(scratch->device, FILE_NAME, &scratch->old_length);
    if (!scratch->old)
        stop(scratch->file);
    commit(scratch->folder);
}

void scratch_done(struct scratch *scratch)
{
    folder_remove(scratch->folder);
    folder_remove(scratch->home);
    free(scratch->folder);
    free(scratch->device);
    free(scratch->file);
    free(scratch->home);
    free(scratch->state);
    free(scratch->report);
    free(scratch->old);
}

size_t scratch_leftovers(const struct scratch *scratch)
{
    size_t count = 0;
    DIR *folder = opendir(scratch->device);
    if (!folder)
        stop(scratch->device);
    for (const struct dirent *entry; (entry = readdir(folder));)
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
                 strcmp(entry->d_name, FILE_NAME) != 0;
    closedir(folder);
    return count;
}

static size_t count_edits(const char *folder, const char *name)
{
    size_t length, count = 0;
    char *text = folder_read(folder, name, &length);
    for (const char *at = text; at && (at = strstr(at, "\n{\"do\":\"edit\",")); at++)
        count++;
    free(text);
    return count;
}

void scratch_leave_journal(const struct scratch *scratch)
{
    struct buffer text = {0};
    char *command = memory_print("mkdir -p '%s'", scratch->state);
    buffer_print(&text,
                 "{\"journal\":1,\"file\":\"file://%s\",\"started\":\"2026-02-04T10:20:30Z\","
                 "\"bytes\":%zu}\n",
                 scratch->file, scratch->old_length);
    buffer_append(&text, scratch->old, scratch->old_length);
    buffer_append_string(&text, "\n{\"do\":\"edit\",\"what\":\"moved\",\"curve\":\"conv2d\","
                                "\"curve_type\":\"piecewise_linear\",\"parameters\":null,"
                                "\"breakpoints\":[[1e6,0.15],[1e9,0.8]]}\n");
    if (system(command) != 0 ||
        !folder_write(scratch->state, "edits-1.journal", text.bytes, text.length))
        stop(scratch->state);
    buffer_done(&text);
    free(command);
}

size_t scratch_journalled_edits(const struct scratch *scratch)
{
    size_t count = 0;
    DIR *folder = opendir(scratch->state);
    if (!folder)
        return 0;
    for (const struct dirent *entry; (entry = readdir(folder));)
        count += count_edits(scratch->state, entry->d_name);
    closedir(folder);
    return count;
}

bool scratch_holds(const struct scratch *scratch, const char *bytes, size_t length)
{
    size_t found_length = 0;
    char *found = folder_read(scratch->device, FILE_NAME, &found_length);
    bool same = found && found_length == length && memcmp(found, bytes, length) == 0;
    free(found);
    return same;
}

void scratch_restore(const struct scratch *scratch)
{
    bool clean = scratch_leftovers(scratch) == 0;
    if (!clean)
        folder_remove(scratch->device);
    if (!clean || !scratch_holds(scratch, scratch->old, scratch->old_length)) {
        char *from = memory_print("%s/hardware_registry/gpu/jetson_orin_agx", SOURCE_DIR);
        if (!folder_copy(from, scratch->device))
            stop(scratch->device);
        free(from);
    }
    /* What is kept with a file takes memory too; where there is no such thing, none is tried. */
    (void)setxattr(scratch->file, "user.calscope-test", "kept", 4, 0);
    (void)unlink(scratch->report);
    folder_remove(scratch->state);
}

void failure_environment(const struct failure *failure, const struct scratch *scratch,
                         char *variables[FAILURE_VARIABLES])
{
    int count = 0;
    variables[count++] = memory_print("LD_PRELOAD=%s", FAIL_ALLOCATION_LIBRARY);
    variables[count++] = memory_print("FAIL_ALLOCATION_REPORT=%s", scratch->report);
    if (failure->number)
        variables[count++] = memory_print("FAIL_ALLOCATION=%lu", failure->number);
    if (failure->number && failure->all_after)
        variables[count++] = memory_copy_string("FAIL_ALLOCATION_ON=1");
    if (failure->ascii)
        variables[count++] = memory_copy_string("LC_ALL=C");
    variables[count] = NULL;
}

static char *read_report(const struct scratch *scratch)
{
    size_t length;
    return folder_read(scratch->home, "allocations", &length);
}

bool report_failed(const struct scratch *scratch)
{
    char *text = read_report(scratch);
    bool failed = text && text[0] == 'F';
    free(text);
    return failed;
}

unsigned long report_count(const struct scratch *scratch)
{
    char *text = read_report(scratch);
    unsigned long count = text ? strtoul(text + (text[0] == 'F'), NULL, 10) : 0;
    free(text);
    return count;
}

bool failure_is_possible(void)
{
#if defined(__SANITIZE_ADDRESS__)
    puts("skipped: AddressSanitizer has taken the allocator over");
    return false;
#elif !defined(__GLIBC__)
    puts("skipped: the library that fails allocations rests on glibc");
    return false;
#else
    return true;
#endif
}
