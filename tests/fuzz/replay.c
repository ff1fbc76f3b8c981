/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs a fuzz target on every file of its corpus, with any compiler: an ordinary test. */
#include <dirent.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/file.h"
#include "base/memory.h"
#include "fuzz.h"

enum { INPUT_MAX = 1 << 20 };

static void replay_file(const char *path)
{
    struct buffer bytes = {0};
    struct error error;
    if (file_read(path, INPUT_MAX, &bytes, &error)) {
        fprintf(stderr, "%s: %s\n", path, error.message);
        exit(1);
    }
    /* The exact size, so that a sanitizer sees any look behind the end. */
    uint8_t *exact = memory_copy(bytes.bytes, bytes.length, 1);
    fprintf(stderr, "%s\n", path); /* the last one named is the one that failed */
    LLVMFuzzerTestOneInput(exact, bytes.length);
    free(exact);
    buffer_done(&bytes);
}

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

int main(int argc, char **argv)
{
    struct dirent **entries;
    int count = argc == 2 ? scandir(argv[1], &entries, is_visible, alphasort) : -1;
    if (count < 0) {
        fprintf(stderr, "usage: %s FOLDER\n", argv[0]);
        return 2;
    }
    for (int i = 0; i < count; i++) {
        char *path = memory_print("%s/%s", argv[1], entries[i]->d_name);
        replay_file(path);
        free(path);
        free(entries[i]);
    }
    free(entries);
    printf("replayed: %d inputs\n", count);
    return count > 0 ? 0 : 1;
}
