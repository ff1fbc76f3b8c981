/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking at what is no calibration, to say what it is. */
#include "report/found.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "json/document.h"

enum { ENDINGS_MAX = 16, ENDINGS_NAMED = 3, NAMES_MAX = 10000, KEYS_NAMED = 4 };
enum { BYTES_MAX = 1 << 20 };

/* The names of a folder, counted. */
struct tally {
    size_t files, folders;
    struct {
        char text[8];
        size_t count;
    } endings[ENDINGS_MAX];
};

static void count_ending(struct tally *tally, const char *name)
{
    const char *dot = strrchr(name, '.');
    size_t i = 0;
    if (!dot || dot == name || strlen(dot) >= sizeof tally->endings[0].text)
        return;
    while (i < ENDINGS_MAX && tally->endings[i].count && strcmp(tally->endings[i].text, dot) != 0)
        i++;
    if (i < ENDINGS_MAX) {
        memcpy(tally->endings[i].text, dot, strlen(dot) + 1);
        tally->endings[i].count++;
    }
}

static void count_names(DIR *stream, struct tally *tally)
{
    struct dirent *entry;
    for (int i = 0; i < NAMES_MAX && (entry = readdir(stream)); i++) {
        struct stat st;
        if (entry->d_name[0] == '.' || fstatat(dirfd(stream), entry->d_name, &st, 0) != 0)
            continue;
        if (S_ISDIR(st.st_mode)) {
            tally->folders++;
        } else {
            tally->files++;
            count_ending(tally, entry->d_name);
        }
    }
}

/* The index of the ending that most files have; ENDINGS_MAX where none has any. */
static size_t find_commonest(const struct tally *tally)
{
    size_t best = ENDINGS_MAX;
    for (size_t i = 0; i < ENDINGS_MAX; i++)
        if (tally->endings[i].count &&
            (best == ENDINGS_MAX || tally->endings[i].count > tally->endings[best].count ||
             (tally->endings[i].count == tally->endings[best].count &&
              strcmp(tally->endings[i].text, tally->endings[best].text) < 0)))
            best = i;
    return best;
}

static void append_endings(struct tally *tally, struct buffer *out)
{
    for (int named = 0; named < ENDINGS_NAMED; named++) {
        size_t i = find_commonest(tally);
        if (i == ENDINGS_MAX)
            break;
        buffer_print(out, "%s%zu %s", named ? ", " : " (", tally->endings[i].count,
                     tally->endings[i].text);
        tally->endings[i].count = 0; /* named */
        if (named == ENDINGS_NAMED - 1 || find_commonest(tally) == ENDINGS_MAX)
            buffer_append_string(out, ")");
    }
}

static void describe_folder(const char *path, struct buffer *out)
{
    struct tally tally = {0};
    DIR *stream = opendir(path);
    if (!stream) {
        buffer_print(out, "a folder that cannot be read: %s", strerror(errno));
        return;
    }
    count_names(stream, &tally);
    (void)closedir(stream); /* nothing was written */
    if (tally.files + tally.folders == 0) {
        buffer_append_string(out, "nothing, the folder is empty");
        return;
    }
    buffer_print(out, "%zu file%s", tally.files, tally.files == 1 ? "" : "s");
    append_endings(&tally, out);
    buffer_print(out, ", %zu folder%s", tally.folders, tally.folders == 1 ? "" : "s");
}

/* What the first bytes give away; NULL where they do not. */
static const char *known_kind(const struct buffer *bytes)
{
    static const struct {
        const char *start, *kind;
    } kinds[] = {{"\x89PNG", "a picture (PNG)"},
                 {"\xff\xd8\xff", "a picture (JPEG)"},
                 {"GIF8", "a picture (GIF)"},
                 {"%PDF", "a PDF document"},
                 {"PK\x03\x04", "a ZIP archive"},
                 {"\x1f\x8b", "gzip data"},
                 {"\x7f"
                  "ELF",
                  "an ELF program"},
                 {"SQLite", "an SQLite database"}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strncmp(buffer_string(bytes), kinds[i].start, strlen(kinds[i].start)) == 0)
            return kinds[i].kind;
    return NULL;
}

static void describe_json(const struct json_document *document, struct buffer *out)
{
    const struct json_value *root = json_document_root(document);
    buffer_print(out, "JSON, %s", json_type_name(json_value_type(root)));
    if (json_value_type(root) != JSON_OBJECT)
        return;
    const struct json_value *member = json_value_first(document, root);
    if (!member)
        buffer_append_string(out, " without members");
    for (int i = 0; member && i < KEYS_NAMED; i++, member = json_value_next(document, member))
        buffer_print(out, "%s%s", i ? ", " : " with ", json_key(document, member));
    if (member)
        buffer_append_string(out, " and more");
}

static void describe_file(const char *path, struct buffer *out)
{
    struct buffer bytes = {0};
    struct error error;
    struct json_document *document;
    if (file_read(path, BYTES_MAX, &bytes, &error))
        buffer_append_string(out, error.message);
    else if (bytes.length == 0)
        buffer_append_string(out, "an empty file");
    else if (known_kind(&bytes))
        buffer_append_string(out, known_kind(&bytes));
    else if (text_check_utf8(bytes.bytes, bytes.length) < bytes.length)
        buffer_append_string(out, "bytes that are no text in UTF-8");
    else if (json_document_new(bytes.bytes, bytes.length, &document, NULL))
        buffer_append_string(out, "text that is not JSON");
    else {
        describe_json(document, out);
        json_document_free(document);
    }
    buffer_done(&bytes);
}

void found_describe(const char *path, struct buffer *out)
{
    struct stat st;
    if (stat(path, &st) != 0)
        buffer_append_string(out, strerror(errno));
    else if (S_ISDIR(st.st_mode))
        describe_folder(path, out);
    else
        describe_file(path, out);
}
