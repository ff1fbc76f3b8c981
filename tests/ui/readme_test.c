/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The README's table of keys is the action table. With CALSCOPE_UPDATE_README=1 the test writes it
 * into the README instead of comparing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/file.h"
#include "ui/action.h"

#define README SOURCE_DIR "/README.md"
#define BEGIN "<!-- keys: made by tests/ui from the action table -->\n"
#define END "<!-- end of keys -->\n"

static void append_places(unsigned views, struct buffer *out)
{
    static const char *const names[] = {"list",    "curves",   "refit",   "tune",
                                        "compare", "save",     "check",   "help",
                                        "recover", "conflict", "overlay", "matrix"};
    const char *separator = "";
    if (views == VIEW_ALL || views == (VIEW_ALL & ~VIEW_HELP)) {
        buffer_append_string(out, "everywhere");
        return;
    }
    if (views == (VIEW_ALL & ~VIEW_BROWSE)) {
        buffer_append_string(out, "everywhere but the list");
        return;
    }
    for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
        if (views & (1u << i)) {
            buffer_print(out, "%s%s", separator, names[i]);
            separator = ", ";
        }
}

static void append_keys(const char *keys, struct buffer *out)
{
    for (const char *at = keys; *at; at += strspn(at, " ")) {
        size_t length = strcspn(at, " ");
        buffer_print(out, "%s`%.*s`", at == keys ? "" : " ", (int)length, at);
        at += length;
    }
}

static void append_table(struct buffer *out)
{
    size_t count;
    const struct action_entry *table = action_table(&count);
    buffer_append_string(out, "\n| keys | where | what |\n|---|---|---|\n");
    for (size_t i = 0; i < count; i++) {
        buffer_append_string(out, "| ");
        append_keys(table[i].keys, out);
        buffer_append_string(out, " | ");
        append_places(table[i].views, out);
        buffer_print(out, " | %s |\n", table[i].help);
    }
    buffer_append_string(out, "\n");
}

static void test_the_table_of_keys_is_the_action_table(void **state)
{
    (void)state;
    struct buffer old = {0}, now = {0};
    assert_int_equal(file_read(README, 1 << 20, &old, NULL), STATUS_OK);
    const char *begin = strstr(old.bytes, BEGIN), *end = strstr(old.bytes, END);
    assert_true(begin && end);
    buffer_append(&now, old.bytes, (size_t)(begin - old.bytes) + strlen(BEGIN));
    append_table(&now);
    buffer_append_string(&now, end);
    if (getenv("CALSCOPE_UPDATE_README"))
        assert_int_equal(file_replace(README, NULL, 0, now.bytes, now.length, NULL), STATUS_OK);
    else
        assert_string_equal(old.bytes, now.bytes);
    buffer_done(&old);
    buffer_done(&now);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_table_of_keys_is_the_action_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
