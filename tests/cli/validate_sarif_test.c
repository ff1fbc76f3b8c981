/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calscope validate --sarif: the shape of the report, its places and its fingerprints. */
#include "answer.h"

#include <unistd.h>

#include "check/rules.h"

/*
 * What the SARIF 2.1.0 schema says of the objects that the report has: each of their properties,
 * its type, and whether it is required. Other properties are wrong in all of these objects.
 * Integers are counted from least; of is the object's kind, or the words that a string may be. No
 * two items of a SET are the same. Where the schema wants one of several properties, the one that
 * the report has is required here.
 */
struct property {
    const char *object, *key;
    enum { TEXT, URI, URI_REFERENCE, WORD, INTEGER, BOOLEAN, OBJECT, ARRAY, SET, TEXTS } type;
    bool required;
    const char *of;
    int least;
};

static const struct property schema[] = {
    {"log", "$schema", URI, false, NULL, 0},
    {"log", "version", WORD, true, " 2.1.0 ", 0},
    {"log", "runs", ARRAY, true, "run", 0},
    {"run", "tool", OBJECT, true, "tool", 0},
    {"run", "columnKind", WORD, false, " utf16CodeUnits unicodeCodePoints ", 0},
    {"run", "results", ARRAY, false, "result", 0},
    {"run", "invocations", ARRAY, false, "invocation", 0},
    {"invocation", "executionSuccessful", BOOLEAN, true, NULL, 0},
    {"tool", "driver", OBJECT, true, "toolComponent", 0},
    {"toolComponent", "name", TEXT, true, NULL, 0},
    {"toolComponent", "version", TEXT, false, NULL, 0},
    {"toolComponent", "rules", SET, false, "reportingDescriptor", 0},
    {"reportingDescriptor", "id", TEXT, true, NULL, 0},
    {"reportingDescriptor", "shortDescription", OBJECT, false, "multiformatMessageString", 0},
    {"reportingDescriptor", "help", OBJECT, false, "multiformatMessageString", 0},
    {"reportingDescriptor", "defaultConfiguration", OBJECT, false, "reportingConfiguration", 0},
    {"reportingConfiguration", "level", WORD, false, " none note warning error ", 0},
    {"multiformatMessageString", "text", TEXT, true, NULL, 0},
    {"result", "ruleId", TEXT, false, NULL, 0},
    {"result", "ruleIndex", INTEGER, false, NULL, 0},
    {"result", "level", WORD, false, " none note warning error ", 0},
    {"result", "message", OBJECT, true, "message", 0},
    {"result", "locations", ARRAY, false, "location", 0},
    {"result", "partialFingerprints", TEXTS, false, NULL, 0},
    {"message", "text", TEXT, true, NULL, 0},
    {"location", "physicalLocation", OBJECT, false, "physicalLocation", 0},
    {"location", "logicalLocations", SET, false, "logicalLocation", 0},
    {"logicalLocation", "fullyQualifiedName", TEXT, false, NULL, 0},
    {"physicalLocation", "artifactLocation", OBJECT, true, "artifactLocation", 0},
    {"physicalLocation", "region", OBJECT, false, "region", 0},
    {"artifactLocation", "uri", URI_REFERENCE, true, NULL, 0},
    {"artifactLocation", "uriBaseId", TEXT, false, NULL, 0},
    {"region", "startLine", INTEGER, true, NULL, 1},
    {"region", "startColumn", INTEGER, false, NULL, 1},
};
enum { SCHEMA_COUNT = sizeof schema / sizeof *schema };

static void assert_object(const struct json_document *document, const struct json_value *object,
                          const char *kind);

static void assert_word(const char *word, const char *words)
{
    char *blanks = memory_print(" %s ", word ? word : "(no string)");
    if (!strstr(words, blanks))
        fail_msg("%s is none of%s", word, words);
    free(blanks);
}

/* RFC 3986: its letters and %XX, and a colon only behind a scheme, which a URI must have. */
static void assert_uri_reference(const char *uri, bool absolute)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    size_t scheme = strspn(uri, letters), first = strcspn(uri, ":/");
    bool has_scheme = scheme > 0 && uri[scheme] == ':';
    if (absolute ? !has_scheme : uri[first] == ':' && !has_scheme)
        fail_msg("%s is no URI", uri);
    for (const char *at = uri; *at; at++)
        if (*at == '%' ? strspn(at + 1, "0123456789ABCDEF") < 2
                       : !strchr(letters, *at) && !strchr("0123456789-._~/:#", *at))
            fail_msg("%s is no URI", uri);
}

/* The bytes of two items differ. */
static void assert_differ(const struct json_document *document, const struct json_value *container)
{
    size_t length;
    const char *bytes = json_document_bytes(document, &length);
    for (const struct json_value *a = json_value_first(document, container); a;
         a = json_value_next(document, a))
        for (const struct json_value *b = json_value_next(document, a); b;
             b = json_value_next(document, b)) {
            size_t size = json_value_end(a) - json_value_begin(a);
            if (size == json_value_end(b) - json_value_begin(b) &&
                memcmp(bytes + json_value_begin(a), bytes + json_value_begin(b), size) == 0)
                fail_msg("twice: %.*s", (int)size, bytes + json_value_begin(a));
        }
}

static void assert_items(const struct json_document *document, const struct json_value *container,
                         const char *kind)
{
    for (const struct json_value *item = json_value_first(document, container); item;
         item = json_value_next(document, item)) {
        if (kind)
            assert_object(document, item, kind);
        else
            assert_non_null(json_string(document, item));
    }
}

static void assert_property(const struct json_document *document, const struct json_value *value,
                            const struct property *property)
{
    enum json_type type = json_value_type(value);
    double number = answer_number(document, value);
    switch (property->type) {
    case TEXT:
        assert_int_equal(type, JSON_STRING);
        break;
    case URI:
    case URI_REFERENCE:
        assert_uri_reference(json_string(document, value), property->type == URI);
        break;
    case WORD:
        assert_word(json_string(document, value), property->of);
        break;
    case INTEGER:
        assert_true(number >= property->least && number == floor(number));
        break;
    case BOOLEAN:
        assert_true(type == JSON_TRUE || type == JSON_FALSE);
        break;
    case OBJECT:
        assert_object(document, value, property->of);
        break;
    case SET:
        assert_differ(document, value);
        /* fall through */
    case ARRAY:
        assert_int_equal(type, JSON_ARRAY);
        assert_items(document, value, property->of);
        break;
    case TEXTS:
        assert_int_equal(type, JSON_OBJECT);
        assert_items(document, value, NULL);
    }
}

static void assert_object(const struct json_document *document, const struct json_value *object,
                          const char *kind)
{
    size_t known = 0;
    assert_int_equal(json_value_type(object), JSON_OBJECT);
    for (size_t i = 0; i < SCHEMA_COUNT; i++) {
        if (strcmp(schema[i].object, kind) != 0)
            continue;
        const struct json_value *value = json_member(document, object, schema[i].key);
        if (!value && schema[i].required)
            fail_msg("a %s lacks %s", kind, schema[i].key);
        if (value)
            assert_property(document, value, &schema[i]);
        known += value != NULL;
    }
    if (known != json_value_count(object))
        fail_msg("a %s has properties that it must not have", kind);
}

static struct json_document *report_of(const struct answer *answer)
{
    struct json_document *document = answer_json(answer);
    assert_object(document, json_document_root(document), "log");
    assert_int_equal(json_value_count(AT(document, "runs")), 1);
    return document;
}

#define RESULTS(document) AT(document, "runs", "0", "results")

static void test_the_report_has_the_shape_of_the_schema_for_several_files(void **state)
{
    (void)state;
    struct answer answer = RUN("validate", "--sarif", FIXTURES "/registry",
                               FIXTURES "/missing_fields.json", FIXTURES "/hostile_strings.json",
                               FIXTURES "/bad_utf8.json", FIXTURES "/wrong_types.json");
    struct json_document *document = report_of(&answer);
    assert_int_equal(answer.status, 1);
    assert_true(json_value_count(RESULTS(document)) > 20);
    json_document_free(document);
    answer_done(&answer);
}

static void test_results_point_at_their_rules(void **state)
{
    (void)state;
    size_t count;
    const struct rule *rules = rules_all(&count);
    struct answer answer = RUN("validate", "--sarif", FIXTURES "/wrong_types.json", ORIN);
    struct json_document *document = report_of(&answer);
    const struct json_value *described = AT(document, "runs", "0", "tool", "driver", "rules");
    assert_int_equal(json_value_count(described), count);
    for (const struct json_value *result = json_value_first(document, RESULTS(document)); result;
         result = json_value_next(document, result)) {
        double index = answer_number(document, json_member(document, result, "ruleIndex"));
        const struct json_value *rule = json_item(document, described, (size_t)index);
        const char *id = json_string(document, json_member(document, result, "ruleId"));
        assert_string_equal(id, rules[(size_t)index].id);
        assert_string_equal(id, json_string(document, json_member(document, rule, "id")));
    }
    json_document_free(document);
    answer_done(&answer);
}

static void test_a_sound_registry_has_a_report_without_errors(void **state)
{
    (void)state;
    struct answer answer = RUN("validate", "--sarif", REGISTRY);
    struct json_document *document = report_of(&answer);
    assert_int_equal(answer.status, 0);
    assert_null(strstr(answer.out, "\"level\":\"error\",\"message\""));
    assert_int_equal(
        json_value_type(AT(document, "runs", "0", "invocations", "0", "executionSuccessful")),
        JSON_TRUE);
    json_document_free(document);
    answer_done(&answer);
}

static void test_what_cannot_be_read_is_a_result_and_no_success(void **state)
{
    (void)state;
    struct answer answer = RUN("validate", "--sarif", "no/such file.json");
    struct json_document *document = report_of(&answer);
    assert_int_equal(answer.status, 2);
    assert_string_equal(STRING_AT(document, "runs", "0", "results", "0", "ruleId"), "unreadable");
    assert_contains(answer.out, "\"uri\":\"no/such%20file.json\"");
    assert_int_equal(
        json_value_type(AT(document, "runs", "0", "invocations", "0", "executionSuccessful")),
        JSON_FALSE);
    json_document_free(document);
    answer_done(&answer);
}

/* The URI of a file as the report of a run in folder has it. */
static void assert_uri(const char *folder, const char *file, const char *expected)
{
    char *back = file_real_path(".");
    assert_int_equal(chdir(folder), 0);
    struct answer answer = RUN("validate", "--sarif", file);
    assert_int_equal(chdir(back), 0);
    assert_contains(answer.out, expected);
    answer_done(&answer);
    free(back);
}

static void test_files_are_named_from_the_working_folder_where_they_are_in_it(void **state)
{
    (void)state;
    struct scratch scratch = scratch_new(FIXTURES "/wrong_types.json");
    const char *relative = "\"uri\":\"efficiency_curves.json\",\"uriBaseId\":\"%SRCROOT%\"";
    assert_uri(scratch.folder, "efficiency_curves.json", relative);
    assert_uri(scratch.folder, "./efficiency_curves.json", relative);
    assert_uri(scratch.folder, scratch.file, relative);
    char *absolute = memory_print("\"artifactLocation\":{\"uri\":\"file://%s\"}", scratch.file);
    assert_uri(SOURCE_DIR, scratch.file, absolute);
    free(absolute);
    scratch_done(&scratch);
}

static void test_any_name_of_a_file_makes_a_uri(void **state)
{
    (void)state;
    static const char *const names[] = {
        "a:b.json",        "100%.json", "two words?.json", "#.json", "\xc3\xbc\xff\n\x1b[31m.json",
        "[\"\\^`{|}].json"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct answer answer = RUN("validate", "--sarif", names[i]);
        json_document_free(report_of(&answer));
        answer_done(&answer);
    }
    assert_answer(RUN("validate", "--sarif", "a:b.json"), 2, "\"uri\":\"a%3Ab.json\"", "");
}

/* All fingerprints of a report in their order, a line each. */
static char *fingerprints(const char *file)
{
    struct buffer out = {0};
    struct answer answer = RUN("validate", "--sarif", file);
    struct json_document *document = report_of(&answer);
    for (const struct json_value *result = json_value_first(document, RESULTS(document)); result;
         result = json_value_next(document, result)) {
        const struct json_value *prints = json_member(document, result, "partialFingerprints");
        buffer_print(&out, "%s\n", json_string(document, json_value_first(document, prints)));
    }
    json_document_free(document);
    answer_done(&answer);
    return buffer_take(&out);
}

static void write_edited(const char *file, const char *from, const char *to)
{
    char *text = read_whole(file), *at = strstr(text, from);
    struct buffer out = {0};
    assert_non_null(at);
    buffer_append(&out, text, (size_t)(at - text));
    buffer_print(&out, "%s%s", to, at + strlen(from));
    write_file(file, out.bytes, out.length);
    buffer_done(&out);
    free(text);
}

static void test_fingerprints_stay_through_edits_elsewhere(void **state)
{
    (void)state;
    struct scratch scratch = scratch_new(ORIN);
    char *before = fingerprints(scratch.file);
    write_edited(scratch.file, "\"curves\": {", "\n\n\n  \"curves\":   {");
    write_edited(scratch.file, "\"hardware_name\": \"", "\"hardware_name\": \"Another ");
    char *now = fingerprints(scratch.file);
    assert_string_equal(now, before);
    free(now);
    write_edited(scratch.file, "\"calibration_date\"", "\"date\"");
    now = fingerprints(scratch.file); /* one more, the others as they were */
    assert_string_equal(now + strcspn(now, "\n") + 1, before);
    free(now);
    free(before);
    scratch_done(&scratch);
}

static void test_no_two_results_of_a_file_have_one_fingerprint(void **state)
{
    (void)state;
    char *all = fingerprints(FIXTURES "/missing_fields.json");
    assert_true(strlen(all) > 100);
    for (char *line = all; *line; line += strcspn(line, "\n") + 1) {
        char *one = memory_print("%.*s\n", (int)strcspn(line, "\n"), line);
        if (strstr(line + 1, one))
            fail_msg("twice: %s", one);
        free(one);
    }
    free(all);
}

static void test_a_report_into_a_file_leaves_the_answer_to_people(void **state)
{
    (void)state;
    struct scratch scratch = scratch_new(EXAMPLE);
    char *option = memory_print("--sarif=%s/report.sarif", scratch.folder);
    const char *file = option + strlen("--sarif=");
    assert_answer(RUN("validate", option, FIXTURES "/wrong_types.json"), 1, "1 file: ", "");
    struct answer report = {.out = read_whole(file)};
    struct json_document *document = report_of(&report);
    assert_true(json_value_count(RESULTS(document)) > 3);
    json_document_free(document);
    free(report.out);
    assert_int_equal(remove(file), 0);
    assert_answer(RUN("validate", "--sarif=no/such/folder/x", EXAMPLE), 2, "", "no/such/folder");
    assert_answer(RUN("validate", "--sarif", "--json", EXAMPLE), 2, "", "--sarif=FILE");
    assert_answer(RUN("validate", "--sarif=", EXAMPLE), 2, "", "--sarif= wants a FILE");
    free(option);
    scratch_done(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_report_has_the_shape_of_the_schema_for_several_files),
        cmocka_unit_test(test_results_point_at_their_rules),
        cmocka_unit_test(test_a_sound_registry_has_a_report_without_errors),
        cmocka_unit_test(test_what_cannot_be_read_is_a_result_and_no_success),
        cmocka_unit_test(test_files_are_named_from_the_working_folder_where_they_are_in_it),
        cmocka_unit_test(test_any_name_of_a_file_makes_a_uri),
        cmocka_unit_test(test_fingerprints_stay_through_edits_elsewhere),
        cmocka_unit_test(test_no_two_results_of_a_file_have_one_fingerprint),
        cmocka_unit_test(test_a_report_into_a_file_leaves_the_answer_to_people),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
