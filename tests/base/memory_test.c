/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory that cannot be had ends the program as promised: hook, message, status 2. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/memory.h"

static void hook(void)
{
    fputs("hook ", stderr);
}

/* Runs act in a child; its standard error goes to text, its exit status is returned. */
static int run_child(void (*act)(void), char text[256])
{
    int ends[2], status;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        memory_on_failure(hook);
        act();
        _exit(0);
    }
    close(ends[1]);
    size_t length = 0;
    for (ssize_t got; length < 255 && (got = read(ends[0], text + length, 255 - length)) > 0;)
        length += (size_t)got;
    text[length] = '\0';
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void overflow(void)
{
    free(memory_new_array(SIZE_MAX / 2, 3));
}

static void test_a_size_that_overflows_ends_the_program_with_a_message(void **state)
{
    (void)state;
    char text[256];
    assert_int_equal(run_child(overflow, text), 2);
    assert_non_null(strstr(text, "hook calscope: out of memory"));
}

static void grow_beyond_all_sizes(void)
{
    size_t capacity = SIZE_MAX / 2 + 1;
    free(memory_grow(NULL, &capacity, 1));
}

static void test_an_array_that_cannot_grow_further_ends_the_program(void **state)
{
    (void)state;
    char text[256];
    assert_int_equal(run_child(grow_beyond_all_sizes, text), 2);
    assert_non_null(strstr(text, "hook calscope: out of memory"));
}

static void test_an_array_grows_and_keeps_what_it_holds(void **state)
{
    (void)state;
    size_t *numbers = NULL, capacity = 0;
    for (size_t i = 0; i < 1000; i++) {
        if (i == capacity)
            numbers = memory_grow(numbers, &capacity, sizeof *numbers);
        numbers[i] = i;
    }
    assert_true(capacity >= 1000 && capacity < 2000);
    for (size_t i = 0; i < 1000; i++)
        assert_int_equal(numbers[i], i);
    free(numbers);
}

#ifndef __SANITIZE_ADDRESS__ /* which ends the program itself */
static void ask_for_too_much(void)
{
    free(memory_new(PTRDIFF_MAX));
}

static void ask_for_too_many(void)
{
    free(memory_new_array(PTRDIFF_MAX, 1));
}

static void ask_without_a_hook(void)
{
    memory_on_failure(NULL);
    free(memory_new(PTRDIFF_MAX));
}

static void test_what_the_system_refuses_ends_the_program_with_a_message(void **state)
{
    (void)state;
    char text[256];
    assert_int_equal(run_child(ask_for_too_much, text), 2);
    assert_string_equal(text,
                        "hook calscope: out of memory (9223372036854775807 bytes asked for)\n");
    assert_int_equal(run_child(ask_for_too_many, text), 2);
    assert_non_null(strstr(text, "hook calscope: out of memory"));
    assert_int_equal(run_child(ask_without_a_hook, text), 2);
    assert_int_equal(strncmp(text, "calscope: out of memory", 23), 0);
}
#endif

static void test_what_a_library_could_not_have_ends_the_program_alike(void **state)
{
    (void)state;
    char text[256];
    assert_int_equal(run_child(memory_run_out, text), 2);
    assert_string_equal(text, "hook calscope: out of memory\n");
}

static void test_nothing_can_be_allocated_copied_and_freed(void **state)
{
    (void)state;
    free(memory_new(0));
    free(memory_new_array(0, 8));
    free(memory_copy(NULL, 0, 8));
    free(memory_copy("x", 1, 0));
    assert_null(memory_copy_string(NULL));
    char *text = memory_print("%d-%s", 7, "x");
    assert_string_equal(text, "7-x");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_size_that_overflows_ends_the_program_with_a_message),
        cmocka_unit_test(test_an_array_that_cannot_grow_further_ends_the_program),
        cmocka_unit_test(test_an_array_grows_and_keeps_what_it_holds),
#ifndef __SANITIZE_ADDRESS__
        cmocka_unit_test(test_what_the_system_refuses_ends_the_program_with_a_message),
#endif
        cmocka_unit_test(test_what_a_library_could_not_have_ends_the_program_alike),
        cmocka_unit_test(test_nothing_can_be_allocated_copied_and_freed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
