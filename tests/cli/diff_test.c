/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calscope diff */
#include "answer.h"

#define DESKTOP FIXTURES "/registry/cpu/example_desktop/fp32"
#define LAPTOP FIXTURES "/registry/cuda/orin_15w/bf16"

/* A file with one curve x of measured points at these sizes; fields go before its points. */
static struct scratch made(const char *fields, const char *sizes)
{
    struct buffer text = {0};
    const char *separator = "";
    buffer_print(&text, "{\"curves\":{\"x\":{%s\"data_points\":[", fields);
    for (const char *at = sizes; at; at = strchr(at + 1, ',')) {
        double size = strtod(at + (*at == ','), NULL);
        buffer_print(&text,
                     "%s{\"flops\":%.17g,\"efficiency_mean\":0.5,\"efficiency_std\":0.01,"
                     "\"num_observations\":5,\"source\":\"measured\"}",
                     separator, size);
        separator = ",";
    }
    buffer_append_string(&text, "]}}}");
    struct scratch scratch = scratch_new(ORIN);
    write_file(scratch.file, text.bytes, text.length);
    buffer_done(&text);
    return scratch;
}

static void test_a_file_against_itself_is_equal_and_exits_0(void **state)
{
    (void)state;
    assert_answer(RUN("diff", ORIN, ORIN), 0, "no differences\n", "");
    struct answer answer = RUN("diff", "--json", ORIN, ORIN);
    struct json_document *document = answer_json(&answer);
    assert_int_equal(answer.status, 0);
    assert_int_equal(json_value_count(AT(document, "metadata")), 0);
    assert_int_equal(json_value_count(AT(document, "warnings")), 0);
    assert_true(NUMBER_AT(document, "curves", "0", "geomean_ratio") == 1);
    json_document_free(document);
    answer_done(&answer);
}

static void test_json_has_the_keys_of_the_contract(void **state)
{
    (void)state;
    struct answer answer = RUN("diff", "--json", DESKTOP, LAPTOP);
    struct json_document *document = answer_json(&answer);
    assert_int_equal(answer.status, 1);
    assert_shape(document, "{a,b,metadata[{field,a,b}],curves[{curve,only_in,common_range[],"
                           "geomean_ratio,max_ratio{flops,ratio},points[{flops,a,b,ratio,ci_low,"
                           "ci_high,p_value,p_adjusted,verdict,reason,n_a,n_b,milliseconds_a,"
                           "milliseconds_b}],summary,unit,area,breakpoints[{change,index_a,"
                           "index_b,a[],b[]}],points_only_in_a[],points_only_in_b[],"
                           "points_changed,fields[{field,a,b}]}],warnings[],summary,differs,"
                           "peaks,gate}");
    assert_string_equal(STRING_AT(document, "a"), DESKTOP);
    json_document_free(document);
    answer_done(&answer);
}

static void test_one_changed_breakpoint_is_a_difference(void **state)
{
    (void)state;
    struct scratch scratch = scratch_new(ORIN);
    assert_answer(RUN("tune", scratch.file, "-c", "matmul", "--set", "0=10M:0.21"), 0, "", "");
    struct answer answer = RUN("diff", ORIN, scratch.file);
    assert_int_equal(answer.status, 1);
    assert_contains(answer.out, "conv2d                      equal");
    assert_contains(answer.out, "matmul                      differs");
    answer_done(&answer);
    assert_answer(RUN("diff", ORIN, scratch.file, "-c", "conv2d"), 0, "no differences", "");
    scratch_done(&scratch);
}

static void test_curves_on_one_side_only_are_said(void **state)
{
    (void)state;
    struct answer answer = RUN("diff", "--json", EXAMPLE, ORIN);
    struct json_document *document = answer_json(&answer);
    assert_string_equal(STRING_AT(document, "curves", "0", "curve"), "generic");
    assert_string_equal(STRING_AT(document, "curves", "0", "only_in"), "a");
    assert_string_equal(STRING_AT(document, "curves", "1", "only_in"), "b");
    assert_int_equal(json_value_type(AT(document, "curves", "1", "common_range")), JSON_NULL);
    assert_int_equal(json_value_type(AT(document, "curves", "1", "geomean_ratio")), JSON_NULL);
    json_document_free(document);
    answer_done(&answer);
}

static void test_a_named_curve_shows_its_points_and_verdicts(void **state)
{
    (void)state;
    struct answer answer = RUN("diff", DESKTOP, LAPTOP, "-c", "unfused");
    assert_contains(answer.out, "VERDICT");
    assert_contains(answer.out, "unclear: one observation");
    assert_contains(answer.out, "warning: efficiencies share a scale only where");
    answer_done(&answer);
    assert_answer(RUN("diff", DESKTOP, LAPTOP, "-c", "nosuch"), 2, "",
                  "there is no curve `nosuch`");
}

static void test_samples_and_margin_change_verdicts_only_when_valid(void **state)
{
    (void)state;
    assert_answer(RUN("diff", DESKTOP, LAPTOP, "--n", "samples", "--margin", "10%"), 1, "", "");
    assert_answer(RUN("diff", DESKTOP, LAPTOP, "--n", "all"), 2, "", "observations or samples");
    assert_answer(RUN("diff", DESKTOP, LAPTOP, "--margin", "-5"), 2, "", "positive percentage");
    assert_answer(RUN("diff", DESKTOP), 2, "", "two FILEs");
    assert_answer(RUN("diff", "-", "-"), 2, "", "one side only");
    assert_answer(RUN("diff", DESKTOP, FIXTURES "/truncated.json"), 2, "", ":30:11: ");
}

/* Matmul of the bundled Orin with its first breakpoint elsewhere and its third gone. */
static struct scratch tuned_orin(void)
{
    struct scratch scratch = scratch_new(ORIN);
    assert_answer(RUN("tune", scratch.file, "-c", "matmul", "--delete", "2", "--set", "0=12M:0.21",
                      "--insert", "900G:1.9"),
                  0, "", "");
    return scratch;
}

static void test_what_became_of_breakpoints_is_said_in_words(void **state)
{
    (void)state;
    struct scratch scratch = tuned_orin();
    struct answer answer = RUN("diff", ORIN, scratch.file);
    assert_int_equal(answer.status, 1);
    assert_contains(answer.out, "  breakpoint 0 moved from 10 M to 12 M, ");
    assert_contains(answer.out, "  breakpoint 2 removed at ");
    assert_contains(answer.out, "added at 900 G, 1.9\n");
    assert_null(strstr(answer.out, "conv2d is"));
    answer_done(&answer);
    answer = RUN("diff", ORIN, scratch.file, "-c", "matmul", "--json");
    struct json_document *document = answer_json(&answer);
    const char *first = "0";
    assert_string_equal(STRING_AT(document, "curves", first, "breakpoints", "0", "change"),
                        "moved");
    assert_true(NUMBER_AT(document, "curves", first, "breakpoints", "0", "index_a") == 0);
    assert_true(NUMBER_AT(document, "curves", first, "breakpoints", "0", "b", "0") == 12e6);
    assert_string_equal(STRING_AT(document, "curves", first, "breakpoints", "1", "change"),
                        "removed");
    assert_int_equal(json_value_type(AT(document, "curves", first, "breakpoints", "1", "index_b")),
                     JSON_NULL);
    assert_int_equal(json_value_type(AT(document, "curves", first, "breakpoints", "1", "b")),
                     JSON_NULL);
    assert_string_equal(STRING_AT(document, "curves", first, "breakpoints", "2", "change"),
                        "added");
    assert_int_equal(json_value_type(AT(document, "curves", first, "breakpoints", "2", "a")),
                     JSON_NULL);
    assert_true(NUMBER_AT(document, "curves", first, "area") > 0);
    json_document_free(document);
    answer_done(&answer);
    scratch_done(&scratch);
}

static void test_many_breakpoints_are_counted_unless_the_curve_is_named(void **state)
{
    (void)state;
    struct answer answer = RUN("diff", DESKTOP, LAPTOP);
    assert_contains(answer.out, "and 5 more breakpoints: -c 'unfused' shows them");
    assert_contains(answer.out, "  9 of 9 shared points differ in a figure or in their source");
    assert_contains(answer.out, "  r_squared: 0.58");
    answer_done(&answer);
    answer = RUN("diff", DESKTOP, LAPTOP, "-c", "unfused");
    assert_null(strstr(answer.out, "more breakpoints"));
    assert_contains(answer.out, "  breakpoint 8 moved at ");
    answer_done(&answer);
}

static void test_the_answer_begins_with_its_sum(void **state)
{
    (void)state;
    static const char words[] = "4 operations: unfused is 89 % better at 1 of 9 points (8 "
                                "unclear), conv2d_batchnorm is 40 % worse at 1 of 8 points (7 "
                                "unclear), matmul only in A, activation only in B; metadata "
                                "differs in hardware_id, ";
    struct answer answer = RUN("diff", DESKTOP, LAPTOP);
    assert_int_equal(strncmp(answer.out, words, sizeof words - 1), 0);
    answer_done(&answer);
    answer = RUN("diff", DESKTOP, LAPTOP, "--json");
    struct json_document *document = answer_json(&answer);
    assert_int_equal(strncmp(STRING_AT(document, "summary"), words, sizeof words - 1), 0);
    assert_string_equal(STRING_AT(document, "curves", "0", "summary"),
                        "is 89 % better at 1 of 9 points (8 unclear)");
    assert_string_equal(STRING_AT(document, "curves", "2", "summary"), "only in A");
    json_document_free(document);
    answer_done(&answer);
}

static void test_points_of_one_side_only_are_listed(void **state)
{
    (void)state;
    struct scratch few = made("", "1e6,2e6"), many = made("", "1e6,3e6,4e6,5e6,6e6,7e6");
    struct answer answer = RUN("diff", few.file, many.file);
    assert_contains(answer.out, "  points only in A: 2 M\n");
    assert_contains(answer.out, "  points only in B: 3 M, 4 M, 5 M, 6 M and 1 more\n");
    answer_done(&answer);
    assert_answer(RUN("diff", few.file, many.file, "-c", "x"), 1, "5 M, 6 M, 7 M\n", "");
    answer = RUN("diff", few.file, many.file, "--json");
    struct json_document *document = answer_json(&answer);
    assert_true(NUMBER_AT(document, "curves", "0", "points_only_in_a", "0") == 2e6);
    assert_true(NUMBER_AT(document, "curves", "0", "points_only_in_b", "4") == 7e6);
    json_document_free(document);
    answer_done(&answer);
    scratch_done(&few);
    scratch_done(&many);
}

static void test_a_field_that_a_curve_lacks_is_not_stated(void **state)
{
    (void)state;
    struct scratch without = made("", "1e6"), with = made("\"description\":\"d\",", "1e6");
    assert_answer(RUN("diff", without.file, with.file), 1, "  description: not stated in A, d in B",
                  "");
    assert_answer(RUN("diff", with.file, without.file), 1, "  description: d in A, not stated in B",
                  "");
    scratch_done(&without);
    scratch_done(&with);
}

/* The laptop's peak is twice the desktop's: ratios double. */
static void test_peaks_turn_efficiencies_into_rates_and_milliseconds(void **state)
{
    (void)state;
    struct answer plain = RUN("diff", DESKTOP, LAPTOP, "--json");
    struct answer rates = RUN("diff", DESKTOP, LAPTOP, "--json", "--peaks", "1T,2T");
    struct json_document *before = answer_json(&plain), *after = answer_json(&rates);
    double ratio = NUMBER_AT(before, "curves", "0", "points", "0", "ratio");
    double a = NUMBER_AT(before, "curves", "0", "points", "0", "a");
    double flops = NUMBER_AT(before, "curves", "0", "points", "0", "flops");
    double now = NUMBER_AT(after, "curves", "0", "points", "0", "ratio");
    double took = NUMBER_AT(after, "curves", "0", "points", "0", "milliseconds_a");
    assert_true(fabs(now / ratio - 2) < 1e-12);
    assert_true(fabs(took / (flops / (a * 1e12) * 1000) - 1) < 1e-12);
    assert_string_equal(STRING_AT(before, "curves", "0", "unit"), "efficiency");
    assert_string_equal(STRING_AT(after, "curves", "0", "unit"), "FLOP/s");
    assert_int_equal(json_value_type(AT(before, "peaks")), JSON_NULL);
    assert_true(NUMBER_AT(after, "peaks", "1") == 2e12);
    assert_int_equal(json_value_count(AT(before, "warnings")), 1);
    assert_int_equal(json_value_count(AT(after, "warnings")), 0);
    json_document_free(before);
    json_document_free(after);
    answer_done(&plain);
    answer_done(&rates);
    struct answer text = RUN("diff", DESKTOP, LAPTOP, "-c", "unfused", "--peaks", "1T,2T");
    assert_contains(text.out, "A FLOP/S  B FLOP/S");
    assert_contains(text.out, "A MS");
    assert_contains(text.out, "  19.42 M   21.99 M");
    assert_null(strstr(text.out, "warning"));
    answer_done(&text);
}

static void test_a_gate_names_the_points_that_tripped_it(void **state)
{
    (void)state;
    struct answer answer = RUN("diff", DESKTOP, LAPTOP, "--fail-on", "worse:30%");
    assert_int_equal(answer.status, 1);
    assert_contains(answer.out, "\ngate: conv2d_batchnorm at ");
    assert_contains(answer.out, " is more than 30 % worse: B/A ");
    assert_contains(answer.out, " without an interval\n");
    answer_done(&answer);
    answer = RUN("diff", DESKTOP, LAPTOP, "--fail-on", "better:50", "--json");
    struct json_document *document = answer_json(&answer);
    assert_int_equal(answer.status, 1);
    assert_true(NUMBER_AT(document, "gate", "better") == 0.5);
    assert_int_equal(json_value_type(AT(document, "gate", "worse")), JSON_NULL);
    assert_int_equal(json_value_count(AT(document, "gate", "tripped")), 1);
    assert_string_equal(STRING_AT(document, "gate", "tripped", "0", "threshold"), "better");
    assert_true(NUMBER_AT(document, "gate", "tripped", "0", "ci_low") > 1.5);
    assert_true(NUMBER_AT(document, "gate", "untested") > 0);
    json_document_free(document);
    answer_done(&answer);
}

static void test_a_difference_within_the_gate_exits_0(void **state)
{
    (void)state;
    assert_answer(RUN("diff", DESKTOP, LAPTOP, "--fail-on", "worse:99%"), 0,
                  "gate: tripped at 0 shared points; ", "");
    assert_answer(RUN("diff", DESKTOP, LAPTOP, "--fail-on", "worse:99", "--json"), 0,
                  "\"gate\":{\"worse\":0.99,\"better\":null,\"tripped\":[],\"untested\":", "");
    assert_answer(RUN("diff", DESKTOP, LAPTOP, "--fail-on", "better:50%", "--fail-on", "worse:90%"),
                  1, "gate: tripped at 1 shared point; ", "");
    assert_answer(RUN("diff", ORIN, ORIN, "--fail-on", "worse:1%"), 0, "no differences\n", "");
}

static void test_a_gate_or_peaks_that_mean_nothing_are_refused(void **state)
{
    (void)state;
    static const char *const gates[] = {
        "slower:10", "worse",    "worse:",     "worse:x", "worse:-3",
        "better:0",  "better:%", "worse:100%", ""};
    static const char *const peaks[] = {"1T", "1T,", ",1T", "0,1T", "1T,0", "1T,2T,3T", "x,y", ""};
    for (size_t i = 0; i < sizeof gates / sizeof *gates; i++)
        assert_answer(RUN("diff", DESKTOP, LAPTOP, "--fail-on", gates[i]), 2, "", "worse");
    for (size_t i = 0; i < sizeof peaks / sizeof *peaks; i++)
        assert_answer(RUN("diff", DESKTOP, LAPTOP, "--peaks", peaks[i]), 2, "",
                      "--peaks wants two peaks");
}

static void test_csv_holds_every_shared_point_and_nothing_else(void **state)
{
    (void)state;
    struct answer answer = RUN("diff", DESKTOP, LAPTOP, "--csv", "--fail-on", "worse:30%");
    size_t lines = 0;
    for (const char *at = answer.out; (at = strchr(at, '\n')); at++)
        lines++;
    assert_int_equal(answer.status, 1);
    assert_int_equal(lines, 1 + 9 + 8);
    assert_contains(answer.out, "curve,unit,flops,a,b,ratio,ci_low,ci_high,p_value,p_adjusted,"
                                "verdict,reason,n_a,n_b,milliseconds_a,milliseconds_b\n"
                                "unfused,efficiency,33333.333333,1.942486416526592e-05,"
                                "1.099475851949377e-05,0.5660146926099885,,,,,unclear,"
                                "one observation,1.0,60.0,,\n");
    assert_null(strstr(answer.out, "gate"));
    assert_contains(answer.err, "calscope: gate: tripped at 2 shared points; ");
    answer_done(&answer);
    assert_answer(RUN("diff", DESKTOP, LAPTOP, "--csv", "--peaks", "1T,2T"), 1, "unfused,FLOP/s,",
                  "");
    assert_answer(RUN("diff", ORIN, ORIN, "--csv"), 0, "curve,unit,", "");
    assert_answer(RUN("diff", ORIN, ORIN, "--csv", "--json"), 2, "", "JSON or CSV, not both");
}

/* Both sides as revisions of one file: what a review of a change looks at. */
static void test_two_revisions_of_a_file_compare(void **state)
{
    (void)state;
    struct scratch scratch = scratch_new(ORIN);
    char *older = memory_print("%s@HEAD~1", scratch.file),
         *now = memory_print("%s@HEAD", scratch.file);
    char *none = memory_print("%s@v9", scratch.file);
    assert_answer(RUN("diff", older, now), 2, "", "needs a git repository around the file");
    git(scratch.folder, "init -q && git add . && git commit -qm one");
    assert_answer(RUN("tune", scratch.file, "-c", "matmul", "--set", "0=12M:0.21"), 0, "", "");
    git(scratch.folder, "commit -qam two");
    assert_answer(RUN("diff", older, now), 1, "breakpoint 0 moved from 10 M to 12 M", "");
    assert_answer(RUN("diff", now, older), 1, "breakpoint 0 moved from 12 M to 10 M", "");
    assert_answer(RUN("diff", older, scratch.file, "--fail-on", "worse:10%"), 0,
                  "gate: tripped at 0 shared points; ", ""); /* the README's gate */
    assert_answer(RUN("diff", now, scratch.file), 0, "no differences\n", "");
    assert_answer(RUN("diff", none, now), 2, "", "no such revision of the file");
    git(scratch.folder, "status >/dev/null && rm -rf .git");
    free(none);
    free(now);
    free(older);
    scratch_done(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_file_against_itself_is_equal_and_exits_0),
        cmocka_unit_test(test_json_has_the_keys_of_the_contract),
        cmocka_unit_test(test_one_changed_breakpoint_is_a_difference),
        cmocka_unit_test(test_curves_on_one_side_only_are_said),
        cmocka_unit_test(test_a_named_curve_shows_its_points_and_verdicts),
        cmocka_unit_test(test_samples_and_margin_change_verdicts_only_when_valid),
        cmocka_unit_test(test_what_became_of_breakpoints_is_said_in_words),
        cmocka_unit_test(test_many_breakpoints_are_counted_unless_the_curve_is_named),
        cmocka_unit_test(test_the_answer_begins_with_its_sum),
        cmocka_unit_test(test_points_of_one_side_only_are_listed),
        cmocka_unit_test(test_a_field_that_a_curve_lacks_is_not_stated),
        cmocka_unit_test(test_peaks_turn_efficiencies_into_rates_and_milliseconds),
        cmocka_unit_test(test_a_gate_names_the_points_that_tripped_it),
        cmocka_unit_test(test_a_difference_within_the_gate_exits_0),
        cmocka_unit_test(test_a_gate_or_peaks_that_mean_nothing_are_refused),
        cmocka_unit_test(test_csv_holds_every_shared_point_and_nothing_else),
        cmocka_unit_test(test_two_revisions_of_a_file_compare),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
