/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A figure printed as text is that of the JSON, rounded to the digits shown. */
#include "answer.h"

#include "base/number.h"

static const char *const files[] = {ORIN, EXAMPLE,
                                    REGISTRY "/cpu/i7-12700K/efficiency_curves.json"};

#define POWER_MODES FIXTURES "/power_modes"

/* The line of text that begins with words after its blanks; the caller frees it. */
static char *line_of(const char *text, const char *words)
{
    for (const char *at = text; *at;) {
        const char *begin = at + strspn(at, " ");
        size_t length = strcspn(at, "\n");
        if (strncmp(begin, words, strlen(words)) == 0)
            return memory_print("%.*s", (int)length, at);
        at += length + (at[length] == '\n');
    }
    fail_msg("no line `%s` in:\n%s", words, text);
    return NULL;
}

/* Asserts that a line has the number, or n/a for null, as a word of its own. */
static void assert_shows(const char *line, const struct json_document *document,
                         const struct json_value *value, int digits)
{
    char number[NUMBER_TEXT_MAX];
    number_print_short(answer_number(document, value), digits, number);
    for (const char *at = line; (at = strstr(at, number)); at++)
        if ((at == line || at[-1] == ' ') && strchr(" \n", at[strlen(number)]))
            return;
    fail_msg("`%s` is not in `%s`", number, line);
}

static void check_fits(const struct json_document *document, const char *text)
{
    static const char *const figures[] = {"residual_std", "max_residual", "aicc", "loo_rmse"};
    const struct json_value *fits = AT(document, "fits");
    for (const struct json_value *fit = json_value_first(document, fits); fit;
         fit = json_value_next(document, fit)) {
        char *line = line_of(text, json_string(document, json_member(document, fit, "model")));
        assert_shows(line, document, json_member(document, fit, "r_squared"), 5);
        for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
            assert_shows(line, document, json_member(document, fit, figures[i]), 4);
        free(line);
    }
}

/* Calls check for every curve of every file. */
static size_t for_each_curve(void (*check)(const char *file, const char *curve))
{
    size_t count = 0;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct answer show = RUN("show", files[i], "--json");
        struct json_document *document = answer_json(&show);
        const struct json_value *curves = AT(document, "curves");
        for (const struct json_value *curve = json_value_first(document, curves); curve;
             curve = json_value_next(document, curve), count++)
            check(files[i], json_string(document, json_member(document, curve, "curve")));
        json_document_free(document);
        answer_done(&show);
    }
    return count;
}

static void check_fit(const char *file, const char *curve)
{
    struct answer text = RUN("fit", file, "-c", curve),
                  json = RUN("fit", file, "-c", curve, "--json");
    struct json_document *document = answer_json(&json);
    check_fits(document, text.out);
    json_document_free(document);
    answer_done(&text);
    answer_done(&json);
}

static void check_eval(const char *file, const char *curve)
{
    struct answer text =
        RUN("eval", file, "-c", curve, "1k", "33M", "777M", "1G", "1P", "--peak", "2.66T");
    struct answer json = RUN("eval", file, "-c", curve, "1k", "33M", "777M", "1G", "1P", "--peak",
                             "2.66T", "--json");
    struct json_document *document = answer_json(&json);
    const char *line = strchr(text.out, '\n') + 1;
    const struct json_value *results = AT(document, "results");
    for (const struct json_value *result = json_value_first(document, results); result;
         result = json_value_next(document, result), line = strchr(line, '\n') + 1) {
        char *row = memory_print("%.*s", (int)strcspn(line, "\n"), line);
        assert_shows(row, document, json_member(document, result, "efficiency"), 6);
        assert_shows(row, document, json_member(document, result, "milliseconds"), 6);
        assert_contains(row, json_string(document, json_member(document, result, "range")));
        free(row);
    }
    json_document_free(document);
    answer_done(&text);
    answer_done(&json);
}

/* A member of an object of numbers, as a line of text shows it. */
struct figure {
    const char *name;
    int digits;
};

static void assert_figures(const char *line, const struct json_document *document,
                           const struct json_value *object, const struct figure *figures)
{
    for (; figures->name; figures++)
        assert_shows(line, document, json_member(document, object, figures->name), figures->digits);
}

/* Lines from start on against the objects of an array, one a line. */
static size_t check_rows(const char *start, const struct json_document *document,
                         const struct json_value *rows, const struct figure *figures)
{
    size_t count = 0;
    for (const struct json_value *row = json_value_first(document, rows); row;
         row = json_value_next(document, row), count++) {
        char *line = memory_print("%.*s", (int)strcspn(start, "\n"), start);
        assert_figures(line, document, row, figures);
        free(line);
        start = strchr(start, '\n') + 1;
    }
    return count;
}

/* The first line of the table below the line that begins with words. */
static const char *rows_below(const char *text, const char *words)
{
    const char *at = strstr(text, words);
    if (!at)
        fail_msg("no `%s` in:\n%s", words, text);
    at = strchr(at + 1, '\n') + 1; /* behind the title or the headings */
    return at;
}

static void check_show(const char *file, const char *curve)
{
    static const struct figure point[] = {{"efficiency_mean", 5},  {"efficiency_std", 3},
                                          {"num_observations", 6}, {"curve_efficiency", 5},
                                          {"residual", 3},         {NULL, 0}};
    static const char *const figures[] = {"r_squared", "residual_std", "max_residual"};
    struct answer text = RUN("show", file, "-c", curve),
                  json = RUN("show", file, "-c", curve, "--json");
    struct json_document *document = answer_json(&json);
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        char *line = line_of(text.out, figures[i]);
        assert_shows(line, document,
                     AT(document, "curves", "0", "statistics", "recomputed", figures[i]), 5);
        free(line);
    }
    const char *rows = strchr(rows_below(text.out, "\n  data points\n"), '\n') + 1;
    assert_true(check_rows(rows, document, AT(document, "curves", "0", "points"), point) > 0);
    json_document_free(document);
    answer_done(&text);
    answer_done(&json);
}

static void test_calibrations_print_the_figures_of_their_json(void **state)
{
    (void)state;
    assert_true(for_each_curve(check_show) >= 10);
}

static void test_listings_print_the_figures_of_their_json(void **state)
{
    (void)state;
    static const struct figure row[] = {{"points", 6}, {NULL, 0}};
    struct answer text = RUN("ls", POWER_MODES), json = RUN("ls", POWER_MODES, "--json");
    struct json_document *document = answer_json(&json);
    const struct json_value *devices = AT(document, "devices");
    assert_int_equal(check_rows(strchr(text.out, '\n') + 1, document, devices, row), 4);
    for (const struct json_value *device = json_value_first(document, devices); device;
         device = json_value_next(document, device)) {
        char *line = line_of(text.out, json_string(document, json_member(document, device, "id")));
        assert_shows(line, document, json_member(document, device, "curves"), 6);
        free(line);
    }
    json_document_free(document);
    answer_done(&text);
    answer_done(&json);
}

static void test_comparisons_print_the_figures_of_their_json(void **state)
{
    (void)state;
    static const struct figure curve[] = {{"geomean_ratio", 4}, {NULL, 0}};
    static const struct figure point[] = {{"a", 5},      {"b", 5},       {"ratio", 4},
                                          {"ci_low", 4}, {"ci_high", 4}, {"p_adjusted", 3},
                                          {NULL, 0}};
    static const char a[] = POWER_MODES "/cuda/orin_15w/bf16/efficiency_curves.json",
                      b[] = POWER_MODES "/cuda/orin_30w/bf16/efficiency_curves.json";
    struct answer text = RUN("diff", a, b, "-c", "unfused"),
                  json = RUN("diff", a, b, "-c", "unfused", "--json");
    struct json_document *document = answer_json(&json);
    const char *summary = rows_below(text.out, "\nCURVE "), *rows = rows_below(text.out, "SIZE  ");
    char *largest = line_of(summary, "unfused");
    assert_int_equal(check_rows(summary, document, AT(document, "curves"), curve), 1);
    assert_shows(largest, document, AT(document, "curves", "0", "max_ratio", "ratio"), 4);
    free(largest);
    assert_int_equal(check_rows(rows, document, AT(document, "curves", "0", "points"), point), 9);
    json_document_free(document);
    answer_done(&text);
    answer_done(&json);
}

static void test_fits_print_the_figures_of_their_json(void **state)
{
    (void)state;
    assert_true(for_each_curve(check_fit) >= 10);
}

static void test_evaluations_print_the_figures_of_their_json(void **state)
{
    (void)state;
    assert_true(for_each_curve(check_eval) >= 10);
}

/* What tune says that it wrote. */
static void test_edits_print_the_figures_of_their_json(void **state)
{
    (void)state;
    static const struct figure figures[] = {
        {"r_squared", 5}, {"residual_std", 4}, {"max_residual", 4}, {NULL, 0}};
    struct scratch scratch = scratch_new(ORIN);
    struct answer json =
        RUN("tune", scratch.file, "-c", "conv2d", "--scale", "1.1", "--dry-run", "--json");
    struct answer text = RUN("tune", scratch.file, "-c", "conv2d", "--scale", "1.1");
    struct json_document *document = answer_json(&json);
    for (char *comma = text.out; (comma = strchr(comma, ','));)
        *comma = ' ';
    assert_figures(text.out, document, json_document_root(document), figures);
    char *count =
        memory_print(" has %zu breakpoints ", json_value_count(AT(document, "breakpoints")));
    assert_contains(text.out, count);
    free(count);
    json_document_free(document);
    answer_done(&text);
    answer_done(&json);
    scratch_done(&scratch);
}

/* "FILE:LINE:COLUMN: SEVERITY: PATH: MESSAGE [RULE]" */
static void append_finding(const struct json_document *document, const char *file,
                           const struct json_value *finding, struct buffer *out)
{
    double line = answer_number(document, json_member(document, finding, "line"));
    const char *path = json_string(document, json_member(document, finding, "path"));
    buffer_print(out, "%s:", file);
    if (!isnan(line))
        buffer_print(out, "%.0f:%.0f:", line,
                     answer_number(document, json_member(document, finding, "column")));
    buffer_print(out, " %s: %s%s%s [%s]\n",
                 json_string(document, json_member(document, finding, "severity")), path,
                 *path ? ": " : "",
                 json_string(document, json_member(document, finding, "message")),
                 json_string(document, json_member(document, finding, "rule")));
}

/* All findings of all files in the order of the JSON, and nothing else before the sum. */
static void test_findings_are_those_of_the_json(void **state)
{
    (void)state;
    static const char wrong[] = FIXTURES "/wrong_types.json", broken[] = FIXTURES "/truncated.json";
    struct answer text = RUN("validate", wrong, broken, ORIN),
                  json = RUN("validate", wrong, broken, ORIN, "--json");
    struct json_document *document = answer_json(&json);
    struct buffer lines = {0};
    size_t errors = 0, warnings = 0, count = 0;
    const struct json_value *all = AT(document, "files");
    for (const struct json_value *file = json_value_first(document, all); file;
         file = json_value_next(document, file)) {
        const struct json_value *findings = json_member(document, file, "findings");
        const char *name = json_string(document, json_member(document, file, "file"));
        errors += (size_t)answer_number(document, json_member(document, file, "errors"));
        warnings += (size_t)answer_number(document, json_member(document, file, "warnings"));
        count += json_value_count(findings);
        for (const struct json_value *finding = json_value_first(document, findings); finding;
             finding = json_value_next(document, finding))
            append_finding(document, name, finding, &lines);
    }
    buffer_print(&lines, "3 files: %zu errors, %zu warning%s, %zu notes", errors, warnings,
                 warnings == 1 ? "" : "s", count - errors - warnings);
    assert_memory_equal(text.out, lines.bytes, lines.length);
    assert_true(errors > 5);
    buffer_done(&lines);
    json_document_free(document);
    answer_done(&text);
    answer_done(&json);
}

/* A row a curve beside an object a curve. */
static void test_a_folders_fits_print_the_figures_of_their_json(void **state)
{
    (void)state;
    static const struct figure fit[] = {{"r_squared", 5}, {"loo_rmse", 4}, {NULL, 0}};
    struct answer text = RUN("fit", POWER_MODES, "-m", "log_linear"),
                  json = RUN("fit", POWER_MODES, "-m", "log_linear", "--json");
    const char *row = strchr(text.out, '\n') + 1;
    size_t count = 0;
    for (struct answer one = json; *one.out; one.out += strcspn(one.out, "\n") + 1, count++) {
        struct json_document *document = answer_json(&one);
        check_rows(row, document, AT(document, "fits"), fit);
        char *line = memory_print("%.*s", (int)strcspn(row, "\n"), row);
        assert_shows(line, document, AT(document, "points"), 6);
        assert_contains(line, STRING_AT(document, "curve"));
        bool savable = json_value_type(AT(document, "fits", "0", "savable")) == JSON_TRUE;
        assert_contains(line,
                        savable ? STRING_AT(document, "fits", "0", "status") : "not positive");
        free(line);
        row = strchr(row, '\n') + 1;
        json_document_free(document);
    }
    assert_true(count >= 4);
    answer_done(&text);
    answer_done(&json);
}

/* A plot's text has no figures beside its axes; what it draws is what show tells. */
static void check_plot(const char *file, const char *curve)
{
    struct answer plot = RUN("plot", file, "-c", curve, "--json"),
                  show = RUN("show", file, "-c", curve, "--json");
    struct json_document *drawn = answer_json(&plot), *told = answer_json(&show);
    const struct json_value *point = json_value_first(drawn, AT(drawn, "curves", "0", "points"));
    const struct json_value *same = json_value_first(told, AT(told, "curves", "0", "points"));
    for (; point && same;
         point = json_value_next(drawn, point), same = json_value_next(told, same)) {
        assert_true(answer_number(drawn, json_item(drawn, point, 0)) ==
                    answer_number(told, json_member(told, same, "flops")));
        assert_true(answer_number(drawn, json_item(drawn, point, 1)) ==
                    answer_number(told, json_member(told, same, "efficiency_mean")));
    }
    assert_true(!point && !same);
    json_document_free(drawn);
    json_document_free(told);
    answer_done(&plot);
    answer_done(&show);
}

static void test_plots_draw_the_points_that_show_tells(void **state)
{
    (void)state;
    assert_true(for_each_curve(check_plot) >= 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fits_print_the_figures_of_their_json),
        cmocka_unit_test(test_listings_print_the_figures_of_their_json),
        cmocka_unit_test(test_calibrations_print_the_figures_of_their_json),
        cmocka_unit_test(test_comparisons_print_the_figures_of_their_json),
        cmocka_unit_test(test_evaluations_print_the_figures_of_their_json),
        cmocka_unit_test(test_edits_print_the_figures_of_their_json),
        cmocka_unit_test(test_findings_are_those_of_the_json),
        cmocka_unit_test(test_a_folders_fits_print_the_figures_of_their_json),
        cmocka_unit_test(test_plots_draw_the_points_that_show_tells),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
