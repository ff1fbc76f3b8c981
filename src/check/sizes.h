/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The sizes of an array's items (data points, breakpoints): which are out of order, and which come
 * twice. Private to this folder.
 */
#ifndef CHECK_SIZES_H
#define CHECK_SIZES_H

#include "check/checker.h"

/* One item. */
struct size_item {
    const struct json_value *value;
    double size, efficiency; /* NaN where it has none */
    size_t first;            /* the first item of this size; its own index where it is that one */
};

/* All items in the order of the file. items is owned: sizes_done. */
struct sizes {
    struct size_item *items;
    size_t count;
    size_t sized;   /* items that have a size */
    size_t again;   /* items of a size that an earlier one has */
    size_t repeats; /* those among them that say the same: equal in efficiency, too */
};

/* Reads an item's size and efficiency; what has none stays NaN. */
typedef void sizes_read(const struct checker *checker, struct size_item *item);

/* Reads every item of array; the caller ends it with sizes_done. */
struct sizes sizes_of(const struct checker *checker, const struct json_value *array,
                      sizes_read *read);
void sizes_done(struct sizes *sizes);

/* The size of the nearest item before index that has one; NaN where there is none. */
double sizes_before(const struct sizes *sizes, size_t index);

/* Puts the items in the order of their sizes: each takes its bytes with it, separators stay. */
void sizes_sort(const struct checker *checker, const struct sizes *sizes);

/* Removes the items that are repeats. */
void sizes_drop_repeats(const struct checker *checker, const struct json_value *array,
                        const struct sizes *sizes);

#endif
