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

/* Two files and between them one that is not there, each name ended by a NUL. */
static void write_names(const char *list, const char *second)
{
    struct buffer names = {0};
    buffer_append(&names, ORIN, sizeof ORIN);
    buffer_append(&names, "no such file", sizeof "no such file");
    buffer_append_string(&names, second);
    write_file(list, names.bytes, names.length);
    buffer_done(&names);
}

static size_t count_lines(const char *text)
{
    size_t count = 0;
    for (; *text; text++)
        count += *text == '\n';
    return count;
}

/* What a command answers for a list is what it answers for each of its files. */
static void assert_joined(struct answer all, struct answer one, struct answer other, size_t heading)
{
    char *joined = memory_print("%s%s", one.out, other.out + heading);
    assert_int_equal(all.status, 2);
    assert_contains(all.err, "no such file");
    assert_true(count_lines(joined) > 1);
    assert_string_equal(all.out, joined);
    free(joined);
    answer_done(&all);
    answer_done(&one);
    answer_done(&other);
}

#define HEADING(answer) (strcspn((answer).out, "\n") + 1)

static void test_names_from_a_list_are_answered_one_after_the_other(void **state)
{
    (void)state;
    struct scratch scratch = scratch_new(ORIN);
    char *list = memory_print("%s/list", scratch.folder);
    char *names = memory_print("--files0-from=%s", list);
    write_names(list, scratch.file);
    assert_joined(RUN("show", "--json", names), RUN("show", "--json", ORIN),
                  RUN("show", "--json", scratch.file), 0);
    assert_joined(RUN("eval", "--json", "-c", "matmul", names, "1G"),
                  RUN("eval", "--json", "-c", "matmul", ORIN, "1G"),
                  RUN("eval", "--json", "-c", "matmul", scratch.file, "1G"), 0);
    assert_joined(RUN("fit", "--json", names), RUN("fit", "--json", ORIN),
                  RUN("fit", "--json", scratch.file), 0);
    struct answer other = RUN("eval", "--csv", "-c", "matmul", scratch.file, "1G");
    assert_joined(RUN("eval", "--csv", "-c", "matmul", names, "1G"),
                  RUN("eval", "--csv", "-c", "matmul", ORIN, "1G"), other, HEADING(other));
    other = RUN("fit", "--csv", scratch.file);
    assert_joined(RUN("fit", "--csv", names), RUN("fit", "--csv", ORIN), other, HEADING(other));
    assert_answer(RUN("eval", "-c", "matmul", names, "1G"), 2, scratch.file, "");
    remove(list);
    free(names);
    free(list);
    scratch_done(&scratch);
}

static void test_names_from_a_list_are_all_there_are(void **state)
{
    (void)state;
    assert_answer(RUN("show", "--files0-from=x", ORIN), 2, "", "no FILE beside them");
    assert_answer(RUN("fit", "--files0-from=x", ORIN), 2, "", "or --files0-from");
    assert_answer(RUN("show", "--files0-from=/no/list"), 2, "", "cannot read the names");
    assert_answer(RUN("eval", "--files0-from=x"), 2, "", "at least one size");
    assert_answer(RUN("fit", "--files0-from=x", "-m", "sigmoid", "--save"), 2, "", "one file");
}

#define I7 REGISTRY "/cpu/i7-12700K/efficiency_curves.json"

static void test_fit_takes_several_paths(void **state)
{
    (void)state;
    struct answer all = RUN("fit", "--json", ORIN, I7), one = RUN("fit", "--json", ORIN);
    assert_int_equal(strncmp(all.out, one.out, one.out_length), 0);
    assert_contains(all.out + one.out_length, "i7-12700K");
    answer_done(&all);
    answer_done(&one);
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
        cmocka_unit_test(test_names_from_a_list_are_answered_one_after_the_other),
        cmocka_unit_test(test_names_from_a_list_are_all_there_are),
        cmocka_unit_test(test_fit_takes_several_paths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
