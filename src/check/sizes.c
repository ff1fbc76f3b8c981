/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Items by size: found out of order or twice, sorted, and thinned out. */
#include "check/sizes.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "json/edit.h"

struct ranked {
    double size;
    size_t index;
};

/* By size, then place; what has no size comes last. */
static int by_size(const void *a, const void *b)
{
    const struct ranked *p = a, *q = b;
    if (isnan(p->size) != isnan(q->size))
        return isnan(p->size) ? 1 : -1;
    if (p->size != q->size && !isnan(p->size))
        return p->size < q->size ? -1 : 1;
    return p->index < q->index ? -1 : 1;
}

static struct ranked *rank(const struct sizes *sizes)
{
    struct ranked *ranked = memory_new_array(sizes->count, sizeof *ranked);
    for (size_t i = 0; i < sizes->count; i++)
        ranked[i] = (struct ranked){sizes->items[i].size, i};
    if (sizes->count > 0)
        qsort(ranked, sizes->count, sizeof *ranked, by_size);
    return ranked;
}

static void find_first_of_each_size(struct sizes *sizes)
{
    struct ranked *ranked = rank(sizes);
    for (size_t i = 0; i < sizes->count; i++) {
        bool again = i > 0 && ranked[i].size == ranked[i - 1].size;
        sizes->items[ranked[i].index].first =
            again ? sizes->items[ranked[i - 1].index].first : ranked[i].index;
    }
    free(ranked);
}

/* Whether an item is equal in size and efficiency to the first of its size. */
static bool is_repeat(const struct sizes *sizes, size_t index)
{
    const struct size_item *item = &sizes->items[index];
    return !isnan(item->size) && item->first != index &&
           item->efficiency == sizes->items[item->first].efficiency;
}

struct sizes sizes_of(const struct checker *checker, const struct json_value *array,
                      sizes_read *read)
{
    struct sizes sizes = {0};
    sizes.items = memory_new_array(json_value_count(array), sizeof *sizes.items);
    for (const struct json_value *value = json_value_first(checker->document, array); value;
         value = json_value_next(checker->document, value)) {
        struct size_item *item = &sizes.items[sizes.count++];
        *item = (struct size_item){.value = value, .size = NAN, .efficiency = NAN};
        read(checker, item);
    }
    find_first_of_each_size(&sizes);
    for (size_t i = 0; i < sizes.count; i++) {
        sizes.sized += !isnan(sizes.items[i].size);
        sizes.again += sizes.items[i].first != i;
        sizes.repeats += is_repeat(&sizes, i);
    }
    return sizes;
}

void sizes_done(struct sizes *sizes)
{
    free(sizes->items);
    *sizes = (struct sizes){0};
}

double sizes_before(const struct sizes *sizes, size_t index)
{
    while (index > 0)
        if (!isnan(sizes->items[--index].size))
            return sizes->items[index].size;
    return NAN;
}

void sizes_sort(const struct checker *checker, const struct sizes *sizes)
{
    struct ranked *ranked = rank(sizes);
    for (size_t i = 0; i < sizes->count; i++)
        if (ranked[i].index != i)
            checker_replace(checker, sizes->items[i].value, sizes->items[ranked[i].index].value);
    free(ranked);
}

void sizes_drop_repeats(const struct checker *checker, const struct json_value *array,
                        const struct sizes *sizes)
{
    struct json_slot *slots = memory_new_array(sizes->count, sizeof *slots);
    size_t kept = 0;
    for (size_t i = 0; i < sizes->count; i++)
        if (!is_repeat(sizes, i))
            slots[kept++].keep = sizes->items[i].value;
    json_edits_arrange(checker->edits, array, slots, kept);
    free(slots);
}
