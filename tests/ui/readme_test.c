/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The README's tables of keys and of commands are those of the program. With
 * CALSCOPE_UPDATE_README=1 the test writes them into the README instead of comparing.
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
#include "ui/command/command.h"

#define README SOURCE_DIR "/README.md"

static void append_keys(const char *keys, struct buffer *out)
{
    for (const char *at = keys; *at; at += strspn(at, " ")) {
        size_t length = strcspn(at, " ");
        buffer_print(out, "%s`%.*s`", at == keys ? "" : " ", (int)length, at);
        at += length;
    }
}

static void append_key_table(struct buffer *out)
{
    size_t count;
    const struct action_entry *table = action_table(&count);
    buffer_append_string(out, "\n| keys | where | what |\n|---|---|---|\n");
    for (size_t i = 0; i < count; i++) {
        buffer_append_string(out, "| ");
        append_keys(table[i].keys, out);
        buffer_append_string(out, " | ");
        action_append_places(table[i].views, out);
        buffer_print(out, " | %s |\n", table[i].help);
    }
    buffer_append_string(out, "\n");
}

/* A bar within a cell would end it. */
static void append_cell(const char *text, struct buffer *out)
{
    for (; *text; text++)
        buffer_print(out, "%s%c", *text == '|' ? "\\" : "", *text);
}

static void append_command_table(struct buffer *out)
{
    size_t count;
    const struct command_entry *table = command_table(&count);
    buffer_append_string(out, "\n| command | what |\n|---|---|\n");
    for (size_t i = 0; i < count; i++) {
        buffer_print(out, "| `:%s%s", table[i].name, table[i].arguments[0] ? " " : "");
        append_cell(table[i].arguments, out);
        buffer_print(out, "`%s%s%s | %s |\n", table[i].aliases ? " `:" : "",
                     table[i].aliases ? table[i].aliases : "", table[i].aliases ? "`" : "",
                     table[i].help);
    }
    buffer_append_string(out, "\n");
}

/* Puts the table between its marks into the README, or compares it with what stands there. */
static void check_table(const char *begin_mark, const char *end_mark,
                        void (*append)(struct buffer *out))
{
    struct buffer old = {0}, now = {0};
    assert_int_equal(file_read(README, 1 << 20, &old, NULL), STATUS_OK);
    const char *begin = strstr(old.bytes, begin_mark), *end = strstr(old.bytes, end_mark);
    assert_true(begin && end);
    buffer_append(&now, old.bytes, (size_t)(begin - old.bytes) + strlen(begin_mark));
    append(&now);
    buffer_append_string(&now, end);
    if (getenv("CALSCOPE_UPDATE_README"))
        assert_int_equal(file_replace(README, NULL, 0, now.bytes, now.length, NULL), STATUS_OK);
    else
        assert_string_equal(old.bytes, now.bytes);
    buffer_done(&old);
    buffer_done(&now);
}

static void test_the_table_of_keys_is_the_action_table(void **state)
{
    (void)state;
    check_table("<!-- keys: made by tests/ui from the action table -->\n", "<!-- end of keys -->\n",
                append_key_table);
}

static void test_the_table_of_commands_is_that_of_the_program(void **state)
{
    (void)state;
    check_table("<!-- commands: made by tests/ui from the table of commands -->\n",
                "<!-- end of commands -->\n", append_command_table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_table_of_keys_is_the_action_table),
        cmocka_unit_test(test_the_table_of_commands_is_that_of_the_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
