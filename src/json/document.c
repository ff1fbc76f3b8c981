/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lossless document: one flat array of values in the order of the file. */
#include "json/document.h"

#include <ctype.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "json/quote.h"
#include "json/reader.h"

#define NONE UINT32_MAX /* no key, no sibling, no parent */

/*
 * Lies in its document's array; its first child, if any, is the next element. 32 bits are enough
 * for every offset because a document holds at most 64 MiB.
 */
struct json_value {
    uint32_t begin; /* span in the document's bytes */
    uint32_t end;
    uint32_t next;   /* index of the next sibling */
    uint32_t parent; /* index */
    uint32_t place;  /* among its siblings, from 0 */
    uint32_t key;    /* offset of the decoded key in the document's strings */
    union {
        uint32_t count; /* containers: members or items */
        uint32_t text;  /* strings: offset of the decoded text in the document's strings */
    } as;
    uint32_t type;
};

/* Owns everything that its values refer to. */
struct json_document {
    char *bytes;
    size_t length;
    struct json_value *values;
    size_t count;
    size_t capacity;
    struct buffer strings; /* decoded keys and strings, each with its NUL */
    struct place *places; /* of every PLACE_STRIDE-th byte, so that no search starts at the first */
};

#define PLACE_STRIDE ((size_t)4096)

/* Line and column, from 1, as json_locate() counts them. */
struct place {
    size_t line, column;
};

/* What is under way while a document is read. */
struct building {
    struct json_document *document;
    uint32_t key; /* waits for its value */
    size_t depth;
    struct {
        uint32_t container;
        uint32_t last; /* its last child so far */
    } open[JSON_DEPTH_MAX];
};

/* --- reading --- */

/* Keeps decoded text; U+0000 would end it early and shows as U+FFFD. */
static uint32_t keep_string(struct json_document *document, const char *text, size_t length)
{
    uint32_t offset = (uint32_t)document->strings.length;
    for (const char *nul; length && (nul = memchr(text, '\0', length));) {
        size_t before = (size_t)(nul - text);
        buffer_append(&document->strings, text, before);
        buffer_append_string(&document->strings, "\xEF\xBF\xBD");
        text += before + 1;
        length -= before + 1;
    }
    buffer_append(&document->strings, text, length);
    buffer_append(&document->strings, "", 1);
    return offset;
}

static struct json_value *push_value(struct json_document *document)
{
    if (document->count == document->capacity)
        document->values =
            memory_grow(document->values, &document->capacity, sizeof *document->values);
    return &document->values[document->count++];
}

static struct json_value *add_value(struct building *building, const struct json_event *event,
                                    enum json_type type)
{
    struct json_document *document = building->document;
    uint32_t index = (uint32_t)document->count;
    struct json_value *value = push_value(document);
    *value = (struct json_value){.begin = (uint32_t)event->begin,
                                 .end = (uint32_t)event->end,
                                 .next = NONE,
                                 .parent = NONE,
                                 .key = building->key,
                                 .type = type};
    building->key = NONE;
    if (building->depth > 0) {
        uint32_t *last = &building->open[building->depth - 1].last;
        value->parent = building->open[building->depth - 1].container;
        value->place = document->values[value->parent].as.count++;
        if (*last != NONE)
            document->values[*last].next = index;
        *last = index;
    }
    return value;
}

static void open_container(struct building *building, const struct json_event *event,
                           enum json_type type)
{
    add_value(building, event, type);
    building->open[building->depth].container = (uint32_t)building->document->count - 1;
    building->open[building->depth].last = NONE;
    building->depth++;
}

static void close_container(struct building *building, const struct json_event *event)
{
    building->depth--;
    building->document->values[building->open[building->depth].container].end =
        (uint32_t)event->end;
}

static bool on_event(void *context, const struct json_event *event)
{
    struct building *building = context;
    struct json_document *document = building->document;
    switch (event->type) {
    case JSON_EVENT_NULL:
        add_value(building, event, JSON_NULL);
        break;
    case JSON_EVENT_FALSE:
        add_value(building, event, JSON_FALSE);
        break;
    case JSON_EVENT_TRUE:
        add_value(building, event, JSON_TRUE);
        break;
    case JSON_EVENT_NUMBER:
        add_value(building, event, JSON_NUMBER);
        break;
    case JSON_EVENT_STRING:
        add_value(building, event, JSON_STRING)->as.text =
            keep_string(document, event->text, event->length);
        break;
    case JSON_EVENT_KEY:
        building->key = keep_string(document, event->text, event->length);
        break;
    case JSON_EVENT_ARRAY_BEGIN:
        open_container(building, event, JSON_ARRAY);
        break;
    case JSON_EVENT_OBJECT_BEGIN:
        open_container(building, event, JSON_OBJECT);
        break;
    case JSON_EVENT_ARRAY_END:
    case JSON_EVENT_OBJECT_END:
        close_container(building, event);
        break;
    }
    return true;
}

/* Moves a place over bytes[from .. to). */
static void advance(struct place *place, const char *bytes, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        if (bytes[i] == '\n')
            *place = (struct place){place->line + 1, 1};
        else
            place->column += !text_is_continuation(bytes[i]);
    }
}

static void note_places(struct json_document *document)
{
    size_t count = document->length / PLACE_STRIDE + 1;
    struct place place = {1, 1};
    document->places = memory_new_array(count, sizeof *document->places);
    document->places[0] = place;
    for (size_t i = 1; i < count; i++) {
        advance(&place, document->bytes, (i - 1) * PLACE_STRIDE, i * PLACE_STRIDE);
        document->places[i] = place;
    }
}

enum status json_document_new(const char *bytes, size_t length, struct json_document **out,
                              struct error *error)
{
    struct json_document *document = memory_new_array(1, sizeof *document);
    struct building building = {.document = document, .key = NONE};
    enum status status = json_read(bytes, length, on_event, &building, error);
    if (status != STATUS_OK) {
        json_document_free(document);
        return status;
    }
    document->bytes = memory_new(length + 1);
    memcpy(document->bytes, bytes, length);
    document->bytes[length] = '\0';
    document->length = length;
    note_places(document);
    *out = document;
    return STATUS_OK;
}

void json_document_free(struct json_document *document)
{
    if (!document)
        return;
    free(document->bytes);
    free(document->places);
    free(document->values);
    buffer_done(&document->strings);
    free(document);
}

/* --- looking --- */

const char *json_document_bytes(const struct json_document *document, size_t *length)
{
    *length = document->length;
    return document->bytes;
}

const struct json_value *json_document_root(const struct json_document *document)
{
    return &document->values[0];
}

enum json_type json_value_type(const struct json_value *value)
{
    return (enum json_type)value->type;
}

const char *json_type_name(enum json_type type)
{
    static const char *const names[] = {"null",     "false",    "true",     "a number",
                                        "a string", "an array", "an object"};
    return names[type];
}

size_t json_value_begin(const struct json_value *value)
{
    return value->begin;
}

size_t json_value_end(const struct json_value *value)
{
    return value->end;
}

static bool is_container(const struct json_value *value)
{
    return value && (value->type == JSON_ARRAY || value->type == JSON_OBJECT);
}

const struct json_value *json_value_first(const struct json_document *document,
                                          const struct json_value *container)
{
    (void)document; /* the children follow in the same array */
    return json_value_count(container) ? container + 1 : NULL;
}

const struct json_value *json_value_next(const struct json_document *document,
                                         const struct json_value *value)
{
    return value && value->next != NONE ? &document->values[value->next] : NULL;
}

const struct json_value *json_value_parent(const struct json_document *document,
                                           const struct json_value *value)
{
    return value && value->parent != NONE ? &document->values[value->parent] : NULL;
}

size_t json_value_count(const struct json_value *container)
{
    return is_container(container) ? container->as.count : 0;
}

const struct json_value *json_member(const struct json_document *document,
                                     const struct json_value *object, const char *key)
{
    if (!object || object->type != JSON_OBJECT)
        return NULL;
    const struct json_value *member = json_value_first(document, object);
    while (member && strcmp(json_key(document, member), key) != 0)
        member = json_value_next(document, member);
    return member;
}

const struct json_value *json_item(const struct json_document *document,
                                   const struct json_value *array, size_t index)
{
    if (!array || array->type != JSON_ARRAY || index >= array->as.count)
        return NULL;
    const struct json_value *item = json_value_first(document, array);
    while (index-- > 0)
        item = json_value_next(document, item);
    return item;
}

const char *json_key(const struct json_document *document, const struct json_value *value)
{
    return value && value->key != NONE ? document->strings.bytes + value->key : NULL;
}

const char *json_string(const struct json_document *document, const struct json_value *value)
{
    bool is_string = value && value->type == JSON_STRING;
    return is_string ? document->strings.bytes + value->as.text : NULL;
}

bool json_number(const struct json_document *document, const struct json_value *value,
                 double *number)
{
    return value && value->type == JSON_NUMBER &&
           number_parse(document->bytes + value->begin, value->end - value->begin, number);
}

double json_member_number(const struct json_document *document, const struct json_value *object,
                          const char *key)
{
    double number = NAN;
    json_number(document, json_member(document, object, key), &number);
    return number;
}

const char *json_member_string(const struct json_document *document,
                               const struct json_value *object, const char *key)
{
    return json_string(document, json_member(document, object, key));
}

/* --- places --- */

static bool is_name(const char *key)
{
    if (!isalpha((unsigned char)*key) && *key != '_')
        return false;
    while (isalnum((unsigned char)*key) || *key == '_')
        key++;
    return *key == '\0';
}

static void append_step(const struct json_document *document, const struct json_value *value,
                        struct buffer *out)
{
    const char *key = json_key(document, value);
    if (key && is_name(key)) {
        buffer_print(out, "%s%s", out->length ? "." : "", key);
    } else if (key) {
        buffer_append_string(out, "[");
        json_quote(key, out);
        buffer_append_string(out, "]");
    } else {
        buffer_print(out, "[%u]", value->place);
    }
}

void json_path(const struct json_document *document, const struct json_value *value,
               struct buffer *out)
{
    const struct json_value *steps[JSON_DEPTH_MAX + 1];
    size_t count = 0;
    struct buffer path = {0}; /* so that out may already hold text */
    for (; value && value->parent != NONE; value = &document->values[value->parent])
        steps[count++] = value;
    while (count > 0)
        append_step(document, steps[--count], &path);
    buffer_append_string(out, buffer_string(&path));
    buffer_done(&path);
}

void json_error_place(const struct json_document *document, const struct json_value *value,
                      struct error *error)
{
    if (!value || !error)
        return;
    struct buffer path = {0};
    struct place place = document->places[value->begin / PLACE_STRIDE];
    advance(&place, document->bytes, value->begin / PLACE_STRIDE * PLACE_STRIDE, value->begin);
    json_path(document, value, &path);
    error_place(error, place.line, place.column, buffer_string(&path));
    buffer_done(&path);
}
