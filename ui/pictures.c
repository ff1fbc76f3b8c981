/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plots drawn last. */
#include "ui/pictures.h"

#include <math.h>
#include <string.h>

static void item_done(struct kept_picture *item)
{
    buffer_done(&item->key);
    picture_free(item->picture);
}

static bool has_key(const struct kept_picture *item, const struct buffer *key)
{
    return item->key.length == key->length && memcmp(item->key.bytes, key->bytes, key->length) == 0;
}

/* Puts an item in front, over the hole at index. */
static void put_first(struct pictures *pictures, size_t index, struct kept_picture item)
{
    memmove(&pictures->items[1], &pictures->items[0], index * sizeof item);
    pictures->items[0] = item;
}

/* The picture with this key, now in front; NULL where none has it. */
static const struct plot_picture *find(struct pictures *pictures, const struct buffer *key)
{
    for (size_t i = 0; i < pictures->count; i++)
        if (has_key(&pictures->items[i], key)) {
            put_first(pictures, i, pictures->items[i]);
            return pictures->items[0].picture;
        }
    return NULL;
}

/* Takes the key over. The picture shown longest ago goes, if there is no room. */
static const struct plot_picture *keep(struct pictures *pictures, struct buffer *key,
                                       struct plot_picture *picture)
{
    if (pictures->count == PICTURES_KEPT)
        item_done(&pictures->items[--pictures->count]);
    put_first(pictures, pictures->count++, (struct kept_picture){*key, picture});
    *key = (struct buffer){0};
    return picture;
}

void pictures_draw(struct pictures *pictures, const struct picture_subject *subject,
                   struct canvas *canvas, struct rect area)
{
    const int frame[] = {area.rows, area.columns, (int)subject->style, (int)canvas->charset};
    struct scene *scene = NULL;
    struct buffer *key = &pictures->key;
    buffer_truncate(key, 0);
    buffer_append(key, frame, sizeof frame);
    scene_append_key(subject->curves, subject->count, subject->options, key);
    const struct plot_picture *picture = find(pictures, key);
    if (!picture) {
        scene = scene_new(subject->curves, subject->count, subject->options);
        picture =
            keep(pictures, key,
                 scene_picture(scene, area.rows, area.columns, canvas->charset, subject->style));
    } else if (!isnan(subject->cursor)) { /* the cursor reads values off the lines */
        scene = scene_lines_new(subject->curves, subject->count, subject->options);
    }
    scene_show(scene, picture, subject->cursor, canvas, area.row, area.column);
    scene_free(scene);
}

void pictures_done(struct pictures *pictures)
{
    while (pictures->count > 0)
        item_done(&pictures->items[--pictures->count]);
    buffer_done(&pictures->key);
}
