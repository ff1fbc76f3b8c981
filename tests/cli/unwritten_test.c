/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Answers that cannot be written: a full disk is trouble in every command, an early reader is not.
 */
#include "answer.h"

#include <signal.h>
#include <unistd.h>

static const char *const commands[][8] = {
    {"calscope", "ls", REGISTRY},
    {"calscope", "show", ORIN},
    {"calscope", "plot", ORIN},
    {"calscope", "plot", ORIN, "--svg", "-"},
    {"calscope", "eval", ORIN, "-c", "matmul", "1G"},
    {"calscope", "fit", ORIN, "-c", "matmul"},
    {"calscope", "diff", ORIN, ORIN},
    {"calscope", "tune", ORIN, "-c", "matmul", "--dry-run", "--scale=2"},
    {"calscope", "validate", EXAMPLE},
    {"calscope", "journal"},
    {"calscope", "--help"},
    {"calscope", "--version"},
};
enum { COMMANDS = sizeof commands / sizeof *commands };

/* With --json, --csv or as text; the exit status, and what was said. */
static int run_into(FILE *out, const char *const *words, const char *form, char **said)
{
    char *argv[10] = {NULL};
    size_t length;
    int count = 0;
    for (; count < 8 && words[count]; count++)
        argv[count] = (char *)(uintptr_t)words[count];
    if (form)
        argv[count++] = (char *)(uintptr_t)form;
    FILE *err = open_memstream(said, &length);
    int status = cli_run(count, argv, out, err);
    fclose(err);
    return status;
}

static int status_alone(const char *const *words, const char *form)
{
    char *text, *said;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    int status = run_into(out, words, form, &said);
    fclose(out);
    free(text);
    free(said);
    return status;
}

static const char *const forms[] = {NULL, "--json", "--csv"};

/* Forms that a command has not are misuse and have no answer to lose. */
static bool is_form_of(const char *const *words, const char *form)
{
    if (!form)
        return true;
    return words[2] && !strstr(words[1], "--") && (!words[3] || strcmp(words[3], "--svg") != 0) &&
           status_alone(words, form) != 2;
}

static void test_a_full_disk_is_trouble_in_every_command(void **state)
{
    (void)state;
    for (size_t i = 0; i < COMMANDS; i++)
        for (size_t k = 0; k < 3; k++) {
            char *said;
            if (!is_form_of(commands[i], forms[k]))
                continue;
            FILE *full = fopen("/dev/full", "w");
            assert_non_null(full);
            int status = run_into(full, commands[i], forms[k], &said);
            if (status != 2 || !strstr(said, "No space left"))
                fail_msg("%s %s: status %d: %s", commands[i][1], forms[k] ? forms[k] : "", status,
                         said);
            free(said);
            fclose(full);
        }
}

static void test_a_reader_that_left_changes_no_status(void **state)
{
    (void)state;
    signal(SIGPIPE, SIG_IGN); /* as main does */
    for (size_t i = 0; i < COMMANDS; i++) {
        int ends[2];
        char *said;
        assert_int_equal(pipe(ends), 0);
        close(ends[0]);
        FILE *out = fdopen(ends[1], "w");
        int status = run_into(out, commands[i], NULL, &said);
        if (status != status_alone(commands[i], NULL) || strstr(said, "cannot write"))
            fail_msg("%s: status %d: %s", commands[i][1], status, said);
        free(said);
        fclose(out);
    }
}

int main(void)
{
    setenv("XDG_STATE_HOME", "/nonexistent/state", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_full_disk_is_trouble_in_every_command),
        cmocka_unit_test(test_a_reader_that_left_changes_no_status),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
