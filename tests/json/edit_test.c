/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Splicing: only what was edited changes, and what comes looks like what was there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <stdio.h>

#include "base/buffer.h"
#include "json/edit.h"
#include "json/reader.h"

#include "../share.h"

static struct json_document *load(const char *bytes, size_t length)
{
    struct json_document *document = NULL;
    struct error error;
    if (json_document_new(bytes, length, &document, &error) != STATUS_OK)
        fail_msg("%zu:%zu: %s\n%s", error.line, error.column, error.message, bytes);
    return document;
}

/* --- the arrangement of one array, as a table --- */

/*
 * A plan such as "0 a 2": old items by number, new items by letter. New item a is [100, 0.1], b is
 * [200, 0.2] and so on.
 */
static void arrange(struct json_edits *edits, const struct json_document *document,
                    const struct json_value *array, const char *plan)
{
    static const char *const pairs[][2] = {{"100", "0.1"}, {"200", "0.2"}, {"300", "0.3"}};
    struct json_slot slots[32];
    size_t count = 0;
    for (; *plan; plan++) {
        if (*plan >= '0' && *plan <= '9')
            slots[count++] =
                (struct json_slot){.keep = json_item(document, array, (size_t)(*plan - '0'))};
        else if (*plan >= 'a')
            slots[count++] = (struct json_slot){.lexemes = pairs[*plan - 'a'], .lexeme_count = 2};
    }
    json_edits_arrange(edits, array, slots, count);
}

static void assert_arranged(const char *text, const char *plan, const char *expected)
{
    struct json_document *document = load(text, strlen(text));
    struct json_edits *edits = json_edits_new(document);
    struct buffer out = {0};
    arrange(edits, document, json_document_root(document), plan);
    json_edits_apply(edits, &out);
    assert_string_equal(buffer_string(&out), expected);
    buffer_done(&out);
    json_edits_free(edits);
    json_document_free(document);
}

static void test_items_on_one_line_come_and_go(void **state)
{
    (void)state;
    const char *text = "[[1, 2], [3, 4], [5, 6]]";
    assert_arranged(text, "0 1 2", text);
    assert_arranged(text, "a 0 1 2", "[[100, 0.1], [1, 2], [3, 4], [5, 6]]");
    assert_arranged(text, "0 a 1 2", "[[1, 2], [100, 0.1], [3, 4], [5, 6]]");
    assert_arranged(text, "0 1 2 a b", "[[1, 2], [3, 4], [5, 6], [100, 0.1], [200, 0.2]]");
    assert_arranged(text, "1 2", "[[3, 4], [5, 6]]");
    assert_arranged(text, "0 2", "[[1, 2], [5, 6]]");
    assert_arranged(text, "0 1", "[[1, 2], [3, 4]]");
    assert_arranged(text, "1", "[[3, 4]]");
    assert_arranged(text, "a", "[[100, 0.1]]");
    assert_arranged(text, "0 a 2 b c", "[[1, 2], [100, 0.1], [5, 6], [200, 0.2], [300, 0.3]]");
    assert_arranged("[[1,2],[3,4]]", "0 a 1", "[[1,2],[100,0.1],[3,4]]");
    assert_arranged("[[1,2]]", "0 a", "[[1,2],[100,0.1]]");
    assert_arranged("[[1, 2]]", "a 0", "[[100, 0.1], [1, 2]]");
    assert_arranged("[ [1 ,2 ] ]", "0 a", "[ [1 ,2 ],[100 ,0.1 ] ]");
}

static void test_items_of_a_line_each_come_and_go(void **state)
{
    (void)state;
    const char *text = "[\n  [1, 2],\n  [3, 4],\n  [5, 6]\n]\n";
    assert_arranged(text, "0 1 2", text);
    assert_arranged(text, "a 0 1 2", "[\n  [100, 0.1],\n  [1, 2],\n  [3, 4],\n  [5, 6]\n]\n");
    assert_arranged(text, "0 1 2 a", "[\n  [1, 2],\n  [3, 4],\n  [5, 6],\n  [100, 0.1]\n]\n");
    assert_arranged(text, "0 2", "[\n  [1, 2],\n  [5, 6]\n]\n");
    assert_arranged(text, "0 1", "[\n  [1, 2],\n  [3, 4]\n]\n");
    assert_arranged(text, "2", "[\n  [5, 6]\n]\n");
    assert_arranged("[\r\n\t[1, 2]\r\n]", "0 a", "[\r\n\t[1, 2],\r\n\t[100, 0.1]\r\n]");
    assert_arranged("[\r\n\t[1, 2]\r\n]", "a 0", "[\r\n\t[100, 0.1],\r\n\t[1, 2]\r\n]");
}

static void test_items_over_four_lines_come_and_go(void **state)
{
    (void)state;
#define ITEM(a, b) "  [\n    " a ",\n    " b "\n  ]"
    const char *text = "[\n" ITEM("1", "2") ",\n" ITEM("3", "4") "\n]";
    assert_arranged(text, "0 a 1",
                    "[\n" ITEM("1", "2") ",\n" ITEM("100", "0.1") ",\n" ITEM("3", "4") "\n]");
    assert_arranged(text, "0 1 a",
                    "[\n" ITEM("1", "2") ",\n" ITEM("3", "4") ",\n" ITEM("100", "0.1") "\n]");
    assert_arranged(text, "1", "[\n" ITEM("3", "4") "\n]");
    assert_arranged(text, "0", "[\n" ITEM("1", "2") "\n]");
    assert_arranged(text, "a", "[\n" ITEM("100", "0.1") "\n]");
#undef ITEM
}

static void test_rows_of_several_items_keep_their_lines(void **state)
{
    (void)state;
    const char *text = "[\n [1,1], [2,2],\n [3,3], [4,4]\n]";
    assert_arranged(text, "0 2 3", "[\n [1,1],\n [3,3], [4,4]\n]");
    assert_arranged(text, "0 1 3", "[\n [1,1], [2,2],\n [4,4]\n]");
    assert_arranged(text, "0 1", "[\n [1,1], [2,2]\n]");
    assert_arranged(text, "2 3", "[\n [3,3], [4,4]\n]");
}

static void test_without_a_sibling_of_its_shape_an_item_is_written_plainly(void **state)
{
    (void)state;
    assert_arranged("[]", "a b", "[[100, 0.1], [200, 0.2]]");
    assert_arranged("[ ]", "a", "[[100, 0.1]]");
    assert_arranged("[1, [2], [[3], 4]]", "0 1 2 a", "[1, [2], [[3], 4], [100, 0.1]]");
    assert_arranged("[[1,\t2], 3, 4]", "0 1 2 a", "[[1,\t2], 3, 4, [100,\t0.1]]");
}

/* --- members and values --- */

static const struct json_value *at(const struct json_document *document, const char *key)
{
    return json_member(document, json_document_root(document), key);
}

/* steps: "-key" removes, "+key" adds key: null, "=key" replaces its value by 9. */
static void assert_members(const char *text, const char *const *steps, const char *expected)
{
    struct json_document *document = load(text, strlen(text));
    struct json_edits *edits = json_edits_new(document);
    for (; *steps; steps++) {
        if (**steps == '-')
            json_edits_remove_member(edits, at(document, *steps + 1));
        else if (**steps == '+')
            json_edits_add_member(edits, json_document_root(document), *steps + 1, "null");
        else
            json_edits_replace(edits, at(document, *steps + 1), "9");
    }
    struct buffer out = {0};
    json_edits_apply(edits, &out);
    assert_string_equal(buffer_string(&out), expected);
    buffer_done(&out);
    json_edits_free(edits);
    json_document_free(document);
}

#define STEPS(...)                                                                                 \
    (const char *const[])                                                                          \
    {                                                                                              \
        __VA_ARGS__, NULL                                                                          \
    }

static void test_members_come_and_go_in_the_style_of_their_object(void **state)
{
    (void)state;
    const char *text = "{\n  \"a\": 1,\n  \"b\": [2],\n  \"c\": \"x\"\n}";
    assert_members(text, STEPS("-a"), "{\n  \"b\": [2],\n  \"c\": \"x\"\n}");
    assert_members(text, STEPS("-b"), "{\n  \"a\": 1,\n  \"c\": \"x\"\n}");
    assert_members(text, STEPS("-c"), "{\n  \"a\": 1,\n  \"b\": [2]\n}");
    assert_members(text, STEPS("-b", "-c"), "{\n  \"a\": 1\n}");
    assert_members(text, STEPS("-c", "-a"), "{\n  \"b\": [2]\n}");
    assert_members(text, STEPS("-a", "-b", "-c"), "{}");
    assert_members(text, STEPS("-b", "-b", "=b"), "{\n  \"a\": 1,\n  \"c\": \"x\"\n}");
    assert_members(
        text, STEPS("+d", "+e"),
        "{\n  \"a\": 1,\n  \"b\": [2],\n  \"c\": \"x\",\n  \"d\": null,\n  \"e\": null\n}");
    assert_members(text, STEPS("-c", "+d"), "{\n  \"a\": 1,\n  \"b\": [2],\n  \"d\": null\n}");
    assert_members(text, STEPS("+d", "-a", "-b", "-c"), "{\n  \"d\": null\n}");
    assert_members("{\"a\":1}", STEPS("+d"), "{\"a\":1,\"d\":null}");
    assert_members("{\"a\" : 1}", STEPS("+d"), "{\"a\" : 1, \"d\" : null}");
    assert_members("{ }", STEPS("+q\"\n"), "{\"q\\\"\\n\": null}");
    assert_members("{\r\n\t\"a\":\t1\r\n}", STEPS("+d"),
                   "{\r\n\t\"a\":\t1,\r\n\t\"d\":\tnull\r\n}");
    assert_members("{\"a,b\": \":\", \"\\\"\": \"\\\"\"}", STEPS("-\"", "=a,b"), "{\"a,b\": 9}");
}

static void test_the_later_of_two_replacements_wins_and_the_outer_hides_the_inner(void **state)
{
    (void)state;
    const char *text = "{\"a\": [1, 2]}";
    struct json_document *document = load(text, strlen(text));
    struct json_edits *edits = json_edits_new(document);
    const struct json_value *a = at(document, "a");
    struct buffer out = {0};
    json_edits_apply(edits, &out);
    assert_string_equal(buffer_string(&out), text);
    json_edits_replace(edits, json_item(document, a, 1), "3");
    json_edits_replace(edits, json_item(document, a, 1), "4");
    buffer_truncate(&out, 0);
    json_edits_apply(edits, &out);
    assert_string_equal(buffer_string(&out), "{\"a\": [1, 4]}");
    json_edits_replace(edits, a, "{}");
    buffer_truncate(&out, 0);
    json_edits_apply(edits, &out);
    assert_string_equal(buffer_string(&out), "{\"a\": {}}");
    buffer_done(&out);
    json_edits_free(edits);
    json_document_free(document);
    json_edits_free(NULL);
}

static void test_any_text_can_be_quoted(void **state)
{
    (void)state;
    struct buffer out = {0};
    json_quote("a\"\\/\b\f\n\r\t\x01\x1F\x7F\xC3\xA9\xFF\xC0z", &out);
    assert_string_equal(
        out.bytes,
        "\"a\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7F\xC3\xA9\xEF\xBF\xBD\xEF\xBF\xBDz\"");
    json_document_free(load(out.bytes, out.length));
    buffer_done(&out);
}

/* --- the property: random documents, random edits, a model beside them --- */

static uint64_t random_state;

static unsigned random_below(unsigned limit)
{
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(random_state >> 33) % limit;
}

/* How a generated document is laid out. */
struct style {
    const char *newline; /* "" for all on one line */
    const char *indent;
    const char *comma; /* behind a comma on a line */
    const char *colon;
    bool flat_pairs; /* arrays of scalars on one line */
    bool ragged;     /* random blanks anywhere */
};

static struct style random_style(void)
{
    static const char *const newlines[] = {"\n", "\r\n", "", "\n"};
    static const char *const indents[] = {"  ", "\t", "    ", ""};
    static const char *const colons[] = {": ", ":", " : ", ":\t"};
    struct style style = {.newline = newlines[random_below(4)],
                          .indent = indents[random_below(4)],
                          .comma = random_below(2) ? " " : "",
                          .colon = colons[random_below(4)],
                          .flat_pairs = random_below(2),
                          .ragged = random_below(6) == 0};
    return style;
}

static void put_break(const struct style *style, int depth, bool flat, struct buffer *out)
{
    static const char *const blanks[] = {"", " ", "\n", "\t \r\n", "   "};
    if (style->ragged) {
        buffer_append_string(out, blanks[random_below(5)]);
    } else if (!flat && *style->newline) {
        buffer_append_string(out, style->newline);
        for (int i = 0; i < depth; i++)
            buffer_append_string(out, style->indent);
    }
}

static void put_comma(const struct style *style, int depth, bool flat, struct buffer *out)
{
    if (style->ragged)
        put_break(style, depth, flat, out);
    buffer_append_string(out, ",");
    put_break(style, depth, flat, out);
    if (!style->ragged && (flat || !*style->newline))
        buffer_append_string(out, style->comma);
}

static void put_scalar(struct buffer *out)
{
    static const char *const scalars[] = {
        "0",
        "-0",
        "1e6",
        "1E+06",
        "0.150000",
        "123456789012345678901234567890",
        "true",
        "null",
        "\"\"",
        "\"\\u00e9\\n\"",
        "\"a, b: [c]\"",
        "\"\\\"]}\"",
        "1e-05",
        "2.50",
        "false",
        "\"\xE6\xBC\xA2\"",
    };
    buffer_append_string(out, scalars[random_below(16)]);
}

static void put_pair(const struct style *style, int depth, struct buffer *out)
{
    buffer_append_string(out, "[");
    put_break(style, depth + 1, style->flat_pairs, out);
    put_scalar(out);
    put_comma(style, depth + 1, style->flat_pairs, out);
    put_scalar(out);
    put_break(style, depth, style->flat_pairs, out);
    buffer_append_string(out, "]");
}

static void put_value(const struct style *style, int depth, struct buffer *out);

static void put_container(const struct style *style, int depth, bool object, struct buffer *out)
{
    static const char *const keys[] = {"a", "x \\\" y", "\\u00e9", "efficiency",
                                       "]", "flops,",   ":"};
    unsigned count = random_below(6);
    bool pairs = !object && random_below(3) > 0;
    buffer_append_string(out, object ? "{" : "[");
    for (unsigned i = 0; i < count; i++) {
        if (i > 0)
            put_comma(style, depth + 1, false, out);
        else
            put_break(style, depth + 1, false, out);
        if (object)
            buffer_print(out, "\"%s\"%s", keys[i], style->colon);
        if (pairs)
            put_pair(style, depth + 1, out);
        else
            put_value(style, depth + 1, out);
    }
    if (count > 0 || random_below(2))
        put_break(style, depth, false, out);
    buffer_append_string(out, object ? "}" : "]");
}

static void put_value(const struct style *style, int depth, struct buffer *out)
{
    if (depth > 3 || random_below(4) == 0)
        put_scalar(out);
    else
        put_container(style, depth, random_below(2), out);
}

/* What a test asked for at a value; found again by the value's begin. */
struct wish {
    const struct json_value *value;
    enum { WISH_REPLACE, WISH_ARRANGE, WISH_REMOVE, WISH_ADD } kind;
    char plan[16]; /* ARRANGE: old items by digit, new ones by letter */
};

struct wishes {
    struct wish items[16];
    size_t count;
};

static const struct wish *find_wish(const struct wishes *wishes, const struct json_value *value,
                                    int kind)
{
    for (size_t i = wishes->count; i-- > 0;)
        if (wishes->items[i].value == value && (int)wishes->items[i].kind == kind)
            return &wishes->items[i];
    return NULL;
}

/* The tokens that document has once the wishes are fulfilled, each followed by a blank. */
static void model(const struct json_document *document, const struct json_value *value,
                  const struct wishes *wishes, struct buffer *out);

static void model_item(const struct json_document *document, const struct json_value *array,
                       char slot, const struct wishes *wishes, struct buffer *out)
{
    static const char *const news[] = {"[ 100 0.1 ] ", "[ 200 0.2 ] ", "[ 300 0.3 ] "};
    if (slot >= 'a')
        buffer_append_string(out, news[slot - 'a']);
    else
        model(document, json_item(document, array, (size_t)(slot - '0')), wishes, out);
}

static void model_array(const struct json_document *document, const struct json_value *array,
                        const struct wishes *wishes, struct buffer *out)
{
    const struct wish *wish = find_wish(wishes, array, WISH_ARRANGE);
    buffer_append_string(out, "[ ");
    if (wish)
        for (const char *slot = wish->plan; *slot; slot++)
            model_item(document, array, *slot, wishes, out);
    else
        for (size_t i = 0; i < json_value_count(array); i++)
            model(document, json_item(document, array, i), wishes, out);
    buffer_append_string(out, "] ");
}

static void model_object(const struct json_document *document, const struct json_value *object,
                         const struct wishes *wishes, struct buffer *out)
{
    buffer_append_string(out, "{ ");
    const struct json_value *member = json_value_first(document, object);
    for (; member; member = json_value_next(document, member)) {
        if (find_wish(wishes, member, WISH_REMOVE))
            continue;
        buffer_print(out, "%s ", json_key(document, member));
        model(document, member, wishes, out);
    }
    if (find_wish(wishes, object, WISH_ADD))
        buffer_append_string(out, "new null ");
    buffer_append_string(out, "} ");
}

static void model(const struct json_document *document, const struct json_value *value,
                  const struct wishes *wishes, struct buffer *out)
{
    size_t length;
    const char *bytes = json_document_bytes(document, &length);
    if (find_wish(wishes, value, WISH_REPLACE)) {
        buffer_append_string(out, "0.125 ");
    } else if (json_value_type(value) == JSON_ARRAY) {
        model_array(document, value, wishes, out);
    } else if (json_value_type(value) == JSON_OBJECT) {
        model_object(document, value, wishes, out);
    } else {
        buffer_append(out, bytes + json_value_begin(value),
                      json_value_end(value) - json_value_begin(value));
        buffer_append_string(out, " ");
    }
}

/* Any value of the document. */
static const struct json_value *pick(const struct json_document *document)
{
    const struct json_value *value = json_document_root(document);
    while (json_value_count(value) > 0 && random_below(5) > 0) {
        unsigned steps = random_below((unsigned)json_value_count(value));
        value = json_value_first(document, value);
        while (steps-- > 0)
            value = json_value_next(document, value);
    }
    return value;
}

static void random_plan(size_t count, char plan[16])
{
    size_t length = 0;
    char next = 'a';
    for (size_t i = 0; i <= count; i++) {
        while (next < 'd' && random_below(4) == 0)
            plan[length++] = next++;
        if (i < count && random_below(4) > 0)
            plan[length++] = (char)('0' + i);
    }
    if (length == 0)
        plan[length++] = 'a';
    plan[length] = '\0';
}

static void wish_for_something(const struct json_document *document, struct wishes *wishes)
{
    const struct json_value *value = pick(document);
    struct wish wish = {.value = value, .kind = WISH_REPLACE};
    enum json_type type = json_value_type(value);
    if (type == JSON_ARRAY && random_below(8) > 0) {
        wish.kind = WISH_ARRANGE;
        random_plan(json_value_count(value), wish.plan);
    } else if (type == JSON_OBJECT && random_below(2)) {
        wish.kind = WISH_ADD;
    } else if (json_key(document, value) && random_below(2)) {
        wish.kind = WISH_REMOVE;
    }
    if (!find_wish(wishes, value, (int)wish.kind))
        wishes->items[wishes->count++] = wish;
}

static void fulfil(const struct json_document *document, const struct wishes *wishes,
                   struct buffer *out)
{
    struct json_edits *edits = json_edits_new(document);
    for (size_t i = 0; i < wishes->count; i++) {
        const struct wish *wish = &wishes->items[i];
        if (wish->kind == WISH_REPLACE)
            json_edits_replace(edits, wish->value, "0.125");
        else if (wish->kind == WISH_ARRANGE)
            arrange(edits, document, wish->value, wish->plan);
        else if (wish->kind == WISH_REMOVE)
            json_edits_remove_member(edits, wish->value);
        else
            json_edits_add_member(edits, wish->value, "new", "null");
    }
    json_edits_apply(edits, out);
    json_edits_free(edits);
}

static struct json_document *random_document(struct buffer *text)
{
    struct style style = random_style();
    buffer_truncate(text, 0);
    put_container(&style, 0, random_below(3) > 0, text);
    if (random_below(2))
        buffer_append_string(text, "\n");
    return load(text->bytes, text->length);
}

static void test_random_edits_do_what_a_model_says(void **state)
{
    (void)state;
    int cases = test_rounds(20000, 2000);
    struct buffer text = {0}, out = {0}, expected = {0}, found = {0};
    const struct wishes none = {0};
    random_state = 1;
    for (int i = 0; i < cases; i++) {
        struct json_document *document = random_document(&text);
        struct wishes wishes = {0};
        for (unsigned n = 1 + random_below(8); n > 0; n--)
            wish_for_something(document, &wishes);
        buffer_truncate(&out, 0);
        fulfil(document, &wishes, &out);
        struct json_document *result = load(buffer_string(&out), out.length);
        buffer_truncate(&expected, 0);
        buffer_truncate(&found, 0);
        model(document, json_document_root(document), &wishes, &expected);
        model(result, json_document_root(result), &none, &found);
        if (strcmp(buffer_string(&expected), buffer_string(&found)) != 0)
            fail_msg("case %d:\n%s\n%s", i, expected.bytes, found.bytes);
        json_document_free(result);
        json_document_free(document);
    }
    buffer_done(&text);
    buffer_done(&out);
    buffer_done(&expected);
    buffer_done(&found);
    print_message("%d random documents edited as their models say\n", cases);
}

static void test_replacing_values_changes_their_bytes_and_no_other(void **state)
{
    (void)state;
    int cases = test_rounds(10000, 1000);
    struct buffer text = {0}, out = {0}, expected = {0};
    random_state = 2;
    for (int i = 0; i < cases; i++) {
        struct json_document *document = random_document(&text);
        struct json_edits *edits = json_edits_new(document);
        /* Every third scalar or so, in the order of the file, spliced here by hand. */
        size_t copied = 0;
        buffer_truncate(&expected, 0);
        buffer_truncate(&out, 0);
        const struct json_value *root = json_document_root(document);
        const struct json_value *value = json_value_first(document, root);
        for (; value; value = json_value_next(document, value)) {
            if (random_below(3) > 0)
                continue;
            buffer_append(&expected, text.bytes + copied, json_value_begin(value) - copied);
            buffer_append_string(&expected, "-7.5e-3");
            copied = json_value_end(value);
            json_edits_replace(edits, value, "-7.5e-3");
        }
        buffer_append(&expected, text.bytes + copied, text.length - copied);
        json_edits_apply(edits, &out);
        assert_string_equal(buffer_string(&out), buffer_string(&expected));
        json_edits_free(edits);
        json_document_free(document);
    }
    buffer_done(&text);
    buffer_done(&out);
    buffer_done(&expected);
    print_message("%d random documents, only the replaced bytes changed\n", cases);
}

static const struct json_value *find_array(const struct json_document *document)
{
    for (int tries = 0; tries < 20; tries++) {
        const struct json_value *value = pick(document);
        if (json_value_type(value) == JSON_ARRAY)
            return value;
    }
    return NULL;
}

/* Where the same array is in another version: at the same place, as nothing before it changed. */
static const struct json_value *array_at(const struct json_document *document, size_t begin)
{
    const struct json_value *value = json_document_root(document);
    while (value && json_value_begin(value) != begin) {
        const struct json_value *child = json_value_first(document, value);
        while (child && json_value_end(child) <= begin)
            child = json_value_next(document, child);
        value = child;
    }
    return value;
}

static void check_there_and_back(const struct json_document *document,
                                 const struct json_value *array, const struct buffer *text)
{
    size_t count = json_value_count(array);
    size_t place = random_below((unsigned)count + 1);
    char plan[16] = "", back[16] = "";
    for (size_t i = 0, n = 0, m = 0; i <= count; i++) {
        if (i == place)
            plan[n++] = 'b';
        if (i < count)
            plan[n++] = (char)('0' + i);
        if (i != place)
            back[m++] = (char)('0' + i);
    }
    struct wishes there = {.count = 1, .items = {{.value = array, .kind = WISH_ARRANGE}}};
    strcpy(there.items[0].plan, plan);
    struct buffer out = {0}, again = {0};
    fulfil(document, &there, &out);
    /* All up to the item before the new one, and from the one behind it, is as it was. */
    const struct json_value *before = place > 0 ? json_item(document, array, place - 1) : array;
    const struct json_value *behind = json_item(document, array, place);
    size_t head = place > 0 ? json_value_end(before) : json_value_begin(before) + 1;
    size_t tail = text->length - (behind ? json_value_begin(behind) : json_value_end(array) - 1);
    assert_memory_equal(out.bytes, text->bytes, head);
    assert_memory_equal(out.bytes + out.length - tail, text->bytes + text->length - tail, tail);

    struct json_document *longer = load(out.bytes, out.length);
    struct wishes and_back = {
        .count = 1,
        .items = {{.value = array_at(longer, json_value_begin(array)), .kind = WISH_ARRANGE}}};
    strcpy(and_back.items[0].plan, back);
    fulfil(longer, &and_back, &again);
    assert_string_equal(again.bytes, text->bytes);
    json_document_free(longer);
    buffer_done(&out);
    buffer_done(&again);
}

static void test_an_item_put_in_and_taken_out_leaves_the_old_bytes(void **state)
{
    (void)state;
    int cases = test_rounds(10000, 1000);
    struct buffer text = {0};
    int checked = 0;
    random_state = 3;
    while (checked < cases) {
        struct json_document *document = random_document(&text);
        const struct json_value *array = find_array(document);
        if (array && json_value_count(array) > 0) {
            check_there_and_back(document, array, &text);
            checked++;
        }
        json_document_free(document);
    }
    buffer_done(&text);
    print_message("%d items put in and taken out again\n", checked);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_items_on_one_line_come_and_go),
        cmocka_unit_test(test_items_of_a_line_each_come_and_go),
        cmocka_unit_test(test_items_over_four_lines_come_and_go),
        cmocka_unit_test(test_rows_of_several_items_keep_their_lines),
        cmocka_unit_test(test_without_a_sibling_of_its_shape_an_item_is_written_plainly),
        cmocka_unit_test(test_members_come_and_go_in_the_style_of_their_object),
        cmocka_unit_test(test_the_later_of_two_replacements_wins_and_the_outer_hides_the_inner),
        cmocka_unit_test(test_any_text_can_be_quoted),
        cmocka_unit_test(test_random_edits_do_what_a_model_says),
        cmocka_unit_test(test_replacing_values_changes_their_bytes_and_no_other),
        cmocka_unit_test(test_an_item_put_in_and_taken_out_leaves_the_old_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
