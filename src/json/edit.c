/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Edits of arrays, objects and values become splices of the bytes they are in. */
#include "json/edit.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "json/sequence.h"

/*
 * A member that comes (key and lexeme, owned) or goes. Kept until the end: how neighbouring members
 * go depends on each other.
 */
struct member_edit {
    const struct json_value *object;
    const struct json_value *removed; /* NULL: one is added */
    char *key;
    char *lexeme;
};

struct json_edits {
    const struct json_document *document;
    const char *bytes; /* the document's */
    size_t length;
    struct json_splices splices;
    struct member_edit *members;
    size_t member_count;
    size_t member_capacity;
};

/* --- arrays --- */

/* An array being arranged: its items beside their spans. items is owned. */
struct array {
    const struct json_document *document;
    struct json_sequence sequence;
    const struct json_value **items;
};

static struct array array_of(struct json_edits *edits, const struct json_value *value)
{
    size_t count = json_value_count(value);
    struct array array = {
        .document = edits->document,
        .sequence = {.bytes = edits->bytes,
                     .inside = {json_value_begin(value) + 1, json_value_end(value) - 1},
                     .elements = memory_new_array(count, sizeof(struct json_span)),
                     .count = count,
                     .out = &edits->splices},
        .items = memory_new_array(count, sizeof(struct json_value *)),
    };
    const struct json_value *item = json_value_first(edits->document, value);
    for (size_t i = 0; i < count; i++, item = json_value_next(edits->document, item)) {
        array.items[i] = item;
        array.sequence.elements[i] =
            (struct json_span){json_value_begin(item), json_value_end(item)};
    }
    return array;
}

static void array_done(struct array *array)
{
    free(array->items);
    free(array->sequence.elements);
}

/* Whether item is an array of count scalars. */
static bool has_shape(const struct array *array, size_t index, size_t count)
{
    const struct json_value *item = array->items[index];
    if (json_value_type(item) != JSON_ARRAY || json_value_count(item) != count)
        return false;
    const struct json_value *child = json_value_first(array->document, item);
    for (; child; child = json_value_next(array->document, child))
        if (json_value_type(child) >= JSON_ARRAY)
            return false;
    return true;
}

/* The item of that shape nearest to index, or NULL. */
static const struct json_value *nearest_sibling(const struct array *array, size_t index,
                                                size_t count)
{
    size_t items = array->sequence.count;
    for (size_t away = 0; away < items; away++) {
        if (away <= index && index - away < items && has_shape(array, index - away, count))
            return array->items[index - away];
        if (index + away < items && has_shape(array, index + away, count))
            return array->items[index + away];
    }
    return NULL;
}

static char *spell_plain(const struct json_slot *slot)
{
    struct buffer text = {0};
    buffer_append_string(&text, "[");
    for (size_t i = 0; i < slot->lexeme_count; i++)
        buffer_print(&text, "%s%s", i ? ", " : "", slot->lexemes[i]);
    buffer_append_string(&text, "]");
    return buffer_take(&text);
}

/* The new item as its nearest sibling would be written with other values. The caller frees it. */
static char *spell_item(const struct array *array, const struct json_slot *slot, size_t index)
{
    const struct json_value *sibling = nearest_sibling(array, index, slot->lexeme_count);
    if (!sibling)
        return spell_plain(slot);
    struct buffer text = {0};
    const char *bytes = array->sequence.bytes;
    size_t copied = json_value_begin(sibling);
    const struct json_value *child = json_value_first(array->document, sibling);
    for (size_t i = 0; child; i++, child = json_value_next(array->document, child)) {
        buffer_append(&text, bytes + copied, json_value_begin(child) - copied);
        buffer_append_string(&text, slot->lexemes[i]);
        copied = json_value_end(child);
    }
    buffer_append(&text, bytes + copied, json_value_end(sibling) - copied);
    return buffer_take(&text);
}

/* Between items that stay: removed ones from first on go, the new slots come. */
static void arrange_run(const struct array *array, size_t first, size_t removed,
                        const struct json_slot *slots, size_t count)
{
    char **texts = memory_new_array(count, sizeof *texts);
    for (size_t i = 0; i < count; i++) {
        size_t behind = first > 0 ? first - 1 : 0;
        texts[i] = spell_item(array, &slots[i], i < removed ? first + i : behind);
    }
    if (removed || count)
        json_sequence_change(&array->sequence, first, removed, texts, count);
    for (size_t i = 0; i < count; i++)
        free(texts[i]);
    free(texts);
}

void json_edits_arrange(struct json_edits *edits, const struct json_value *array_value,
                        const struct json_slot *slots, size_t count)
{
    struct array array = array_of(edits, array_value);
    size_t next = 0;     /* the first old item not dealt with */
    size_t new_from = 0; /* the first slot not dealt with */
    for (size_t i = 0; i < count; i++) {
        if (!slots[i].keep)
            continue;
        size_t kept = next;
        while (kept < array.sequence.count && array.items[kept] != slots[i].keep)
            kept++;
        assert(kept < array.sequence.count && "kept items come in their old order");
        arrange_run(&array, next, kept - next, slots + new_from, i - new_from);
        next = kept + 1;
        new_from = i + 1;
    }
    arrange_run(&array, next, array.sequence.count - next, slots + new_from, count - new_from);
    array_done(&array);
}

/* --- objects --- */

/* Where a member's key begins: the first quote behind what comes before it. */
static size_t key_begin(const char *bytes, size_t before)
{
    while (bytes[before] != '"')
        before++;
    return before;
}

/* From the end of a member's key to its value: a colon and its blanks. */
static struct json_span colon_before(const char *bytes, size_t value_begin)
{
    struct json_span colon = {value_begin, value_begin};
    while (bytes[colon.begin - 1] != '"')
        colon.begin--;
    return colon;
}

static struct json_sequence sequence_of_object(const struct json_edits *edits,
                                               const struct json_value *object,
                                               struct json_splices *out)
{
    struct json_sequence sequence = {
        .bytes = edits->bytes,
        .inside = {json_value_begin(object) + 1, json_value_end(object) - 1},
        .elements = memory_new_array(json_value_count(object), sizeof(struct json_span)),
        .out = out};
    size_t before = sequence.inside.begin;
    const struct json_value *member = json_value_first(edits->document, object);
    for (; member; member = json_value_next(edits->document, member)) {
        size_t end = json_value_end(member);
        sequence.elements[sequence.count++] =
            (struct json_span){key_begin(edits->bytes, before), end};
        before = end;
    }
    return sequence;
}

static char *spell_member(const struct json_edits *edits, const struct member_edit *added)
{
    struct buffer text = {0};
    const struct json_value *last = json_value_first(edits->document, added->object);
    for (const struct json_value *next = last; next; next = json_value_next(edits->document, next))
        last = next;
    json_quote(added->key, &text);
    if (last) {
        struct json_span colon = colon_before(edits->bytes, json_value_begin(last));
        buffer_append(&text, edits->bytes + colon.begin, colon.end - colon.begin);
    } else {
        buffer_append_string(&text, ": ");
    }
    buffer_append_string(&text, added->lexeme);
    return buffer_take(&text);
}

static bool is_removed(const struct json_edits *edits, const struct json_value *member)
{
    for (size_t i = 0; i < edits->member_count; i++)
        if (edits->members[i].removed == member)
            return true;
    return false;
}

/* Removes the members that go, run by run, and tells how many stay. */
static size_t remove_members(const struct json_sequence *sequence, const bool *removed)
{
    size_t stay = 0;
    for (size_t i = 0; i < sequence->count; i++)
        stay += !removed[i];
    for (size_t i = 0, last; stay > 0 && i < sequence->count; i = last + 1) {
        last = i;
        if (!removed[i])
            continue;
        while (last + 1 < sequence->count && removed[last + 1])
            last++;
        json_sequence_remove(sequence, i, last);
    }
    return stay;
}

/* Puts the new members behind the last one, or where the members were if none stays. */
static void place_members(const struct json_sequence *sequence, size_t stay, char *const *texts,
                          size_t count)
{
    if (stay > 0 && count > 0) {
        json_sequence_insert_behind(sequence, sequence->count - 1, texts, count);
    } else if (stay == 0) {
        struct json_span span = sequence->inside;
        if (count > 0 && sequence->count > 0)
            span = (struct json_span){sequence->elements[0].begin,
                                      sequence->elements[sequence->count - 1].end};
        json_sequence_fill(sequence, span, texts, count);
    }
}

static void arrange_members(const struct json_edits *edits, const struct json_value *object,
                            struct json_splices *out)
{
    struct json_sequence sequence = sequence_of_object(edits, object, out);
    bool *removed = memory_new_array(sequence.count, sizeof *removed);
    const struct json_value *member = json_value_first(edits->document, object);
    for (size_t i = 0; member; i++, member = json_value_next(edits->document, member))
        removed[i] = is_removed(edits, member);
    char **texts = memory_new_array(edits->member_count, sizeof *texts);
    size_t count = 0;
    for (size_t i = 0; i < edits->member_count; i++)
        if (edits->members[i].object == object && !edits->members[i].removed)
            texts[count++] = spell_member(edits, &edits->members[i]);
    place_members(&sequence, remove_members(&sequence, removed), texts, count);
    for (size_t i = 0; i < count; i++)
        free(texts[i]);
    free(texts);
    free(removed);
    free(sequence.elements);
}

static bool is_first_of_its_object(const struct json_edits *edits, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (edits->members[i].object == edits->members[index].object)
            return false;
    return true;
}

/* --- the edits --- */

struct json_edits *json_edits_new(const struct json_document *document)
{
    struct json_edits *edits = memory_new_array(1, sizeof *edits);
    edits->document = document;
    edits->bytes = json_document_bytes(document, &edits->length);
    return edits;
}

void json_edits_free(struct json_edits *edits)
{
    if (!edits)
        return;
    for (size_t i = 0; i < edits->member_count; i++) {
        free(edits->members[i].key);
        free(edits->members[i].lexeme);
    }
    free(edits->members);
    json_splices_done(&edits->splices);
    free(edits);
}

void json_edits_replace(struct json_edits *edits, const struct json_value *value,
                        const char *lexeme)
{
    struct json_span at = {json_value_begin(value), json_value_end(value)};
    json_splices_add(
        &edits->splices,
        (struct json_splice){.at = at, .text = memory_copy_string(lexeme), .arranges = false});
}

static void add_member_edit(struct json_edits *edits, struct member_edit edit)
{
    if (edits->member_count == edits->member_capacity)
        edits->members =
            memory_grow(edits->members, &edits->member_capacity, sizeof *edits->members);
    edits->members[edits->member_count++] = edit;
}

void json_edits_add_member(struct json_edits *edits, const struct json_value *object,
                           const char *key, const char *lexeme)
{
    add_member_edit(edits, (struct member_edit){.object = object,
                                                .key = memory_copy_string(key),
                                                .lexeme = memory_copy_string(lexeme)});
}

void json_edits_remove_member(struct json_edits *edits, const struct json_value *member)
{
    const struct json_value *object = json_value_parent(edits->document, member);
    add_member_edit(edits, (struct member_edit){.object = object, .removed = member});
}

/* All splices, those of members included. The caller calls json_splices_done(). */
static struct json_splices collect(const struct json_edits *edits)
{
    struct json_splices all = {0};
    for (size_t i = 0; i < edits->splices.count; i++) {
        const struct json_splice *splice = &edits->splices.items[i];
        json_splices_add(&all, (struct json_splice){.at = splice->at,
                                                    .text = memory_copy_string(splice->text),
                                                    .arranges = splice->arranges});
    }
    for (size_t i = 0; i < edits->member_count; i++)
        if (is_first_of_its_object(edits, i))
            arrange_members(edits, edits->members[i].object, &all);
    return all;
}

void json_edits_apply(const struct json_edits *edits, struct buffer *out)
{
    struct json_splices all = collect(edits);
    json_splices_apply(&all, edits->bytes, edits->length, out);
    json_splices_done(&all);
}
