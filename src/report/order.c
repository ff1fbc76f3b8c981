/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sorting entries by keys that are made once. */
#include "report/order.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

struct key {
    const struct registry_entry *entry;
    size_t place; /* before sorting */
    double number;
    char *text; /* the first line; NULL for a number, and where it is not known */
    bool known;
};

enum status order_parse(const char *text, struct order *out, struct error *error)
{
    size_t length = strcspn(text, ":");
    const char *way = text + length;
    struct buffer names = {0};
    out->field = field_find(text, length);
    out->descending = strcmp(way, ":desc") == 0;
    if (out->field && (!*way || out->descending || strcmp(way, ":asc") == 0))
        return STATUS_OK;
    if (out->field)
        return error_set(error, STATUS_INVALID, "behind %s comes :asc or :desc, not `%s`",
                         out->field->name, way);
    fields_names(&names);
    error_set(error, STATUS_INVALID, "no field `%.*s`; there are: %s", (int)length, text,
              names.bytes);
    buffer_done(&names);
    return STATUS_INVALID;
}

static struct key key_of(const struct field *field, const struct registry_entry *entry,
                         size_t place)
{
    struct key key = {.entry = entry, .place = place};
    struct buffer text = {0};
    if (field->kind == FIELD_NUMBER) {
        key.number = field->number(entry);
        key.known = !isnan(key.number);
        return key;
    }
    field->text(entry, &text);
    key.known = text.length > 0;
    buffer_truncate(&text, strcspn(buffer_string(&text), "\n"));
    key.text = buffer_take(&text);
    return key;
}

/* Less than, equal to, more than 0, as for qsort, apart from the place before. */
static int compare_values(const struct key *a, const struct key *b)
{
    if (!a->text)
        return (a->number > b->number) - (a->number < b->number);
    return strcasecmp(a->text, b->text);
}

static int compare_keys(const void *left, const void *right, void *context)
{
    const struct key *a = left, *b = right;
    const struct order *order = context;
    int way = order->descending ? -1 : 1;
    bool by_id = strcmp(order->field->name, "id") == 0;
    bool by_state = strcmp(order->field->name, "state") == 0;
    int result = by_id ? 0 : (by_state ? way : 1) * (a->entry->broken - b->entry->broken);
    if (result == 0)
        result = b->known - a->known;
    if (result == 0 && a->known)
        result = way * compare_values(a, b);
    if (result == 0)
        result = (a->place > b->place) - (a->place < b->place);
    return result;
}

void order_sort(const struct order *order, const struct registry_entry **entries, size_t count)
{
    struct order copy = *order;
    if (!order->field)
        return;
    struct key *keys = memory_new_array(count, sizeof *keys);
    for (size_t i = 0; i < count; i++)
        keys[i] = key_of(order->field, entries[i], i);
    qsort_r(keys, count, sizeof *keys, compare_keys, &copy);
    for (size_t i = 0; i < count; i++) {
        entries[i] = keys[i].entry;
        free(keys[i].text);
    }
    free(keys);
}
