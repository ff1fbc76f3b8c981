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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ids_near_what_was_typed_are_offered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
