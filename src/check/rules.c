/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules as a table. */
#include "check/rules.h"

#include <string.h>

static const struct rule rules[] = {
    {"unreadable", SEVERITY_ERROR, false, "The file is not a calibration in strict JSON",
     "Mend the place that the message names; most often it is a missing comma or bracket"},
    {"missing-field", SEVERITY_ERROR, false, "A field of the schema is missing or null",
     "Add the field; a warning is about one that readers get by without"},
    {"wrong-type", SEVERITY_ERROR, false, "A value has another type than the schema gives it",
     "Write a value of the type that the message names"},
    {"unknown-value", SEVERITY_WARNING, true, "A name is none of those that the schema lists",
     "Use one of the schema's names; one that differs in case alone is respelt"},
    {"schema-version", SEVERITY_WARNING, false, "The schema's version is another than 1.0",
     "Check the file with a program that knows its version"},
    {"invalid-date", SEVERITY_ERROR, false, "The calibration date is no ISO 8601 date",
     "Write it as 2026-02-04 or 2026-02-04T16:44:48"},
    {"hardware-id-folder", SEVERITY_NOTE, false, "hardware_id differs from the folder's name",
     "Rename the one that is wrong, if one is: other files may refer to either"},
    {"validation", SEVERITY_WARNING, false, "The validation block contradicts itself",
     "Run the validation again; the numbers alone do not tell which is wrong"},
    {"interval-sense", SEVERITY_NOTE, false,
     "Which of the two senses in use the confidence intervals are stated in", NULL},
    {"operation-type-key", SEVERITY_WARNING, false, "operation_type differs from the curve's key",
     "Make them the same; readers go by either"},
    {"no-points", SEVERITY_WARNING, false, "A curve has no data points",
     "Add the points that the curve was fitted to, or leave the curve out"},
    {"flops-not-positive", SEVERITY_ERROR, false, "A size is zero or negative",
     "Write the size in FLOPs (bytes in bandwidth curves), or leave the item out"},
    {"efficiency-not-positive", SEVERITY_ERROR, false, "An efficiency is zero or negative",
     "Measure it again: latency is FLOPs / (peak x efficiency)"},
    {"implausible-efficiency", SEVERITY_WARNING, false,
     "An efficiency is more than ten times the peak",
     "Look for a percentage that was meant as a fraction, or for a wrong peak"},
    {"negative-std", SEVERITY_ERROR, false, "A standard deviation is negative",
     "Compute it again from the observations"},
    {"count-not-positive", SEVERITY_WARNING, false, "A count of observations is below one",
     "Write how many observations the point sums up"},
    {"min-mean-max", SEVERITY_WARNING, true, "A point's minimum, mean and maximum are out of order",
     "Compute them again; a minimum and a maximum that are exchanged are put right"},
    {"rounded-extreme", SEVERITY_NOTE, true,
     "A mean lies beyond its minimum or maximum by rounding alone",
     "Make the minimum or maximum equal to the mean, for readers that compare exactly"},
    {"interval", SEVERITY_WARNING, false, "A point's confidence interval does not hold its mean",
     "Compute the interval again from mean, std and number of observations"},
    {"points-order", SEVERITY_WARNING, true, "Data points are not sorted by size",
     "Sort them; as a set of points they say the same"},
    {"duplicate-point", SEVERITY_WARNING, false, "Two data points of a curve have the same size",
     "Merge them into one point with all their observations"},
    {"single-observation", SEVERITY_NOTE, false, "Data points rest on a single observation",
     "Measure more: without repetition nothing tells an effect from noise"},
    {"legacy-values", SEVERITY_NOTE, false, "Data points are legacy values, not measured ones",
     "Measure them; their spread is an estimate"},
    {"breakpoint-form", SEVERITY_ERROR, false, "A breakpoint is no pair of numbers",
     "Write it as [size, efficiency]"},
    {"breakpoint-count", SEVERITY_ERROR, false, "A curve has fewer than two breakpoints",
     "Fit the curve again (calscope fit --save), or insert one (calscope tune --insert)"},
    {"breakpoint-order", SEVERITY_ERROR, true, "Breakpoints do not rise in size",
     "Sort them; readers look for the first one beyond a size"},
    {"breakpoint-duplicate", SEVERITY_ERROR, true, "Two breakpoints have the same size",
     "Delete the wrong one; of two that are equal in size and efficiency one goes"},
    {"range-order", SEVERITY_ERROR, true, "min_flops is not below max_flops",
     "Write the range that was calibrated; two bounds that are exchanged are put right"},
    {"non-monotonic", SEVERITY_NOTE, false, "Efficiency falls while size grows",
     "Look at the curve; calscope fit --monotone shows what a curve that never falls costs"},
    {"falling-latency", SEVERITY_NOTE, false, "A larger operation is predicted faster",
     "Flatten the curve there (t in the explorer, or calscope tune)"},
    {"listing-gap", SEVERITY_NOTE, false,
     "A reader that follows the schema's sample listing returns the last breakpoint",
     "Insert a breakpoint at min_flops with the first one's efficiency (calscope tune --insert)"},
    {"impossible-statistic", SEVERITY_WARNING, false,
     "A stored statistic has a value that no data can give",
     "Fit the curve again; R^2 is at most 1, and residuals have no negative size"},
    {"stored-statistics", SEVERITY_NOTE, false, "Stored statistics contradict the data points",
     "Fit or tune the curve: saving writes the statistics of what is saved"},
};

enum { RULE_COUNT = sizeof rules / sizeof *rules };

const char *severity_name(enum severity severity)
{
    static const char *const names[] = {"error", "warning", "note"};
    return names[severity];
}

const struct rule *rules_all(size_t *count)
{
    *count = RULE_COUNT;
    return rules;
}

const struct rule *rule_find(const char *id)
{
    for (size_t i = 0; i < RULE_COUNT; i++)
        if (strcmp(rules[i].id, id) == 0)
            return &rules[i];
    return NULL;
}
