/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs the groups of rules over a calibration and keeps what they find in the order of the file. */
#include "check/check.h"

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
#include "json/edit.h"

void findings_add(struct findings *findings, const struct finding *finding)
{
    if (findings->count == findings->capacity)
        findings->items =
            memory_grow(findings->items, &findings->capacity, sizeof *findings->items);
    struct finding *copy = &findings->items[findings->count++];
    *copy = *finding;
    copy->message = memory_copy_string(finding->message);
    copy->path = memory_copy_string(finding->path ? finding->path : "");
    copy->anchor = memory_copy_string(finding->anchor ? finding->anchor : copy->path);
    findings->counts[finding->severity]++;
}

/* The size that a data point or breakpoint is called by; NULL for any other value. */
static const struct json_value *size_of(const struct json_document *document,
                                        const struct json_value *value)
{
    const struct json_value *parent = json_value_parent(document, value);
    const char *key = parent ? json_key(document, parent) : NULL;
    const struct json_value *size = NULL;
    if (key && strcmp(key, "data_points") == 0)
        size = json_member(document, value, "flops");
    else if (key && strcmp(key, "breakpoints") == 0)
        size = json_item(document, value, 0);
    return size && json_value_type(size) == JSON_NUMBER ? size : NULL;
}

static void append_anchor(const struct json_document *document, const struct json_value *value,
                          struct buffer *out)
{
    const struct json_value *parent = json_value_parent(document, value);
    if (!parent)
        return;
    append_anchor(document, parent, out);
    size_t length;
    const char *key = json_key(document, value), *bytes = json_document_bytes(document, &length);
    const struct json_value *size = size_of(document, value);
    if (key)
        buffer_print(out, ".%s", key);
    else if (size)
        buffer_print(out, "[%.*s]", (int)(json_value_end(size) - json_value_begin(size)),
                     bytes + json_value_begin(size));
    else
        buffer_append_string(out, "[]");
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
    struct buffer path = {0}, anchor = {0};
    json_error_place(checker->document, value, &place);
    json_path(checker->document, value, &path);
    append_anchor(checker->document, value, &anchor);
    findings_add(checker->findings, &(struct finding){
                                        .severity = severity,
                                        .rule = rule,
                                        .message = message,
                                        .path = (char *)buffer_string(&path),
                                        .line = place.line,
                                        .column = place.column,
                                        .anchor = (char *)buffer_string(&anchor),
                                    });
    buffer_done(&anchor);
    buffer_done(&path);
}

bool checker_mends(const struct checker *checker, enum mending kind)
{
    checker->findings->items[checker->findings->count - 1].fixable = true;
    return checker->edits && checker->mending == kind;
}

void checker_replace(const struct checker *checker, const struct json_value *a,
                     const struct json_value *b)
{
    size_t length;
    const char *bytes = json_document_bytes(checker->document, &length);
    struct buffer lexeme = {0};
    buffer_append(&lexeme, bytes + json_value_begin(b), json_value_end(b) - json_value_begin(b));
    json_edits_replace(checker->edits, a, buffer_string(&lexeme));
    buffer_done(&lexeme);
}

void checker_exchange(const struct checker *checker, const struct json_value *a,
                      const struct json_value *b)
{
    checker_replace(checker, a, b);
    checker_replace(checker, b, a);
}

double checker_number(const struct checker *checker, const struct json_value *object,
                      const char *key)
{
    return json_member_number(checker->document, object, key);
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

void checker_run(const struct checker *checker, const char *expected_id)
{
    const struct calibration *calibration = checker->calibration;
    check_schema(checker);
    check_header(checker, expected_id);
    for (size_t i = 0; i < calibration->curve_count; i++) {
        if (json_value_type(calibration->curves[i].value) != JSON_OBJECT)
            continue;
        check_points(checker, &calibration->curves[i]);
        check_curve(checker, &calibration->curves[i]);
    }
}

void check_calibration(const struct calibration *calibration, const char *expected_id,
                       struct findings *findings)
{
    struct checker checker = {calibration, calibration->document, findings, NULL, MEND_COUNT};
    checker_run(&checker, expected_id);
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
        free(findings->items[i].anchor);
    }
    free(findings->items);
    *findings = (struct findings){0};
}
