/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scripts: what they play, what they say where they are wrong, and that they play it the same. */
#include <dirent.h>
#include <sys/stat.h>

#include "explorer.h"

#include "ui/script.h"

/* Plays a text on the fixture's registry. The streams' contents are the caller's. */
static int play(const struct fixture *fixture, const char *text, char **shown, char **said)
{
    size_t length;
    FILE *out = open_memstream(shown, &length), *err = open_memstream(said, &length);
    struct script script = {
        .name = "a.script", .text = text, .length = strlen(text), .out = out, .err = err};
    int status = script_play(&script, &fixture->options);
    fclose(out);
    fclose(err);
    return status;
}

static void assert_plays(const struct fixture *fixture, int expected, const char *text,
                         const char *in_shown, const char *in_said)
{
    char *shown, *said;
    int status = play(fixture, text, &shown, &said);
    if (status != expected || !strstr(shown, in_shown) || !strstr(said, in_said))
        fail_msg("%s\nstatus %d, not %d\n%s\n%s", text, status, expected, shown, said);
    free(shown);
    free(said);
}

static void test_keys_by_name_and_text_lead_to_a_screen(void **state)
{
    assert_plays(
        *state, SCRIPT_FINE,
        "# the second device\n\n  / \"jetson\" Enter  \n%expect 1 fit\nEnter j S-Right ^L\n"
        "%screen -",
        "gpu/jetson_orin_agx", "");
    assert_plays(*state, SCRIPT_FINE, "/ \"a\\\"\\\\ b\"\n%screen -\n", "Filter: a\"\\ b", "");
}

static void test_a_wrong_line_is_named_with_what_was_expected(void **state)
{
    assert_plays(*state, SCRIPT_WRONG, "j\n j Entr j\n", "",
                 "a.script:2: `Entr` is no key; expected names");
    assert_plays(*state, SCRIPT_WRONG, "/ \"abc\n", "", "a.script:1: a text begins with \"");
    assert_plays(*state, SCRIPT_WRONG, "%size 80\n", "", "a.script:1: `80` is no size; expected");
    assert_plays(*state, SCRIPT_WRONG, "%size 0x24\n", "", "no size");
    assert_plays(*state, SCRIPT_WRONG, "%size 4294967376x24\n", "", "no size"); /* 2^32 + 80 */
    assert_plays(*state, SCRIPT_WRONG, "%size +80x 24\n", "", "no size");
    assert_plays(*state, SCRIPT_WRONG, "%charset latin1\n", "", "expected unicode or ascii");
    assert_plays(*state, SCRIPT_WRONG, "%screen x.png\n", "", "expected FILE.txt, FILE.svg or -");
    assert_plays(*state, SCRIPT_WRONG, "%screen /nowhere/x.svg\n", "", "cannot write /nowhere");
    assert_plays(*state, SCRIPT_WRONG, "%expect\n", "", "expected a text");
    assert_plays(*state, SCRIPT_WRONG, "%copy one\n", "", "expected two files");
    assert_plays(*state, SCRIPT_WRONG, "\xff\n", "", "a.script:1: the line is no text in UTF-8");
    assert_plays(*state, SCRIPT_WRONG, "q j\n", "", "a.script:1: calscope has quit");
    assert_plays(*state, SCRIPT_WRONG, "/\n:restrat\n", "", "being typed already");
}

static void test_an_expectation_that_is_not_met_shows_the_screen(void **state)
{
    assert_plays(*state, SCRIPT_NOT_AS_EXPECTED, "j\n%expect softmax\n%screen -\n", "",
                 "a.script:2: the screen lacks `softmax`; it shows\n calscope");
}

static void test_size_and_charset_are_those_of_the_screen(void **state)
{
    char *shown, *said;
    assert_int_equal(play(*state, "%size 61x13\n%charset ascii\n%screen -\n", &shown, &said),
                     SCRIPT_FINE);
    int rows = 0;
    for (const char *at = shown; *at; at++) {
        rows += *at == '\n';
        assert_true((unsigned char)*at < 0x7f);
    }
    assert_int_equal(rows, 13);
    free(shown);
    free(said);
}

static void test_background_work_is_done_before_the_next_line(void **state)
{
    assert_plays(*state, SCRIPT_FINE, "M\n%expect 2 calibrations\nTab\n%screen -\n",
                 "matrix: distance", "");
}

static void test_a_restart_offers_the_edits_that_were_not_saved(void **state)
{
    assert_plays(*state, SCRIPT_FINE,
                 "Enter Enter K\n%expect 1 unsaved\n%restart\n%expect Unsaved edits of\nEnter\n"
                 "%screen -\n",
                 "recover", "");
}

static void test_a_file_that_is_copied_over_meanwhile_is_a_conflict(void **state)
{
    struct fixture *fixture = *state;
    char *text =
        memory_print("Enter Enter K w\n%%copy %s/gpu/jetson_orin_agx/efficiency_curves.json "
                     "%s/cpu/i7-12700K/efficiency_curves.json\nEnter\n%%expect conflict\n",
                     fixture->root, fixture->root);
    assert_plays(fixture, SCRIPT_FINE, text, "", "");
    free(text);
}

static void test_the_programs_commands_are_not_the_players(void **state)
{
    struct fixture *fixture = *state;
    char *text = memory_print(
        "Enter Enter K w\n:copy %s/copy.json\n%%expect Wrote a copy\n:screen %s/screen.txt\n"
        "%%expect Wrote the screen to\n",
        fixture->folder, fixture->folder);
    assert_plays(fixture, SCRIPT_FINE, text, "", "");
    shell("cd %s && test -s copy.json && test -s screen.txt", fixture->folder);
    assert_plays(fixture, SCRIPT_WRONG, "%frobnicate\n", "",
                 "a.script:1: the player has no `%frobnicate`; expected %size, ");
    free(text);
}

static void test_a_command_that_is_refused_ends_the_script(void **state)
{
    struct fixture *fixture = *state;
    assert_plays(fixture, SCRIPT_WRONG, "j\n:frobnicate\n%screen -\n", "",
                 "a.script:2: `:frobnicate`: There is no command \"frobnicate\"");
    assert_plays(fixture, SCRIPT_WRONG, ":set axis round\n", "", "a.script:1: `:set axis round`: ");
    assert_plays(fixture, SCRIPT_WRONG, ":curve nosuch\n", "", "a.script:1: ");
    assert_plays(fixture, SCRIPT_FINE, ":set axis linear\n", "", "");
}

static void test_what_is_wrong_before_the_first_line_names_none(void **state)
{
    struct fixture *fixture = *state;
    const char *root = fixture->options.path;
    fixture->options.path = "/no/such/registry";
    assert_plays(fixture, SCRIPT_WRONG, "j\n", "", "a.script: /no/such/registry: ");
    fixture->options.path = root;
}

static size_t entries_of(const char *folder)
{
    DIR *stream = opendir(folder);
    size_t count = 0;
    while (stream && readdir(stream))
        count++;
    if (stream)
        closedir(stream);
    return count;
}

static void test_nothing_is_read_from_or_left_in_the_users_folders(void **state)
{
    struct fixture *fixture = *state;
    char *top = memory_print("%s/tmp", fixture->folder);
    assert_int_equal(mkdir(top, 0700), 0);
    setenv("TMPDIR", top, 1);
    assert_plays(fixture, SCRIPT_FINE, "Enter Enter K\n%restart\nEnter\n%expect recover\n", "", "");
    assert_plays(fixture, SCRIPT_FINE, "%expect 2 calibrations\nEnter\n%expect COMPUTE\n", "", "");
    unsetenv("TMPDIR");
    assert_int_equal(entries_of(top), 2); /* "." and ".." */
    assert_int_equal(entries_of(fixture->journals), 0);
    free(top);
}

static void test_the_same_script_shows_the_same_screens(void **state)
{
    static const char text[] =
        "M Tab\n%screen -\nEsc j Enter f Tab Tab\n%screen -\nEsc Enter K w n "
        "\"why\" Enter\n%screen -\n";
    char *shown[2], *said[2];
    setenv("SOURCE_DATE_EPOCH", "1770206400", 1);
    for (int i = 0; i < 2; i++)
        assert_int_equal(play(*state, text, &shown[i], &said[i]), SCRIPT_FINE);
    unsetenv("SOURCE_DATE_EPOCH");
    assert_string_equal(shown[0], shown[1]);
    assert_non_null(strstr(shown[0], "[2026-02-04] why"));
    for (int i = 0; i < 2; i++) {
        free(shown[i]);
        free(said[i]);
    }
}

static void test_every_key_of_the_table_can_be_named(void **state)
{
    (void)state;
    size_t count, keys = 0;
    const struct action_entry *table = action_table(&count);
    for (size_t i = 0; i < count; i++)
        for (const char *at = table[i].keys; *at; at += strspn(at, " "), keys++) {
            size_t length = strcspn(at, " ");
            char name[16];
            action_key_name(action_key_named(at, length), name);
            assert_int_equal(strlen(name), length);
            assert_memory_equal(name, at, length);
            at += length;
        }
    assert_true(keys > count);
}

int main(void)
{
#define FRESH(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
    const struct CMUnitTest tests[] = {
        FRESH(test_keys_by_name_and_text_lead_to_a_screen),
        FRESH(test_a_wrong_line_is_named_with_what_was_expected),
        FRESH(test_an_expectation_that_is_not_met_shows_the_screen),
        FRESH(test_size_and_charset_are_those_of_the_screen),
        FRESH(test_background_work_is_done_before_the_next_line),
        FRESH(test_a_restart_offers_the_edits_that_were_not_saved),
        FRESH(test_a_file_that_is_copied_over_meanwhile_is_a_conflict),
        FRESH(test_the_programs_commands_are_not_the_players),
        FRESH(test_a_command_that_is_refused_ends_the_script),
        FRESH(test_what_is_wrong_before_the_first_line_names_none),
        FRESH(test_nothing_is_read_from_or_left_in_the_users_folders),
        FRESH(test_the_same_script_shows_the_same_screens),
        cmocka_unit_test(test_every_key_of_the_table_can_be_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
