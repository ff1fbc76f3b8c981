/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every table as CSV: one heading, rows as long as it, numbers that read back exactly. */
#include "answer.h"

#include "base/number.h"

/* The cells of a line without quoted commas. */
static size_t count_cells(const char *line)
{
    size_t count = 1;
    bool quoted = false;
    for (; *line && *line != '\n'; line++) {
        quoted ^= *line == '"';
        count += *line == ',' && !quoted;
    }
    return count;
}

/* The text of a cell of a row, counted from 0; the caller frees it. */
static char *cell_at(const char *text, size_t row, size_t column)
{
    while (row-- > 0)
        text = strchr(text, '\n') + 1;
    while (column-- > 0)
        text = strchr(text, ',') + 1;
    return memory_print("%.*s", (int)strcspn(text, ",\n"), text);
}

static void assert_table(struct answer answer, int status, const char *heading, size_t rows)
{
    size_t lines = 0, wanted = count_cells(answer.out);
    assert_int_equal(answer.status, status);
    assert_int_equal(strncmp(answer.out, heading, strlen(heading)), 0);
    for (const char *at = answer.out; *at; at = strchr(at, '\n') + 1, lines++)
        if (count_cells(at) != wanted)
            fail_msg("line %zu has not %zu cells:\n%s", lines, wanted, answer.out);
    assert_int_equal(lines, rows + 1);
    answer_done(&answer);
}

static void test_each_table_has_one_heading_and_whole_rows(void **state)
{
    (void)state;
    assert_table(RUN("ls", REGISTRY, "--csv"), 0, "id,path,hardware_id,", 2);
    assert_table(RUN("show", ORIN, "-c", "conv2d", "--csv"), 0, "file,curve,unit,kind,", 6 + 4);
    assert_table(RUN("eval", ORIN, "-c", "matmul", "1M", "1G", "--csv"), 0, "file,curve,unit,", 2);
    assert_table(RUN("fit", ORIN, "-c", "matmul", "--csv"), 0, "file,curve,points,", 3);
    assert_table(RUN("fit", ORIN, "-c", "matmul", "-m", "sigmoid", "--csv"), 0, "file,", 1);
    assert_table(RUN("fit", REGISTRY "/cpu", "--csv"), 0, "file,curve,points,", 3);
    assert_table(RUN("diff", ORIN, ORIN, "-c", "matmul", "--csv"), 0, "curve,unit,flops,", 7);
}

static void test_many_files_share_one_heading(void **state)
{
    (void)state;
    assert_table(RUN("show", ORIN, ORIN, "-c", "conv2d", "--csv"), 0, "file,", 20);
    struct answer answer = RUN("show", ORIN, EXAMPLE, "--json");
    size_t lines = 0;
    for (const char *at = answer.out; *at; at++)
        lines += *at == '\n';
    assert_int_equal(lines, 2);
    answer_done(&answer);
    assert_answer(RUN("show", "/nowhere", ORIN, "--json"), 2, "\"hardware_id\":\"jetson",
                  "/nowhere");
}

static void test_numbers_are_those_of_the_json(void **state)
{
    (void)state;
    struct answer csv =
        RUN("eval", ORIN, "-c", "matmul", "123456789", "1M", "--peak", "2.66T", "--csv");
    struct answer json =
        RUN("eval", ORIN, "-c", "matmul", "123456789", "1M", "--peak", "2.66T", "--json");
    struct json_document *document = answer_json(&json);
    for (size_t row = 1; row <= 2; row++) {
        double number;
        char index[] = {(char)('0' + row - 1), '\0'};
        char *efficiency = cell_at(csv.out, row, 4), *milliseconds = cell_at(csv.out, row, 6);
        assert_true(number_parse(efficiency, strlen(efficiency), &number));
        assert_true(number == NUMBER_AT(document, "results", index, "efficiency"));
        assert_true(number_parse(milliseconds, strlen(milliseconds), &number));
        assert_true(number == NUMBER_AT(document, "results", index, "milliseconds"));
        free(efficiency);
        free(milliseconds);
    }
    json_document_free(document);
    answer_done(&csv);
    answer_done(&json);
}

static void test_what_is_undefined_is_an_empty_cell(void **state)
{
    (void)state;
    struct answer answer = RUN("eval", ORIN, "-c", "matmul", "1M", "--csv");
    char *milliseconds = cell_at(answer.out, 1, 6);
    assert_string_equal(milliseconds, "");
    free(milliseconds);
    answer_done(&answer);
}

static void test_names_with_line_ends_stay_in_their_row(void **state)
{
    (void)state;
    struct scratch scratch = scratch_new(ORIN);
    char *odd = memory_print("%s/a\nb \xff,c.json", scratch.folder);
    assert_int_equal(rename(scratch.file, odd), 0);
    assert_table(RUN("eval", odd, "-c", "matmul", "1M", "--csv"), 0, "file,", 1);
    struct answer json = RUN("eval", odd, "-c", "matmul", "1M", "--json");
    assert_int_equal(strcspn(json.out, "\n") + 1, json.out_length);
    answer_done(&json);
    remove(odd);
    free(odd);
    scratch_done(&scratch);
}

static void test_an_answer_has_one_form(void **state)
{
    (void)state;
    assert_answer(RUN("ls", REGISTRY, "--csv", "--json"), 2, "", "JSON or CSV, not both");
    assert_answer(RUN("fit", ORIN, "-c", "matmul", "-m", "sigmoid", "--save", "--csv"), 2, "",
                  "without --save");
    assert_answer(RUN("plot", ORIN, "--csv"), 2, "", "--csv");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_table_has_one_heading_and_whole_rows),
        cmocka_unit_test(test_many_files_share_one_heading),
        cmocka_unit_test(test_numbers_are_those_of_the_json),
        cmocka_unit_test(test_what_is_undefined_is_an_empty_cell),
        cmocka_unit_test(test_names_with_line_ends_stay_in_their_row),
        cmocka_unit_test(test_an_answer_has_one_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
