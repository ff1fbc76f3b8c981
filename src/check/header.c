/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules about the calibration as a whole: its name against its place, its validation block. */
#include <math.h>
#include <string.h>

#include "check/checker.h"

static void check_place(const struct checker *checker, const char *expected_id)
{
    const struct json_value *root = json_document_root(checker->document);
    const char *id = checker->calibration->hardware_id;
    if (expected_id && id && strcmp(id, expected_id) != 0)
        checker_report(checker, json_member(checker->document, root, "hardware_id"), SEVERITY_NOTE,
                       "hardware-id-folder",
                       "hardware_id \"%.80s\" differs from the folder's name \"%.80s\"", id,
                       expected_id);
}

/* The sum of the breakdown's counts, NaN where one is missing. */
static double breakdown_sum(const struct checker *checker, const struct json_value *breakdown)
{
    static const char *const keys[] = {"excellent", "good", "fair", "poor"};
    double sum = 0;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        sum += checker_number(checker, breakdown, keys[i]);
    return sum;
}

static void check_validation(const struct checker *checker)
{
    const struct json_document *document = checker->document;
    const struct json_value *block =
        json_member(document, json_document_root(document), "validation");
    const struct json_value *breakdown = json_member(document, block, "breakdown");
    double models = checker_number(checker, block, "models_tested");
    double mape = checker_number(checker, block, "mape");
    double max_error = checker_number(checker, block, "max_error");
    double sum = breakdown_sum(checker, breakdown);
    if (models < 0 || mape < 0 || max_error < 0)
        checker_report(checker, block, SEVERITY_WARNING, "validation",
                       "a count or an error of the validation is negative");
    if (mape > max_error)
        checker_report(checker, json_member(document, block, "mape"), SEVERITY_WARNING,
                       "validation", "the mean error %g %% is larger than the largest error %g %%",
                       mape, max_error);
    if (isfinite(sum) && isfinite(models) && sum != models)
        checker_report(checker, breakdown, SEVERITY_WARNING, "validation",
                       "the breakdown counts %g models, `models_tested` says %g", sum, models);
}

static const char *sense_words(enum interval_sense sense)
{
    return sense == INTERVAL_OF_POPULATION ? "mean -+ 1.96 std: where single observations fall"
                                           : "mean -+ 1.96 std / sqrt(n): where the mean lies";
}

/* The field states intervals in two senses: one finding a file, or one a curve where it mixes. */
static void check_senses(const struct checker *checker)
{
    const struct calibration *calibration = checker->calibration;
    size_t counts[3] = {0};
    for (size_t i = 0; i < calibration->curve_count; i++)
        counts[calibration_interval_sense(&calibration->curves[i])]++;
    bool mixed = counts[INTERVAL_OF_POPULATION] && counts[INTERVAL_OF_MEAN];
    for (size_t i = 0; i < calibration->curve_count; i++) {
        const struct calibration_curve *curve = &calibration->curves[i];
        enum interval_sense sense = calibration_interval_sense(curve);
        if (sense == INTERVAL_UNKNOWN)
            continue;
        checker_report(checker, curve->value, SEVERITY_NOTE, "interval-sense",
                       "%s state their intervals as %s",
                       mixed ? "this curve's points" : "all points whose sense is clear",
                       sense_words(sense));
        if (!mixed)
            return;
    }
}

void check_header(const struct checker *checker, const char *expected_id)
{
    check_place(checker, expected_id);
    check_validation(checker);
    check_senses(checker);
}
