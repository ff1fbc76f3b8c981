/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The strict reader: yajl's callbacks with spans and with everything yajl lets through refused. */
#include "json/reader.h"

#include <stdlib.h>
#include <string.h>

#include <yajl/yajl_parse.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "json/diagnosis.h"
#include "json/escape.h"
#include "json/keys.h"

enum { MESSAGE_KEY_MAX = 100 }; /* how much of a key a message repeats */

/* An array or object that is still open. */
struct frame {
    bool is_object;
    size_t begin;
    size_t first_key; /* index in reading.keys */
    size_t key_text;  /* length of reading.key_text when it opened */
};

/* One run of the reader. keys and key_text are stacks: closing an object drops what it pushed. */
struct reading {
    const char *bytes;
    size_t length;
    json_event_fn *on_event;
    void *context;
    struct error *error;
    yajl_handle handle;
    bool finishing; /* the text is all taken; what yajl emits now ends where the text does */
    bool refused;   /* error is set, or nobody wants it */
    size_t end;     /* behind the last token */
    enum json_after after;
    size_t depth;
    struct frame frames[JSON_DEPTH_MAX];
    struct json_key *keys;
    size_t key_count;
    size_t key_capacity;
    struct buffer key_text;
};

/* --- refusing --- */

#define REFUSE(reading, offset, ...)                                                               \
    (json_refuse((reading)->bytes, (reading)->length, offset, (reading)->error, __VA_ARGS__),      \
     (reading)->refused = true, 0)

/* yajl turns half a surrogate pair into "?", which would lose it. The token is well-formed. */
static int check_surrogates(struct reading *reading, size_t begin, size_t end)
{
    const char *lone = json_lone_surrogate(reading->bytes + begin, reading->bytes + end);
    return lone ? REFUSE(reading, (size_t)(lone - reading->bytes),
                         "%.6s is half of a surrogate pair and stands alone", lone)
                : 1;
}

static int check_number(struct reading *reading, const char *text, size_t length, size_t begin)
{
    double value;
    bool may_overflow = length > JSON_LENGTH_ALWAYS_FINITE || memchr(text, 'e', length) ||
                        memchr(text, 'E', length);
    if (!may_overflow || number_parse(text, length, &value))
        return 1;
    return REFUSE(reading, begin, "the number %.*s%s is beyond the range of a double",
                  length > 40 ? 40 : (int)length, text, length > 40 ? "..." : "");
}

/* --- duplicate keys --- */

static void push_key(struct reading *reading, const char *text, size_t length, size_t begin)
{
    if (reading->key_count == reading->key_capacity)
        reading->keys = memory_grow(reading->keys, &reading->key_capacity, sizeof *reading->keys);
    reading->keys[reading->key_count++] =
        (struct json_key){reading->key_text.length, length, begin};
    buffer_append(&reading->key_text, text, length);
}

static int refuse_duplicate(struct reading *reading, const struct json_key *first,
                            const struct json_key *again)
{
    size_t line, column;
    json_locate(reading->bytes, reading->length, first->begin, &line, &column);
    return REFUSE(reading, again->begin,
                  "the key \"%.*s\" is already in this object, at line %zu, column %zu",
                  again->length > MESSAGE_KEY_MAX ? MESSAGE_KEY_MAX : (int)again->length,
                  buffer_string(&reading->key_text) + again->text, line, column);
}

static int close_object(struct reading *reading, const struct frame *frame)
{
    size_t count = reading->key_count - frame->first_key;
    if (count == 0)
        return 1; /* there may be no keys to point at */
    const struct json_key *first;
    const struct json_key *again = json_repeated_key(reading->keys + frame->first_key, count,
                                                     buffer_string(&reading->key_text), &first);
    int good = again ? refuse_duplicate(reading, first, again) : 1;
    reading->key_count = frame->first_key;
    buffer_truncate(&reading->key_text, frame->key_text);
    return good;
}

/* --- tokens --- */

/*
 * Asked of every byte between tokens: a call of strchr() for each would cost a sixth of the
 * reading.
 */
static bool is_between_tokens(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n' || byte == ',' ||
           byte == ':';
}

static size_t token_begin(const struct reading *reading, size_t end)
{
    size_t begin = reading->end;
    while (begin < end && is_between_tokens(reading->bytes[begin]))
        begin++;
    return begin;
}

/* yajl passes by \f and \v as if they were blanks: then one of them stands at offset. */
static int check_blanks(struct reading *reading, size_t offset)
{
    const char *reason = json_false_blank(reading->bytes[offset]);
    return reason ? REFUSE(reading, offset, "%s", reason) : 1;
}

static int check_token(struct reading *reading, const struct json_event *event)
{
    switch (event->type) {
    case JSON_EVENT_NUMBER:
        return check_number(reading, event->text, event->length, event->begin);
    case JSON_EVENT_STRING:
    case JSON_EVENT_KEY:
        return check_surrogates(reading, event->begin, event->end);
    default:
        return 1;
    }
}

/* Every callback ends here: finds the token's span, checks it, hands it on. 0 stops yajl. */
static int take(struct reading *reading, enum json_event_type type, enum json_after after,
                const char *text, size_t length)
{
    struct json_event event = {.type = type, .text = text, .length = length};
    event.end = reading->finishing ? reading->length : yajl_get_bytes_consumed(reading->handle);
    event.begin = token_begin(reading, event.end);
    reading->end = event.end;
    reading->after = after;
    if (!check_blanks(reading, event.begin) || !check_token(reading, &event))
        return 0;
    if (type == JSON_EVENT_KEY)
        push_key(reading, text, length, event.begin);
    return reading->on_event(reading->context, &event);
}

static int open_container(struct reading *reading, bool is_object)
{
    size_t begin = token_begin(reading, reading->length);
    if (reading->depth == JSON_DEPTH_MAX)
        return REFUSE(reading, begin, "nested more than %d levels deep", JSON_DEPTH_MAX);
    reading->frames[reading->depth++] =
        (struct frame){is_object, begin, reading->key_count, reading->key_text.length};
    return take(reading, is_object ? JSON_EVENT_OBJECT_BEGIN : JSON_EVENT_ARRAY_BEGIN,
                JSON_AFTER_OPENING, NULL, 0);
}

static int close_container(struct reading *reading)
{
    const struct frame *frame = &reading->frames[--reading->depth];
    if (frame->is_object && !close_object(reading, frame))
        return 0;
    return take(reading, frame->is_object ? JSON_EVENT_OBJECT_END : JSON_EVENT_ARRAY_END,
                JSON_AFTER_VALUE, NULL, 0);
}

/* --- yajl --- */

static int on_null(void *context)
{
    return take(context, JSON_EVENT_NULL, JSON_AFTER_VALUE, NULL, 0);
}

static int on_boolean(void *context, int value)
{
    return take(context, value ? JSON_EVENT_TRUE : JSON_EVENT_FALSE, JSON_AFTER_VALUE, NULL, 0);
}

static int on_number(void *context, const char *text, size_t length)
{
    return take(context, JSON_EVENT_NUMBER, JSON_AFTER_VALUE, text, length);
}

static int on_string(void *context, const unsigned char *text, size_t length)
{
    return take(context, JSON_EVENT_STRING, JSON_AFTER_VALUE, (const char *)text, length);
}

static int on_key(void *context, const unsigned char *text, size_t length)
{
    return take(context, JSON_EVENT_KEY, JSON_AFTER_KEY, (const char *)text, length);
}

static int on_object_begin(void *context)
{
    return open_container(context, true);
}

static int on_array_begin(void *context)
{
    return open_container(context, false);
}

static int on_end(void *context)
{
    return close_container(context);
}

static void *allocate(void *context, size_t size)
{
    (void)context;
    return memory_new(size);
}

static void *reallocate(void *context, void *block, size_t size)
{
    (void)context;
    return memory_resize(block, size, 1);
}

static void release(void *context, void *block)
{
    (void)context;
    free(block);
}

static yajl_handle new_handle(struct reading *reading)
{
    static const yajl_callbacks callbacks = {
        .yajl_null = on_null,
        .yajl_boolean = on_boolean,
        .yajl_number = on_number,
        .yajl_string = on_string,
        .yajl_start_map = on_object_begin,
        .yajl_map_key = on_key,
        .yajl_end_map = on_end,
        .yajl_start_array = on_array_begin,
        .yajl_end_array = on_end,
    };
    yajl_alloc_funcs allocators = {allocate, reallocate, release, NULL};
    yajl_handle handle = yajl_alloc(&callbacks, &allocators, reading);
    yajl_config(handle, yajl_dont_validate_strings, 1); /* check_bytes() has done so */
    return handle;
}

/* --- the whole text --- */

/* What can be seen without reading tokens: size, BOM, UTF-8. */
static enum status check_bytes(const char *bytes, size_t length, struct error *error)
{
    if (length > JSON_BYTES_MAX)
        return json_refuse(bytes, length, 0, error, "the file is larger than %zu MiB",
                           JSON_BYTES_MAX >> 20);
    if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
        return json_refuse(bytes, length, 0, error,
                           "the file starts with a byte order mark: save it as UTF-8 without one");
    size_t good = text_check_utf8(bytes, length);
    if (good < length)
        return json_refuse(bytes, length, good, error, "the byte 0x%02X is not UTF-8 here",
                           (unsigned char)bytes[good]);
    return STATUS_OK;
}

static enum status refuse_syntax(struct reading *reading)
{
    struct json_stop stop = {.after = reading->after, .end = reading->end};
    if (reading->depth) {
        const struct frame *frame = &reading->frames[reading->depth - 1];
        stop.inside = frame->is_object ? JSON_INSIDE_OBJECT : JSON_INSIDE_ARRAY;
        stop.opened = frame->begin;
    }
    return json_diagnose(reading->bytes, reading->length, &stop, "this is not JSON",
                         reading->error);
}

/* yajl is content with a string behind the value that never ends, and with \f and \v there. */
static enum status run(struct reading *reading)
{
    yajl_status status =
        yajl_parse(reading->handle, (const unsigned char *)reading->bytes, reading->length);
    if (status == yajl_status_ok) {
        reading->finishing = true;
        status = yajl_complete_parse(reading->handle);
    }
    if (reading->refused)
        return STATUS_INVALID;
    bool complete = token_begin(reading, reading->length) == reading->length;
    bool wrong = status == yajl_status_error || (status == yajl_status_ok && !complete);
    return wrong ? refuse_syntax(reading) : STATUS_OK;
}

enum status json_read(const char *bytes, size_t length, json_event_fn *on_event, void *context,
                      struct error *error)
{
    enum status status = length ? check_bytes(bytes, length, error) : STATUS_OK;
    if (status != STATUS_OK)
        return status;
    struct reading reading = {.bytes = length ? bytes : "",
                              .length = length,
                              .on_event = on_event,
                              .context = context,
                              .error = error};
    reading.handle = new_handle(&reading);
    status = run(&reading);
    yajl_free(reading.handle);
    free(reading.keys);
    buffer_done(&reading.key_text);
    return status;
}

void json_locate(const char *bytes, size_t length, size_t offset, size_t *line, size_t *column)
{
    const char *at = bytes;
    const char *stop = bytes + (offset < length ? offset : length);
    *line = 1;
    for (const char *end; at < stop && (end = memchr(at, '\n', (size_t)(stop - at)));) {
        at = end + 1;
        ++*line;
    }
    *column = 1;
    for (; at < stop; at++)
        *column += !text_is_continuation(*at);
}
