/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as the journal of a session: what is read of them is taken up as it says, and reads the
 * same when it is written again.
 *
 * Bytes that do not begin with { are the edits of a journal whose head and calibration are whole,
 * so that not every second input fails there.
 */
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../journal_start.h"
#include "base/buffer.h"
#include "base/memory.h"
#include "fuzz.h"
#include "tune/journal.h"
#include "tune/recovery.h"

static const char calibration[] =
    "{\"hardware_id\": \"x\", \"curves\": {"
    "\"a\": {\"fitted_curve\": {\"curve_type\": \"piecewise_linear\","
    " \"breakpoints\": [[1, 0.5], [10, 0.6], [100, 0.7]]}},"
    "\"b\": {\"fitted_curve\": {\"curve_type\": \"sigmoid\", \"parameters\": {\"plateau\": 1},"
    " \"breakpoints\": [[1e6, 0.1], [1e9, 0.9]]}}, \"c\": {}},"
    "\"bandwidth_curves\": {\"d\": {\"fitted_curve\": {\"breakpoints\": [[5, -1], [4, 0]]}}}}";

static char folder[64];

/* --- where journals are written again --- */

static int remove_entry(const char *path, const struct stat *info, int type, struct FTW *place)
{
    (void)info;
    (void)type;
    (void)place;
    return remove(path);
}

static void remove_folder(void)
{
    nftw(folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS); /* there may be none */
}

static void make_folder(void)
{
    const char *tmp = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/calscope-fuzz-XXXXXX", tmp ? tmp : "/tmp");
    fuzz_require(mkdtemp(folder) != NULL, "a folder can be made");
    atexit(remove_folder);
}

static struct journal *write_again(const struct journal *journal)
{
    struct journal_writer *writer;
    struct journal *again = NULL;
    size_t count;
    fuzz_require(journal_start(folder, journal->file, journal->bytes, journal->length, &writer,
                               NULL) == STATUS_OK,
                 "a journal can be written");
    for (size_t i = 0; i < journal->count; i++) {
        const struct journal_record *record = &journal->records[i];
        fuzz_require(
            journal_append(writer,
                           &(struct journal_entry){record->deed, record->curve, record->side,
                                                   record->what, record->version},
                           NULL) == STATUS_OK,
            "an edit can be written");
    }
    journal_keep(writer);
    char **paths = journal_list(folder, NULL, &count);
    fuzz_require(count == 1 && journal_read(paths[0], &again, NULL) == STATUS_OK,
                 "what was written can be read");
    fuzz_require(unlink(paths[0]) == 0, "a journal can be removed");
    free(paths[0]);
    free(paths);
    return again;
}

static void require_same(const struct journal *a, const struct journal *b)
{
    fuzz_require(a->length == b->length && !memcmp(a->bytes, b->bytes, a->length),
                 "the calibration reads as it was written");
    fuzz_require(a->count == b->count && !b->torn, "every edit reads as it was written");
    for (size_t i = 0; i < a->count; i++) {
        const struct journal_record *x = &a->records[i], *y = &b->records[i];
        fuzz_require(x->deed == y->deed && x->side == y->side && !strcmp(x->curve, y->curve) &&
                         !strcmp(x->what, y->what) && version_equal(x->version, y->version),
                     "an edit reads as it was written");
    }
}

static void require_round_trip(const struct journal *journal)
{
    struct journal *again = write_again(journal), *once_more = write_again(again);
    require_same(journal, again);
    require_same(again, once_more);
    fuzz_require(!strcmp(again->file, once_more->file), "a path reads as it was written");
    journal_free(once_more);
    journal_free(again);
}

/* --- taking it up --- */

static bool is_about(const struct journal_record *record, const struct calibration *loaded,
                     const struct calibration_curve *curve)
{
    if (record->side == JOURNAL_SIDE_UNKNOWN)
        return calibration_find(loaded, record->curve, NULL) == curve;
    return calibration_find_kind(loaded, record->curve, record->side == JOURNAL_BANDWIDTH) == curve;
}

/* Each curve is as the last edit of it left it; those that none names, as they were loaded. */
static void require_last_versions(const struct recovery *recovery, const struct session *session)
{
    const struct journal *journal = recovery->journal;
    for (size_t i = 0; i < recovery->loaded->curve_count; i++) {
        const struct curve_version *last = NULL;
        for (size_t j = 0; j < journal->count; j++)
            if (is_about(&journal->records[j], recovery->loaded, &recovery->loaded->curves[i]))
                last = journal->records[j].version;
        fuzz_require(last ? version_equal(session_current(session, i), last)
                          : !session_curve_modified(session, i),
                     "a curve is as its last edit left it");
    }
}

/* The same edits over another file: whatever comes of it, a refusal changes nothing. */
static void meet_another_file(const struct recovery *recovery)
{
    struct calibration *other;
    fuzz_require(calibration_read(calibration, strlen(calibration), &other, NULL) == STATUS_OK,
                 "the calibration is one");
    for (int conflict = MERGE_REFUSE; conflict <= MERGE_TAKE_MINE; conflict++) {
        struct error error;
        struct session *session = session_new(other);
        if (recovery_apply(recovery, session, (enum merge_conflict)conflict, &error) != STATUS_OK)
            fuzz_require(session_modified_count(session) == 0 && error.message[0],
                         "a refusal changes nothing and has a reason");
        session_free(session);
    }
    calibration_free(other);
}

/* Takes the journal. */
static void take_up(struct journal *journal)
{
    struct recovery recovery;
    struct error error = {0};
    if (recovery_make(journal, &recovery, &error) != STATUS_OK) {
        fuzz_require(error.message[0] != '\0', "a refusal has a reason");
        return;
    }
    struct session *session = session_new(recovery.loaded);
    fuzz_require(recovery_is_current(&recovery, recovery.loaded), "a journal knows its file");
    fuzz_require(recovery_apply(&recovery, session, MERGE_REFUSE, &error) == STATUS_OK,
                 "what was done once can be done again");
    require_last_versions(&recovery, recovery.session);
    require_last_versions(&recovery, session);
    fuzz_require(recovery_is_done(&recovery, recovery.loaded) ==
                     (session_modified_count(session) == 0 && journal->unread == 0),
                 "there is something to take up where something is modified or cannot be read");
    meet_another_file(&recovery);
    session_free(session);
    recovery_done(&recovery);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct journal *journal;
    struct buffer text = {0};
    if (!folder[0])
        make_folder();
    if (length == 0 || bytes[0] != '{')
        buffer_print(&text,
                     "{\"journal\":1,\"file\":\"file:///x.json\",\"started\":\"\",\"bytes\":%zu}\n"
                     "%s\n",
                     strlen(calibration), calibration);
    buffer_append(&text, bytes, length);
    if (journal_parse("x", buffer_string(&text), text.length, &journal, NULL) == STATUS_OK) {
        require_round_trip(journal);
        take_up(journal);
    }
    buffer_done(&text);
    return 0;
}
