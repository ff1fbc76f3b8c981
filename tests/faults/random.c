/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Saves through a C library whose calls on files fail at random, several a run, reads and writes
 * cut short among them (libfiu).
 *
 *     faults_random SAVES
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "folder.h"
#include "subject.h"
#include "verdict.h"

enum { SKIPPED = 77, COMMAND_COUNT = 2 };

/* Failures now and then, and many at once. */
static const char *const likelihoods[] = {
    "enable_random name=posix/io/*,probability=0.02",
    "enable_random name=posix/io/*,probability=0.1",
};

/* What came of all saves. */
struct tally {
    size_t saves, failed, torn, left_over, untrue;
};

static void save_once(const struct subject *subject, const char *saved, size_t length,
                      const struct scratch *scratch, struct tally *tally)
{
    struct outcome outcome;
    scratch_reset(scratch);
    subject_run(subject, scratch, NULL, &outcome);
    enum content content = verdict_content(scratch, saved, length);
    bool left_over = scratch_leftovers(scratch) > 0;
    const char *wrong = verdict_ended(scratch, &outcome, content);
    tally->saves++;
    tally->failed += outcome.status != 0;
    tally->torn += content == CONTENT_TORN;
    tally->left_over += left_over;
    tally->untrue += wrong && content != CONTENT_TORN && !left_over;
    if (wrong)
        printf("%s, %s: %s; exit status %d, %s, and it said:\n%s\n", subject->name,
               subject->words[5], wrong, outcome.status, verdict_content_name(content),
               outcome.said);
    outcome_done(&outcome);
}

/* The bytes of an undisturbed save; NULL if it does not even save then. */
static char *save_undisturbed(const struct subject *subject, const struct scratch *scratch,
                              size_t *length)
{
    struct outcome outcome;
    scratch_reset(scratch);
    subject_run(subject, scratch, NULL, &outcome);
    bool good = outcome.claim == CLAIM_SAVED;
    if (!good)
        printf("%s: does not save: %s\n", subject->name, outcome.said);
    outcome_done(&outcome);
    return good ? folder_read("", scratch->file, length) : NULL;
}

static void try_command(const struct subject *subject, size_t saves, struct tally *tally)
{
    struct scratch scratch;
    size_t length;
    scratch_init(&scratch, subject);
    char *saved = save_undisturbed(subject, &scratch, &length);
    tally->untrue += !saved;
    for (size_t i = 0; saved && i < saves; i++) {
        /* -f '' keeps it from making pipes to be controlled by. */
        const char *const words[] = {"fiu-run", "-x", "-f", "", "-c", likelihoods[i % 2], NULL};
        struct subject failing = subject_behind(subject, words);
        save_once(&failing, saved, length, &scratch, tally);
    }
    free(saved);
    scratch_done(&scratch);
}

int main(int argc, char **argv)
{
    size_t saves = argc == 2 ? strtoul(argv[1], NULL, 10) : 0;
    struct tally tally = {0};
    if (saves < 2)
        return EXIT_FAILURE;
    if (system("fiu-run -x -f '' -c 'enable name=posix/io/oc/open' cat /dev/null 2>/dev/null") ==
            0 ||
        system("fiu-run -x -f '' true 2>/dev/null") != 0) {
        puts("skipped: fiu-run is missing, or lets nothing fail here");
        return SKIPPED;
    }
    for (size_t i = 0; i < subject_count; i++)
        if (!subjects[i].keys && !subjects[i].piece && !subjects[i].saves_in_place)
            try_command(&subjects[i], saves / COMMAND_COUNT, &tally);
    printf("random failures: %zu saves, %zu of them failed; %zu torn, %zu left over, %zu untrue\n",
           tally.saves, tally.failed, tally.torn, tally.left_over, tally.untrue);
    bool varied = tally.failed > tally.saves / 10 && tally.failed < tally.saves * 9 / 10;
    return varied && tally.torn + tally.left_over + tally.untrue == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
