/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The real program's command line, in a terminal and without: what it takes, refuses and adapts to.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "scenario.h"

#define RUN "cd " SOURCE_DIR "; LC_ALL=C.UTF-8; export LC_ALL; unset NO_COLOR; "
#define FILE_PATH "hardware_registry/cpu/i7-12700K/efficiency_curves.json"

/* Runs a shell line in which $C is the program, and no terminal is. The caller frees the output. */
static char *shell(const char *line, int expected)
{
    char command[1024], bytes[4096];
    char *text = NULL;
    size_t length;
    snprintf(command, sizeof command, RUN "C='" CALSCOPE "'; { %s; } 2>&1 </dev/null", line);
    FILE *pipe = popen(command, "r"), *out = open_memstream(&text, &length);
    assert_true(pipe && out);
    for (size_t got; (got = fread(bytes, 1, sizeof bytes, pipe)) > 0;)
        fwrite(bytes, 1, got, out);
    fclose(out);
    int status = pclose(pipe);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != expected)
        fail_msg("%s: status %d, not %d:\n%s", line, WEXITSTATUS(status), expected, text);
    return text;
}

static void assert_says(const char *line, int expected, const char *words)
{
    char *text = shell(line, expected);
    if (!strstr(text, words))
        fail_msg("%s does not say `%s`:\n%s", line, words, text);
    free(text);
}

static void assert_same(const char *line, const char *other)
{
    char *a = shell(line, 0), *b = shell(other, 0);
    assert_string_equal(a, b);
    assert_true(strlen(a) > 0);
    free(a);
    free(b);
}

static void test_without_a_terminal_the_answer_is_printed(void **state)
{
    (void)state;
    assert_same("$C", "$C ls");
    assert_same("$C hardware_registry", "$C ls hardware_registry");
    assert_same("$C " FILE_PATH, "$C show " FILE_PATH);
    assert_same("$C --ascii " FILE_PATH, "$C show --ascii " FILE_PATH);
    assert_same("$C --registry hardware_registry cpu/i7-12700K",
                "$C show --registry hardware_registry cpu/i7-12700K");
    assert_same("$C --color=never --peak 2.66T hardware_registry", "$C ls hardware_registry");
    assert_same("$C --color=always hardware_registry", "$C ls hardware_registry");
    assert_same("$C --color=auto hardware_registry", "$C ls hardware_registry");
    assert_same("NO_COLOR=1 $C hardware_registry", "NO_COLOR= $C ls hardware_registry");
    assert_says("cd /; $C", 2, "hardware_registry");
}

static void test_a_script_is_played_without_a_terminal(void **state)
{
    (void)state;
    assert_says("printf 'j Enter\\n%%screen -\\n' | $C --script - hardware_registry", 0,
                "gpu/jetson_orin_agx");
    assert_says("printf 'j\\n%%screen -\\n' | LC_ALL=C $C --ascii --script -", 0,
                "> jetson_orin_agx");
    assert_says("printf 'j\\n%%expect softmax\\n' | $C --script -", 1,
                "standard input:2: the screen lacks `softmax`");
    assert_says("printf 'Entr\\n' | $C --script -", 2, "standard input:1: `Entr` is no key");
    assert_says("$C --script nowhere.script", 2, "calscope: nowhere.script: ");
    assert_says("$C --script - nowhere", 2, "calscope: nowhere: ");
}

static void test_misuse_of_the_explorer_is_refused_with_where_help_is(void **state)
{
    (void)state;
    static const char *const lines[] = {"$C --frob",      "$C a b",
                                        "$C --peak x",    "$C --peak=-1",
                                        "$C --peak",      "$C --color=maybe",
                                        "$C --registry",  "$C --ascii=1",
                                        "$C frob nicate", "$C --peak 0 hardware_registry"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        assert_says(lines[i], 2, "see calscope --help");
}

static void test_misuse_of_the_explorer_says_what_was_possible(void **state)
{
    (void)state;
    assert_says("$C --theme foo", 2,
                "--theme is one of default, light, dark, colour-blind, mono, not `foo`");
    assert_says("$C --color=maybe", 2, "--color is auto, always or never, not `maybe`");
    assert_says("$C --peak x", 2, "like 2.66T, not `x`");
    assert_says("$C --peak", 2, "option `--peak` needs a value");
    assert_says("$C --ascii=1", 2, "option `--ascii` takes no value");
    assert_says("$C --themes=dark", 2, "no option `--themes`; did you mean `--theme`?");
    assert_says("$C --style foo", 2, "the explorer has no option `--style`;");
    assert_says("$C lss", 2,
                "there is no command `lss`, file or device; did you mean `calscope ls`?");
    assert_says("$C fitt hardware_registry", 2, "did you mean `calscope fit`?");
    assert_says("$C cpu/i7", 2, "did you mean cpu/i7-12700K?"); /* an id, not a command */
}

static void test_a_picture_or_report_goes_where_standard_output_goes(void **state)
{
    (void)state;
    assert_says("$C plot cpu/i7-12700K --svg /dev/stdout | tail -n 1", 0, "</svg>");
    assert_says("$C validate cpu/i7-12700K --sarif=/dev/stdout | tail -n 1", 0, "1 file: ");
    /* Into a file nothing is lost either: the report, then the lines. */
    assert_says(
        "f=$(mktemp); $C validate cpu/i7-12700K --sarif=/dev/stdout >$f; cut -c 1-30 $f; rm "
        "$f",
        0, "{\"$schema\":\"https://docs.oasis");
    assert_says(
        "f=$(mktemp); $C validate cpu/i7-12700K --sarif=/dev/stdout >$f; tail -n 1 $f; rm $f", 0,
        "1 file: ");
    assert_says("$C plot cpu/i7-12700K --svg /dev/full", 2, "/dev/full: cannot write: No space");
}

static void test_a_stream_that_is_closed_or_full_is_an_error_and_no_signal(void **state)
{
    (void)state;
    assert_says("$C ls >/dev/full", 2, "No space left on device");
    assert_says("$C ls >&-", 2, "cannot write the answer");
    free(shell("$C ls | true", 0));
    assert_says("$C show - <&-", 2, "calscope: -: ");
    free(shell("$C ls 2>&-", 0));
}

static void test_an_answer_that_is_lost_behind_a_save_says_that_the_file_is_saved(void **state)
{
    (void)state;
    assert_says("D=$(mktemp -d) && cp " FILE_PATH " $D && "
                "{ $C tune $D/*.json --scale 0.5 >/dev/full; S=$?; grep -c 0.0 $D/*.json; "
                "rm -r $D; exit $S; }",
                2, "the file is saved");
}

/* --- in a terminal --- */

static struct terminal *start(const char *const environment[], const char *const words[])
{
    struct terminal_options options = {.rows = 30,
                                       .columns = 100,
                                       .folder = SOURCE_DIR,
                                       .environment = environment,
                                       .fail = fail_test};
    return terminal_start(&options, words);
}

#define START(environment, ...) start(environment, (const char *[]){CALSCOPE, __VA_ARGS__, NULL})

static void check_plot(const char *const environment[], const char *option, bool expected)
{
    struct terminal *terminal =
        START(environment, "plot", FILE_PATH, "-c", "generic", option ? option : "--color=auto");
    assert_int_equal(terminal_wait_exit(terminal), 0);
    if (has_color(terminal) != expected)
        fail_msg("%s %s: colour is %s", environment ? environment[0] : "", option ? option : "",
                 expected ? "missing" : "not wanted");
    terminal_stop(terminal);
}

static void test_a_plot_in_a_terminal_has_its_size_and_colour_where_wanted(void **state)
{
    (void)state;
    check_plot(NULL, NULL, true);
    check_plot((const char *[]){"NO_COLOR=", NULL}, NULL, true);
    check_plot((const char *[]){"NO_COLOR=1", NULL}, NULL, false);
    check_plot((const char *[]){"NO_COLOR=1", NULL}, "--color=always", true);
    check_plot((const char *[]){"TERM=dumb", NULL}, NULL, false);
    check_plot(NULL, "--color=never", false);
    struct terminal *terminal = START(NULL, "plot", FILE_PATH, "-c", "generic");
    assert_int_equal(terminal_wait_exit(terminal), 0);
    int row, column;
    assert_true(terminal_cursor(terminal, &row, &column));
    assert_int_equal(row, terminal_rows(terminal) - 1); /* the prompt comes below */
    terminal_stop(terminal);
}

static void test_a_long_fit_shows_its_progress_and_takes_it_away(void **state)
{
    (void)state;
    struct terminal *terminal = START(NULL, "fit", "hardware_registry");
    assert_int_equal(terminal_wait_exit(terminal), 0);
    size_t length;
    assert_non_null(strstr(terminal_output(terminal, &length), "fitting 1 of 2: cpu/i7-12700K"));
    assert_false(terminal_find(terminal, "fitting", NULL, NULL));
    assert_true(terminal_find(terminal, "conv2d_batchnorm", NULL, NULL));
    terminal_stop(terminal);
}

static void test_the_explorer_opens_what_its_arguments_say(void **state)
{
    (void)state;
    struct terminal *terminal =
        START(NULL, "--registry", "hardware_registry", "--peak", "2.66T", "gpu/jetson_orin_agx");
    terminal_wait_text(terminal, "conv2d_depthwise");
    terminal_wait_text(terminal, " ms at 2.66 T/s");
    terminal_press(terminal, "q");
    assert_int_equal(terminal_wait_exit(terminal), 0);
    terminal_stop(terminal);
    terminal = START(NULL, "--ascii", FILE_PATH);
    terminal_wait_text(terminal, "generic");
    size_t length;
    const char *output = terminal_output(terminal, &length);
    for (size_t i = 0; i < length; i++)
        assert_true((unsigned char)output[i] < 0x80);
    terminal_stop(terminal);
    terminal = START(NULL, "no/such/device");
    assert_int_equal(terminal_wait_exit(terminal), 2);
    assert_true(terminal_find(terminal, "no such id", NULL, NULL));
    terminal_stop(terminal);
}

static void test_colour_that_was_asked_for_beats_the_environment(void **state)
{
    (void)state;
    struct terminal *terminal =
        START(((const char *[]){"NO_COLOR=1", NULL}), "--color=always", "hardware_registry");
    terminal_wait_idle(terminal);
    assert_true(has_color(terminal));
    terminal_stop(terminal);
    terminal = START(NULL, "--color=never", "hardware_registry");
    terminal_wait_idle(terminal);
    assert_false(has_color(terminal));
    terminal_stop(terminal);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_without_a_terminal_the_answer_is_printed),
        cmocka_unit_test(test_a_script_is_played_without_a_terminal),
        cmocka_unit_test(test_misuse_of_the_explorer_is_refused_with_where_help_is),
        cmocka_unit_test(test_misuse_of_the_explorer_says_what_was_possible),
        cmocka_unit_test(test_a_picture_or_report_goes_where_standard_output_goes),
        cmocka_unit_test(test_a_stream_that_is_closed_or_full_is_an_error_and_no_signal),
        cmocka_unit_test(test_a_plot_in_a_terminal_has_its_size_and_colour_where_wanted),
        cmocka_unit_test(test_an_answer_that_is_lost_behind_a_save_says_that_the_file_is_saved),
        cmocka_unit_test(test_a_long_fit_shows_its_progress_and_takes_it_away),
        cmocka_unit_test(test_the_explorer_opens_what_its_arguments_say),
        cmocka_unit_test(test_colour_that_was_asked_for_beats_the_environment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
