/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calscope ls */
#include "answer.h"

#include "report/fields.h"

static void test_devices_are_listed_by_id_with_what_they_hold(void **state)
{
    (void)state;
    struct answer answer = RUN("ls", REGISTRY);
    assert_int_equal(answer.status, 0);
    assert_contains(answer.out, "cpu/i7-12700K        i7-12700K ");
    assert_contains(answer.out,
                    "gpu/jetson_orin_agx  jetson-orin-agx-50w  FP32          6+2      44");
    assert_contains(answer.out, "legacy  ok\n");
    answer_done(&answer);
}

static void test_a_broken_file_is_a_row_and_no_failure(void **state)
{
    (void)state;
    assert_answer(RUN("ls", FIXTURES "/registry"), 0, "broken: line ", "");
}

static void test_json_has_the_keys_of_the_contract_in_order(void **state)
{
    (void)state;
    struct answer answer = RUN("ls", "--json", FIXTURES "/registry");
    struct json_document *document = answer_json(&answer);
    assert_shape(document, "{registry,devices[{id,path,hardware_id,hardware_name,device_type,"
                           "precision,calibration_date,curves,bandwidth_curves,points,state,"
                           "message,kept_edits,worst_r_squared,source}]}");
    assert_true(NUMBER_AT(document, "devices", "0", "worst_r_squared") > 0);
    assert_string_equal(STRING_AT(document, "devices", "0", "source"), "measured");
    assert_int_equal(json_value_type(AT(document, "devices", "2", "worst_r_squared")), JSON_NULL);
    assert_int_equal(json_value_type(AT(document, "devices", "2", "source")), JSON_NULL);
    assert_string_equal(STRING_AT(document, "devices", "0", "id"), "cpu/example_desktop/fp32");
    assert_string_equal(STRING_AT(document, "devices", "0", "state"), "ok");
    assert_int_equal(json_value_type(AT(document, "devices", "0", "message")), JSON_NULL);
    assert_true(NUMBER_AT(document, "devices", "0", "points") == 25);
    assert_string_equal(STRING_AT(document, "devices", "2", "state"), "broken");
    assert_int_equal(json_value_type(AT(document, "devices", "2", "hardware_id")), JSON_NULL);
    assert_non_null(STRING_AT(document, "devices", "2", "message"));
    json_document_free(document);
    answer_done(&answer);
}

static void test_csv_has_the_worst_fit_and_where_points_come_from(void **state)
{
    (void)state;
    struct answer answer = RUN("ls", "--csv", FIXTURES "/registry");
    assert_contains(answer.out, ",message,worst_r_squared,source\n");
    assert_contains(answer.out, ",ok,,0.5843791045342234,measured\n");
    answer_done(&answer);
    assert_answer(RUN("ls", "--csv", REGISTRY), 0, ",44,ok,,,legacy\n", "");
}

static void test_an_empty_folder_says_so(void **state)
{
    (void)state;
    char folder[] = "/tmp/calscope-XXXXXX";
    assert_non_null(mkdtemp(folder));
    assert_answer(RUN("ls", folder), 0, "no efficiency_curves.json below", "");
    remove(folder);
}

static void test_the_registry_option_is_the_default_path(void **state)
{
    (void)state;
    assert_answer(RUN("ls", "--registry", REGISTRY), 0, "cpu/i7-12700K", "");
}

static void assert_ids(struct answer answer, const char *expected)
{
    struct json_document *document = answer_json(&answer);
    struct buffer ids = {0};
    for (const struct json_value *device = json_value_first(document, AT(document, "devices"));
         device; device = json_value_next(document, device))
        buffer_print(&ids, "%s ", json_string(document, json_member(document, device, "id")));
    assert_string_equal(buffer_string(&ids), expected);
    buffer_done(&ids);
    json_document_free(document);
    answer_done(&answer);
}

static void test_a_filter_and_an_order_choose_what_is_listed(void **state)
{
    (void)state;
    const char *root = FIXTURES "/registry";
    assert_ids(RUN("ls", "--json", root, "--sort", "date"),
               "cpu/example_desktop/fp32 cuda/orin_15w/bf16 gpu/example_broken/fp32 ");
    assert_ids(RUN("ls", "--json", root, "--sort", "date:desc"),
               "cuda/orin_15w/bf16 cpu/example_desktop/fp32 gpu/example_broken/fp32 ");
    assert_ids(RUN("ls", "--json", root, "--filter", "-state:broken precision=bf16"),
               "cuda/orin_15w/bf16 ");
    assert_ids(RUN("ls", "--json", root, "--filter", "state:broken"), "gpu/example_broken/fp32 ");
    assert_answer(RUN("ls", root, "--filter", "precision:FP64"), 0,
                  "none of 3 calibrations fits the filter\n", "");
}

static void test_a_wrong_filter_or_order_is_bad_usage(void **state)
{
    (void)state;
    assert_answer(RUN("ls", "--filter", "orin presicion:FP16", REGISTRY), 2, "",
                  "--filter, character 6: no field `presicion`; there are: id device");
    assert_answer(RUN("ls", "--sort", "size", REGISTRY), 2, "", "--sort: no field `size`");
}

static void test_the_help_names_every_field(void **state)
{
    struct answer answer = RUN("ls", "--help");
    size_t count;
    const struct field *table = fields_table(&count);
    (void)state;
    for (size_t i = 0; i < count; i++) {
        char name[40];
        snprintf(name, sizeof name, " %s", table[i].name);
        assert_contains(strstr(answer.out, "Fields:"), name);
    }
    answer_done(&answer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_filter_and_an_order_choose_what_is_listed),
        cmocka_unit_test(test_a_wrong_filter_or_order_is_bad_usage),
        cmocka_unit_test(test_the_help_names_every_field),
        cmocka_unit_test(test_devices_are_listed_by_id_with_what_they_hold),
        cmocka_unit_test(test_a_broken_file_is_a_row_and_no_failure),
        cmocka_unit_test(test_json_has_the_keys_of_the_contract_in_order),
        cmocka_unit_test(test_csv_has_the_worst_fit_and_where_points_come_from),
        cmocka_unit_test(test_an_empty_folder_says_so),
        cmocka_unit_test(test_the_registry_option_is_the_default_path),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
