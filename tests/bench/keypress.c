/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one keypress costs, in processor time and in bytes, against htop moving its selection. */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "subject.h"

enum { ROUNDS = 5, KEYS = 60, RUN = 15, SUBJECTS_MAX = 16, RECORD = 256 };

#define UP "\033OA"
#define DOWN "\033OB"
#define RIGHT "\033OC"
#define LEFT "\033OD"

enum tree { HUNDRED, LARGE, DENSE };

/* A place in a program, and two keys that move there and back. */
struct place {
    const char *name;
    const char *const *keys; /* that lead there, ends in NULL */
    const char *shows;       /* what then stands on the screen */
    const char *there, *back;
    enum tree tree;
    int run; /* keys there before as many back */
};

static const char *const stay[] = {NULL}, *const into_curves[] = {"\r", NULL},
                         *const into_tune[] = {"\r", "\r", NULL},
                         *const into_overlay[] = {"a", NULL}, *const into_fit[] = {"\r", "f", NULL},
                         *const into_compare[] = {"m", "j", "c", NULL};

static const struct place places[] = {
    {"browse, 100 files: selection", stay, "100 calibrations", DOWN, UP, HUNDRED, RUN},
    {"browse, 5,000 files: selection", stay, "5000 calibrations", DOWN, UP, LARGE, RUN},
    {"curves: cursor", into_curves, "FLOPs", RIGHT, LEFT, HUNDRED, RUN},
    {"curves: other curve", into_curves, "FLOPs", DOWN, UP, HUNDRED, RUN},
    {"16 curves, 10,000 points: cursor", into_overlay, "FLOPs", RIGHT, LEFT, DENSE, RUN},
    {"16 curves, 10,000 points: other", into_overlay, "FLOPs", DOWN, UP, DENSE, RUN},
    {"tune: breakpoint up, down", into_tune, "breakpoint ", UP, DOWN, HUNDRED, RUN},
    {"fit: other model", into_fit, "recomputed", DOWN, UP, HUNDRED, RUN},
    {"fit: a point out, in again", into_fit, "recomputed", " ", " ", HUNDRED, RUN},
    /* Three keys, the first of which refits 9 points of 10: what it costs is at most this. */
    {"fit: a point out (refits), in, next", into_fit, "recomputed", "  l", "  h", HUNDRED, 9},
    {"compare: cursor", into_compare, "B = ", RIGHT, LEFT, HUNDRED, RUN},
    {"a key that changes nothing", stay, "100 calibrations", "g", "g", HUNDRED, RUN},
};
enum { PLACES = sizeof places / sizeof *places };

static const struct place htop_place = {"htop: selection", stay, "PID", DOWN, UP, HUNDRED, RUN};

/* A running program at its place, and what its rounds have cost. */
struct runner {
    const struct place *place;
    struct subject *subject;
    double microseconds[ROUNDS]; /* a keypress */
    double bytes[ROUNDS];
};

static bool reach(struct subject *subject, const struct place *place)
{
    if (!subject_wait_text(subject, place->shows, true) && !*place->keys)
        return false;
    for (const char *const *key = place->keys; *key; key++) {
        subject_send(subject, *key);
        if (!subject_rest(subject))
            return false;
    }
    return subject_wait_text(subject, place->shows, true) && subject_rest(subject);
}

static bool start_runner(struct runner *runner, const struct place *place, const char *const argv[],
                         int rows, int columns)
{
    *runner = (struct runner){.place = place, .subject = subject_start(argv, rows, columns)};
    if (runner->subject && reach(runner->subject, place))
        return true;
    fprintf(stderr, "bench: %s does not come to: %s\n", argv[0], place->name);
    return false;
}

/* Keys there, as many back, and so on; each is answered before the next one comes. */
static bool run_keys(struct runner *runner, int count)
{
    const struct place *place = runner->place;
    for (int i = 0; i < count; i++) {
        subject_send(runner->subject, i / place->run % 2 ? place->back : place->there);
        if (!subject_rest(runner->subject))
            return false;
    }
    return true;
}

/*
 * What the system takes of an edit in tune, whoever asks it: to append a record as long as the
 * journal's and to have it on the disk. A file of its own, without a name.
 */
struct bare {
    int fd;
    double microseconds[ROUNDS]; /* a record */
};

static bool bare_open(struct bare *bare)
{
    char path[4096];
    const char *folder = getenv("TMPDIR");
    snprintf(path, sizeof path, "%s/bare-XXXXXX", folder ? folder : "/tmp");
    bare->fd = mkstemp(path);
    return bare->fd >= 0 && unlink(path) == 0;
}

static double own_processor_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static bool measure_bare(struct bare *bare, int round)
{
    static const char record[RECORD];
    bool written = true;
    double seconds = own_processor_seconds();
    for (int i = 0; i < KEYS; i++)
        written = written && write(bare->fd, record, RECORD) == RECORD && fdatasync(bare->fd) == 0;
    bare->microseconds[round] = (own_processor_seconds() - seconds) * 1e6 / KEYS;
    return written;
}

static bool measure_round(struct runner *runner, int round)
{
    double seconds = subject_processor_seconds(runner->subject);
    size_t bytes = subject_bytes_written(runner->subject);
    bool answered = run_keys(runner, KEYS);
    seconds = subject_processor_seconds(runner->subject) - seconds;
    bytes = subject_bytes_written(runner->subject) - bytes;
    runner->microseconds[round] = seconds * 1e6 / KEYS;
    runner->bytes[round] = (double)bytes / KEYS;
    return answered;
}

/* All runners once in every round, so that whatever else the machine does meets all of them. */
static bool measure_rounds(struct runner *runners, size_t count, struct bare *bare)
{
    bool answered = true;
    for (size_t i = 0; i < count; i++)
        answered = answered && run_keys(&runners[i], 2 * RUN); /* warm */
    for (int round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < count; i++)
            answered = answered && measure_round(&runners[i], round);
        answered = answered && measure_bare(bare, round);
    }
    if (!answered)
        fputs("bench: a program ended or did not rest while keys were pressed\n", stderr);
    return answered;
}

static void print_cost(const char *name, double *microseconds, double htop)
{
    double cost = bench_median(microseconds, ROUNDS);
    printf("  %-36s %10.0f ", name, cost);
    if (htop > 0)
        printf("%8.2f", cost / htop);
    else
        printf("%8s", "-");
}

static void print_runners(struct runner *runners, size_t count, struct bare *bare, double htop)
{
    printf("  %-36s %10s %8s %10s\n", "", "us CPU/key", "of htop", "bytes/key");
    for (size_t i = 0; i < count; i++) {
        print_cost(runners[i].place->name, runners[i].microseconds, htop);
        printf(" %10.0f\n", bench_median(runners[i].bytes, ROUNDS));
    }
    print_cost("write and fdatasync, bare: no key", bare->microseconds, htop);
    printf(" %10d\n", RECORD);
}

static bool start_all(struct runner *runners, size_t *count, const struct trees *trees, int rows,
                      int columns, bool with_htop)
{
    bool started = true;
    *count = 0;
    if (with_htop)
        started = start_runner(&runners[(*count)++], &htop_place,
                               (const char *[]){"htop", "-d", "100", NULL}, rows, columns);
    for (size_t i = 0; i < PLACES && started; i++) {
        const char *tree = places[i].tree == LARGE   ? trees->large
                           : places[i].tree == DENSE ? trees->dense
                                                     : trees->hundred;
        started = start_runner(&runners[(*count)++], &places[i],
                               (const char *[]){CALSCOPE, tree, NULL}, rows, columns);
    }
    return started;
}

static bool measure_size(const struct trees *trees, int rows, int columns, bool with_htop)
{
    struct runner runners[SUBJECTS_MAX];
    struct bare bare;
    size_t count = 0;
    bool measured = bare_open(&bare) &&
                    start_all(runners, &count, trees, rows, columns, with_htop) &&
                    measure_rounds(runners, count, &bare);
    if (measured) {
        double htop = with_htop ? bench_median(runners[0].microseconds, ROUNDS) : 0;
        printf("\nA keypress at %dx%d, medians of %d rounds of %d keys taken in turn:\n", columns,
               rows, ROUNDS, KEYS);
        print_runners(runners, count, &bare, htop);
    }
    for (size_t i = 0; i < count; i++)
        subject_stop(runners[i].subject);
    if (bare.fd >= 0)
        close(bare.fd);
    return measured;
}

bool bench_keypress(const struct trees *trees)
{
    bool with_htop = system("command -v htop >/dev/null 2>&1") == 0;
    puts(with_htop
             ? "\nhtop runs with -d 100: it looks at the processes once in 10 s; the rounds in "
               "which it does\nare the outliers that the medians leave out. Its list shows "
               "this machine's processes."
             : "\nhtop is not installed (apt-get install htop): nothing to compare with.");
    bool small = measure_size(trees, 24, 80, with_htop);
    return measure_size(trees, 60, 200, with_htop) && small;
}
