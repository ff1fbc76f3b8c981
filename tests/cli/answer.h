/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Running commands in tests: what they answer, what they say, and the shape of their JSON.
 * Includes what cmocka needs, so that a test includes this alone.
 */
#ifndef TESTS_CLI_ANSWER_H
#define TESTS_CLI_ANSWER_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/memory.h"
#include "cli/cli.h"
#include "json/document.h"

#define REGISTRY SOURCE_DIR "/hardware_registry"
#define ORIN REGISTRY "/gpu/jetson_orin_agx/efficiency_curves.json"
#define EXAMPLE FIXTURES "/schema_example.json"

/* What a command answered; done frees it. */
struct answer {
    int status;
    char *out, *err;
    size_t out_length, err_length;
};

/* Runs calscope with these arguments. */
#define RUN(...) answer_run((const char *const[]){"calscope", __VA_ARGS__, NULL})

static inline struct answer answer_run(const char *const *arguments)
{
    char *copies[32] = {0};
    int count = 0;
    for (; arguments[count] && count < 31; count++)
        copies[count] = memory_copy_string(arguments[count]);
    char *argv[32];
    memcpy(argv, copies, sizeof argv); /* getopt reorders its own */
    struct answer answer = {0};
    FILE *out = open_memstream(&answer.out, &answer.out_length);
    FILE *err = open_memstream(&answer.err, &answer.err_length);
    answer.status = cli_run(count, argv, out, err);
    fclose(out);
    fclose(err);
    for (int i = 0; i < count; i++)
        free(copies[i]);
    return answer;
}

static inline void answer_done(struct answer *answer)
{
    free(answer->out);
    free(answer->err);
}

static inline void assert_contains(const char *text, const char *words)
{
    if (!text || !strstr(text, words))
        fail_msg("`%s` is not in:\n%s", words, text ? text : "(nothing)");
}

/* Asserts status and that the message and the answer hold these words ("" for any). */
static inline void assert_answer(struct answer answer, int status, const char *out_words,
                                 const char *err_words)
{
    if (answer.status != status)
        fail_msg("exit status %d, not %d\n%s%s", answer.status, status, answer.out, answer.err);
    assert_contains(answer.out, out_words);
    assert_contains(answer.err, err_words);
    answer_done(&answer);
}

/* Parses the first line of an answer; the caller frees the document. */
static inline struct json_document *answer_json(const struct answer *answer)
{
    struct json_document *document;
    struct error error;
    size_t length = strcspn(answer->out, "\n");
    if (json_document_new(answer->out, length, &document, &error))
        fail_msg("%zu: %s in %s%s", error.column, error.message, answer->out, answer->err);
    return document;
}

/* Appends keys in their order: {a,b:[{c}]}; an array shows its first item. */
static inline void append_shape(const struct json_document *document,
                                const struct json_value *value, struct buffer *out)
{
    enum json_type type = json_value_type(value);
    if (type != JSON_OBJECT && type != JSON_ARRAY)
        return;
    buffer_append_string(out, type == JSON_OBJECT ? "{" : "[");
    bool first = true;
    for (const struct json_value *item = json_value_first(document, value); item;
         item = json_value_next(document, item)) {
        if (type == JSON_OBJECT)
            buffer_print(out, "%s%s", first ? "" : ",", json_key(document, item));
        if (type == JSON_OBJECT || first)
            append_shape(document, item, out);
        first = false;
    }
    buffer_append_string(out, type == JSON_OBJECT ? "}" : "]");
}

static inline void assert_shape(const struct json_document *document, const char *expected)
{
    struct buffer shape = {0};
    append_shape(document, json_document_root(document), &shape);
    assert_string_equal(buffer_string(&shape), expected);
    buffer_done(&shape);
}

/* The value at a path of keys and indices: "devices", "0", "id". */
#define AT(document, ...) answer_at(document, (const char *const[]){__VA_ARGS__, NULL})

static inline const struct json_value *answer_at(const struct json_document *document,
                                                 const char *const *path)
{
    const struct json_value *value = json_document_root(document);
    for (; *path; path++) {
        bool is_array = value && json_value_type(value) == JSON_ARRAY;
        value = is_array ? json_item(document, value, (size_t)atoi(*path))
                         : json_member(document, value, *path);
        if (!value)
            fail_msg("there is no %s", *path);
    }
    return value;
}

#define STRING_AT(document, ...) json_string(document, AT(document, __VA_ARGS__))

static inline double answer_number(const struct json_document *document,
                                   const struct json_value *value)
{
    double number = NAN;
    json_number(document, value, &number);
    return number;
}

#define NUMBER_AT(document, ...) answer_number(document, AT(document, __VA_ARGS__))

/* A folder of its own with a copy of a file in it, for commands that write. */
struct scratch {
    char folder[32];
    char *file;
};

static inline void write_file(const char *path, const char *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

static inline char *read_whole(const char *path)
{
    struct buffer bytes = {0};
    assert_int_equal(file_read(path, (size_t)1 << 24, &bytes, NULL), STATUS_OK);
    return buffer_take(&bytes);
}

static inline struct scratch scratch_new(const char *source)
{
    struct scratch scratch = {.folder = "/tmp/calscope-XXXXXX"};
    assert_non_null(mkdtemp(scratch.folder));
    scratch.file = memory_print("%s/efficiency_curves.json", scratch.folder);
    char *bytes = read_whole(source);
    write_file(scratch.file, bytes, strlen(bytes));
    free(bytes);
    return scratch;
}

/* Runs git in a folder; arguments may go on with other commands. */
static inline void git(const char *folder, const char *arguments)
{
    char *command = memory_print("cd '%s' && export GIT_AUTHOR_NAME=t GIT_AUTHOR_EMAIL=t@t "
                                 "GIT_COMMITTER_NAME=t GIT_COMMITTER_EMAIL=t@t && git %s",
                                 folder, arguments);
    assert_int_equal(system(command), 0);
    free(command);
}

static inline void scratch_done(struct scratch *scratch)
{
    remove(scratch->file);
    remove(scratch->folder);
    free(scratch->file);
}

#endif
