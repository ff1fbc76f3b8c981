/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ids that are like what somebody typed. */
#include "calibration/suggest.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/like.h"
#include "base/memory.h"
#include "calibration/registry.h"
#include "calibration/walk.h"

enum { LIKE_MAX = 3 };

struct like {
    char *ids[LIKE_MAX]; /* the nearest first */
    int distances[LIKE_MAX];
    int count;
};

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* To the id or to what remains of it behind a slash; 0 where it has typed in it. */
static int distance_to(const char *typed, const char *id)
{
    if (strcasestr(id, typed))
        return 0;
    int nearest = like_distance(typed, id);
    for (const char *slash = strchr(id, '/'); slash; slash = strchr(slash + 1, '/'))
        nearest = least(nearest, like_distance(typed, slash + 1));
    return nearest;
}

static void keep(struct like *like, const char *id, int distance)
{
    int at = like->count;
    while (at > 0 && like->distances[at - 1] > distance)
        at--;
    if (at == LIKE_MAX)
        return;
    if (like->count == LIKE_MAX)
        free(like->ids[--like->count]);
    for (int i = like->count++; i > at; i--) {
        like->ids[i] = like->ids[i - 1];
        like->distances[i] = like->distances[i - 1];
    }
    like->ids[at] = memory_copy_string(id);
    like->distances[at] = distance;
}

static void append_all(const struct like *like, struct buffer *out)
{
    for (int i = 0; i < like->count; i++)
        buffer_print(out, "%s%s", i == 0 ? "" : i == like->count - 1 ? " or " : ", ", like->ids[i]);
}

void suggest_ids(const char *registry, const char *typed, struct buffer *out)
{
    struct like like = {0};
    struct walk_folder folder;
    size_t length = strlen(typed);
    if (length == 0 || length > LIKE_TYPED_MAX)
        return;
    struct walk *walk = walk_new(registry, REGISTRY_FILE_NAME);
    while (walk_next(walk, &folder)) {
        const char *id = folder.path + strlen(registry);
        id += strspn(id, "/");
        int distance = folder.has_file && strlen(id) <= LIKE_TYPED_MAX ? distance_to(typed, id) : 0;
        if (folder.has_file && *id && strlen(id) <= LIKE_TYPED_MAX &&
            distance <= 1 + (int)length / 5)
            keep(&like, id, distance);
    }
    walk_free(walk);
    append_all(&like, out);
    for (int i = 0; i < like.count; i++)
        free(like.ids[i]);
}
