/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calscope journal lists what sessions left unsaved, shows it, writes it, drops it. */
#include "answer.h"

#include <sys/stat.h>
#include <unistd.h>

#include "journal_left.h"

/* A file, and the journal of a session that scaled its conv2d and was killed. */
struct fixture {
    struct scratch scratch;
    char *state;
};

static void leave_journal(const struct fixture *fixture, double factor)
{
    journal_left_in(fixture->scratch.file, factor);
}

static int setup(void **state)
{
    struct fixture *fixture = memory_new_array(1, sizeof *fixture);
    *state = fixture;
    fixture->scratch = scratch_new(ORIN);
    fixture->state = memory_print("%s/state", fixture->scratch.folder);
    return setenv("XDG_STATE_HOME", fixture->state, 1);
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;
    char *command = memory_print("rm -r %s", fixture->scratch.folder);
    int result = system(command);
    free(command);
    free(fixture->state);
    free(fixture->scratch.file);
    free(fixture);
    return result;
}

/* Fine, with not a word on standard error. */
static void assert_silent(struct answer answer)
{
    assert_string_equal(answer.err, "");
    assert_answer(answer, 0, "", "");
}

static void change_file(const struct fixture *fixture, const char *how)
{
    char *command = memory_print("sed -i '%s' %s", how, fixture->scratch.file);
    assert_int_equal(system(command), 0);
    free(command);
}

static void test_without_journals_there_is_nothing_to_list_or_apply(void **state)
{
    const char *file = ((struct fixture *)*state)->scratch.file;
    assert_answer(RUN("journal"), 0, "no unsaved edits", "");
    assert_answer(RUN("journal", "--json"), 0, "{\"journals\":[]}", "");
    assert_answer(RUN("journal", file), 1, "", "no session left unsaved edits");
    assert_answer(RUN("journal", "--apply"), 2, "", "wants at most one FILE");
}

static void test_the_list_says_for_each_file_how_it_stands(void **state)
{
    const struct fixture *fixture = *state;
    leave_journal(fixture, 1.5);
    assert_answer(RUN("journal"), 0, "not saved; the file is as it was edited", "");
    struct answer answer = RUN("journal", "--json");
    struct json_document *json = answer_json(&answer);
    assert_shape(json, "{journals[{file,journal,started,steps,state,message}]}");
    assert_string_equal(STRING_AT(json, "journals", "0", "state"), "current");
    assert_true(NUMBER_AT(json, "journals", "0", "steps") == 1);
    json_document_free(json);
    answer_done(&answer);
    change_file(fixture, "s/FP32/FP16/");
    assert_answer(RUN("journal"), 0, "the file has changed elsewhere", "");
    assert_answer(RUN("tune", fixture->scratch.file, "-c", "conv2d", "--scale", "1.1"), 0, "", "");
    assert_answer(RUN("journal"), 0, "the file has changed in the same place", "");
    unlink(fixture->scratch.file);
    assert_answer(RUN("journal"), 0, "the file is gone", "");
}

/* As the explorer's list does. */
static void test_the_list_of_devices_marks_files_with_kept_edits(void **state)
{
    const struct fixture *fixture = *state;
    char *folder = memory_print("%s/reg/gpu/x", fixture->scratch.folder);
    char *command = memory_print("mkdir -p %s && cp %s %s/efficiency_curves.json", folder,
                                 fixture->scratch.file, folder);
    assert_int_equal(system(command), 0);
    char *file = memory_print("%s/efficiency_curves.json", folder);
    char *registry = memory_print("%s/reg", fixture->scratch.folder);
    assert_answer(RUN("ls", registry), 0, "ok\n", "");
    assert_answer(RUN("ls", registry, "--filter", "state:kept"), 0, "none of 1", "");
    journal_left_in(file, 1.5);
    leave_journal(fixture, 1.5); /* which lies elsewhere */
    assert_answer(RUN("ls", registry), 0, "ok, kept edits\n", "");
    assert_answer(RUN("ls", registry, "--filter", "state:kept"), 0, "gpu/x", "");
    assert_answer(RUN("ls", registry, "--json"), 0, "\"message\":null,\"kept_edits\":true", "");
    assert_answer(RUN("tune", file, "-c", "conv2d", "--scale", "1.5"), 0, "", "");
    assert_answer(RUN("ls", registry, "--filter", "state:kept"), 0, "none of 1", "");
    assert_int_equal(truncate(file, 1), 0); /* nobody can tell any more */
    assert_answer(RUN("ls", registry, "--filter", "state:kept"), 0, "gpu/x", "");
    free(registry);
    free(file);
    free(command);
    free(folder);
}

static void test_a_file_shows_its_diff_and_takes_it(void **state)
{
    const struct fixture *fixture = *state;
    const char *file = fixture->scratch.file;
    char *before = read_whole(file);
    leave_journal(fixture, 1.5);
    assert_answer(RUN("journal", file), 0, "@@", "");
    char *same = read_whole(file);
    assert_string_equal(before, same);
    struct answer diff = RUN("tune", file, "-c", "conv2d", "--scale", "1.5", "--dry-run");
    struct answer shown = RUN("journal", file);
    assert_string_equal(diff.out, shown.out);
    answer_done(&diff);
    answer_done(&shown);
    assert_answer(RUN("journal", file, "--apply"), 0, "1 step of editing", "");
    assert_answer(RUN("journal"), 0, "no unsaved edits", "");
    char *after = read_whole(file);
    assert_string_not_equal(before, after);
    free(before);
    free(same);
    free(after);
}

static void test_a_conflict_is_a_no_until_it_is_decided(void **state)
{
    const struct fixture *fixture = *state;
    const char *file = fixture->scratch.file;
    leave_journal(fixture, 1.5);
    assert_answer(RUN("tune", file, "-c", "conv2d", "--scale", "1.1"), 0, "", "");
    char *before = read_whole(file);
    assert_answer(RUN("journal", file), 1, "@@", "both sides changed");
    assert_answer(RUN("journal", file, "--apply"), 1, "", "--over takes the curves as edited");
    char *same = read_whole(file);
    assert_string_equal(before, same);
    assert_answer(RUN("journal", file, "--apply", "--over"), 0, "wrote", "");
    assert_answer(RUN("journal"), 0, "no unsaved edits", "");
    free(before);
    free(same);
}

static void test_edits_of_a_file_that_was_moved_are_taken_to_where_it_is_now(void **state)
{
    const struct fixture *fixture = *state;
    const char *file = fixture->scratch.file;
    char *moved = memory_print("%s.moved", file);
    leave_journal(fixture, 1.5);
    assert_int_equal(rename(file, moved), 0);
    char *before = read_whole(moved);
    assert_answer(RUN("journal", file), 1, "@@", "--onto FILE takes them to where it is now");
    assert_answer(RUN("journal", file, "--apply", "--onto", "/nowhere"), 2, "", "/nowhere");
    assert_answer(RUN("journal", file, "--drop", "--onto", moved), 2, "", "");
    assert_answer(RUN("journal", file, "--onto", moved), 0, ".moved", "");
    char *same = read_whole(moved);
    assert_string_equal(before, same);
    assert_answer(RUN("journal", file, "--apply", "--onto", moved), 0, ".moved: 1 step", "");
    char *after = read_whole(moved);
    assert_string_not_equal(before, after);
    assert_int_not_equal(access(file, F_OK), 0);
    assert_answer(RUN("journal"), 0, "no unsaved edits", "");
    free(before);
    free(same);
    free(after);
    free(moved);
}

static void test_a_file_that_is_gone_can_be_written_anew(void **state)
{
    const struct fixture *fixture = *state;
    const char *file = fixture->scratch.file;
    leave_journal(fixture, 1.5);
    unlink(file);
    assert_answer(RUN("journal", file), 1, "@@", "is gone; --over writes it anew");
    assert_answer(RUN("journal", file, "--apply"), 1, "", "is gone");
    assert_int_not_equal(access(file, F_OK), 0);
    assert_answer(RUN("journal", file, "--apply", "--over"), 0, "wrote", "");
    assert_answer(RUN("show", file, "-c", "conv2d"), 0, "conv2d", "");
    assert_answer(RUN("journal"), 0, "no unsaved edits", "");
}

/* A conflict marker, say: the journal has its own copy of the file to show the edits against. */
static void test_a_file_that_cannot_be_read_still_shows_its_edits(void **state)
{
    const struct fixture *fixture = *state;
    const char *file = fixture->scratch.file;
    leave_journal(fixture, 1.5);
    change_file(fixture, "1i <<<<<<< HEAD");
    assert_answer(RUN("journal"), 0, "not saved; the file cannot be read", "");
    assert_answer(RUN("journal", file), 2, "@@", "move it away and use --apply --over");
    assert_answer(RUN("journal", file, "--apply", "--over"), 2, "", "mend the file");
    change_file(fixture, "1d");
    assert_answer(RUN("journal", file, "--apply"), 0, "wrote", "");
}

static void test_a_state_folder_that_cannot_be_read_is_no_empty_one(void **state)
{
    const struct fixture *fixture = *state;
    char *path = memory_print("%s/calscope", fixture->state);
    assert_int_equal(mkdir(fixture->state, 0700), 0);
    write_file(path, "", 0);
    assert_answer(RUN("journal"), 2, "", "cannot be read");
    assert_answer(RUN("journal", fixture->scratch.file), 2, "", "cannot be read");
    free(path);
}

static void test_a_damaged_journal_gives_what_it_has_and_is_kept(void **state)
{
    const struct fixture *fixture = *state;
    const char *file = fixture->scratch.file;
    leave_journal(fixture, 1.5);
    char *command = memory_print("for f in %s/calscope/*.journal; do printf 'x\\nx\\n' >> $f; done",
                                 fixture->state);
    assert_int_equal(system(command), 0);
    free(command);
    assert_answer(RUN("journal", file, "--apply"), 1, "wrote", "4 bytes of it cannot be read");
    assert_answer(RUN("journal", "--json"), 0, "\"steps\":1", "");
    assert_answer(RUN("journal", file, "--drop"), 0, "", "");
    assert_answer(RUN("journal", file, "--json"), 1, "\"state\":\"none\"", "");
}

static void test_edits_that_are_in_the_file_are_only_tidied_away(void **state)
{
    const struct fixture *fixture = *state;
    const char *file = fixture->scratch.file;
    leave_journal(fixture, 1.5);
    assert_answer(RUN("tune", file, "-c", "conv2d", "--scale", "1.5"), 0, "", "");
    assert_answer(RUN("journal"), 0, "the file holds it all", "");
    assert_answer(RUN("journal", file, "--apply"), 0, "", "holds all of the edits already");
    assert_answer(RUN("journal"), 0, "no unsaved edits", "");
}

static void test_a_journal_can_be_dropped(void **state)
{
    const struct fixture *fixture = *state;
    leave_journal(fixture, 1.5);
    leave_journal(fixture, 1.7); /* the youngest goes first */
    assert_answer(RUN("journal", fixture->scratch.file, "--drop", "--json"), 0, "\"written\":false",
                  "");
    assert_answer(RUN("journal", "--json"), 0, "\"steps\":1", "");
    assert_answer(RUN("journal", fixture->scratch.file, "--drop"), 0, "", "");
    assert_answer(RUN("journal"), 0, "no unsaved edits", "");
}

static void test_a_curve_that_is_gone_from_the_file_is_a_conflict_that_names_it(void **state)
{
    const struct fixture *fixture = *state;
    const char *file = fixture->scratch.file;
    leave_journal(fixture, 1.5);
    change_file(fixture, "s/\"conv2d\"/\"convolution\"/");
    assert_answer(RUN("journal", file), 1, "@@", "conv2d is no longer in the file");
    assert_answer(RUN("journal", file, "--apply", "--over"), 1, "",
                  "none of the edited curves is in the file");
    assert_answer(RUN("journal"), 0, "the file has changed in the same place", "");
}

static void test_a_place_where_nothing_can_be_written_anew_keeps_the_journal(void **state)
{
    const struct fixture *fixture = *state;
    const char *file = fixture->scratch.file;
    leave_journal(fixture, 1.5);
    unlink(file);
    assert_int_equal(symlink("/no/such/place", file), 0);
    assert_answer(RUN("journal", file, "--apply", "--over"), 2, "", "efficiency_curves.json: ");
    assert_answer(RUN("journal"), 0, "the file is gone", "");
    unlink(file);
}

static void test_edits_that_are_in_the_file_are_shown_as_that(void **state)
{
    const struct fixture *fixture = *state;
    const char *file = fixture->scratch.file;
    leave_journal(fixture, 1.5);
    assert_answer(RUN("tune", file, "-c", "conv2d", "--scale", "1.5"), 0, "", "");
    assert_answer(RUN("journal", file), 0, "", "holds all of the edits already");
    assert_answer(RUN("journal"), 0, "the file holds it all", "");
}

static void test_json_says_what_was_done_and_why_not(void **state)
{
    const struct fixture *fixture = *state;
    const char *file = fixture->scratch.file;
    leave_journal(fixture, 1.5);
    assert_answer(RUN("journal", file, "--json"), 0, "\"written\":false", "");
    assert_answer(RUN("tune", file, "-c", "conv2d", "--scale", "1.1"), 0, "", "");
    assert_answer(RUN("journal", file, "--json"), 1, "\"message\":\"conv2d", "both sides");
    assert_answer(RUN("journal", file, "--apply", "--json"), 1, "\"written\":false", "");
    unlink(file);
    assert_answer(RUN("journal", file, "--json"), 1, "\"message\":\"the file is gone\"", "");
    assert_answer(RUN("journal", file, "--over"), 1, "", "is gone");
    assert_answer(RUN("journal", file, "--apply", "--over", "--json"), 0, "\"written\":true", "");
}

static void test_a_file_that_cannot_be_read_or_written_keeps_its_journal(void **state)
{
    const struct fixture *fixture = *state;
    const char *file = fixture->scratch.file;
    leave_journal(fixture, 1.5);
    char *bytes = read_whole(file);
    assert_int_equal(chmod(file, 0444), 0);
    assert_answer(RUN("journal", file, "--apply"), 2, "", "read-only");
    assert_answer(RUN("journal"), 0, "not saved", "");
    assert_int_equal(chmod(file, 0644), 0);
    write_file(file, "{", 1);
    assert_answer(RUN("journal", file), 2, "", "line 1");
    assert_answer(RUN("journal", file, "--apply", "--over"), 2, "", "line 1");
    assert_answer(RUN("journal", "--json"), 0, "\"state\":\"unreadable\"", "");
    write_file(file, bytes, strlen(bytes));
    assert_answer(RUN("journal", file, "--apply"), 0, "wrote", "");
    free(bytes);
}

static void test_where_no_journals_can_be_the_variables_are_named(void **state)
{
    (void)state;
    char *home = memory_copy_string(getenv("HOME"));
    unsetenv("XDG_STATE_HOME");
    setenv("HOME", "relative", 1); /* says nothing about a place */
    assert_answer(RUN("journal"), 2, "", "neither XDG_STATE_HOME nor HOME");
    unsetenv("HOME");
    assert_answer(RUN("journal"), 2, "", "neither XDG_STATE_HOME nor HOME");
    if (home)
        setenv("HOME", home, 1);
    free(home);
}

static void test_a_table_for_programs_has_a_row_for_each_journal(void **state)
{
    const struct fixture *fixture = *state;
    char *path = memory_print("%s/calscope/x.journal", fixture->state);
    assert_answer(RUN("journal", "--csv"), 0, "file,journal,started,steps,state,message", "");
    leave_journal(fixture, 1.5);
    struct answer answer = RUN("journal", "--csv");
    char *row = memory_print("\n%s,", fixture->scratch.file);
    assert_contains(answer.out, row);
    assert_contains(answer.out, ",1,current,");
    answer_done(&answer);
    write_file(path, "hello\n", 6);
    assert_answer(RUN("journal", "--csv"), 0, ",0,broken,not a journal of calscope", "");
    assert_answer(RUN("journal", "--json"), 0, "\"started\":null,\"steps\":0,\"state\":\"broken\"",
                  "");
    assert_answer(RUN("journal", "--csv", fixture->scratch.file), 2, "", "without a FILE");
    free(row);
    free(path);
}

/* Somebody has edited the journal: the head is whole, what it keeps of the file is not. */
static void test_a_journal_whose_copy_of_the_file_is_damaged_is_kept_and_said(void **state)
{
    const struct fixture *fixture = *state;
    const char *file = fixture->scratch.file;
    char *before = read_whole(file);
    leave_journal(fixture, 1.5);
    char *command = memory_print("sed -i '2s/{/[/' %s/calscope/*.journal", fixture->state);
    assert_int_equal(system(command), 0);
    free(command);
    assert_answer(RUN("journal"), 0, "the journal cannot be read: ", "");
    assert_answer(RUN("journal", file), 2, "", ".journal:2:");
    assert_answer(RUN("journal", file, "--apply", "--over"), 2, "", ".journal:2:");
    char *after = read_whole(file);
    assert_string_equal(before, after);
    assert_answer(RUN("journal", file, "--drop"), 0, "", "");
    assert_answer(RUN("journal"), 0, "no unsaved edits", "");
    free(before);
    free(after);
}

static void test_a_file_below_what_is_no_folder_any_more_is_gone(void **state)
{
    const struct fixture *fixture = *state;
    char *folder = memory_print("%s/device", fixture->scratch.folder);
    struct fixture moved = {.scratch = {.file = memory_print("%s/f.json", folder)}};
    char *command = memory_print("mkdir %s && cp %s %s", folder, ORIN, moved.scratch.file);
    assert_int_equal(system(command), 0);
    leave_journal(&moved, 1.5);
    free(command);
    command = memory_print("rm -r %s && touch %s", folder, folder);
    assert_int_equal(system(command), 0);
    assert_answer(RUN("journal"), 0, "the file is gone", "");
    free(command);
    free(moved.scratch.file);
    free(folder);
}

static void test_what_is_no_journal_is_listed_and_hurts_nobody(void **state)
{
    const struct fixture *fixture = *state;
    char *path = memory_print("%s/calscope/x.journal", fixture->state);
    leave_journal(fixture, 1.5);
    write_file(path, "hello\n", 6);
    assert_answer(RUN("journal"), 0, "not a journal of calscope", "");
    assert_answer(RUN("journal", fixture->scratch.file), 0, "@@", "");
    free(path);
}

/* A command that writes goes on over edits that were left, says so, and loses none of them. */
static void test_commands_that_write_tell_of_what_a_session_left(void **state)
{
    const struct fixture *fixture = *state;
    const char *file = fixture->scratch.file;
    assert_silent(RUN("tune", file, "-c", "matmul", "--scale", "1.01"));
    leave_journal(fixture, 1.5);
    assert_answer(RUN("tune", file, "-c", "matmul", "--scale", "1.1", "--dry-run"), 0, "",
                  "a session left edits unsaved");
    assert_answer(RUN("tune", file, "-c", "matmul", "--scale", "1.1"), 0, "wrote", fixture->state);
    assert_answer(RUN("fit", file, "-c", "matmul", "-m", "piecewise_linear", "--save"), 0, "",
                  "a session left edits unsaved");
    change_file(fixture, "s/\"device_type\": \"gpu\"/\"device_type\": \"GPU\"/");
    assert_answer(RUN("validate", "--fix", file), 0, "", "with --apply writes");
    assert_answer(RUN("journal", file, "--apply"), 0, "wrote", "");
    assert_silent(RUN("tune", file, "-c", "matmul", "--scale", "1.1"));
}

static void test_what_the_file_holds_already_is_not_told_of(void **state)
{
    const struct fixture *fixture = *state;
    const char *file = fixture->scratch.file;
    leave_journal(fixture, 1.5);
    assert_answer(RUN("tune", file, "-c", "conv2d", "--scale", "1.5"), 0, "", "left edits");
    assert_answer(RUN("journal"), 0, "the file holds it all", "");
    assert_silent(RUN("tune", file, "-c", "matmul", "--scale", "1.1"));
}

static void test_the_note_typed_before_the_kill_is_written_with_the_edits(void **state)
{
    struct fixture *fixture = *state;
    leave_journal(fixture, 1.5);
    char *command = memory_print("echo '{\"do\":\"note\",\"note\":\"a throttled run\"}' | "
                                 "tee -a %s/calscope/*.journal >/dev/null",
                                 fixture->state);
    assert_int_equal(system(command), 0);
    free(command);
    assert_answer(RUN("journal", fixture->scratch.file), 0, "] a throttled run\"", "");
    assert_answer(RUN("journal", fixture->scratch.file, "--apply"), 0, "wrote ", "");
    assert_answer(RUN("show", fixture->scratch.file, "--json"), 0, "] a throttled run\"", "");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_without_journals_there_is_nothing_to_list_or_apply),
        TEST(test_the_list_says_for_each_file_how_it_stands),
        TEST(test_the_list_of_devices_marks_files_with_kept_edits),
        TEST(test_a_file_shows_its_diff_and_takes_it),
        TEST(test_a_conflict_is_a_no_until_it_is_decided),
        TEST(test_edits_of_a_file_that_was_moved_are_taken_to_where_it_is_now),
        TEST(test_a_file_that_is_gone_can_be_written_anew),
        TEST(test_a_file_that_cannot_be_read_still_shows_its_edits),
        TEST(test_a_state_folder_that_cannot_be_read_is_no_empty_one),
        TEST(test_a_damaged_journal_gives_what_it_has_and_is_kept),
        TEST(test_edits_that_are_in_the_file_are_only_tidied_away),
        TEST(test_a_journal_can_be_dropped),
        TEST(test_a_curve_that_is_gone_from_the_file_is_a_conflict_that_names_it),
        TEST(test_a_place_where_nothing_can_be_written_anew_keeps_the_journal),
        TEST(test_edits_that_are_in_the_file_are_shown_as_that),
        TEST(test_json_says_what_was_done_and_why_not),
        TEST(test_a_file_that_cannot_be_read_or_written_keeps_its_journal),
        TEST(test_where_no_journals_can_be_the_variables_are_named),
        TEST(test_a_table_for_programs_has_a_row_for_each_journal),
        TEST(test_a_journal_whose_copy_of_the_file_is_damaged_is_kept_and_said),
        TEST(test_a_file_below_what_is_no_folder_any_more_is_gone),
        TEST(test_what_is_no_journal_is_listed_and_hurts_nobody),
        TEST(test_commands_that_write_tell_of_what_a_session_left),
        TEST(test_what_the_file_holds_already_is_not_told_of),
        TEST(test_the_note_typed_before_the_kill_is_written_with_the_edits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
