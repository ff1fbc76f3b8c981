/* SPDX-License-Identifier: GPL-3.0-or-later */
/* doc/json.md says what each command answers: every key, its type and its place. */
#include "answer.h"

#include "journal_left.h"

enum { PATH_MAX_LENGTH = 128, KEYS_MAX = 128 };

/* A row of a table of that page. */
struct key {
    char path[PATH_MAX_LENGTH];
    char type[48]; /* "number or null", "array, sometimes" */
    bool seen;
};

/* The table below "## NAME". */
struct page {
    struct key keys[KEYS_MAX];
    size_t count;
};

/* "| `path` | type | what |" */
static bool read_row(const char *line, struct key *key)
{
    return sscanf(line, "| `%127[^`]` | %47[^|]|", key->path, key->type) == 2;
}

static void page_read(const char *name, struct page *page)
{
    char *text = read_whole(SOURCE_DIR "/doc/json.md");
    char *heading = memory_print("\n## %s\n", name);
    const char *at = strstr(text, heading);
    if (!at)
        fail_msg("doc/json.md says nothing of %s", name);
    at += strlen(heading);
    const char *end = strstr(at, "\n## ");
    memset(page, 0, sizeof *page);
    for (; at && (!end || at < end); at = strchr(at, '\n') ? strchr(at, '\n') + 1 : NULL)
        if (page->count < KEYS_MAX && read_row(at, &page->keys[page->count]))
            page->count++;
    assert_true(page->count > 0 && page->count < KEYS_MAX);
    free(heading);
    free(text);
}

static struct key *find(struct page *page, const char *path)
{
    for (size_t i = 0; i < page->count; i++)
        if (strcmp(page->keys[i].path, path) == 0)
            return &page->keys[i];
    return NULL;
}

static bool is_whole(const struct json_document *document, const struct json_value *value)
{
    double number = answer_number(document, value);
    return number >= 0 && number == floor(number);
}

static void check_type(const struct json_document *document, const struct json_value *value,
                       const char *path, const struct key *key)
{
    static const char *const names[] = {
        [JSON_NULL] = "null",     [JSON_FALSE] = "boolean", [JSON_TRUE] = "boolean",
        [JSON_NUMBER] = "number", [JSON_STRING] = "string", [JSON_ARRAY] = "array",
        [JSON_OBJECT] = "object"};
    enum json_type type = json_value_type(value);
    bool counts = strncmp(key->type, "count", 5) == 0 && type == JSON_NUMBER;
    if (counts ? !is_whole(document, value) : !strstr(key->type, names[type]))
        fail_msg("%s is %s, and doc/json.md says %s", path, names[type], key->type);
}

/* Whether path is parent and one key more. */
static bool is_child(const char *path, const char *parent)
{
    size_t length = strlen(parent);
    if (strncmp(path, parent, length) != 0)
        return false;
    path += length;
    if (length > 0 && *path++ != '.')
        return false;
    return *path && !strpbrk(path, ".[");
}

static void check_value(const struct json_document *document, const struct json_value *value,
                        const char *path, struct page *page);

/* The members are those of the page, in its order; those that come sometimes may be left away. */
static void check_members(const struct json_document *document, const struct json_value *object,
                          const char *path, struct page *page)
{
    size_t row = 0;
    for (const struct json_value *member = json_value_first(document, object); member;
         member = json_value_next(document, member), row++) {
        const char *name = json_key(document, member);
        char *wanted = memory_print("%s%s%s", path, *path ? "." : "", name);
        while (row < page->count && (!is_child(page->keys[row].path, path) ||
                                     (strstr(page->keys[row].type, "sometimes") &&
                                      strcmp(page->keys[row].path, wanted) != 0)))
            row++;
        if (row == page->count || strcmp(page->keys[row].path, wanted) != 0)
            fail_msg("%s stands where doc/json.md has %s", wanted,
                     row == page->count ? "no more key" : page->keys[row].path);
        check_value(document, member, wanted, page);
        free(wanted);
    }
    for (; row < page->count; row++)
        if (is_child(page->keys[row].path, path) && !strstr(page->keys[row].type, "sometimes"))
            fail_msg("%s is missing", page->keys[row].path);
}

static void check_items(const struct json_document *document, const struct json_value *value,
                        const char *path, struct page *page)
{
    for (const struct json_value *item = json_value_first(document, value); item;
         item = json_value_next(document, item))
        check_value(document, item, path, page);
}

static void check_value(const struct json_document *document, const struct json_value *value,
                        const char *path, struct page *page)
{
    struct key *key = find(page, path);
    if (*path && !key)
        fail_msg("doc/json.md does not have %s", path);
    if (*path) {
        check_type(document, value, path, key);
        key->seen = true;
    }
    char *items = memory_print("%s[]", path), *names = memory_print("%s.*", path);
    if (json_value_type(value) == JSON_ARRAY)
        check_items(document, value, items, page);
    else if (json_value_type(value) == JSON_OBJECT && find(page, names))
        check_items(document, value, names, page);
    else if (json_value_type(value) == JSON_OBJECT)
        check_members(document, value, path, page);
    free(items);
    free(names);
}

static void check_answer(struct answer answer, struct page *page)
{
    if (answer.out_length == 0)
        fail_msg("no answer: %s", answer.err);
    for (char *line = answer.out; *line;) {
        size_t length = strcspn(line, "\n");
        struct json_document *document;
        struct error error;
        if (json_document_new(line, length, &document, &error))
            fail_msg("%s in %s", error.message, line);
        check_value(document, json_document_root(document), "", page);
        json_document_free(document);
        line += length + 1;
    }
    answer_done(&answer);
}

static void assert_all_seen(const struct page *page)
{
    for (size_t i = 0; i < page->count; i++)
        if (!page->keys[i].seen)
            fail_msg("no answer had %s", page->keys[i].path);
}

#define CHECK(page, ...) check_answer(RUN(__VA_ARGS__, "--json"), page)
#define I7 REGISTRY "/cpu/i7-12700K/efficiency_curves.json"
#define DESKTOP FIXTURES "/registry/cpu/example_desktop/fp32"
#define LAPTOP FIXTURES "/registry/cuda/orin_15w/bf16"

static void test_ls(void **state)
{
    (void)state;
    struct page page;
    page_read("ls", &page);
    CHECK(&page, "ls", REGISTRY);
    CHECK(&page, "ls", FIXTURES);
    assert_all_seen(&page);
}

static void test_show(void **state)
{
    (void)state;
    struct page page;
    page_read("show", &page);
    CHECK(&page, "show", ORIN, EXAMPLE, I7);
    assert_all_seen(&page);
}

static void test_plot_and_eval(void **state)
{
    (void)state;
    struct page page;
    page_read("plot", &page);
    CHECK(&page, "plot", ORIN);
    CHECK(&page, "plot", ORIN, ORIN, "-c", "matmul");
    assert_all_seen(&page);
    page_read("eval", &page);
    CHECK(&page, "eval", ORIN, "-c", "matmul", "1k", "1G", "1P", "--peak", "1T");
    CHECK(&page, "eval", ORIN, "-c", "matmul", "1G");
    assert_all_seen(&page);
}

static void test_fit(void **state)
{
    (void)state;
    struct page page;
    page_read("fit", &page);
    CHECK(&page, "fit", ORIN);
    CHECK(&page, "fit", EXAMPLE);
    CHECK(&page, "fit", ORIN, "-c", "conv2d", "--robust");
    CHECK(&page, "fit", ORIN, "-c", "conv2d", "--monotone", "--positive");
    CHECK(&page, "fit", I7, "-w", "std");
    CHECK(&page, "fit", ORIN, "-c", "conv2d_batchnorm", "-m", "sigmoid", "--robust");
    CHECK(&page, "fit", DESKTOP, "-c", "matmul", "-m", "sigmoid");
    assert_all_seen(&page);
}

/* Moves the first data point of a file to another size. */
static void move_point(const char *file)
{
    char *text = read_whole(file), *at = strstr(text, "\"flops\": ");
    assert_non_null(at);
    at[9] = at[9] == '7' ? '6' : '7';
    write_file(file, text, strlen(text));
    free(text);
}

static void test_diff(void **state)
{
    (void)state;
    struct page page;
    struct scratch scratch = scratch_new(ORIN);
    page_read("diff", &page);
    assert_answer(RUN("tune", scratch.file, "-c", "matmul", "--set", "1=60M:0.4", "--delete", "2"),
                  0, "", "");
    move_point(scratch.file);
    CHECK(&page, "diff", ORIN, I7);
    CHECK(&page, "diff", ORIN, EXAMPLE, "--peaks", "1T,2T");
    CHECK(&page, "diff", ORIN, scratch.file, "--fail-on", "worse:10%");
    CHECK(&page, "diff", scratch.file, ORIN);
    CHECK(&page, "diff", DESKTOP, LAPTOP, "--fail-on", "worse:30%", "--fail-on", "better:50%");
    assert_all_seen(&page);
    scratch_done(&scratch);
}

static void test_tune_and_validate(void **state)
{
    (void)state;
    struct page page;
    page_read("tune", &page);
    CHECK(&page, "tune", ORIN, "-c", "conv2d", "--scale=1.1", "--dry-run");
    assert_all_seen(&page);
    page_read("validate", &page);
    CHECK(&page, "validate", REGISTRY, EXAMPLE);
    assert_all_seen(&page);
}

static void test_journal(void **state)
{
    (void)state;
    struct page page;
    struct scratch scratch = scratch_new(ORIN);
    char *folder = memory_print("%s/state", scratch.folder);
    setenv("XDG_STATE_HOME", folder, 1);
    page_read("journal", &page);
    CHECK(&page, "journal"); /* there is none */
    journal_left_in(scratch.file, 1.5);
    CHECK(&page, "journal");
    assert_int_equal(remove(scratch.file), 0); /* an entry with a message */
    CHECK(&page, "journal");
    assert_answer(RUN("journal", scratch.file, "--drop"), 0, "", "");
    assert_all_seen(&page);
    char *tidy = memory_print("rm -r '%s'", folder);
    assert_int_equal(system(tidy), 0);
    free(tidy);
    free(folder);
    scratch_done(&scratch);
}

int main(void)
{
    setenv("XDG_STATE_HOME", "/nonexistent/state", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ls),
        cmocka_unit_test(test_show),
        cmocka_unit_test(test_plot_and_eval),
        cmocka_unit_test(test_fit),
        cmocka_unit_test(test_diff),
        cmocka_unit_test(test_tune_and_validate),
        cmocka_unit_test(test_journal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
