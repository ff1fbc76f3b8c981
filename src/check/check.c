/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs the groups of rules over a calibration and keeps what they find in the order of the file. */
#include "check/check.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/memory.h"
#include "calibration/registry.h"
#include "check/checker.h"

const char *severity_name(enum severity severity)
{
    static const char *const names[] = {"error", "warning", "note"};
    return names[severity];
}

void findings_add(struct findings *findings, const struct finding *finding)
{
    if (findings->count == findings->capacity) {
        findings->capacity = findings->capacity ? findings->capacity * 2 : 16;
        findings->items =
            memory_resize(findings->items, findings->capacity, sizeof *findings->items);
    }
    struct finding *copy = &findings->items[findings->count++];
    *copy = *finding;
    copy->message = memory_copy_string(finding->message);
    copy->path = memory_copy_string(finding->path ? finding->path : "");
    findings->counts[finding->severity]++;
}

void checker_report(const struct checker *checker, const struct json_value *value,
                    enum severity severity, const char *rule, const char *format, ...)
{
    char message[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    struct error place = {0};
    struct buffer path = {0};
    json_error_place(checker->document, value, &place);
    json_path(checker->document, value, &path);
    findings_add(checker->findings, &(struct finding){
                                        .severity = severity,
                                        .rule = rule,
                                        .message = message,
                                        .path = (char *)buffer_string(&path),
                                        .line = place.line,
                                        .column = place.column,
                                    });
    buffer_done(&path);
}

double checker_number(const struct checker *checker, const struct json_value *object,
                      const char *key)
{
    double number = NAN;
    json_number(checker->document, json_member(checker->document, object, key), &number);
    return number;
}

static int by_place(const void *a, const void *b)
{
    const struct finding *f = a, *g = b;
    if (f->line != g->line)
        return f->line < g->line ? -1 : 1;
    if (f->column != g->column)
        return f->column < g->column ? -1 : 1;
    if (f->severity != g->severity)
        return f->severity < g->severity ? -1 : 1;
    int order = strcmp(f->rule, g->rule);
    return order ? order : strcmp(f->message, g->message);
}

void check_calibration(const struct calibration *calibration, const char *expected_id,
                       struct findings *findings)
{
    struct checker checker = {calibration, calibration->document, findings};
    check_schema(&checker);
    check_header(&checker, expected_id);
    for (size_t i = 0; i < calibration->curve_count; i++) {
        if (json_value_type(calibration->curves[i].value) != JSON_OBJECT)
            continue;
        check_points(&checker, &calibration->curves[i]);
        check_curve(&checker, &calibration->curves[i]);
    }
    if (findings->count > 0)
        qsort(findings->items, findings->count, sizeof *findings->items, by_place);
}

/* Cuts the last component off path and returns it. */
static char *cut_component(char *path)
{
    char *slash = strrchr(path, '/');
    if (!slash)
        return path;
    *slash = '\0';
    return slash + 1;
}

char *check_folder_id(const char *path, const struct calibration *calibration)
{
    char *real = path ? file_real_path(path) : NULL;
    char *id = NULL;
    if (real && strcmp(cut_component(real), REGISTRY_FILE_NAME) == 0) {
        const char *folder = cut_component(real);
        if (calibration->precision && strcasecmp(folder, calibration->precision) == 0)
            folder = cut_component(real);
        if (*folder)
            id = memory_copy_string(folder);
    }
    free(real);
    return id;
}

void check_done(struct findings *findings)
{
    for (size_t i = 0; i < findings->count; i++) {
        free(findings->items[i].message);
        free(findings->items[i].path);
    }
    free(findings->items);
    *findings = (struct findings){0};
}
