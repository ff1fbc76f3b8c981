/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Splicing: edits become splices, splices are applied to the original bytes in one pass. */
#include "json/edit.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"

struct span {
    size_t begin;
    size_t end;
};

/* Bytes [at.begin, at.end) become text; an insertion has an empty span. Owns text. */
struct splice {
    struct span at;
    char *text;
    bool arranges; /* an element comes or goes, rather than a value being replaced */
    size_t order;  /* in which it came */
};

struct splices {
    struct splice *items;
    size_t count;
    size_t capacity;
};

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
    struct splices splices;
    struct member_edit *members;
    size_t member_count;
    size_t member_capacity;
};

/*
 * The elements of a container, items or members with their keys, and the bytes around them: what
 * arranging needs to know. elements is owned; changes go to out.
 */
struct sequence {
    const char *bytes;
    struct span inside; /* between the brackets */
    struct span *elements;
    size_t count;
    struct splices *out;
};

/* --- splices --- */

static void *grow(void *items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity)
        return items;
    *capacity = *capacity ? 2 * *capacity : 16;
    return memory_resize(items, *capacity, size);
}

/* Takes the splice's text over, and numbers it. */
static void splices_add(struct splices *splices, struct splice splice)
{
    splices->items =
        grow(splices->items, splices->count, &splices->capacity, sizeof *splices->items);
    splice.order = splices->count;
    splices->items[splices->count++] = splice;
}

static void splices_done(struct splices *splices)
{
    for (size_t i = 0; i < splices->count; i++)
        free(splices->items[i].text);
    free(splices->items);
    *splices = (struct splices){0};
}

/*
 * By place; what is inserted at a place stands before what begins there, in the order it came. Of
 * two that replace, the first hides the other: the larger, then the one that arranges (an item that
 * goes takes its own replacement with it), then the later.
 */
static int compare_splices(const void *left, const void *right)
{
    const struct splice *a = left, *b = right;
    size_t a_size = a->at.end - a->at.begin, b_size = b->at.end - b->at.begin;
    if (a->at.begin != b->at.begin)
        return a->at.begin < b->at.begin ? -1 : 1;
    if ((a_size == 0) != (b_size == 0))
        return a_size == 0 ? -1 : 1;
    if (a_size != b_size)
        return a_size > b_size ? -1 : 1;
    if (a_size > 0 && a->arranges != b->arranges)
        return a->arranges ? -1 : 1;
    int order = a->order < b->order ? -1 : 1;
    return a_size == 0 ? order : -order;
}

/* --- how elements are laid out --- */

static bool has_newline(const char *bytes, struct span span)
{
    return memchr(bytes + span.begin, '\n', span.end - span.begin) != NULL;
}

static struct span gap_behind(const struct sequence *sequence, size_t index)
{
    return (struct span){sequence->elements[index].end, sequence->elements[index + 1].begin};
}

/* Whether the element puts no blank behind a comma or colon of its own: [1,2] and "a":1. */
static bool is_compact(const char *bytes, struct span element)
{
    for (size_t i = element.begin; i + 1 < element.end; i++)
        if (bytes[i] == ',' || bytes[i] == ':')
            return !strchr(" \t\r\n", bytes[i + 1]);
    return false;
}

/* What separates neighbours at index, as the elements there do it. There is at least one. */
static void append_separator(const struct sequence *sequence, size_t index, struct buffer *out)
{
    const char *bytes = sequence->bytes;
    if (sequence->count > 1) {
        size_t last_gap = sequence->count - 2;
        struct span gap = gap_behind(sequence, index < last_gap ? index : last_gap);
        buffer_append(out, bytes + gap.begin, gap.end - gap.begin);
        return;
    }
    struct span lead = {sequence->inside.begin, sequence->elements[0].begin};
    buffer_append_string(out, ",");
    if (has_newline(bytes, lead))
        buffer_append(out, bytes + lead.begin, lead.end - lead.begin);
    else if (!is_compact(bytes, sequence->elements[0]))
        buffer_append_string(out, " ");
}

/* --- elements that come and go --- */

/*
 * Elements first..last go with one separator: the one behind them where they begin a line, else the
 * one before, so that what stays keeps its lines.
 */
static void remove_run(const struct sequence *sequence, size_t first, size_t last)
{
    const struct span *elements = sequence->elements;
    bool has_before = first > 0, has_behind = last + 1 < sequence->count;
    struct span gone = sequence->inside;
    if (has_behind &&
        (!has_before || has_newline(sequence->bytes, gap_behind(sequence, first - 1))))
        gone = (struct span){elements[first].begin, elements[last + 1].begin};
    else if (has_before)
        gone = (struct span){elements[first - 1].end, elements[last].end};
    splices_add(sequence->out,
                (struct splice){.at = gone, .text = memory_copy_string(""), .arranges = true});
}

static void insert_behind(const struct sequence *sequence, size_t index, char *const *texts,
                          size_t count)
{
    struct buffer text = {0};
    for (size_t i = 0; i < count; i++) {
        append_separator(sequence, index, &text);
        buffer_append_string(&text, texts[i]);
    }
    size_t at = sequence->elements[index].end;
    splices_add(
        sequence->out,
        (struct splice){.at = (struct span){at, at}, .text = buffer_take(&text), .arranges = true});
}

static void insert_first(const struct sequence *sequence, char *const *texts, size_t count)
{
    struct buffer text = {0};
    for (size_t i = 0; i < count; i++) {
        buffer_append_string(&text, texts[i]);
        append_separator(sequence, 0, &text);
    }
    size_t at = sequence->elements[0].begin;
    splices_add(
        sequence->out,
        (struct splice){.at = (struct span){at, at}, .text = buffer_take(&text), .arranges = true});
}

/* Fills a span that held all elements there were, if any, so that no style is left but one line. */
static void fill(const struct sequence *sequence, struct span span, char *const *texts,
                 size_t count)
{
    struct buffer text = {0};
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && sequence->count)
            append_separator(sequence, 0, &text);
        else if (i > 0)
            buffer_append_string(&text, ", ");
        buffer_append_string(&text, texts[i]);
    }
    splices_add(sequence->out,
                (struct splice){.at = span, .text = buffer_take(&text), .arranges = true});
}

/*
 * Between two elements that stay, removed ones from first on go and texts come. As many as can be
 * are exchanged in place: that touches the fewest lines.
 */
static void change_run(const struct sequence *sequence, size_t first, size_t removed,
                       char *const *texts, size_t count)
{
    size_t exchanged = removed < count ? removed : count;
    for (size_t i = 0; i < exchanged; i++) {
        struct span at = sequence->elements[first + i];
        splices_add(
            sequence->out,
            (struct splice){.at = at, .text = memory_copy_string(texts[i]), .arranges = true});
    }
    size_t behind = first + exchanged;
    if (removed > exchanged)
        remove_run(sequence, behind, first + removed - 1);
    else if (count == exchanged)
        return;
    else if (behind > 0)
        insert_behind(sequence, behind - 1, texts + exchanged, count - exchanged);
    else if (sequence->count > 0)
        insert_first(sequence, texts, count);
    else
        fill(sequence, sequence->inside, texts, count);
}

/* --- arrays --- */

/* An array being arranged: its items beside their spans. items is owned. */
struct array {
    const struct json_document *document;
    struct sequence sequence;
    const struct json_value **items;
};

static struct array array_of(struct json_edits *edits, const struct json_value *value)
{
    size_t count = json_value_count(value);
    struct array array = {
        .document = edits->document,
        .sequence = {.bytes = edits->bytes,
                     .inside = {json_value_begin(value) + 1, json_value_end(value) - 1},
                     .elements = memory_new_array(count, sizeof(struct span)),
                     .count = count,
                     .out = &edits->splices},
        .items = memory_new_array(count, sizeof(struct json_value *)),
    };
    const struct json_value *item = json_value_first(edits->document, value);
    for (size_t i = 0; i < count; i++, item = json_value_next(edits->document, item)) {
        array.items[i] = item;
        array.sequence.elements[i] = (struct span){json_value_begin(item), json_value_end(item)};
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
        change_run(&array->sequence, first, removed, texts, count);
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
static struct span colon_before(const char *bytes, size_t value_begin)
{
    struct span colon = {value_begin, value_begin};
    while (bytes[colon.begin - 1] != '"')
        colon.begin--;
    return colon;
}

static struct sequence sequence_of_object(const struct json_edits *edits,
                                          const struct json_value *object, struct splices *out)
{
    struct sequence sequence = {
        .bytes = edits->bytes,
        .inside = {json_value_begin(object) + 1, json_value_end(object) - 1},
        .elements = memory_new_array(json_value_count(object), sizeof(struct span)),
        .out = out};
    size_t before = sequence.inside.begin;
    const struct json_value *member = json_value_first(edits->document, object);
    for (; member; member = json_value_next(edits->document, member)) {
        size_t end = json_value_end(member);
        sequence.elements[sequence.count++] = (struct span){key_begin(edits->bytes, before), end};
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
        struct span colon = colon_before(edits->bytes, json_value_begin(last));
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
static size_t remove_members(const struct sequence *sequence, const bool *removed)
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
        remove_run(sequence, i, last);
    }
    return stay;
}

/* Puts the new members behind the last one, or where the members were if none stays. */
static void place_members(const struct sequence *sequence, size_t stay, char *const *texts,
                          size_t count)
{
    if (stay > 0 && count > 0) {
        insert_behind(sequence, sequence->count - 1, texts, count);
    } else if (stay == 0) {
        struct span span = sequence->inside;
        if (count > 0 && sequence->count > 0)
            span = (struct span){sequence->elements[0].begin,
                                 sequence->elements[sequence->count - 1].end};
        fill(sequence, span, texts, count);
    }
}

static void arrange_members(const struct json_edits *edits, const struct json_value *object,
                            struct splices *out)
{
    struct sequence sequence = sequence_of_object(edits, object, out);
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
    splices_done(&edits->splices);
    free(edits);
}

void json_edits_replace(struct json_edits *edits, const struct json_value *value,
                        const char *lexeme)
{
    struct span at = {json_value_begin(value), json_value_end(value)};
    splices_add(&edits->splices,
                (struct splice){.at = at, .text = memory_copy_string(lexeme), .arranges = false});
}

static void add_member_edit(struct json_edits *edits, struct member_edit edit)
{
    edits->members =
        grow(edits->members, edits->member_count, &edits->member_capacity, sizeof *edits->members);
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

/* All splices, those of members included. The caller calls splices_done(). */
static struct splices collect(const struct json_edits *edits)
{
    struct splices all = {0};
    for (size_t i = 0; i < edits->splices.count; i++) {
        const struct splice *splice = &edits->splices.items[i];
        splices_add(&all, (struct splice){.at = splice->at,
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
    struct splices all = collect(edits);
    size_t copied = 0;
    if (all.count)
        qsort(all.items, all.count, sizeof *all.items, compare_splices);
    for (size_t i = 0; i < all.count; i++) {
        const struct splice *splice = &all.items[i];
        if (splice->at.begin < copied)
            continue; /* inside something that is gone or replaced as a whole */
        buffer_append(out, edits->bytes + copied, splice->at.begin - copied);
        buffer_append_string(out, splice->text);
        copied = splice->at.end;
    }
    buffer_append(out, edits->bytes + copied, edits->length - copied);
    splices_done(&all);
}
