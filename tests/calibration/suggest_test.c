/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A typed id that is none leads to those that may have been meant. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "calibration/suggest.h"

static void assert_like(const char *typed, const char *expected)
{
    struct buffer out = {0};
    suggest_ids(SOURCE_DIR "/tests/fixtures/power_modes", typed, &out);
    if (strcmp(buffer_string(&out), expected) != 0)
        fail_msg("%s: `%s`, not `%s`", typed, buffer_string(&out), expected);
    buffer_done(&out);
}

static void test_ids_near_what_was_typed_are_offered(void **state)
{
    (void)state;
    assert_like("cuda/orin_15v/bf16",
                "cuda/orin_15w/bf16, cuda/orin_30w/bf16 or cuda/orin_50w/bf16");
    assert_like("maxn", "cuda/orin_maxn/bf16");
    assert_like("ORIN_30W", "cuda/orin_30w/bf16");
    assert_like("orin_maxm/bf16", "cuda/orin_maxn/bf16");
    assert_like("softmax", "");
    assert_like("", "");
    char *long_one = memory_new_array(5000, 1);
    memset(long_one, 'x', 4999);
    assert_like(long_one, "");
    free(long_one);
}

static void make_device(const char *folder, const char *id)
{
    char *command = memory_print("mkdir -p %s/%s && touch %s/%s/efficiency_curves.json", folder, id,
                                 folder, id);
    assert_int_equal(system(command), 0);
    free(command);
}

/* Names are walked in their order: the nearest come last here. */
static void test_of_many_alike_the_nearest_three_are_offered(void **state)
{
    (void)state;
    static const char *const ids[] = {"jetson_aaa", "jetson_aab", "jetson_bbb", "jetson_bbx",
                                      "jetson_bxx"};
    char folder[] = "/tmp/calscope-test-XXXXXX";
    struct buffer out = {0};
    assert_non_null(mkdtemp(folder));
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        make_device(folder, ids[i]);
    char *long_id = memory_print("%0200d/%0200d/%0200d", 1, 2, 3); /* longer than anything typed */
    make_device(folder, long_id);
    suggest_ids(folder, "jetson_xxx", &out);
    assert_string_equal(buffer_string(&out), "jetson_bxx, jetson_bbx or jetson_aaa");
    buffer_done(&out);
    char *command = memory_print("rm -r %s", folder);
    assert_int_equal(system(command), 0);
    free(command);
    free(long_id);
}

static void test_the_root_itself_has_no_id_to_offer(void **state)
{
    (void)state;
    char folder[] = "/tmp/calscope-test-XXXXXX";
    struct buffer out = {0};
    assert_non_null(mkdtemp(folder));
    make_device(folder, ".");
    suggest_ids(folder, "a", &out);
    assert_string_equal(buffer_string(&out), "");
    buffer_done(&out);
    char *command = memory_print("rm -r %s", folder);
    assert_int_equal(system(command), 0);
    free(command);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ids_near_what_was_typed_are_offered),
        cmocka_unit_test(test_of_many_alike_the_nearest_three_are_offered),
        cmocka_unit_test(test_the_root_itself_has_no_id_to_offer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
