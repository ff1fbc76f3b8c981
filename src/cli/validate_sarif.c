/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes a SARIF log, as sarif-schema-2.1.0.json has it. */
#include "cli/validate_sarif.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/file.h"
#include "base/folders.h"
#include "base/memory.h"

#define SARIF_SCHEMA                                                                               \
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

/* The kind of digest below; another way to make one gets another name. */
#define FINGERPRINT "calscopeFinding/v1"

/* {"text": ...} */
static void write_text(struct json_writer *writer, const char *key, const char *text)
{
    json_write_object_member(writer, key);
    json_write_string_member(writer, "text", text);
    json_write_end(writer);
}

static void write_rule(struct json_writer *writer, const struct rule *rule)
{
    json_write_object(writer);
    json_write_string_member(writer, "id", rule->id);
    write_text(writer, "shortDescription", rule->description);
    write_text(writer, "help", rule->remedy ? rule->remedy : "Nothing needs to be done");
    json_write_object_member(writer, "defaultConfiguration");
    json_write_string_member(writer, "level", severity_name(rule->severity));
    json_write_end(writer);
    json_write_end(writer);
}

static void write_tool(struct json_writer *writer)
{
    size_t count;
    const struct rule *rules = rules_all(&count);
    json_write_object_member(writer, "tool");
    json_write_object_member(writer, "driver");
    json_write_string_member(writer, "name", "calscope");
    json_write_string_member(writer, "version", CALSCOPE_VERSION);
    json_write_array_member(writer, "rules");
    for (size_t i = 0; i < count; i++)
        write_rule(writer, &rules[i]);
    json_write_end(writer);
    json_write_end(writer);
    json_write_end(writer);
}

void sarif_begin(struct json_writer *writer, struct buffer *out)
{
    writer->out = out;
    json_write_object(writer);
    json_write_string_member(writer, "$schema", SARIF_SCHEMA);
    json_write_string_member(writer, "version", "2.1.0");
    json_write_array_member(writer, "runs");
    json_write_object(writer);
    write_tool(writer);
    json_write_string_member(writer, "columnKind", "unicodeCodePoints");
    json_write_array_member(writer, "results");
}

void sarif_end(struct json_writer *writer, bool successful)
{
    json_write_end(writer);
    json_write_array_member(writer, "invocations");
    json_write_object(writer);
    json_write_bool_member(writer, "executionSuccessful", successful);
    json_write_end(writer);
    json_write_end(writer);
    json_write_end(writer);
    json_write_end(writer);
    json_write_end(writer);
    buffer_append_string(writer->out, "\n");
}

/* RFC 3986: what is neither unreserved nor a slash leaves as %XX. */
static void append_escaped(struct buffer *out, const char *path)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                "0123456789-._~/";
    for (; *path; path++)
        if (strchr(plain, *path))
            buffer_append(out, path, 1);
        else
            buffer_print(out, "%%%02X", (unsigned char)*path);
}

static void write_location_of_file(struct json_writer *writer, const struct validate_result *result)
{
    const char *name = result->path ? result->path : result->file;
    char *folder = file_real_path("."), *real = result->path ? file_real_path(name) : NULL;
    const char *full = real ? real : name, *inside = folder ? folder_below(folder, full) : NULL;
    bool absolute = *full == '/' && !inside;
    struct buffer uri = {0};
    buffer_append_string(&uri, absolute ? "file://" : "");
    append_escaped(&uri, inside ? inside : full);
    json_write_object_member(writer, "artifactLocation");
    json_write_string_member(writer, "uri", buffer_string(&uri));
    if (!absolute)
        json_write_string_member(writer, "uriBaseId", "%SRCROOT%");
    json_write_end(writer);
    buffer_done(&uri);
    free(real);
    free(folder);
}

static void write_region(struct json_writer *writer, const struct finding *finding)
{
    if (!finding->line)
        return;
    json_write_object_member(writer, "region");
    json_write_count_member(writer, "startLine", finding->line);
    if (finding->column)
        json_write_count_member(writer, "startColumn", finding->column);
    json_write_end(writer);
}

static void write_locations(struct json_writer *writer, const struct validate_result *result,
                            const struct finding *finding)
{
    json_write_array_member(writer, "locations");
    json_write_object(writer);
    json_write_object_member(writer, "physicalLocation");
    write_location_of_file(writer, result);
    write_region(writer, finding);
    json_write_end(writer);
    if (*finding->path) {
        json_write_array_member(writer, "logicalLocations");
        json_write_object(writer);
        json_write_string_member(writer, "fullyQualifiedName", finding->path);
        json_write_end(writer);
        json_write_end(writer);
    }
    json_write_end(writer);
    json_write_end(writer);
}

static uint64_t digest_of(const struct finding *finding)
{
    struct buffer words = {0};
    for (const char *at = finding->message; *at; at++)
        if (!strchr("0123456789.+-", *at))
            buffer_append(&words, at, 1);
    uint64_t digest = digest_text(0, finding->rule);
    digest = digest_text(digest, finding->anchor);
    digest = digest_text(digest, buffer_string(&words));
    buffer_done(&words);
    return digest;
}

static void write_fingerprint(struct json_writer *writer, uint64_t digest, size_t again)
{
    char *text = memory_print("%016" PRIx64 ":%zu", digest, again);
    json_write_object_member(writer, "partialFingerprints");
    json_write_string_member(writer, FINGERPRINT, text);
    json_write_end(writer);
    free(text);
}

static void write_result(struct json_writer *writer, const struct validate_result *result,
                         const struct finding *finding, uint64_t digest, size_t again)
{
    size_t count;
    const struct rule *rules = rules_all(&count), *rule = rule_find(finding->rule);
    json_write_object(writer);
    json_write_string_member(writer, "ruleId", rule->id);
    json_write_count_member(writer, "ruleIndex", (size_t)(rule - rules));
    json_write_string_member(writer, "level", severity_name(finding->severity));
    write_text(writer, "message", finding->message);
    write_locations(writer, result, finding);
    write_fingerprint(writer, digest, again);
    json_write_end(writer);
}

/* One finding's digest, and how many findings before it in its file have the same one. */
struct mark {
    uint64_t digest;
    size_t index, again;
};

static int by_digest(const void *a, const void *b)
{
    const struct mark *p = a, *q = b;
    if (p->digest != q->digest)
        return p->digest < q->digest ? -1 : 1;
    return (p->index > q->index) - (p->index < q->index);
}

static int by_index(const void *a, const void *b)
{
    const struct mark *p = a, *q = b;
    return (p->index > q->index) - (p->index < q->index);
}

static struct mark *marks_of(const struct findings *findings)
{
    struct mark *marks = memory_new_array(findings->count, sizeof *marks);
    for (size_t i = 0; i < findings->count; i++)
        marks[i] = (struct mark){digest_of(&findings->items[i]), i, 0};
    qsort(marks, findings->count, sizeof *marks, by_digest);
    for (size_t i = 1; i < findings->count; i++)
        if (marks[i].digest == marks[i - 1].digest)
            marks[i].again = marks[i - 1].again + 1;
    qsort(marks, findings->count, sizeof *marks, by_index);
    return marks;
}

void sarif_add(struct json_writer *writer, const struct validate_result *result)
{
    struct mark *marks = marks_of(result->findings);
    for (size_t i = 0; i < result->findings->count; i++)
        write_result(writer, result, &result->findings->items[i], marks[i].digest, marks[i].again);
    free(marks);
}
