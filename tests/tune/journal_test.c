/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a journal holds is what was done, wherever the writing was cut off. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../journal_start.h"
#include "base/buffer.h"
#include "base/file.h"
#include "base/memory.h"
#include "tune/journal.h"
#include "tune/journal_private.h"
#include "tune/recovery.h"

#define JETSON SOURCE_DIR "/hardware_registry/gpu/jetson_orin_agx/efficiency_curves.json"

/* A session over a file whose name is no UTF-8, and the journal that it writes. */
struct fixture {
    char root[40];
    char *folder, *file;
    struct buffer bytes;
    struct calibration *calibration;
    struct session *session;
    struct journal_writer *writer;
};

static void put(const char *path, const char *bytes, size_t length)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

static int setup(void **state)
{
    struct fixture *fixture = memory_new_array(1, sizeof *fixture);
    *state = fixture;
    strcpy(fixture->root, "/tmp/calscope-tune-XXXXXX");
    assert_non_null(mkdtemp(fixture->root));
    fixture->folder = memory_print("%s/state", fixture->root);
    fixture->file = memory_print("%s/100%% \xff\n.json", fixture->root);
    assert_int_equal(file_read(JETSON, 1 << 20, &fixture->bytes, NULL), STATUS_OK);
    put(fixture->file, fixture->bytes.bytes, fixture->bytes.length);
    assert_int_equal(calibration_load(fixture->file, &fixture->calibration, NULL), STATUS_OK);
    fixture->session = session_new(fixture->calibration);
    return (int)journal_start(fixture->folder, fixture->file, fixture->bytes.bytes,
                              fixture->bytes.length, &fixture->writer, NULL);
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;
    char *command = memory_print("rm -r %s", fixture->root);
    journal_keep(fixture->writer);
    int result = system(command);
    session_free(fixture->session);
    calibration_free(fixture->calibration);
    buffer_done(&fixture->bytes);
    free(command);
    free(fixture->folder);
    free(fixture->file);
    free(fixture);
    return result;
}

/* The session's current version of curve goes into the journal. */
static void record(struct fixture *fixture, enum journal_deed deed, size_t curve, const char *what)
{
    const struct calibration_curve *about = &fixture->calibration->curves[curve];
    assert_int_equal(journal_append(fixture->writer,
                                    &(struct journal_entry){
                                        deed, about->name,
                                        about->bandwidth ? JOURNAL_BANDWIDTH : JOURNAL_COMPUTE,
                                        what, session_current(fixture->session, curve)},
                                    NULL),
                     STATUS_OK);
}

static void scale(struct fixture *fixture, size_t curve, double factor)
{
    struct curve_version *next;
    assert_int_equal(edit_scale(session_current(fixture->session, curve), factor, &next, NULL),
                     STATUS_OK);
    assert_int_equal(session_commit(fixture->session, curve, next, "scaled", NULL), STATUS_OK);
    record(fixture, JOURNAL_EDIT, curve, "scaled");
}

static void undo(struct fixture *fixture)
{
    size_t curve;
    const char *what;
    assert_true(session_undo(fixture->session, &curve, &what));
    record(fixture, JOURNAL_UNDO, curve, what);
}

/* Raises the first breakpoint of the first curve by 1 %. */
static void move_first(struct fixture *fixture)
{
    struct curve_version *next;
    edit_nudge(session_current(fixture->session, 0), 0, 0, 1.01, &next, NULL);
    session_commit(fixture->session, 0, next, "moved", NULL);
    record(fixture, JOURNAL_EDIT, 0, "moved");
}

/* Ends the writing session as a kill would and returns the path of what it left. */
static char *leave(struct fixture *fixture)
{
    size_t count;
    journal_keep(fixture->writer);
    fixture->writer = NULL;
    char **paths = journal_list(fixture->folder, fixture->file, &count);
    assert_int_equal(count, 1);
    char *path = paths[0];
    free(paths);
    return path;
}

static void assert_same_state(const struct session *a, const struct session *b, size_t curves)
{
    for (size_t i = 0; i < curves; i++)
        assert_true(version_equal(session_current(a, i), session_current(b, i)));
}

static void test_everything_comes_back_and_can_be_undone(void **state)
{
    struct fixture *fixture = *state;
    struct recovery recovery;
    scale(fixture, 0, 1.1);
    scale(fixture, 1, 0.9);
    undo(fixture);
    scale(fixture, 0, 1.3);
    char *path = leave(fixture);
    assert_int_equal(recovery_open(path, &recovery, NULL), STATUS_OK);
    assert_string_equal(recovery.journal->file, fixture->file);
    assert_int_equal(recovery.journal->count, 4);
    assert_false(recovery.journal->torn);
    assert_true(recovery_is_current(&recovery, fixture->calibration));
    assert_false(recovery_is_done(&recovery, fixture->calibration));

    struct session *fresh = session_new(fixture->calibration);
    assert_int_equal(recovery_apply(&recovery, fresh, MERGE_REFUSE, NULL), STATUS_OK);
    assert_same_state(fresh, fixture->session, fixture->calibration->curve_count);
    size_t curve, steps = 0;
    const char *what;
    while (session_undo(fresh, &curve, &what))
        steps++;
    assert_int_equal(steps, 2); /* the one that was undone is no step */
    assert_int_equal(session_modified_count(fresh), 0);
    session_free(fresh);
    recovery_done(&recovery);
    free(path);
}

/* Wherever the last append was cut off, what was whole before comes back and nothing else. */
static void test_a_torn_end_loses_only_what_was_never_shown(void **state)
{
    struct fixture *fixture = *state;
    struct buffer whole = {0};
    scale(fixture, 0, 1.1);
    scale(fixture, 0, 1.2);
    char *path = leave(fixture), *cut = memory_print("%s/cut.journal", fixture->folder);
    assert_int_equal(file_read(path, 1 << 20, &whole, NULL), STATUS_OK);
    size_t first = (size_t)(strstr(whole.bytes, "{\"do\"") - whole.bytes);
    for (size_t length = first; length <= whole.length; length++) {
        struct journal *journal;
        size_t lines = 0;
        for (size_t i = first; i < length; i++)
            lines += whole.bytes[i] == '\n';
        put(cut, whole.bytes, length);
        assert_int_equal(journal_read(cut, &journal, NULL), STATUS_OK);
        assert_int_equal(journal->count, lines);
        assert_int_equal(journal->torn, length > first && whole.bytes[length - 1] != '\n');
        journal_free(journal);
    }
    for (size_t length = 0; length < first; length += 97) {
        struct journal *journal;
        put(cut, whole.bytes, length);
        assert_int_equal(journal_read(cut, &journal, NULL), STATUS_INVALID);
    }
    buffer_done(&whole);
    free(path);
    free(cut);
}

static void test_zeros_that_a_power_failure_leaves_at_the_end_are_left_out(void **state)
{
    struct fixture *fixture = *state;
    struct buffer text = {0};
    struct journal *journal;
    scale(fixture, 0, 1.1);
    char *path = leave(fixture);
    assert_int_equal(file_read(path, 1 << 20, &text, NULL), STATUS_OK);
    buffer_append_repeated(&text, '\0', 300);
    buffer_append_string(&text, "\n");
    put(path, text.bytes, text.length);
    assert_int_equal(journal_read(path, &journal, NULL), STATUS_OK);
    assert_int_equal(journal->count, 1);
    assert_true(journal->torn);
    journal_free(journal);
    buffer_done(&text);
    free(path);
}

/* As when the bytes of a file, or its curves, are so many that few records fill a journal. */
static void test_no_journal_grows_beyond_what_can_be_read(void **state)
{
    struct fixture *fixture = *state;
    struct journal_writer *writer;
    struct journal *journal;
    struct error error;
    enum { ROOM = 4000 };
    size_t length = JOURNAL_BYTES_MAX - ROOM, count = 0;
    char *bytes = memory_new(length), *path;
    memset(bytes, 'x', length);
    assert_int_equal(journal_start(fixture->folder, fixture->file, bytes, length, &writer, &error),
                     STATUS_OK);
    while (journal_append(writer,
                          &(struct journal_entry){JOURNAL_EDIT, "conv2d", JOURNAL_COMPUTE, "moved",
                                                  session_current(fixture->session, 0)},
                          &error) == STATUS_OK)
        count++;
    assert_non_null(strstr(error.message, "longer than"));
    path = memory_copy_string(journal_path(writer));
    journal_keep(writer);
    assert_int_equal(journal_read(path, &journal, NULL), STATUS_OK);
    assert_true(count > 0);
    assert_int_equal(journal->count, count);
    journal_free(journal);
    free(path);
    free(bytes);
}

static void test_only_journals_of_the_file_that_nobody_writes_are_listed(void **state)
{
    struct fixture *fixture = *state;
    struct journal_writer *other;
    size_t count;
    free(journal_list(fixture->folder, fixture->file, &count));
    assert_int_equal(count, 0); /* this session is writing its own */
    assert_int_equal(journal_start(fixture->folder, JETSON, "{}", 2, &other, NULL), STATUS_OK);
    journal_keep(other);
    char *path = leave(fixture);
    char **all = journal_list(fixture->folder, NULL, &count);
    assert_int_equal(count, 2);
    for (size_t i = 0; i < count; i++)
        free(all[i]);
    free(all);
    free(path);
    free(journal_list("/nowhere/at/all", NULL, &count));
    assert_int_equal(count, 0);
}

/* Else it could not be found again from elsewhere. */
static void test_a_journal_names_its_file_from_the_root_even_where_its_folder_is_gone(void **state)
{
    struct fixture *fixture = *state;
    struct journal_writer *writer;
    struct journal *journal;
    size_t count;
    assert_int_equal(
        journal_start(fixture->folder, "no/such/folder/x.json", "{}", 2, &writer, NULL), STATUS_OK);
    journal_keep(writer);
    char **paths = journal_list(fixture->folder, "no/such/folder/x.json", &count);
    assert_int_equal(count, 1);
    assert_int_equal(journal_read(paths[0], &journal, NULL), STATUS_OK);
    assert_int_equal(journal->file[0], '/');
    assert_non_null(strstr(journal->file, "/no/such/folder/x.json"));
    journal_free(journal);
    free(paths[0]);
    free(paths);
}

/* A file of this text read as a journal; text is the head, %zu in it the bytes' length. */
static enum status read_text(const struct fixture *fixture, const char *text,
                             struct journal **journal)
{
    char *path = memory_print("%s/try.journal", fixture->root);
    struct error error = {0};
    put(path, text, strlen(text));
    enum status status = journal_read(path, journal, &error);
    assert_true(status == STATUS_OK || error.message[0]);
    free(path);
    return status;
}

static void test_what_is_not_a_whole_head_is_no_journal(void **state)
{
    static const char *const texts[] = {
        "",
        "no JSON\n",
        "{\"journal\":1,\"file\":\"file:///x\",\"started\":\"t\",\"bytes\":0}",
        "{\"journal\":2,\"file\":\"file:///x\",\"started\":\"t\",\"bytes\":0}\n\n",
        "{\"journal\":\"1\",\"file\":\"file:///x\",\"started\":\"t\",\"bytes\":0}\n\n",
        "{\"journal\":1,\"file\":\"http://x\",\"started\":\"t\",\"bytes\":0}\n\n",
        "{\"journal\":1,\"file\":\"file://\",\"started\":\"t\",\"bytes\":0}\n\n",
        "{\"journal\":1,\"file\":\"file://host/x\",\"started\":\"t\",\"bytes\":0}\n\n",
        "{\"journal\":1,\"started\":\"t\",\"bytes\":0}\n\n",
        "{\"journal\":1,\"file\":\"file:///x\",\"bytes\":0}\n\n",
        "{\"journal\":1,\"file\":\"file:///x\",\"started\":\"t\"}\n\n",
        "{\"journal\":1,\"file\":\"file:///x\",\"started\":\"t\",\"bytes\":-1}\n\n",
        "{\"journal\":1,\"file\":\"file:///x\",\"started\":\"t\",\"bytes\":1e300}\n\n",
        "{\"journal\":1,\"file\":\"file:///x\",\"started\":\"t\",\"bytes\":1}\n\n",
        "{\"journal\":1,\"file\":\"file:///x\",\"started\":\"t\",\"bytes\":0}\nx\n",
        "{}\n\n",
    };
    struct journal *journal;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (read_text(*state, texts[i], &journal) != STATUS_INVALID)
            fail_msg("%s is taken for a journal", texts[i]);
    assert_int_equal(journal_read("/no/such.journal", &journal, NULL), STATUS_IO);
    journal_free(NULL);
}

static void test_a_name_of_odd_escapes_is_read_as_far_as_it_makes_sense(void **state)
{
    struct journal *journal;
    assert_int_equal(read_text(*state,
                               "{\"journal\":1,\"file\":\"file:///a%20b%4%zz%\",\"started\":\"t\","
                               "\"bytes\":0}\n\n",
                               &journal),
                     STATUS_OK);
    assert_string_equal(journal->file, "/a b%4%zz%");
    assert_int_equal(journal->count, 0);
    assert_false(journal->torn);
    journal_free(journal);
}

static void test_a_record_that_lacks_anything_ends_the_journal(void **state)
{
#define HEAD "{\"journal\":1,\"file\":\"file:///x\",\"started\":\"t\",\"bytes\":0}\n\n"
#define GOOD                                                                                       \
    "{\"do\":\"edit\",\"what\":\"w\",\"curve\":\"c\",\"curve_type\":\"piecewise_linear\","         \
    "\"parameters\":null,\"breakpoints\":[[1,0.5],[2,0.6]]}\n"
    static const char *const records[] = {
        "{\"do\":\"sing\",\"what\":\"w\",\"curve\":\"c\",\"breakpoints\":[[1,1]]}\n",
        "{\"what\":\"w\",\"curve\":\"c\",\"breakpoints\":[[1,1]]}\n",
        "{\"do\":\"edit\",\"curve\":\"c\",\"breakpoints\":[[1,1]]}\n",
        "{\"do\":\"edit\",\"what\":\"w\",\"breakpoints\":[[1,1]]}\n",
        "{\"do\":\"edit\",\"what\":\"w\",\"curve\":\"c\"}\n",
        "{\"do\":\"edit\",\"what\":\"w\",\"curve\":\"c\",\"breakpoints\":{\"a\":1}}\n",
        "{\"do\":\"edit\",\"what\":\"w\",\"curve\":\"c\",\"breakpoints\":[[1]]}\n",
        "{\"do\":\"edit\",\"what\":\"w\",\"curve\":\"c\",\"breakpoints\":[[\"a\",1]]}\n",
        "{\"do\":\"edit\",\"what\":\"w\",\"curve\":\"c\",\"breakpoints\":[[1,1],7]}\n",
        "{\"do\":",
    };
    for (size_t i = 0; i < sizeof records / sizeof *records; i++) {
        struct journal *journal;
        char *text = memory_print("%s%s%s%s", HEAD, GOOD, records[i], GOOD);
        assert_int_equal(read_text(*state, text, &journal), STATUS_OK);
        /* Where another record follows it, it was damaged since; else it was never finished. */
        bool is_last = !strchr(records[i], '\n');
        size_t unread = is_last ? 0 : strlen(records[i]) + strlen(GOOD);
        if (journal->count != 1 || journal->torn != is_last || journal->unread != unread)
            fail_msg("%zu records, torn %d, %zu unread: %s", journal->count, journal->torn,
                     journal->unread, records[i]);
        journal_free(journal);
        free(text);
    }
}

/* Of a journal alone nobody could say what a curve was fitted without, or why it was edited. */
static void test_what_the_edits_come_from_and_their_note_come_back(void **state)
{
    struct fixture *fixture = *state;
    struct recovery recovery;
    struct curve_version *next;
    edit_scale(session_current(fixture->session, 0), 1.1, &next, NULL);
    next->without = memory_copy_string("fitted without 1 of 9 points (10 M)");
    session_commit(fixture->session, 0, next, "adopted", NULL);
    record(fixture, JOURNAL_EDIT, 0, "adopted");
    assert_int_equal(journal_append_note(fixture->writer, "first", NULL), STATUS_OK);
    assert_int_equal(journal_append_note(fixture->writer, "\"why\" \n", NULL), STATUS_OK);
    scale(fixture, 1, 0.9);
    char *path = leave(fixture);
    assert_int_equal(recovery_open(path, &recovery, NULL), STATUS_OK);
    assert_string_equal(recovery.journal->note, "\"why\" \n");
    assert_int_equal(recovery.journal->count, 2);
    struct session *fresh = session_new(fixture->calibration);
    assert_int_equal(recovery_apply(&recovery, fresh, MERGE_REFUSE, NULL), STATUS_OK);
    assert_string_equal(session_current(fresh, 0)->without, "fitted without 1 of 9 points (10 M)");
    assert_null(session_current(fresh, 1)->without);
    session_free(fresh);
    recovery_done(&recovery);
    free(path);
}

static void test_a_note_taken_back_is_gone_from_the_journal(void **state)
{
    struct fixture *fixture = *state;
    struct recovery recovery;
    scale(fixture, 0, 1.1);
    assert_int_equal(journal_append_note(fixture->writer, "first", NULL), STATUS_OK);
    assert_int_equal(journal_append_note(fixture->writer, "", NULL), STATUS_OK);
    char *path = leave(fixture);
    assert_int_equal(recovery_open(path, &recovery, NULL), STATUS_OK);
    assert_null(recovery.journal->note);
    recovery_done(&recovery);
    free(path);
}

static void test_a_removed_journal_is_gone(void **state)
{
    struct fixture *fixture = *state;
    size_t count;
    scale(fixture, 0, 2);
    journal_remove(fixture->writer);
    fixture->writer = NULL;
    free(journal_list(fixture->folder, NULL, &count));
    assert_int_equal(count, 0);
}

/* The file as somebody else left it: one breakpoint of curve 0 has another efficiency. */
static struct calibration *changed_file(struct fixture *fixture, size_t curve, double factor)
{
    struct session *session = session_new(fixture->calibration);
    struct curve_version *next;
    struct buffer bytes = {0};
    struct calibration *changed = NULL;
    edit_nudge(session_current(session, curve), 0, 0, factor, &next, NULL);
    session_commit(session, curve, next, "", NULL);
    struct change_set changes = session_changes(session, NULL);
    store_compose(&changes, &bytes);
    assert_int_equal(calibration_read(bytes.bytes, bytes.length, &changed, NULL), STATUS_OK);
    buffer_done(&bytes);
    free(changes.items);
    session_free(session);
    return changed;
}

static void test_a_file_that_moved_on_is_merged_or_said_to_conflict(void **state)
{
    struct fixture *fixture = *state;
    struct recovery recovery;
    struct error error;
    scale(fixture, 0, 1.1);
    char *path = leave(fixture);
    assert_int_equal(recovery_open(path, &recovery, NULL), STATUS_OK);

    struct calibration *elsewhere = changed_file(fixture, 1, 1.01);
    struct session *session = session_new(elsewhere);
    assert_false(recovery_is_current(&recovery, elsewhere));
    assert_int_equal(recovery_apply(&recovery, session, MERGE_REFUSE, &error), STATUS_OK);
    assert_true(version_equal(session_current(session, 0), session_current(fixture->session, 0)));
    assert_int_equal(session_modified_count(session), 1);
    session_free(session);
    calibration_free(elsewhere);

    struct calibration *here = changed_file(fixture, 0, 1.01);
    session = session_new(here);
    assert_int_equal(recovery_apply(&recovery, session, MERGE_REFUSE, &error), STATUS_CHANGED);
    assert_int_equal(session_modified_count(session), 0);
    assert_int_equal(recovery_apply(&recovery, session, MERGE_TAKE_MINE, &error), STATUS_OK);
    assert_true(version_equal(session_current(session, 0), session_current(fixture->session, 0)));
    session_free(session);
    calibration_free(here);
    recovery_done(&recovery);
    free(path);
}

static void test_a_journal_whose_edits_are_in_the_file_is_done(void **state)
{
    struct fixture *fixture = *state;
    struct recovery recovery;
    move_first(fixture);
    char *path = leave(fixture);
    assert_int_equal(recovery_open(path, &recovery, NULL), STATUS_OK);
    struct calibration *saved = changed_file(fixture, 0, 1.01);
    assert_true(recovery_is_done(&recovery, saved));
    assert_false(recovery_is_done(&recovery, fixture->calibration));
    calibration_free(saved);
    recovery_done(&recovery);
    free(path);
}

/* The file holds an edit that was then undone, unsaved: the undoing is what is to be taken up. */
static void test_an_undo_behind_a_save_is_not_taken_for_done(void **state)
{
    struct fixture *fixture = *state;
    struct recovery recovery;
    move_first(fixture);
    undo(fixture);
    char *path = leave(fixture);
    assert_int_equal(recovery_open(path, &recovery, NULL), STATUS_OK);
    struct calibration *saved = changed_file(fixture, 0, 1.01);
    assert_false(recovery_is_done(&recovery, saved));
    assert_true(recovery_is_done(&recovery, fixture->calibration));
    calibration_free(saved);
    recovery_done(&recovery);
    free(path);
}

static void redo(struct fixture *fixture)
{
    size_t curve;
    const char *what;
    assert_true(session_redo(fixture->session, &curve, &what));
    record(fixture, JOURNAL_REDO, curve, what);
}

static void test_what_was_redone_comes_back_as_done(void **state)
{
    struct fixture *fixture = *state;
    struct recovery recovery;
    scale(fixture, 0, 1.1);
    scale(fixture, 1, 1.2);
    undo(fixture);
    undo(fixture);
    redo(fixture);
    char *path = leave(fixture);
    assert_int_equal(recovery_open(path, &recovery, NULL), STATUS_OK);
    assert_same_state(recovery.session, fixture->session, fixture->calibration->curve_count);
    assert_int_equal(session_modified_count(recovery.session), 1);
    size_t curve;
    const char *what;
    assert_true(session_redo(recovery.session, &curve, &what)); /* the other is there to redo */
    assert_int_equal(curve, 1);
    recovery_done(&recovery);
    free(path);
}

/* A journal begins anew with each save, a history does not: its steps lead where no record was. */
static void test_steps_beyond_the_beginning_become_steps_of_their_own(void **state)
{
    struct fixture *fixture = *state;
    static const enum journal_deed deeds[] = {JOURNAL_UNDO, JOURNAL_REDO};
    struct recovery recovery;
    struct curve_version *far;
    scale(fixture, 0, 1.1);
    scale(fixture, 0, 1.2);
    undo(fixture);
    for (size_t i = 0; i < 2; i++) {
        edit_scale(session_current(fixture->session, 0), 3 + (double)i, &far, NULL);
        assert_int_equal(
            journal_append(fixture->writer,
                           &(struct journal_entry){deeds[i], fixture->calibration->curves[0].name,
                                                   JOURNAL_COMPUTE, "far", far},
                           NULL),
            STATUS_OK);
        if (i == 0)
            version_free(far);
    }
    char *path = leave(fixture);
    assert_int_equal(recovery_open(path, &recovery, NULL), STATUS_OK);
    assert_true(version_equal(session_current(recovery.session, 0), far));
    recovery_done(&recovery);
    version_free(far);
    free(path);
}

static void test_a_step_that_makes_no_sense_is_refused_as_a_whole(void **state)
{
    struct fixture *fixture = *state;
    struct recovery recovery;
    struct error error;
    struct curve_version *bad =
        version_new("piecewise_linear", (struct breakpoint[]){{-5, 0.1}, {1e9, -3}}, 2);
    scale(fixture, 0, 1.1);
    assert_int_equal(
        journal_append(fixture->writer,
                       &(struct journal_entry){JOURNAL_UNDO, fixture->calibration->curves[0].name,
                                               JOURNAL_COMPUTE, "?", bad},
                       NULL),
        STATUS_OK);
    char *path = leave(fixture);
    assert_int_equal(recovery_open(path, &recovery, &error), STATUS_REFUSED);
    version_free(bad);
    free(path);
}

static void test_a_record_of_no_curve_is_refused_by_its_name(void **state)
{
    struct fixture *fixture = *state;
    struct recovery recovery;
    struct error error;
    assert_int_equal(
        journal_append(fixture->writer,
                       &(struct journal_entry){JOURNAL_EDIT, "nowhere", JOURNAL_SIDE_UNKNOWN, "?",
                                               session_current(fixture->session, 0)},
                       NULL),
        STATUS_OK);
    char *path = leave(fixture);
    assert_int_equal(recovery_open(path, &recovery, &error), STATUS_INVALID);
    assert_non_null(strstr(error.message, "nowhere"));
    free(path);
}

/*
 * A damaged record hides those behind it: they are counted, and the journal is never taken for
 * done.
 */
static void test_a_damaged_record_is_no_torn_end(void **state)
{
    struct fixture *fixture = *state;
    struct buffer text = {0};
    struct recovery recovery;
    scale(fixture, 0, 1.1);
    scale(fixture, 0, 1.2);
    scale(fixture, 0, 1.3);
    char *path = leave(fixture);
    assert_int_equal(file_read(path, 1 << 20, &text, NULL), STATUS_OK);
    char *first = strstr(text.bytes, "{\"do\"");
    first[2] = '\0';
    put(path, text.bytes, text.length);
    assert_int_equal(recovery_open(path, &recovery, NULL), STATUS_OK);
    assert_int_equal(recovery.journal->count, 0);
    assert_false(recovery.journal->torn);
    assert_int_equal(recovery.journal->unread, text.bytes + text.length - first);
    assert_false(recovery_is_done(&recovery, fixture->calibration));
    recovery_done(&recovery);
    buffer_done(&text);
    free(path);
}

static void append_with_parameters(struct fixture *fixture, const char *parameters)
{
    struct curve_version *version = version_copy(session_current(fixture->session, 0));
    free(version->parameters);
    version->parameters = memory_copy_string(parameters);
    assert_int_equal(
        journal_append(fixture->writer,
                       &(struct journal_entry){JOURNAL_EDIT, fixture->calibration->curves[0].name,
                                               JOURNAL_COMPUTE, "?", version},
                       NULL),
        STATUS_OK);
    version_free(version);
}

static void test_parameters_that_are_no_json_are_not_believed(void **state)
{
    struct fixture *fixture = *state;
    static const char *const bad[] = {"}, \"x\": {", "1, 2", "", "{} {}"};
    append_with_parameters(fixture, "{\"plateau\": 1}");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        append_with_parameters(fixture, bad[i]);
    struct journal *journal;
    char *path = leave(fixture);
    assert_int_equal(journal_read(path, &journal, NULL), STATUS_OK);
    assert_int_equal(journal->count, 1);
    assert_true(journal->unread > 0);
    journal_free(journal);
    free(path);
}

/* An undo leads back to what the file has, whatever that is. */
static void test_parameters_of_any_type_are_read_back(void **state)
{
    struct fixture *fixture = *state;
    static const char *const odd[] = {"[1, 2]", "5", "null", "\"x\"", "true", "{}"};
    enum { COUNT = sizeof odd / sizeof *odd };
    for (size_t i = 0; i < COUNT; i++)
        append_with_parameters(fixture, odd[i]);
    struct journal *journal;
    char *path = leave(fixture);
    assert_int_equal(journal_read(path, &journal, NULL), STATUS_OK);
    assert_int_equal(journal->count, COUNT);
    for (size_t i = 0; i < COUNT; i++)
        assert_string_equal(journal->records[i].version->parameters, odd[i]);
    journal_free(journal);
    free(path);
}

static void test_an_edit_that_makes_no_sense_is_refused_as_a_whole(void **state)
{
    struct fixture *fixture = *state;
    struct recovery recovery;
    struct error error;
    struct curve_version *bad = version_new("piecewise_linear", (struct breakpoint[]){{1, 1}}, 1);
    assert_int_equal(
        journal_append(fixture->writer,
                       &(struct journal_entry){JOURNAL_EDIT, "conv2d", JOURNAL_COMPUTE, "?", bad},
                       NULL),
        STATUS_OK);
    char *path = leave(fixture);
    assert_int_equal(recovery_open(path, &recovery, &error), STATUS_REFUSED);
    assert_null(recovery.session);
    version_free(bad);
    free(path);
}

#define FIT                                                                                        \
    "{\"fitted_curve\": {\"curve_type\": \"piecewise_linear\","                                    \
    " \"breakpoints\": [[1e6, 0.1], [1e7, 0.2], [1e8, 0.4]]}}"
#define TWINS "{\"curves\": {\"bandwidth:x\": " FIT "}, \"bandwidth_curves\": {\"x\": " FIT "}}"

/* The fixture's file becomes one with two curves, 0 and 1, that are called bandwidth:x. */
static void take_twins(struct fixture *fixture)
{
    put(fixture->file, TWINS, strlen(TWINS));
    session_free(fixture->session);
    calibration_free(fixture->calibration);
    journal_remove(fixture->writer);
    assert_int_equal(calibration_load(fixture->file, &fixture->calibration, NULL), STATUS_OK);
    fixture->session = session_new(fixture->calibration);
    assert_int_equal(
        journal_start(fixture->folder, fixture->file, TWINS, strlen(TWINS), &fixture->writer, NULL),
        STATUS_OK);
    assert_int_equal(fixture->calibration->curve_count, 2);
    assert_string_equal(fixture->calibration->curves[0].name, fixture->calibration->curves[1].name);
}

static void test_of_two_curves_of_one_name_the_one_that_was_edited_is_recovered(void **state)
{
    struct fixture *fixture = *state;
    struct recovery recovery;
    take_twins(fixture);
    scale(fixture, 1, 1.5);
    char *path = leave(fixture);
    assert_int_equal(recovery_open(path, &recovery, NULL), STATUS_OK);
    assert_same_state(recovery.session, fixture->session, 2);
    assert_false(recovery_is_done(&recovery, fixture->calibration));
    struct calibration *elsewhere = changed_file(fixture, 0, 1.01);
    struct session *session = session_new(elsewhere);
    assert_int_equal(recovery_apply(&recovery, session, MERGE_REFUSE, NULL), STATUS_OK);
    assert_false(session_curve_modified(session, 0));
    assert_true(version_equal(session_current(session, 1), session_current(fixture->session, 1)));
    session_free(session);
    calibration_free(elsewhere);
    recovery_done(&recovery);
    free(path);
}

static void test_of_two_curves_of_one_name_only_the_edited_one_need_be_in_the_file(void **state)
{
    struct fixture *fixture = *state;
    struct recovery recovery;
    take_twins(fixture);
    struct calibration *saved = changed_file(fixture, 1, 1.01);
    struct calibration *other = changed_file(fixture, 0, 1.01);
    struct curve_version *next;
    edit_nudge(session_current(fixture->session, 1), 0, 0, 1.01, &next, NULL);
    session_commit(fixture->session, 1, next, "moved", NULL);
    record(fixture, JOURNAL_EDIT, 1, "moved");
    char *path = leave(fixture);
    assert_int_equal(recovery_open(path, &recovery, NULL), STATUS_OK);
    assert_true(recovery_is_done(&recovery, saved));
    assert_false(recovery_is_done(&recovery, other));
    calibration_free(saved);
    calibration_free(other);
    recovery_done(&recovery);
    free(path);
}

/* As a journal of old says it, or one whose word for it nobody knows. */
static void test_a_record_that_does_not_say_which_means_the_first_of_that_name(void **state)
{
    struct fixture *fixture = *state;
    struct recovery recovery;
    struct curve_version *next;
    take_twins(fixture);
    assert_int_equal(edit_scale(session_current(fixture->session, 1), 1.5, &next, NULL), STATUS_OK);
    assert_int_equal(journal_append(fixture->writer,
                                    &(struct journal_entry){JOURNAL_EDIT, "bandwidth:x",
                                                            JOURNAL_SIDE_UNKNOWN, "scaled", next},
                                    NULL),
                     STATUS_OK);
    char *path = leave(fixture);
    assert_int_equal(recovery_open(path, &recovery, NULL), STATUS_OK);
    assert_true(version_equal(session_current(recovery.session, 0), next));
    assert_false(session_curve_modified(recovery.session, 1));
    version_free(next);
    recovery_done(&recovery);
    free(path);
}

static void test_a_record_of_a_curve_that_only_the_other_kind_has_is_refused(void **state)
{
    struct fixture *fixture = *state;
    struct recovery recovery;
    struct error error;
    assert_int_equal(
        journal_append(fixture->writer,
                       &(struct journal_entry){JOURNAL_EDIT, "conv2d", JOURNAL_BANDWIDTH, "?",
                                               session_current(fixture->session, 0)},
                       NULL),
        STATUS_OK);
    char *path = leave(fixture);
    assert_int_equal(recovery_open(path, &recovery, &error), STATUS_INVALID);
    assert_non_null(strstr(error.message, "conv2d"));
    free(path);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_everything_comes_back_and_can_be_undone),
        TEST(test_a_torn_end_loses_only_what_was_never_shown),
        TEST(test_zeros_that_a_power_failure_leaves_at_the_end_are_left_out),
        TEST(test_no_journal_grows_beyond_what_can_be_read),
        TEST(test_only_journals_of_the_file_that_nobody_writes_are_listed),
        TEST(test_a_journal_names_its_file_from_the_root_even_where_its_folder_is_gone),
        TEST(test_what_is_not_a_whole_head_is_no_journal),
        TEST(test_a_name_of_odd_escapes_is_read_as_far_as_it_makes_sense),
        TEST(test_a_record_that_lacks_anything_ends_the_journal),
        TEST(test_what_the_edits_come_from_and_their_note_come_back),
        TEST(test_a_note_taken_back_is_gone_from_the_journal),
        TEST(test_a_removed_journal_is_gone),
        TEST(test_a_file_that_moved_on_is_merged_or_said_to_conflict),
        TEST(test_a_journal_whose_edits_are_in_the_file_is_done),
        TEST(test_an_undo_behind_a_save_is_not_taken_for_done),
        TEST(test_what_was_redone_comes_back_as_done),
        TEST(test_steps_beyond_the_beginning_become_steps_of_their_own),
        TEST(test_a_step_that_makes_no_sense_is_refused_as_a_whole),
        TEST(test_a_record_of_no_curve_is_refused_by_its_name),
        TEST(test_a_damaged_record_is_no_torn_end),
        TEST(test_parameters_that_are_no_json_are_not_believed),
        TEST(test_parameters_of_any_type_are_read_back),
        TEST(test_an_edit_that_makes_no_sense_is_refused_as_a_whole),
        TEST(test_of_two_curves_of_one_name_the_one_that_was_edited_is_recovered),
        TEST(test_of_two_curves_of_one_name_only_the_edited_one_need_be_in_the_file),
        TEST(test_a_record_that_does_not_say_which_means_the_first_of_that_name),
        TEST(test_a_record_of_a_curve_that_only_the_other_kind_has_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
