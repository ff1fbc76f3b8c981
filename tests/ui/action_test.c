/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of actions: no key means two things in one view, and every view can be left. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "ui/action.h"
#include "ui/terminal/term.h"

static void check_keys_of_view(enum view_id view)
{
    char seen[128][16];
    size_t seen_count = 0, count;
    const struct action_entry *table = action_table(&count);
    for (size_t i = 0; i < count; i++) {
        if (!(table[i].views & view))
            continue;
        for (const char *at = table[i].keys; *at; at += strspn(at, " ")) {
            int length = (int)strcspn(at, " ");
            snprintf(seen[seen_count], sizeof *seen, "%.*s", length, at);
            for (size_t j = 0; j < seen_count; j++)
                if (strcmp(seen[j], seen[seen_count]) == 0)
                    fail_msg("key %s stands twice in view %d: again in %s", seen[j], view,
                             table[i].name);
            seen_count++;
            at += length;
        }
    }
    assert_true(seen_count > 0);
}

static void test_no_key_means_two_things_in_one_view(void **state)
{
    (void)state;
    for (unsigned view = 1; view & VIEW_ALL; view <<= 1)
        check_keys_of_view((enum view_id)view);
}

static void test_every_view_has_help_and_a_way_out(void **state)
{
    (void)state;
    for (unsigned view = 1; view & VIEW_ALL; view <<= 1) {
        assert_int_equal(action_of_key((enum view_id)view, 'q'), ACTION_QUIT);
        if (view != VIEW_HELP)
            assert_int_equal(action_of_key((enum view_id)view, '?'), ACTION_HELP);
        if (view != VIEW_BROWSE)
            assert_int_equal(action_of_key((enum view_id)view, TERM_KEY_ESCAPE), ACTION_BACK);
    }
}

static void test_every_key_in_the_table_has_a_name_that_leads_back_to_it(void **state)
{
    (void)state;
    size_t count;
    const struct action_entry *table = action_table(&count);
    for (size_t i = 0; i < count; i++) {
        unsigned view = table[i].views & -table[i].views; /* one of its views */
        int found = 0;
        for (int key = 1; key <= TERM_KEY_UNKNOWN; key = key == 127 ? TERM_KEY_FIRST : key + 1)
            found += action_of_key((enum view_id)view, key) == table[i].action;
        int wanted = 0;
        for (const char *at = table[i].keys; *at; at += strcspn(at, " "), at += strspn(at, " "))
            wanted++;
        if (found != wanted)
            fail_msg("%s has %d keys in the table and %d that work", table[i].name, wanted, found);
    }
}

static void test_every_key_is_found_again_by_its_name(void **state)
{
    (void)state;
    static const char *const none[] = {"", " ", "^a", "^1", "ab", "Entry", "\x7f"};
    char name[16];
    for (int key = 1; key < TERM_KEY_UNKNOWN; key = key == 127 ? TERM_KEY_NONE : key + 1) {
        action_key_name(key, name);
        if (name[0])
            assert_int_equal(action_key_named(name, strlen(name)), key);
    }
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_int_equal(action_key_named(none[i], strlen(none[i])), TERM_KEY_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_key_means_two_things_in_one_view),
        cmocka_unit_test(test_every_key_is_found_again_by_its_name),
        cmocka_unit_test(test_every_view_has_help_and_a_way_out),
        cmocka_unit_test(test_every_key_in_the_table_has_a_name_that_leads_back_to_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
