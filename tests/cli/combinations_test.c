/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every option beside every command and picture: an answer, or a refusal that says why. */
#include "answer.h"

static void assert_answers_or_says_why(struct answer answer)
{
    assert_in_range(answer.status, 0, 2);
    if (answer.status == 2)
        assert_true(answer.err[0] != '\0');
    answer_done(&answer);
}

static void test_every_picture_is_drawn_in_every_way(void **state)
{
    (void)state;
    static const char *const ways[][5] = {
        {"--ascii"},
        {"--linear"},
        {"--residuals"},
        {"--fit", "sigmoid"},
        {"--fit", "sigmoid", "--band", "confidence"},
        {"--fit", "piecewise_linear", "--band", "prediction", "--residuals"},
        {"--theme", "dark"},
        {"--size", "300x200"},
        {"--size", "2000x1200"}};
    static const char *const curves[] = {"conv2d", "conv2d_batchnorm", "generic_tiny",
                                         "bandwidth:generic"};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        for (size_t j = 0; j < sizeof curves / sizeof *curves; j++) {
            const char *const *w = ways[i];
            assert_answers_or_says_why(
                RUN("plot", ORIN, "-c", curves[j], "--svg", "-", w[0], w[1], w[2], w[3], w[4]));
            assert_answers_or_says_why(
                RUN("plot", ORIN, "-c", curves[j], w[0], w[1], w[2], w[3], w[4]));
        }
}

static void test_every_wrong_value_is_answered_by_every_command(void **state)
{
    (void)state;
    static const char *const commands[] = {"plot", "show", "eval",     "fit",
                                           "diff", "tune", "validate", "ls"};
    static const char *const options[][2] = {{"--size", "0x0"},
                                             {"--size", "axb"},
                                             {"--band", "x"},
                                             {"--theme", "x"},
                                             {"--color=x"},
                                             {"--fit", "x"},
                                             {"--peak", "x"},
                                             {"-k", "x"},
                                             {"-w", "x"},
                                             {"--margin", "x"},
                                             {"--n", "x"},
                                             {"--tolerance", "x"},
                                             {"--exclude", "x"},
                                             {"--nonsense"},
                                             {"--files0-from", "/none"},
                                             {"-c"},
                                             {"--registry", "/none"},
                                             {"--csv"},
                                             {"--json"}};
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        for (size_t j = 0; j < sizeof options / sizeof *options; j++)
            assert_answers_or_says_why(
                RUN(commands[i], ORIN, "-c", "conv2d", options[j][0], options[j][1]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_picture_is_drawn_in_every_way),
        cmocka_unit_test(test_every_wrong_value_is_answered_by_every_command),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
