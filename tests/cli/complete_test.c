/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calscope --complete, which shells ask; tests/manual has bash ask it. */
#include "answer.h"

#include "cli/complete.h"

static void test_every_command_tells_its_options_and_which_take_a_value(void **state)
{
    (void)state;
    size_t count = 0;
    for (const struct command *command; (command = cli_command_at(count)); count++) {
        struct answer answer = RUN(command->name, "--.options");
        assert_int_equal(answer.status, 0);
        assert_contains(answer.out, "--json\n");
        assert_contains(answer.out, "--registry \n");
        assert_null(strstr(answer.out, "--.options"));
        answer_done(&answer);
    }
    assert_true(count >= 9);
    assert_answer(RUN("fit", "--.options"), 0, "--model \n", "");
    assert_answer(RUN("fit", "--.options"), 0, "-m \n", "");
    assert_answer(RUN("fit", "--.options"), 0, "--floor\n", "");
}

/* All that may stand there, a line each. */
static void assert_offers(struct answer answer, const char *candidates)
{
    assert_int_equal(answer.status, 0);
    assert_string_equal(answer.out, candidates);
    assert_string_equal(answer.err, "");
    answer_done(&answer);
}

#define COMPLETE(...) RUN("--complete", "--registry", REGISTRY, __VA_ARGS__)

static void test_words_are_completed_by_what_may_stand_there(void **state)
{
    (void)state;
    assert_offers(RUN("--complete", "va"), "validate\n");
    assert_offers(RUN("--complete", "show", "--registry", REGISTRY, "gpu"),
                  "gpu/jetson_orin_agx\n");
    assert_offers(
        RUN("--complete", "plot", "--registry", REGISTRY, "gpu/jetson_orin_agx", "-c", "mat"),
        "matmul\n");
    assert_offers(RUN("--complete", "fit", "x", "--model=s"), "--model=sigmoid\n");
    assert_offers(RUN("--complete", "fit", "x", "-w", "std"), "std\n");
    assert_offers(RUN("--complete", "ls", "--fil"), "--filter\n");
    assert_offers(RUN("--complete", "plot", "--size", ""), "");
    assert_offers(RUN("--complete", "eval", "/no/such/file", "-c", ""), "");
    assert_offers(COMPLETE("cpu"), "cpu/i7-12700K\n");
}

static void test_a_size_is_one_of_the_curves_points(void **state)
{
    (void)state;
    assert_offers(RUN("--complete", "eval", EXAMPLE, ""), "1M\n100M\n");
    assert_offers(RUN("--complete", "eval", EXAMPLE, "1M", "10"), "100M\n");
    assert_offers(RUN("--complete", "eval", ORIN, ""), ""); /* which curve? */
    assert_offers(RUN("--complete", "eval", ORIN, "-c", "nosuch", ""), "");
}

static void test_fields_are_offered_to_filter_and_sort_by(void **state)
{
    (void)state;
    assert_offers(RUN("--complete", "ls", "--filter", "p"), "precision:\npoints:\n");
    assert_offers(RUN("--complete", "ls", "--filter", "source:"),
                  "source:measured\nsource:legacy\nsource:interpolated\nsource:other\n");
    assert_offers(RUN("--complete", "ls", "--filter", "points:"), "");
    assert_offers(RUN("--complete", "ls", "--sort", "r2:"), "r2:asc\nr2:desc\n");
    assert_offers(RUN("--complete", "ls", "--sort=r"), "--sort=r2\n");
}

static void test_revisions_are_offered_behind_an_at(void **state)
{
    (void)state;
    struct scratch scratch = scratch_new(ORIN);
    char *word = memory_print("%s@", scratch.file), *v = memory_print("%s@v", scratch.file);
    char *all =
        memory_print("%sHEAD\n%sHEAD~1\n%smain\n%sother\n%sv1\n", word, word, word, word, word);
    char *tag = memory_print("%sv1\n", word);
    assert_offers(RUN("--complete", "show", word), ""); /* no repository */
    git(scratch.folder, "init -q -b main . && git add . && git commit -qm one && git tag v1 && git "
                        "commit -qm two --allow-empty && git branch other");
    assert_offers(RUN("--complete", "show", word), all);
    assert_offers(RUN("--complete", "show", v), tag);
    assert_offers(RUN("--complete", "show", "/no/such@"), "");
    char *tidy = memory_print("rm -rf '%s/.git'", scratch.folder);
    assert_int_equal(system(tidy), 0);
    free(tidy);
    free(all);
    free(tag);
    free(word);
    free(v);
    scratch_done(&scratch);
}

static void test_names_from_a_file_are_offered_as_they_may_be_shown(void **state)
{
    (void)state;
    struct answer answer =
        RUN("--complete", "plot", FIXTURES "/hostile_strings.json", "--curve", "");
    assert_int_equal(answer.status, 0);
    assert_true(answer.out[0] != '\0');
    for (const char *at = answer.out; *at; at++)
        assert_true((unsigned char)*at >= 0x20 || *at == '\n');
    answer_done(&answer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_command_tells_its_options_and_which_take_a_value),
        cmocka_unit_test(test_words_are_completed_by_what_may_stand_there),
        cmocka_unit_test(test_a_size_is_one_of_the_curves_points),
        cmocka_unit_test(test_fields_are_offered_to_filter_and_sort_by),
        cmocka_unit_test(test_revisions_are_offered_behind_an_at),
        cmocka_unit_test(test_names_from_a_file_are_offered_as_they_may_be_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
