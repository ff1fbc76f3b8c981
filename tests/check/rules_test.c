/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The table of rules: every rule has an example on which it fires and a repaired twin on which it
 * does not, and says of itself what its findings are.
 */
#include "sound.h"

/*
 * The sound text broken so that the rule fires; the twin has that place as it was, or as repaired.
 */
struct example {
    const char *rule, *from, *to;
    const char *repaired; /* instead of to; NULL: the sound text is the twin */
};

#define CURVE "[[1000000.0, 0.2], [10000000.0, 0.25]]"
#define STORED "\"r_squared\": 0.9, \"residual_std\": 0.01, \"max_residual\": 0.05"
#define INTERVAL                                                                                   \
    "\"efficiency_std\": 0.02,\n         \"efficiency_min\": 0.1, \"efficiency_max\": 0.3, "       \
    "\"ci_lower\": 0.19,\n         \"ci_upper\": 0.21, \"num_observations\": 4, "                  \
    "\"source\": \"measured\"},\n"
#define STATED(low, high)                                                                          \
    "\"efficiency_std\": 0.02, \"efficiency_min\": 0.1, "                                          \
    "\"efficiency_max\": 0.3, \"ci_lower\": " low ", \"ci_upper\": " high ", "                     \
    "\"num_observations\": 4, \"source\": \"measured\"}, "                                         \
    "{\"flops\": 2e6, \"efficiency_mean\": 0.2, \"efficiency_std\": 0.02, \"efficiency_min\": "    \
    "0.1, "                                                                                        \
    "\"efficiency_max\": 0.3, \"ci_lower\": " low ", \"ci_upper\": " high ", "                     \
    "\"num_observations\": 4, \"source\": \"measured\"},\n"

static const struct example examples[] = {
    {"missing-field", "\"hardware_name\": \"A board\",", "", NULL},
    {"wrong-type", "\"A board\"", "7", "\"7\""},
    {"unknown-value", "\"gpu\"", "\"npu\"", "\"tpu\""},
    {"schema-version", "\"1.0\"", "\"2.0\"", NULL},
    {"invalid-date", "2026-02-04T16:44:48.680452", "04.02.2026", "2026-02-04"},
    {"hardware-id-folder", "\"board\"", "\"plank\"", NULL},
    {"validation", "\"models_tested\": 3", "\"models_tested\": 4", NULL},
    {"interval-sense", INTERVAL, STATED("0.1608", "0.2392"), STATED("0.15", "0.25")},
    {"operation-type-key", "\"operation_type\": \"matmul\"", "\"operation_type\": \"conv2d\"",
     NULL},
    {"no-points", "", "", NULL}, /* a test of its own */
    {"flops-not-positive", "\"flops\": 1000000.0", "\"flops\": 0", "\"flops\": 1"},
    {"efficiency-not-positive", "[1000000.0, 0.2]", "[1000000.0, 0]", "[1000000.0, 0.01]"},
    {"implausible-efficiency", "0.25]]", "25]]", "5.6]]"},
    {"negative-std", "\"efficiency_std\": 0.02", "\"efficiency_std\": -0.02", NULL},
    {"count-not-positive", "\"num_observations\": 4", "\"num_observations\": 0",
     "\"num_observations\": 2"},
    {"min-mean-max", "\"efficiency_max\": 0.3", "\"efficiency_max\": 0.15",
     "\"efficiency_max\": 0.2"},
    {"rounded-extreme", "\"efficiency_max\": 0.3", "\"efficiency_max\": 0.19999999999999998",
     "\"efficiency_max\": 0.2"},
    {"interval", "\"ci_lower\": 0.19", "\"ci_lower\": 0.205", "\"ci_lower\": 0.2"},
    {"points-order", "\"flops\": 1000000.0", "\"flops\": 20000000.0", "\"flops\": 9999999.0"},
    {"duplicate-point", "\"flops\": 1000000.0", "\"flops\": 10000000.0", "\"flops\": 9999999.0"},
    {"single-observation", "\"num_observations\": 4", "\"num_observations\": 1",
     "\"num_observations\": 2"},
    {"legacy-values", "\"measured\"", "\"legacy_hardcoded\"", "\"interpolated\""},
    {"breakpoint-form", "[1000000.0, 0.2]", "[1000000.0]", "[1000000.0, 0.21]"},
    {"breakpoint-count", CURVE, "[[1000000.0, 0.2]]", "[[1000000.0, 0.2], [2e6, 0.2]]"},
    {"breakpoint-order", "0.25]]", "0.25], [2e6, 0.25]]", "0.25], [2e7, 0.25]]"},
    {"breakpoint-duplicate", "[1000000.0, 0.2]", "[10000000, 0.2]", "[9999999.0, 0.2]"},
    {"range-order", "\"max_flops\": 10000000.0", "\"max_flops\": 1000000.0",
     "\"max_flops\": 1000001.0"},
    {"non-monotonic", "0.25]]", "0.19]]", "0.2]]"},
    {"falling-latency", CURVE, "[[1000000.0, 0.01], [10000000.0, 0.9]]", NULL},
    {"listing-gap", "[1000000.0, 0.2]", "[2000000.0, 0.2]", NULL},
    {"impossible-statistic", "\"r_squared\": 0.9", "\"r_squared\": 1.1", "\"r_squared\": 1.0"},
    {"stored-statistics", STORED,
     "\"r_squared\": 0.9, \"residual_std\": 0.01, \"max_residual\": -1", NULL},
};
enum { EXAMPLE_COUNT = sizeof examples / sizeof *examples };

static size_t fires(const char *rule, const char *from, const char *to)
{
    char *text = from ? broken_text(from, to) : strdup(sound);
    struct findings findings = check_text(text, "board");
    size_t count = count_rule(&findings, rule);
    check_done(&findings);
    free(text);
    return count;
}

static void test_each_rule_fires_on_its_example_and_not_on_the_repaired_twin(void **state)
{
    (void)state;
    for (size_t i = 0; i < EXAMPLE_COUNT; i++) {
        const struct example *example = &examples[i];
        if (strcmp(example->rule, "no-points") == 0)
            continue; /* the next test */
        if (!fires(example->rule, example->from, example->to))
            fail_msg("%s does not fire on %s", example->rule, example->to);
        if (fires(example->rule, example->repaired ? example->from : NULL, example->repaired))
            fail_msg("%s fires on the repaired twin", example->rule);
    }
}

static void test_a_curve_without_points_is_told_from_one_with_a_point(void **state)
{
    (void)state;
    const char *validation = "  \"validation\": {";
    assert_int_equal(fires("no-points", validation,
                           "\"bandwidth_curves\": {\"generic\": {\"data_points\": [], "
                           "\"fitted_curve\": {}}}, \"validation\": {"),
                     1);
    assert_int_equal(fires("no-points", validation,
                           "\"bandwidth_curves\": {\"generic\": {\"data_points\": [{}], "
                           "\"fitted_curve\": {}}}, \"validation\": {"),
                     0);
}

static void test_every_rule_of_the_table_has_an_example(void **state)
{
    (void)state;
    size_t count;
    const struct rule *rules = rules_all(&count);
    for (size_t i = 0; i < count; i++) {
        bool has = strcmp(rules[i].id, "unreadable") == 0; /* before any rule: tests/cli */
        for (size_t j = 0; j < EXAMPLE_COUNT; j++)
            has |= strcmp(rules[i].id, examples[j].rule) == 0;
        if (!has)
            fail_msg("%s has no example", rules[i].id);
        assert_ptr_equal(rule_find(rules[i].id), &rules[i]); /* no id twice */
    }
    assert_int_equal(count, EXAMPLE_COUNT + 1);
    assert_null(rule_find("no-such-rule"));
}

static void test_findings_are_what_the_table_says_of_their_rule(void **state)
{
    (void)state;
    for (size_t i = 0; i < EXAMPLE_COUNT; i++) {
        if (strcmp(examples[i].rule, "no-points") == 0)
            continue;
        char *text = broken_text(examples[i].from, examples[i].to);
        struct findings findings = check_text(text, "board");
        for (size_t j = 0; j < findings.count; j++) {
            const struct finding *finding = &findings.items[j];
            const struct rule *rule = rule_find(finding->rule);
            assert_non_null(rule);
            if (finding->severity < rule->severity)
                fail_msg("%s is graver than its rule", rule->id);
            if (finding->fixable && !rule->fixable)
                fail_msg("%s is fixable and its rule is not", rule->id);
        }
        check_done(&findings);
        free(text);
    }
}

static void test_the_tables_sentences_are_short_and_have_no_period(void **state)
{
    (void)state;
    size_t count;
    const struct rule *rules = rules_all(&count);
    for (size_t i = 0; i < count; i++) {
        const char *words[] = {rules[i].description, rules[i].remedy};
        for (size_t j = 0; j < 2 && words[j]; j++) {
            assert_in_range(strlen(words[j]), 10, 96);
            assert_int_not_equal(words[j][strlen(words[j]) - 1], '.');
        }
    }
}

static size_t count_mentions(const char *text, const char *anchor)
{
    struct findings findings = check_text(text, "board");
    size_t count = 0;
    for (size_t i = 0; i < findings.count; i++)
        count += strcmp(findings.items[i].anchor, anchor) == 0;
    check_done(&findings);
    return count;
}

static void test_a_findings_anchor_stays_where_other_points_come_before_it(void **state)
{
    (void)state;
    const char *anchor = ".curves.matmul.data_points[10000000.0].source";
    char *text = broken_text("\"measured\",\n         \"source_models\"",
                             "\"guessed\",\n         \"source_models\"");
    char *at = strstr(text, "\"data_points\": [");
    struct buffer longer = {0};
    assert_int_equal(count_mentions(text, anchor), 1);
    at += strlen("\"data_points\": [");
    buffer_append(&longer, text, (size_t)(at - text));
    buffer_print(&longer, "{\"flops\": 10, \"efficiency_mean\": 0.1},\n%s", at);
    assert_int_equal(count_mentions(longer.bytes, anchor), 1);
    buffer_done(&longer);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_rule_fires_on_its_example_and_not_on_the_repaired_twin),
        cmocka_unit_test(test_a_curve_without_points_is_told_from_one_with_a_point),
        cmocka_unit_test(test_every_rule_of_the_table_has_an_example),
        cmocka_unit_test(test_findings_are_what_the_table_says_of_their_rule),
        cmocka_unit_test(test_the_tables_sentences_are_short_and_have_no_period),
        cmocka_unit_test(test_a_findings_anchor_stays_where_other_points_come_before_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
