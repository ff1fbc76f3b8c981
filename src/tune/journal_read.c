/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading journals back, and finding those that were left behind. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/file_log.h"
#include "base/memory.h"
#include "tune/journal.h"
#include "tune/journal_private.h"
#include "json/document.h"

const char *const journal_deeds[JOURNAL_DEEDS] = {"edit", "undo", "redo"};
const char *const journal_sides[JOURNAL_SIDES] = {NULL, "curves", "bandwidth_curves"};

/* What is left of a journal to read. */
struct rest {
    const char *at, *end;
};

/* The next whole line as a document; NULL where there is none or it is not JSON. */
static struct json_document *next_line(struct rest *rest)
{
    struct json_document *document;
    size_t room = (size_t)(rest->end - rest->at);
    const char *newline = room ? memchr(rest->at, '\n', room) : NULL;
    if (!newline || json_document_new(rest->at, (size_t)(newline - rest->at), &document, NULL))
        return NULL;
    rest->at = newline + 1;
    return document;
}

static const struct json_value *member(const struct json_document *document, const char *key)
{
    return json_member(document, json_document_root(document), key);
}

static char *copy_member(const struct json_document *document, const char *key)
{
    return memory_copy_string(json_string(document, member(document, key)));
}

static int hex_digit(char c)
{
    const char digits[] = "0123456789ABCDEF";
    const char *at = c ? strchr(digits, c) : NULL;
    return at ? (int)(at - digits) : -1;
}

/* The absolute path of a file URI; NULL where it is none. The caller frees it. */
static char *path_of_uri(const char *uri)
{
    size_t prefix = strlen(JOURNAL_URI), length = 0;
    if (!uri || strncmp(uri, JOURNAL_URI, prefix) != 0 || uri[prefix] != '/')
        return NULL;
    char *path = memory_new(strlen(uri) + 1);
    for (const char *at = uri + prefix; *at; at++) {
        int high = *at == '%' ? hex_digit(at[1]) : -1;
        int low = high >= 0 ? hex_digit(at[2]) : -1;
        path[length++] = low >= 0 ? (char)(high * 16 + low) : *at;
        at += low >= 0 ? 2 : 0;
    }
    path[length] = '\0';
    return path;
}

/* The head and the file's bytes; false where this is no journal. */
static bool read_head(struct rest *rest, struct journal *journal)
{
    struct json_document *head = next_line(rest);
    double version = 0, bytes = -1;
    if (!head)
        return false;
    json_number(head, member(head, "journal"), &version);
    json_number(head, member(head, "bytes"), &bytes);
    journal->file = path_of_uri(json_string(head, member(head, "file")));
    journal->started = copy_member(head, "started");
    json_document_free(head);
    bool good = version == JOURNAL_VERSION && bytes >= 0 &&
                bytes < (double)(rest->end - rest->at) && journal->file && journal->started &&
                rest->at[(size_t)bytes] == '\n';
    if (!good)
        return false;
    journal->length = (size_t)bytes;
    journal->bytes = memory_copy(rest->at, journal->length, 1);
    rest->at += journal->length + 1;
    return true;
}

/*
 * A model's own parameters are spliced into the file as they are, so they must be JSON. Of any
 * type, since an undo leads back to whatever the file had.
 */
static bool are_parameters(const char *text)
{
    struct json_document *document;
    if (!text)
        return true;
    if (json_document_new(text, strlen(text), &document, NULL))
        return false;
    json_document_free(document);
    return true;
}

static struct curve_version *read_version(const struct json_document *line)
{
    const struct json_value *array = member(line, "breakpoints");
    size_t count = json_value_count(array);
    struct breakpoint *breakpoints = memory_new_array(count, sizeof *breakpoints);
    bool good = array && json_value_type(array) == JSON_ARRAY;
    const struct json_value *pair = json_value_first(line, array);
    for (size_t i = 0; pair && good; i++, pair = json_value_next(line, pair))
        good = json_number(line, json_item(line, pair, 0), &breakpoints[i].flops) &&
               json_number(line, json_item(line, pair, 1), &breakpoints[i].efficiency);
    struct curve_version *version = NULL;
    if (good) {
        version = version_new(json_string(line, member(line, "curve_type")), breakpoints, count);
        version->parameters = copy_member(line, "parameters");
        version->without = copy_member(line, "without");
    }
    free(breakpoints);
    return version;
}

static enum journal_side read_side(const struct json_document *line)
{
    const char *side = json_string(line, member(line, "in"));
    for (int i = JOURNAL_COMPUTE; side && i < JOURNAL_SIDES; i++)
        if (strcmp(side, journal_sides[i]) == 0)
            return (enum journal_side)i;
    return JOURNAL_SIDE_UNKNOWN;
}

static void record_done(struct journal_record *record)
{
    free(record->curve);
    free(record->what);
    version_free(record->version);
}

/* Adds what a line says was done to a curve. */
static bool read_record(const struct json_document *line, const char *deed, struct journal *journal)
{
    int known = JOURNAL_DEEDS;
    for (int i = 0; deed && i < JOURNAL_DEEDS; i++)
        if (strcmp(deed, journal_deeds[i]) == 0)
            known = i;
    struct journal_record record = {.deed = (enum journal_deed)known,
                                    .curve = copy_member(line, "curve"),
                                    .what = copy_member(line, "what"),
                                    .side = read_side(line),
                                    .version = read_version(line)};
    bool good = known < JOURNAL_DEEDS && record.curve && record.what && record.version &&
                are_parameters(record.version->parameters);
    if (!good) {
        record_done(&record);
        return false;
    }
    journal->records =
        memory_resize(journal->records, journal->count + 1, sizeof *journal->records);
    journal->records[journal->count++] = record;
    return true;
}

static bool read_note(const struct json_document *line, struct journal *journal)
{
    char *note = copy_member(line, "note");
    if (!note)
        return false;
    free(journal->note);
    journal->note = *note ? note : NULL;
    if (!*note)
        free(note);
    return true;
}

/* The next line; false, and it is left, where it makes no sense. */
static bool read_line(struct rest *rest, struct journal *journal)
{
    const char *begin = rest->at;
    struct json_document *line = next_line(rest);
    if (!line)
        return false;
    const char *deed = json_string(line, member(line, "do"));
    bool is_note = deed && strcmp(deed, JOURNAL_NOTE) == 0;
    bool good = is_note ? read_note(line, journal) : read_record(line, deed, journal);
    json_document_free(line);
    if (!good)
        rest->at = begin;
    return good;
}

/*
 * As far as lines make sense. If the last one does not, it was being written when the session
 * ended, and was never shown; an earlier one that does not was damaged since.
 */
static void read_records(struct rest *rest, struct journal *journal)
{
    while (rest->at < rest->end && read_line(rest, journal))
        ;
    size_t left = (size_t)(rest->end - rest->at);
    const char *newline = left ? memchr(rest->at, '\n', left) : NULL;
    bool is_last = !newline || newline + 1 == rest->end;
    journal->torn = left > 0 && is_last;
    journal->unread = is_last ? 0 : left;
}

enum status journal_parse(const char *path, const char *bytes, size_t length, struct journal **out,
                          struct error *error)
{
    struct journal *journal = memory_new_array(1, sizeof *journal);
    struct rest rest = {bytes, bytes + length};
    journal->path = memory_copy_string(path);
    if (!read_head(&rest, journal)) {
        journal_free(journal);
        return error_set(error, STATUS_INVALID, "not a journal of calscope");
    }
    read_records(&rest, journal);
    *out = journal;
    return STATUS_OK;
}

enum status journal_read(const char *path, struct journal **out, struct error *error)
{
    struct buffer text = {0};
    enum status status = file_read(path, JOURNAL_BYTES_MAX, &text, error);
    if (status == STATUS_OK)
        status = journal_parse(path, buffer_string(&text), text.length, out, error);
    buffer_done(&text);
    return status;
}

void journal_free(struct journal *journal)
{
    if (!journal)
        return;
    for (size_t i = 0; i < journal->count; i++)
        record_done(&journal->records[i]);
    free(journal->records);
    free(journal->path);
    free(journal->file);
    free(journal->started);
    free(journal->bytes);
    free(journal->note);
    free(journal);
}

static int is_journal(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');
    return dot && strcmp(dot + 1, JOURNAL_SUFFIX) == 0;
}

static bool is_about(const char *journal_path, const char *file)
{
    struct journal *journal = NULL;
    if (!file)
        return true;
    if (journal_read(journal_path, &journal, NULL) || !journal)
        return false;
    bool same = strcmp(journal->file, file) == 0;
    journal_free(journal);
    return same;
}

char **journal_list(const char *folder, const char *path, size_t *count)
{
    struct dirent **entries = NULL;
    int found = scandir(folder, &entries, is_journal, alphasort);
    if (found < 0 && errno == ENOMEM)
        memory_run_out();
    *count = 0;
    if (found < 0 && errno != ENOENT)
        return NULL;
    char *real = path ? journal_real_path(path) : NULL;
    char **paths = memory_new_array(found > 0 ? (size_t)found : 1, sizeof *paths);
    for (int i = 0; i < found; i++) {
        char *name = memory_print("%s/%s", folder, entries[i]->d_name);
        if (!file_log_in_use(name) && is_about(name, real))
            paths[(*count)++] = name;
        else
            free(name);
        free(entries[i]);
    }
    free(entries);
    free(real);
    return paths;
}
