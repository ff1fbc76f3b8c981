/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Splices in their order, and the elements that come and go in the style of their neighbours. */
#include "json/sequence.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"

/* --- splices --- */

void json_splices_add(struct json_splices *splices, struct json_splice splice)
{
    if (splices->count == splices->capacity)
        splices->items = memory_grow(splices->items, &splices->capacity, sizeof *splices->items);
    splice.order = splices->count;
    splices->items[splices->count++] = splice;
}

void json_splices_done(struct json_splices *splices)
{
    for (size_t i = 0; i < splices->count; i++)
        free(splices->items[i].text);
    free(splices->items);
    *splices = (struct json_splices){0};
}

/*
 * By place; what is inserted at a place stands before what begins there, in the order it came. Of
 * two that replace, the first hides the other: the larger, then the one that arranges (an item that
 * goes takes its own replacement with it), then the later.
 */
static int compare_splices(const void *left, const void *right)
{
    const struct json_splice *a = left, *b = right;
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

void json_splices_apply(struct json_splices *splices, const char *bytes, size_t length,
                        struct buffer *out)
{
    size_t copied = 0;
    if (splices->count)
        qsort(splices->items, splices->count, sizeof *splices->items, compare_splices);
    for (size_t i = 0; i < splices->count; i++) {
        const struct json_splice *splice = &splices->items[i];
        if (splice->at.begin < copied)
            continue; /* inside something that is gone or replaced as a whole */
        buffer_append(out, bytes + copied, splice->at.begin - copied);
        buffer_append_string(out, splice->text);
        copied = splice->at.end;
    }
    buffer_append(out, bytes + copied, length - copied);
}

/* --- how elements are laid out --- */

static bool has_newline(const char *bytes, struct json_span span)
{
    return memchr(bytes + span.begin, '\n', span.end - span.begin) != NULL;
}

static struct json_span gap_behind(const struct json_sequence *sequence, size_t index)
{
    return (struct json_span){sequence->elements[index].end, sequence->elements[index + 1].begin};
}

/* Whether the element puts no blank behind a comma or colon of its own: [1,2] and "a":1. */
static bool is_compact(const char *bytes, struct json_span element)
{
    for (size_t i = element.begin; i + 1 < element.end; i++)
        if (bytes[i] == ',' || bytes[i] == ':')
            return !strchr(" \t\r\n", bytes[i + 1]);
    return false;
}

/* What separates neighbours at index, as the elements there do it. There is at least one. */
static void append_separator(const struct json_sequence *sequence, size_t index, struct buffer *out)
{
    const char *bytes = sequence->bytes;
    if (sequence->count > 1) {
        size_t last_gap = sequence->count - 2;
        struct json_span gap = gap_behind(sequence, index < last_gap ? index : last_gap);
        buffer_append(out, bytes + gap.begin, gap.end - gap.begin);
        return;
    }
    struct json_span lead = {sequence->inside.begin, sequence->elements[0].begin};
    buffer_append_string(out, ",");
    if (has_newline(bytes, lead))
        buffer_append(out, bytes + lead.begin, lead.end - lead.begin);
    else if (!is_compact(bytes, sequence->elements[0]))
        buffer_append_string(out, " ");
}

/* --- elements that come and go --- */

void json_sequence_remove(const struct json_sequence *sequence, size_t first, size_t last)
{
    const struct json_span *elements = sequence->elements;
    bool has_before = first > 0, has_behind = last + 1 < sequence->count;
    struct json_span gone = sequence->inside;
    if (has_behind &&
        (!has_before || has_newline(sequence->bytes, gap_behind(sequence, first - 1))))
        gone = (struct json_span){elements[first].begin, elements[last + 1].begin};
    else if (has_before)
        gone = (struct json_span){elements[first - 1].end, elements[last].end};
    json_splices_add(
        sequence->out,
        (struct json_splice){.at = gone, .text = memory_copy_string(""), .arranges = true});
}

void json_sequence_insert_behind(const struct json_sequence *sequence, size_t index,
                                 char *const *texts, size_t count)
{
    struct buffer text = {0};
    for (size_t i = 0; i < count; i++) {
        append_separator(sequence, index, &text);
        buffer_append_string(&text, texts[i]);
    }
    size_t at = sequence->elements[index].end;
    json_splices_add(sequence->out, (struct json_splice){.at = (struct json_span){at, at},
                                                         .text = buffer_take(&text),
                                                         .arranges = true});
}

static void insert_first(const struct json_sequence *sequence, char *const *texts, size_t count)
{
    struct buffer text = {0};
    for (size_t i = 0; i < count; i++) {
        buffer_append_string(&text, texts[i]);
        append_separator(sequence, 0, &text);
    }
    size_t at = sequence->elements[0].begin;
    json_splices_add(sequence->out, (struct json_splice){.at = (struct json_span){at, at},
                                                         .text = buffer_take(&text),
                                                         .arranges = true});
}

void json_sequence_fill(const struct json_sequence *sequence, struct json_span span,
                        char *const *texts, size_t count)
{
    struct buffer text = {0};
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && sequence->count)
            append_separator(sequence, 0, &text);
        else if (i > 0)
            buffer_append_string(&text, ", ");
        buffer_append_string(&text, texts[i]);
    }
    json_splices_add(sequence->out, (struct json_splice){
                                        .at = span, .text = buffer_take(&text), .arranges = true});
}

void json_sequence_change(const struct json_sequence *sequence, size_t first, size_t removed,
                          char *const *texts, size_t count)
{
    size_t exchanged = removed < count ? removed : count;
    for (size_t i = 0; i < exchanged; i++) {
        struct json_span at = sequence->elements[first + i];
        json_splices_add(
            sequence->out,
            (struct json_splice){.at = at, .text = memory_copy_string(texts[i]), .arranges = true});
    }
    size_t behind = first + exchanged;
    if (removed > exchanged)
        json_sequence_remove(sequence, behind, first + removed - 1);
    else if (count == exchanged)
        return;
    else if (behind > 0)
        json_sequence_insert_behind(sequence, behind - 1, texts + exchanged, count - exchanged);
    else if (sequence->count > 0)
        insert_first(sequence, texts, count);
    else
        json_sequence_fill(sequence, sequence->inside, texts, count);
}
