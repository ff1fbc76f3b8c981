/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The schema as tables: which fields there are, their types, and the names that they may hold. */
#include <math.h>
#include <string.h>
#include <strings.h>

#include "base/buffer.h"
#include "base/date.h"
#include "check/checker.h"
#include "json/edit.h"

enum kind {
    KIND_STRING,
    KIND_NUMBER,
    KIND_INTEGER,
    KIND_OBJECT,
    KIND_ARRAY,
    KIND_STRINGS, /* an array of strings */
};

enum need {
    NEED_REQUIRED, /* its absence is an error */
    NEED_EXPECTED, /* a warning: readers get by without it */
    NEED_NONE,     /* may be absent or null */
};

struct field {
    const char *key;
    enum kind kind;
    enum need need;
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct field root_fields[] = {
    {"schema_version", KIND_STRING, NEED_REQUIRED},
    {"hardware_id", KIND_STRING, NEED_REQUIRED},
    {"hardware_name", KIND_STRING, NEED_REQUIRED},
    {"device_type", KIND_STRING, NEED_REQUIRED},
    {"precision", KIND_STRING, NEED_REQUIRED},
    {"calibration_date", KIND_STRING, NEED_REQUIRED},
    {"calibration_tool_version", KIND_STRING, NEED_REQUIRED},
    {"curves", KIND_OBJECT, NEED_REQUIRED},
    {"bandwidth_curves", KIND_OBJECT, NEED_NONE},
    {"validation", KIND_OBJECT, NEED_NONE},
    {"notes", KIND_STRING, NEED_NONE},
};

static const struct field curve_fields[] = {
    {"operation_type", KIND_STRING, NEED_EXPECTED},  {"description", KIND_STRING, NEED_NONE},
    {"data_points", KIND_ARRAY, NEED_REQUIRED},      {"fitted_curve", KIND_OBJECT, NEED_REQUIRED},
    {"calibration_models", KIND_STRINGS, NEED_NONE}, {"notes", KIND_STRING, NEED_NONE},
};

/* The schema's own example of a bandwidth curve has no range. */
static const struct field compute_range_fields[] = {
    {"min_flops", KIND_NUMBER, NEED_REQUIRED},
    {"max_flops", KIND_NUMBER, NEED_REQUIRED},
};
static const struct field bandwidth_range_fields[] = {
    {"min_flops", KIND_NUMBER, NEED_NONE},
    {"max_flops", KIND_NUMBER, NEED_NONE},
};

static const struct field fitted_fields[] = {
    {"curve_type", KIND_STRING, NEED_REQUIRED},   {"breakpoints", KIND_ARRAY, NEED_REQUIRED},
    {"parameters", KIND_OBJECT, NEED_NONE},       {"r_squared", KIND_NUMBER, NEED_EXPECTED},
    {"residual_std", KIND_NUMBER, NEED_EXPECTED}, {"max_residual", KIND_NUMBER, NEED_EXPECTED},
};

static const struct field point_fields[] = {
    {"flops", KIND_NUMBER, NEED_REQUIRED},
    {"efficiency_mean", KIND_NUMBER, NEED_REQUIRED},
    {"efficiency_std", KIND_NUMBER, NEED_EXPECTED},
    {"efficiency_min", KIND_NUMBER, NEED_EXPECTED},
    {"efficiency_max", KIND_NUMBER, NEED_EXPECTED},
    {"ci_lower", KIND_NUMBER, NEED_EXPECTED},
    {"ci_upper", KIND_NUMBER, NEED_EXPECTED},
    {"num_observations", KIND_INTEGER, NEED_EXPECTED},
    {"num_samples", KIND_INTEGER, NEED_NONE},
    {"source", KIND_STRING, NEED_EXPECTED},
    {"source_subgraphs", KIND_STRINGS, NEED_NONE},
    {"source_models", KIND_STRINGS, NEED_NONE},
};

static const struct field validation_fields[] = {
    {"models_tested", KIND_INTEGER, NEED_EXPECTED},
    {"mape", KIND_NUMBER, NEED_EXPECTED},
    {"max_error", KIND_NUMBER, NEED_EXPECTED},
    {"breakdown", KIND_OBJECT, NEED_EXPECTED},
};

static const struct field breakdown_fields[] = {
    {"excellent", KIND_INTEGER, NEED_EXPECTED},
    {"good", KIND_INTEGER, NEED_EXPECTED},
    {"fair", KIND_INTEGER, NEED_EXPECTED},
    {"poor", KIND_INTEGER, NEED_EXPECTED},
};

/* The documented names of a field, then names outside the schema that the field's files use. */
struct names {
    const char *key;
    const char *documented; /* separated by blanks */
    const char *in_use;
    bool stands_alone; /* nothing else in the file refers to it or changes with it */
};

static const struct names device_types = {"device_type", "gpu cpu dsp tpu kpu", "cuda", true};
static const struct names precisions = {"precision", "FP32 FP16 INT8 TF32", "BF16", true};
static const struct names curve_types = {"curve_type", "piecewise_linear log_linear sigmoid", "",
                                         true};
static const struct names sources = {"source", "legacy_hardcoded measured interpolated", "", false};
static const struct names operation_types = {
    "operation_type", "conv2d conv2d_batchnorm conv2d_depthwise mbconv matmul generic generic_tiny",
    "unfused activation", false};

static bool is_integer(const struct json_document *document, const struct json_value *value)
{
    double number;
    return json_number(document, value, &number) && number == floor(number);
}

static bool is_strings(const struct json_document *document, const struct json_value *value)
{
    if (json_value_type(value) != JSON_ARRAY)
        return false;
    for (const struct json_value *item = json_value_first(document, value); item;
         item = json_value_next(document, item))
        if (json_value_type(item) != JSON_STRING)
            return false;
    return true;
}

static bool has_kind(const struct json_document *document, const struct json_value *value,
                     enum kind kind)
{
    switch (kind) {
    case KIND_STRING:
        return json_value_type(value) == JSON_STRING;
    case KIND_NUMBER:
        return json_value_type(value) == JSON_NUMBER;
    case KIND_INTEGER:
        return is_integer(document, value);
    case KIND_OBJECT:
        return json_value_type(value) == JSON_OBJECT;
    case KIND_ARRAY:
        return json_value_type(value) == JSON_ARRAY;
    case KIND_STRINGS:
        return is_strings(document, value);
    }
    return false;
}

static void report_wrong_type(const struct checker *checker, const struct field *field,
                              const struct json_value *value)
{
    static const char *const names[] = {"a string",  "a number", "a whole number",
                                        "an object", "an array", "an array of strings"};
    bool nearly = (field->kind == KIND_INTEGER && json_value_type(value) == JSON_NUMBER) ||
                  (field->kind == KIND_STRINGS && json_value_type(value) == JSON_ARRAY);
    checker_report(checker, value, SEVERITY_ERROR, "wrong-type", "`%s` must be %s%s%s", field->key,
                   names[field->kind], nearly ? "" : ", not ",
                   nearly ? "" : json_type_name(json_value_type(value)));
}

static void check_field(const struct checker *checker, const struct json_value *object,
                        const struct field *field)
{
    const struct json_value *value = json_member(checker->document, object, field->key);
    bool is_null = value && json_value_type(value) == JSON_NULL;
    if (!value && field->need == NEED_REQUIRED)
        checker_report(checker, object, SEVERITY_ERROR, "missing-field",
                       "the required field `%s` is missing", field->key);
    else if ((!value || is_null) && field->need == NEED_EXPECTED)
        checker_report(checker, is_null ? value : object, SEVERITY_WARNING, "missing-field",
                       "`%s` is %s", field->key, is_null ? "null" : "missing");
    else if (value && !(is_null && field->need == NEED_NONE) &&
             !has_kind(checker->document, value, field->kind))
        report_wrong_type(checker, field, value);
}

static void check_fields(const struct checker *checker, const struct json_value *object,
                         const struct field *fields, size_t count)
{
    for (size_t i = 0; i < count; i++)
        check_field(checker, object, &fields[i]);
}

/* The member of that name if it is an object, else NULL. */
static const struct json_value *object_member(const struct checker *checker,
                                              const struct json_value *object, const char *key)
{
    const struct json_value *value = json_member(checker->document, object, key);
    return value && json_value_type(value) == JSON_OBJECT ? value : NULL;
}

/* The length of the first word of list that is name, at *word; 0 where none is. */
static size_t list_find(const char *list, const char *name, bool any_case, const char **word)
{
    size_t length = strlen(name);
    for (const char *at = list; *at;) {
        size_t size = strcspn(at, " ");
        *word = at;
        if (size == length &&
            (any_case ? strncasecmp(at, name, size) == 0 : strncmp(at, name, size) == 0))
            return size;
        at += size;
        at += *at == ' ';
    }
    return 0;
}

static void respell(const struct checker *checker, const struct json_value *value, const char *word,
                    size_t length)
{
    struct buffer lexeme = {0};
    buffer_print(&lexeme, "\"%.*s\"", (int)length, word);
    json_edits_replace(checker->edits, value, lexeme.bytes);
    buffer_done(&lexeme);
}

static void check_name(const struct checker *checker, const struct json_value *object,
                       const struct names *names)
{
    const struct json_value *value = json_member(checker->document, object, names->key);
    const char *name = value ? json_string(checker->document, value) : NULL, *word;
    if (!name || list_find(names->documented, name, false, &word) ||
        list_find(names->in_use, name, false, &word))
        return;
    size_t length = list_find(names->documented, name, true, &word);
    if (!length)
        length = list_find(names->in_use, name, true, &word);
    checker_report(checker, value, SEVERITY_WARNING, "unknown-value",
                   "`%s` is \"%.80s\", %s: %s%s%s", names->key, name,
                   length ? "spelt in another case than the schema's names"
                          : "none of the schema's names",
                   names->documented, *names->in_use ? "; in use too: " : "", names->in_use);
    if (length && names->stands_alone && checker_mends(checker, MEND_VALUES))
        respell(checker, value, word, length);
}

static void check_date(const struct checker *checker, const struct json_value *root)
{
    const struct json_value *value = json_member(checker->document, root, "calibration_date");
    const char *date = value ? json_string(checker->document, value) : NULL;
    if (date && !date_is_iso8601(date))
        checker_report(checker, value, SEVERITY_ERROR, "invalid-date",
                       "`calibration_date` is \"%.40s\", no ISO 8601 date like "
                       "2026-02-04T16:44:48",
                       date);
}

static void check_version(const struct checker *checker, const struct json_value *root)
{
    const struct json_value *value = json_member(checker->document, root, "schema_version");
    const char *version = value ? json_string(checker->document, value) : NULL;
    if (version && strcmp(version, "1.0") != 0)
        checker_report(checker, value, SEVERITY_WARNING, "schema-version",
                       "`schema_version` is \"%.40s\"; this program knows 1.0", version);
}

static void check_point_fields(const struct checker *checker, const struct json_value *entry)
{
    const struct json_value *array = json_member(checker->document, entry, "data_points");
    if (!array || json_value_type(array) != JSON_ARRAY)
        return;
    for (const struct json_value *item = json_value_first(checker->document, array); item;
         item = json_value_next(checker->document, item)) {
        if (json_value_type(item) != JSON_OBJECT) {
            checker_report(checker, item, SEVERITY_ERROR, "wrong-type",
                           "a data point must be an object, not %s",
                           json_type_name(json_value_type(item)));
            continue;
        }
        check_fields(checker, item, point_fields, COUNT(point_fields));
        check_name(checker, item, &sources);
    }
}

static void check_curve_fields(const struct checker *checker, const struct calibration_curve *curve)
{
    const struct json_value *entry = curve->value;
    if (json_value_type(entry) != JSON_OBJECT) {
        checker_report(checker, entry, SEVERITY_ERROR, "wrong-type",
                       "a curve must be an object, not %s", json_type_name(json_value_type(entry)));
        return;
    }
    check_fields(checker, entry, curve_fields, COUNT(curve_fields));
    check_fields(checker, entry, curve->bandwidth ? bandwidth_range_fields : compute_range_fields,
                 COUNT(compute_range_fields));
    check_name(checker, entry, &operation_types);
    const struct json_value *fitted = object_member(checker, entry, "fitted_curve");
    if (fitted) {
        check_fields(checker, fitted, fitted_fields, COUNT(fitted_fields));
        check_name(checker, fitted, &curve_types);
    }
    check_point_fields(checker, entry);
}

static void check_validation_fields(const struct checker *checker, const struct json_value *root)
{
    const struct json_value *validation = object_member(checker, root, "validation");
    if (!validation)
        return;
    check_fields(checker, validation, validation_fields, COUNT(validation_fields));
    const struct json_value *breakdown = object_member(checker, validation, "breakdown");
    if (breakdown)
        check_fields(checker, breakdown, breakdown_fields, COUNT(breakdown_fields));
}

void check_schema(const struct checker *checker)
{
    const struct json_value *root = json_document_root(checker->document);
    check_fields(checker, root, root_fields, COUNT(root_fields));
    check_version(checker, root);
    check_date(checker, root);
    check_name(checker, root, &device_types);
    check_name(checker, root, &precisions);
    check_validation_fields(checker, root);
    for (size_t i = 0; i < checker->calibration->curve_count; i++)
        check_curve_fields(checker, &checker->calibration->curves[i]);
}
