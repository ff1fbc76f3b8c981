/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A sound calibration for the tests of rules, and ways to break it. Includes what cmocka needs, so
 * that a test includes this alone.
 */
#ifndef TESTS_CHECK_SOUND_H
#define TESTS_CHECK_SOUND_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "check/check.h"

/* Sound in every respect; each line below is broken by one row of a table. */
static const char sound[] =
    "{\n"
    "  \"schema_version\": \"1.0\",\n"
    "  \"hardware_id\": \"board\",\n"
    "  \"hardware_name\": \"A board\",\n"
    "  \"device_type\": \"gpu\",\n"
    "  \"precision\": \"FP32\",\n"
    "  \"calibration_date\": \"2026-02-04T16:44:48.680452\",\n"
    "  \"calibration_tool_version\": \"tool 1\",\n"
    "  \"curves\": {\n"
    "    \"matmul\": {\n"
    "      \"operation_type\": \"matmul\",\n"
    "      \"description\": \"d\",\n"
    "      \"data_points\": [\n"
    "        {\"flops\": 1000000.0, \"efficiency_mean\": 0.2, \"efficiency_std\": 0.02,\n"
    "         \"efficiency_min\": 0.1, \"efficiency_max\": 0.3, \"ci_lower\": 0.19,\n"
    "         \"ci_upper\": 0.21, \"num_observations\": 4, \"source\": \"measured\"},\n"
    "        {\"flops\": 10000000.0, \"efficiency_mean\": 0.25, \"efficiency_std\": 0.03,\n"
    "         \"efficiency_min\": 0.1, \"efficiency_max\": 0.4, \"ci_lower\": 0.24,\n"
    "         \"ci_upper\": 0.26, \"num_observations\": 4, \"source\": \"measured\",\n"
    "         \"source_models\": [\"m\"]}],\n"
    "      \"fitted_curve\": {\"curve_type\": \"piecewise_linear\",\n"
    "        \"breakpoints\": [[1000000.0, 0.2], [10000000.0, 0.25]],\n"
    "        \"r_squared\": 0.9, \"residual_std\": 0.01, \"max_residual\": 0.05},\n"
    "      \"min_flops\": 1000000.0,\n"
    "      \"max_flops\": 10000000.0\n"
    "    }\n"
    "  },\n"
    "  \"validation\": {\"models_tested\": 3, \"mape\": 20.5, \"max_error\": 40,\n"
    "    \"breakdown\": {\"excellent\": 1, \"good\": 1, \"fair\": 1, \"poor\": 0}}\n"
    "}\n";

/* The sound text with the first occurrence of from replaced. */
static inline char *broken_text(const char *from, const char *to)
{
    struct buffer text = {0};
    const char *at = strstr(sound, from);
    assert_non_null(at);
    buffer_append(&text, sound, (size_t)(at - sound));
    buffer_append_string(&text, to);
    buffer_append_string(&text, at + strlen(from));
    return buffer_take(&text);
}

static inline struct findings check_text(const char *text, const char *expected_id)
{
    struct calibration *calibration;
    struct error error;
    struct findings findings = {0};
    if (calibration_read(text, strlen(text), &calibration, &error))
        fail_msg("%zu: %s", error.line, error.message);
    check_calibration(calibration, expected_id, &findings);
    calibration_free(calibration);
    return findings;
}

/* How many findings of that rule there are. */
static inline size_t count_rule(const struct findings *findings, const char *rule)
{
    size_t count = 0;
    for (size_t i = 0; i < findings->count; i++)
        count += strcmp(findings->items[i].rule, rule) == 0;
    return count;
}

#endif
