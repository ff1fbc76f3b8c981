/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What it costs to be safe: a save, and an edit's record in the journal, each beside the bare calls
 * that no way to do it can leave out; with the same bytes, in the same folder, taken in turn.
 */
#include "../journal_start.h"
#include "bench.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/memory.h"
#include "calibration/store.h"
#include "subject.h"
#include "tree.h"
#include "tune/journal.h"

enum { ROUNDS = 2000, WARM_ROUNDS = 50, CURVES = 4, POINTS = 9, FILE_BYTES_MAX = 1 << 20 };

/*
 * Where the breakpoint moves: numbers of the same length, so that all rounds write as many bytes.
 */
static const double there = 0.125, back = 0.375;

/* A calibration whose first breakpoint moves to and fro, and where that is written. */
struct place {
    char *file, *bare, *temporary, *bare_log;
    int folder_fd, log_fd;           /* -1 until they are open */
    struct calibration *calibration; /* as it is in the file now */
    struct breakpoint *breakpoints;  /* of its first curve */
    struct journal_writer *journal;
    struct buffer record; /* what the journal writes for an edit */
};

/* Seconds, of each round. */
struct times {
    double bare[ROUNDS], ours[ROUNDS];
};

typedef bool action(struct place *place);

static bool fails(const char *what, const struct error *error)
{
    fprintf(stderr, "bench: %s: %s\n", what, error ? error->message : strerror(errno));
    return false;
}

static bool write_whole(int fd, const char *bytes, size_t length)
{
    return fd >= 0 && write(fd, bytes, length) == (ssize_t)length;
}

/* --- what is measured --- */

static bool save_barely(struct place *place)
{
    size_t length;
    const char *bytes = json_document_bytes(place->calibration->document, &length);
    int fd = open(place->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    bool good = write_whole(fd, bytes, length) && fsync(fd) == 0 && close(fd) == 0 &&
                rename(place->temporary, place->bare) == 0 && fsync(place->folder_fd) == 0;
    return good || fails("a bare save", NULL);
}

static bool save(struct place *place)
{
    struct error error;
    struct calibration *loaded;
    const struct calibration_curve *curve = &place->calibration->curves[0];
    double now = curve->breakpoints[0].efficiency;
    place->breakpoints[0].efficiency = now == there ? back : there;
    struct curve_change change = {.curve = curve,
                                  .curve_type = curve->curve_type,
                                  .breakpoints = place->breakpoints,
                                  .breakpoint_count = curve->breakpoint_count};
    const struct change_set changes = {place->calibration, &change, 1};
    if (store_save(place->file, &changes, &loaded, &error))
        return fails("a save", &error);
    calibration_free(place->calibration);
    place->calibration = loaded;
    return true;
}

static bool append_barely(struct place *place)
{
    bool good = write_whole(place->log_fd, place->record.bytes, place->record.length) &&
                fdatasync(place->log_fd) == 0;
    return good || fails("a bare append", NULL);
}

static bool append(struct place *place)
{
    struct error error;
    const struct calibration_curve *curve = &place->calibration->curves[0];
    const struct curve_version version = {.curve_type = (char *)curve->curve_type,
                                          .breakpoints = place->breakpoints,
                                          .count = curve->breakpoint_count};
    return journal_append(place->journal,
                          &(struct journal_entry){JOURNAL_EDIT, curve->name, JOURNAL_COMPUTE,
                                                  "moved breakpoint 0", &version},
                          &error) == STATUS_OK ||
           fails("an append", &error);
}

/* --- measuring --- */

static bool take_time(struct place *place, action *act, double *seconds)
{
    double start = subject_clock();
    bool good = act(place);
    *seconds = subject_clock() - start;
    return good;
}

/* In turn, each of the two first in every other round: whatever else the disk does meets both. */
static bool measure(struct place *place, action *bare, action *ours, struct times *times)
{
    bool good = true;
    for (int i = -WARM_ROUNDS; i < ROUNDS && good; i++) {
        size_t round = i < 0 ? 0 : (size_t)i;
        if (i % 2)
            good = take_time(place, bare, &times->bare[round]) &&
                   take_time(place, ours, &times->ours[round]);
        else
            good = take_time(place, ours, &times->ours[round]) &&
                   take_time(place, bare, &times->bare[round]);
    }
    return good;
}

static void print_times(const char *name, size_t bytes, struct times *times)
{
    static const double shares[] = {0.5, 0.99};
    printf("  %-26s %6zu", name, bytes);
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
        double bare = bench_quantile(times->bare, ROUNDS, shares[i]);
        double ours = bench_quantile(times->ours, ROUNDS, shares[i]);
        printf(" %9.3f %9.3f %6.2f", bare * 1e3, ours * 1e3, ours / bare);
    }
    putchar('\n');
}

/* --- where --- */

/* The line that the last append has added to the journal, the only file of its folder. */
static bool read_record(struct place *place, const char *journals)
{
    struct buffer text = {0};
    size_t before = 0, count;
    /* The list leaves out what is in use: close, look, and start anew. */
    journal_keep(place->journal);
    place->journal = NULL;
    char **paths = journal_list(journals, NULL, &count);
    bool good = count == 1 && file_read(paths[0], FILE_BYTES_MAX, &text, NULL) == STATUS_OK;
    for (size_t i = 0; good && i + 1 < text.length; i++)
        if (text.bytes[i] == '\n')
            before = i + 1;
    if (good)
        buffer_append(&place->record, text.bytes + before, text.length - before);
    for (size_t i = 0; i < count; i++)
        free(paths[i]);
    free(paths);
    buffer_done(&text);
    return good || fails("the journal cannot be read", NULL);
}

static bool start_journal(struct place *place, const char *journals)
{
    struct error error;
    size_t length;
    const char *bytes = json_document_bytes(place->calibration->document, &length);
    return journal_start(journals, place->file, bytes, length, &place->journal, &error) ==
               STATUS_OK ||
           fails("a journal", &error);
}

/* Both logs begin with the calibration, as a journal does. */
static bool open_logs(struct place *place, const char *journals)
{
    size_t length;
    const char *bytes = json_document_bytes(place->calibration->document, &length);
    place->log_fd = open(place->bare_log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    return write_whole(place->log_fd, bytes, length) && start_journal(place, journals) &&
           append(place) && read_record(place, journals) && start_journal(place, journals);
}

static bool set_up(struct place *place, const char *folder)
{
    struct error error;
    *place = (struct place){.file = memory_print("%s/curves.json", folder),
                            .bare = memory_print("%s/bare.json", folder),
                            .temporary = memory_print("%s/bare.json.new", folder),
                            .bare_log = memory_print("%s/bare.log", folder),
                            .log_fd = -1};
    place->folder_fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (place->folder_fd < 0 || !tree_make_calibration(place->file, CURVES, POINTS))
        return fails(folder, NULL);
    if (calibration_load(place->file, &place->calibration, &error))
        return fails(place->file, &error);
    const struct calibration_curve *curve = &place->calibration->curves[0];
    place->breakpoints =
        memory_copy(curve->breakpoints, curve->breakpoint_count, sizeof *curve->breakpoints);
    place->breakpoints[0].efficiency = back;
    return open_logs(place, folder);
}

static void tear_down(struct place *place)
{
    journal_remove(place->journal);
    calibration_free(place->calibration);
    free(place->breakpoints);
    buffer_done(&place->record);
    int fds[] = {place->folder_fd, place->log_fd};
    for (size_t i = 0; i < sizeof fds / sizeof *fds; i++)
        if (fds[i] >= 0)
            close(fds[i]);
    free(place->file);
    free(place->bare);
    free(place->temporary);
    free(place->bare_log);
}

bool bench_save(const char *folder)
{
    static struct times saves, appends;
    struct place place;
    size_t length = 0;
    bool measured = set_up(&place, folder) && measure(&place, save_barely, save, &saves) &&
                    measure(&place, append_barely, append, &appends);
    if (measured) {
        printf("\nSaving, beside the bare calls (ms; %d rounds of each, taken in turn):\n", ROUNDS);
        printf("  %-26s %6s %9s %9s %6s %9s %9s %6s\n", "", "bytes", "bare p50", "ours p50",
               "ratio", "bare p99", "ours p99", "ratio");
        json_document_bytes(place.calibration->document, &length);
        print_times("write fsync rename fsync", length, &saves);
        print_times("write fdatasync", place.record.length, &appends);
    }
    tear_down(&place);
    return measured;
}
