/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing the journal of a session. */
#include "tune/journal.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/file_log.h"
#include "base/folders.h"
#include "base/memory.h"
#include "tune/journal_private.h"
#include "json/writer.h"

struct journal_writer {
    struct file_log *log; /* NULL: not begun */
    struct buffer first;  /* what it begins with, until it is begun */
    size_t length;        /* bytes, of either */
};

/* A path may hold any bytes; a file URI says them in ASCII. */
static void append_uri(const char *path, struct buffer *out)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                                "/-._~";
    buffer_append_string(out, JOURNAL_URI);
    for (; *path; path++) {
        if (strchr(plain, *path))
            buffer_append(out, path, 1);
        else
            buffer_print(out, "%%%02X", (unsigned char)*path);
    }
}

static void append_now(struct json_writer *writer)
{
    time_t now = clock_date();
    struct tm utc;
    char text[32] = "";
    if (gmtime_r(&now, &utc))
        strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
    json_write_string_member(writer, "started", text);
}

static void append_head(const char *path, size_t length, struct buffer *out)
{
    struct json_writer writer = {.out = out};
    struct buffer uri = {0};
    append_uri(path, &uri);
    json_write_object(&writer);
    json_write_count_member(&writer, "journal", JOURNAL_VERSION);
    json_write_string_member(&writer, "file", uri.bytes);
    append_now(&writer);
    json_write_count_member(&writer, "bytes", length);
    json_write_end(&writer);
    buffer_append_string(out, "\n");
    buffer_done(&uri);
}

/* Where there is nothing to resolve, the path as it is meant: from the folder that one is in. */
static char *absolute_path(const char *path)
{
    if (*path == '/')
        return memory_copy_string(path);
    char *here = file_real_path(".");
    char *absolute = folder_join(here ? here : "/", path);
    free(here);
    return absolute;
}

char *journal_real_path(const char *path)
{
    char *real = file_real_path(path);
    const char *slash = strrchr(path, '/');
    if (real)
        return real;
    char *folder = folder_of(path);
    char *real_folder = file_real_path(folder);
    real = real_folder ? folder_join(real_folder, slash ? slash + 1 : path) : absolute_path(path);
    free(real_folder);
    free(folder);
    return real;
}

struct journal_writer *journal_new(const char *path, const char *bytes, size_t length)
{
    struct journal_writer *writer = memory_new_array(1, sizeof *writer);
    char *real = journal_real_path(path);
    append_head(real, length, &writer->first);
    buffer_append(&writer->first, bytes, length);
    buffer_append_string(&writer->first, "\n");
    writer->length = writer->first.length;
    free(real);
    return writer;
}

enum status journal_begin(struct journal_writer *writer, const char *folder, struct error *error)
{
    const struct file_log_name name = {folder, "edits", JOURNAL_SUFFIX};
    enum status status = file_log_new(&name, buffer_string(&writer->first), writer->first.length,
                                      &writer->log, error);
    if (status == STATUS_OK)
        buffer_done(&writer->first);
    return status;
}

static void append_version(struct json_writer *writer, const struct curve_version *version)
{
    json_write_string_member(writer, "curve_type", version->curve_type);
    json_write_string_member(writer, "parameters", version->parameters);
    json_write_array_member(writer, "breakpoints");
    for (size_t i = 0; i < version->count; i++)
        json_write_pair(writer, version->breakpoints[i].flops, version->breakpoints[i].efficiency);
    json_write_end(writer);
    if (version->without)
        json_write_string_member(writer, "without", version->without);
}

static enum status append_line(struct journal_writer *writer, struct buffer *line,
                               struct error *error)
{
    enum status status = STATUS_OK;
    buffer_append_string(line, "\n");
    if (line->length > JOURNAL_BYTES_MAX - writer->length)
        status = error_set(error, STATUS_REFUSED, "longer than %d bytes", JOURNAL_BYTES_MAX);
    else if (writer->log)
        status = file_log_append(writer->log, line->bytes, line->length, error);
    else
        buffer_append(&writer->first, line->bytes, line->length);
    if (status == STATUS_OK)
        writer->length += line->length;
    return status;
}

enum status journal_append(struct journal_writer *writer, const struct journal_entry *entry,
                           struct error *error)
{
    struct buffer line = {0};
    struct json_writer json = {.out = &line};
    json_write_object(&json);
    json_write_string_member(&json, "do", journal_deeds[entry->deed]);
    json_write_string_member(&json, "what", entry->what);
    json_write_string_member(&json, "curve", entry->curve);
    append_version(&json, entry->version);
    json_write_string_member(&json, "in", journal_sides[entry->side]);
    json_write_end(&json);
    enum status status = append_line(writer, &line, error);
    buffer_done(&line);
    return status;
}

enum status journal_append_note(struct journal_writer *writer, const char *note,
                                struct error *error)
{
    struct buffer line = {0};
    struct json_writer json = {.out = &line};
    json_write_object(&json);
    json_write_string_member(&json, "do", JOURNAL_NOTE);
    json_write_string_member(&json, "note", note);
    json_write_end(&json);
    enum status status = append_line(writer, &line, error);
    buffer_done(&line);
    return status;
}

const char *journal_path(const struct journal_writer *writer)
{
    return file_log_path(writer->log);
}

void journal_keep(struct journal_writer *writer)
{
    if (!writer)
        return;
    file_log_close(writer->log);
    buffer_done(&writer->first);
    free(writer);
}

void journal_remove(struct journal_writer *writer)
{
    if (!writer)
        return;
    file_log_remove(writer->log);
    buffer_done(&writer->first);
    free(writer);
}
