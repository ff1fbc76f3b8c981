/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line as a whole: help, misuse, and an answer that cannot be written. */
#include <errno.h>
#include <signal.h>
#include <unistd.h>

#include "answer.h"

static void test_help_fits_a_screen_and_names_every_command(void **state)
{
    (void)state;
    static const char *const names[] = {"ls",   "show", "plot",     "eval",   "fit",
                                        "diff", "tune", "validate", "journal"};
    struct answer answer = RUN("--help");
    size_t lines = 0;
    for (const char *at = answer.out; *at; at++)
        lines += *at == '\n';
    assert_true(lines <= 24);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char words[32];
        snprintf(words, sizeof words, "calscope %s ", names[i]);
        assert_contains(answer.out, words);
        assert_true(cli_is_command(names[i]));
        struct answer own = RUN(names[i], "--help");
        assert_int_equal(own.status, 0);
        assert_int_equal(strncmp(own.out, words, strlen(words)), 0);
        answer_done(&own);
    }
    answer_done(&answer);
    assert_true(cli_is_command("--help") && cli_is_command("--version"));
    assert_false(cli_is_command("hardware_registry") || cli_is_command(NULL));
}

static void test_help_of_a_command_fits_a_screen_in_both_directions(void **state)
{
    (void)state;
    static const char *const names[] = {"ls",   "show", "plot",     "eval",   "fit",
                                        "diff", "tune", "validate", "journal"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct answer answer = RUN(names[i], "--help");
        size_t lines = 0, column = 0;
        for (const char *at = answer.out; *at; at++) {
            column = *at == '\n' ? 0 : column + 1;
            lines += *at == '\n';
            if (column > 80)
                fail_msg("%s --help: line %zu is too long", names[i], lines + 1);
        }
        if (lines > 24)
            fail_msg("%s --help: %zu lines", names[i], lines);
        answer_done(&answer);
    }
}

static void test_the_manual_has_what_help_had_no_room_for(void **state)
{
    (void)state;
    assert_answer(RUN("fit", "--.manual"), 0, "1/100\nof the smallest positive mean", "");
    assert_answer(RUN("ls", "--.manual"), 0, "such files come last", "");
    struct answer help = RUN("show", "--help"), manual = RUN("show", "--.manual");
    assert_string_equal(help.out, manual.out); /* where nothing is left out */
    answer_done(&help);
    answer_done(&manual);
}

static void test_version_names_the_libraries(void **state)
{
    (void)state;
    assert_answer(RUN("--version"), 0, "GSL 2", "");
    assert_answer(RUN("--version"), 0, "yajl 2", "");
    assert_answer(RUN("--version"), 0, "libgit2", "");
    assert_answer(RUN("--version"), 0, "utf8proc 2", "");
    assert_answer(RUN("--version"), 0, "ncurses 6", "");
}

static void test_misuse_says_what_and_where_help_is_and_exits_2(void **state)
{
    (void)state;
    assert_answer(RUN("frobnicate"), 2, "", "there is no command `frobnicate`");
    assert_answer(RUN("validte", "x"), 2, "", "`validte`; did you mean `validate`?; see ");
    assert_answer(RUN("ls", "--frob"), 2, "", "`--frob` is no option here");
    assert_answer(RUN("ls", "--jsno"), 2, "", "did you mean `--json`?");
    assert_answer(RUN("fit", ORIN, "--monotonous"), 2, "", "did you mean `--monotone`?");
    assert_answer(RUN("ls", "-z"), 2, "", "there is no option `-z`; see `calscope ls --help`");
    assert_answer(RUN("show", EXAMPLE, "-c"), 2, "", "needs a value");
    assert_answer(RUN("ls", "--color=sometimes"), 2, "", "auto, always or never");
    assert_answer(RUN("ls", "a", "b"), 2, "", "one PATH at a time");
}

static void test_an_option_that_is_none_is_named_with_what_was_meant(void **state)
{
    (void)state;
    char long_one[300] = "--";
    memset(long_one + 2, 'x', sizeof long_one - 3);
    long_one[sizeof long_one - 1] = '\0';
    assert_answer(RUN("show", ORIN, "--jsom"), 2, "", "did you mean `--json`?");
    assert_answer(RUN("show", ORIN, "--json=1"), 2, "", "`--json=1` is no option here");
    assert_answer(RUN("show", ORIN, "-\xc3\xa9t\xc3\xa9"), 2, "", "there is no option");
    assert_answer(RUN("show", ORIN, "-Z"), 2, "", "there is no option `-Z`");
    assert_answer(RUN("show", ORIN, "--.optiens"), 2, "", "takes no value; see");
    assert_answer(RUN("show", ORIN, long_one), 2, "", "takes no value; see");
    assert_answer(RUN("show", ORIN, "-c"), 2, "", "option `-c` needs a value");
}

static void test_a_file_that_is_not_there_is_named_with_the_reason(void **state)
{
    (void)state;
    assert_answer(RUN("show", "no/such.json"), 2, "",
                  "calscope: no/such.json: No such file or directory");
    assert_answer(RUN("ls", "no/such"), 2, "", "calscope: no/such: ");
}

static void test_messages_carry_no_control_sequences(void **state)
{
    (void)state;
    assert_answer(RUN("show", "\033[31mx\n\xc2\x9b"), 2, "", "calscope: ?[31mx ?: ");
    assert_answer(RUN("eval", EXAMPLE, "\033[2J"), 2, "", "`?[2J`");
}

static void test_an_answer_that_cannot_be_written_exits_2(void **state)
{
    (void)state;
    char *message;
    size_t size;
    char *argv[] = {(char *)"calscope", (char *)"--help", NULL};
    FILE *full = fopen("/dev/full", "w"), *err = open_memstream(&message, &size);
    assert_int_equal(cli_run(2, argv, full, err), 2);
    fclose(full);
    fclose(err);
    assert_contains(message, "cannot write the answer: No space left on device");
    free(message);
}

static void test_a_reader_that_left_early_is_no_error(void **state)
{
    (void)state;
    char *message;
    size_t size;
    int ends[2];
    char *argv[] = {(char *)"calscope", (char *)"--help", NULL};
    signal(SIGPIPE, SIG_IGN);
    assert_int_equal(pipe(ends), 0);
    close(ends[0]);
    FILE *gone = fdopen(ends[1], "w"), *err = open_memstream(&message, &size);
    assert_int_equal(cli_run(2, argv, gone, err), 0);
    fclose(gone);
    fclose(err);
    assert_string_equal(message, "");
    free(message);
}

static void test_two_runs_in_one_process_do_not_share_options(void **state)
{
    (void)state;
    struct answer json = RUN("ls", "--json", REGISTRY), text = RUN("ls", REGISTRY);
    assert_int_equal(json.out[0], '{');
    assert_int_equal(text.out[0], 'I');
    answer_done(&json);
    answer_done(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_help_fits_a_screen_and_names_every_command),
        cmocka_unit_test(test_help_of_a_command_fits_a_screen_in_both_directions),
        cmocka_unit_test(test_the_manual_has_what_help_had_no_room_for),
        cmocka_unit_test(test_version_names_the_libraries),
        cmocka_unit_test(test_misuse_says_what_and_where_help_is_and_exits_2),
        cmocka_unit_test(test_an_option_that_is_none_is_named_with_what_was_meant),
        cmocka_unit_test(test_a_file_that_is_not_there_is_named_with_the_reason),
        cmocka_unit_test(test_messages_carry_no_control_sequences),
        cmocka_unit_test(test_an_answer_that_cannot_be_written_exits_2),
        cmocka_unit_test(test_a_reader_that_left_early_is_no_error),
        cmocka_unit_test(test_two_runs_in_one_process_do_not_share_options),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
