/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every way to save, where limits, lost readers, links, rights and locks are in its way. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "folder.h"
#include "subject.h"
#include "trace.h"
#include "verdict.h"

/* A subject in its scratch folder, and what an undisturbed save of it writes. */
struct fixture {
    const struct subject *subject;
    struct scratch scratch;
    char *saved;
    size_t saved_length;
};

static void set_up(struct fixture *fixture, const struct subject *subject)
{
    struct outcome outcome;
    *fixture = (struct fixture){.subject = subject};
    scratch_init(&fixture->scratch, subject);
    subject_run(subject, &fixture->scratch, NULL, &outcome);
    assert_int_equal(outcome.claim, CLAIM_SAVED);
    fixture->saved = folder_read("", fixture->scratch.file, &fixture->saved_length);
    assert_non_null(fixture->saved);
    outcome_done(&outcome);
    scratch_reset(&fixture->scratch);
}

static void tear_down(struct fixture *fixture)
{
    free(fixture->saved);
    scratch_done(&fixture->scratch);
}

static void assert_content(const struct fixture *fixture, enum content expected)
{
    enum content content =
        verdict_content(&fixture->scratch, fixture->saved, fixture->saved_length);
    assert_string_equal(verdict_content_name(content), verdict_content_name(expected));
}

/* The save is refused in these words, and nothing has happened to the file or its folder. */
static void assert_refused(const struct fixture *fixture, const struct subject *subject,
                           const char *words)
{
    struct outcome outcome;
    subject_run(subject, &fixture->scratch, NULL, &outcome);
    if (outcome.claim != CLAIM_NOT_SAVED || !strstr(outcome.said, words))
        fail_msg("%s: exit status %d, not \"%s\" but: %s", subject->name, outcome.status, words,
                 outcome.said);
    assert_content(fixture, CONTENT_OLD);
    outcome_done(&outcome);
}

/* Runs a check on every way to save but the control. */
static void for_each_subject(void (*check)(struct fixture *fixture))
{
    for (size_t i = 0; i < subject_count; i++) {
        struct fixture fixture;
        if (subjects[i].saves_in_place || subjects[i].crashes || subjects[i].copies)
            continue;
        set_up(&fixture, &subjects[i]);
        check(&fixture);
        tear_down(&fixture);
    }
}

/* SIGXFSZ would end a program that does not expect it. */
static void meet_size_limits(struct fixture *fixture)
{
    const char *const limits[] = {"--fsize=4096", "--fsize=16384", "--fsize=25000"};
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        const char *const words[] = {"prlimit", limits[i], NULL};
        struct subject limited = subject_behind(fixture->subject, words);
        assert_refused(fixture, &limited, "File too large");
        assert_int_equal(scratch_leftovers(&fixture->scratch), 0);
    }
}

static void test_a_limit_on_sizes_leaves_the_old_file(void **state)
{
    (void)state;
    for_each_subject(meet_size_limits);
}

/* Runs a command behind a line of shell; the explorer has no standard output to lose. */
static bool run_behind_shell(const struct fixture *fixture, const char *line,
                             struct outcome *outcome)
{
    const char *const words[] = {"sh", "-c", line, "sh", NULL};
    if (fixture->subject->keys)
        return false;
    struct subject behind = subject_behind(fixture->subject, words);
    subject_run(&behind, &fixture->scratch, NULL, outcome);
    return true;
}

/* A pipe that nobody reads: the FIFO's only other end is closed before the program starts. */
static void lose_reader(struct fixture *fixture)
{
    struct outcome outcome;
    char *line = memory_print("cd '%s' && mkfifo pipe && exec 3<>pipe 4>pipe && exec 3<&- && "
                              "exec \"$@\" >&4",
                              fixture->scratch.home);
    if (run_behind_shell(fixture, line, &outcome)) {
        assert_int_equal(outcome.claim, CLAIM_SAVED);
        assert_content(fixture, CONTENT_NEW);
        outcome_done(&outcome);
    }
    free(line);
}

static void test_a_reader_that_left_does_not_keep_a_save_from_its_end(void **state)
{
    (void)state;
    for_each_subject(lose_reader);
}

/* The answer is lost and the file is saved: 2, and the message tells both. */
static void lose_answer(struct fixture *fixture)
{
    const char *const lines[] = {"exec \"$@\" >/dev/full", "exec \"$@\" >&-"};
    struct outcome outcome;
    for (size_t i = 0; i < 2 && run_behind_shell(fixture, lines[i], &outcome); i++) {
        assert_int_equal(outcome.status, 2);
        assert_non_null(strstr(outcome.said, "cannot write the answer: "));
        assert_non_null(strstr(outcome.said, "; the file is saved"));
        assert_content(fixture, CONTENT_NEW);
        outcome_done(&outcome);
        scratch_reset(&fixture->scratch);
    }
}

static void test_an_answer_that_is_lost_does_not_hide_a_save(void **state)
{
    (void)state;
    for_each_subject(lose_answer);
}

/* Whether the last run had a file of the scratch folder open in place of a standard stream. */
static bool took_standard_stream(const struct fixture *fixture)
{
    struct trace trace;
    bool took = false;
    assert_true(trace_read(fixture->scratch.log, &trace));
    for (size_t i = 0; i < trace.count; i++)
        took = took || (trace.calls[i].result >= 0 && trace.calls[i].result <= 2 &&
                        strstr(trace.calls[i].text, fixture->scratch.folder));
    trace_done(&trace);
    return took;
}

static void start_without_streams(struct fixture *fixture)
{
    const char *const words[] = {"sh", "-c", "exec \"$@\" <&- >&- 2>&-", "sh", NULL};
    const char *const rules[] = {"trace=openat", NULL};
    struct subject behind = subject_behind(fixture->subject, words);
    struct outcome outcome;
    if (fixture->subject->keys)
        return;
    subject_run(&behind, &fixture->scratch, rules, &outcome);
    assert_int_equal(outcome.status, 2); /* the answer could not be written */
    assert_content(fixture, CONTENT_NEW);
    assert_false(took_standard_stream(fixture));
    outcome_done(&outcome);
}

static void test_no_file_is_opened_as_a_standard_stream(void **state)
{
    (void)state;
    if (!trace_is_possible())
        skip();
    for_each_subject(start_without_streams);
}

/* Moves the file out of its folder and links to it from its old place. */
static void meet_symbolic_link(struct fixture *fixture)
{
    struct outcome outcome;
    char *file = fixture->scratch.file, *aside = memory_print("%s/aside", fixture->scratch.home);
    char *target = memory_print("%s/real.json", aside);
    assert_int_equal(mkdir(aside, 0755), 0);
    assert_int_equal(rename(file, target), 0);
    assert_int_equal(symlink(target, file), 0);
    subject_run(fixture->subject, &fixture->scratch, NULL, &outcome);
    assert_int_equal(outcome.claim, CLAIM_SAVED);
    assert_content(fixture, CONTENT_NEW);
    struct stat info;
    assert_int_equal(lstat(file, &info), 0);
    assert_true(S_ISLNK(info.st_mode));
    assert_true(scratch_kept_mode(&fixture->scratch));
    assert_true(scratch_kept_attribute(&fixture->scratch));
    assert_int_equal(scratch_leftovers(&fixture->scratch), 0);
    assert_int_equal(unlink(target), 0);
    assert_int_equal(rmdir(aside), 0); /* there is nothing else in it */
    outcome_done(&outcome);
    free(target);
    free(aside);
}

static void test_a_symbolic_link_stays_and_what_it_leads_to_is_saved(void **state)
{
    (void)state;
    for_each_subject(meet_symbolic_link);
}

static void meet_hard_link(struct fixture *fixture)
{
    char *other = memory_print("%s/other.json", fixture->scratch.folder);
    assert_int_equal(link(fixture->scratch.file, other), 0);
    assert_refused(fixture, fixture->subject, "it has 2 hard links");
    assert_int_equal(scratch_leftovers(&fixture->scratch), 1);
    free(other);
}

static void test_a_file_of_two_names_is_refused(void **state)
{
    (void)state;
    for_each_subject(meet_hard_link);
}

static void meet_read_only_file(struct fixture *fixture)
{
    assert_int_equal(chmod(fixture->scratch.file, 0444), 0);
    assert_refused(fixture, fixture->subject, "read-only; make it writable first");
    assert_int_equal(scratch_leftovers(&fixture->scratch), 0);
}

static void test_a_read_only_file_is_refused(void **state)
{
    (void)state;
    for_each_subject(meet_read_only_file);
}

static void meet_lock(struct fixture *fixture)
{
    int other = open(fixture->scratch.file, O_RDONLY | O_CLOEXEC);
    assert_int_equal(flock(other, LOCK_EX), 0);
    assert_refused(fixture, fixture->subject, "being saved by another program");
    assert_int_equal(scratch_leftovers(&fixture->scratch), 0);
    assert_int_equal(close(other), 0);
}

static void test_a_file_that_another_program_saves_is_refused(void **state)
{
    (void)state;
    for_each_subject(meet_lock);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_limit_on_sizes_leaves_the_old_file),
        cmocka_unit_test(test_a_reader_that_left_does_not_keep_a_save_from_its_end),
        cmocka_unit_test(test_an_answer_that_is_lost_does_not_hide_a_save),
        cmocka_unit_test(test_no_file_is_opened_as_a_standard_stream),
        cmocka_unit_test(test_a_symbolic_link_stays_and_what_it_leads_to_is_saved),
        cmocka_unit_test(test_a_file_of_two_names_is_refused),
        cmocka_unit_test(test_a_read_only_file_is_refused),
        cmocka_unit_test(test_a_file_that_another_program_saves_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
