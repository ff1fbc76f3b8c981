/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs a way to save in a scratch folder, under strace or not, in a terminal or not. */
#include "subject.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "environment.h"
#include "folder.h"
#include "terminal.h"
#include "trace.h"

#define TUNE                                                                                       \
    {                                                                                              \
        CALSCOPE, "tune", FILE_WORD, "-c", "conv2d", "--scale", "1.1"                              \
    }
#define FIT                                                                                        \
    {                                                                                              \
        CALSCOPE, "fit", FILE_WORD, "-c", "matmul", "-m", "piecewise_linear", "--save"             \
    }

/* One row a way to save. A new one needs nothing else: the checks take all rows. */
const struct subject subjects[] = {
    {.name = "tune", .words = TUNE},
    {.name = "tune in pieces", .words = TUNE, .piece = 8192},
    {.name = "fit --save", .words = FIT},
    {.name = "explorer", .words = {CALSCOPE, FILE_WORD}, .keys = "Enter k w Enter", .from_key = 4},
    {.name = "explorer, copy",
     .words = {CALSCOPE, FILE_WORD},
     .keys = "Enter k w S Backspace Backspace Backspace Backspace Backspace n Enter",
     .from_key = 11,
     .copies = true},
    {.name = "journal",
     .words = {CALSCOPE, FILE_WORD},
     .keys = "Enter k",
     .from_key = 1,
     .crashes = true},
    {.name = "control", .words = {SAVE_IN_PLACE, FILE_WORD}, .saves_in_place = true},
};
const size_t subject_count = sizeof subjects / sizeof *subjects;

enum { FILE_MODE = 0640, ROWS = 30, COLUMNS = 200, COMMAND_WORDS = 48, ATTEMPTS = 20, PICKY = 5 };

static const char attribute[] = "user.calscope-test";

static _Noreturn void stop(const char *what)
{
    fprintf(stderr, "faults: %s: %s\n", what, strerror(errno));
    exit(EXIT_FAILURE);
}

/* --- the folder --- */

void scratch_init(struct scratch *scratch, const struct subject *subject)
{
    *scratch = (struct scratch){.home = folder_make(), .folder = folder_make()};
    if (!scratch->home || !scratch->folder)
        stop("no temporary folder");
    scratch->file = memory_print("%s/curves.json", scratch->folder);
    scratch->source = memory_copy_string(scratch->file);
    if (subject->copies)
        scratch->source[strlen(scratch->source) - 1] = '\0';
    scratch->log = memory_print("%s/strace.log", scratch->home);
    scratch->old =
        folder_read(SOURCE_DIR, "hardware_registry/gpu/jetson_orin_agx/efficiency_curves.json",
                    &scratch->old_length);
    if (!scratch->old)
        stop("no calibration to try");
    scratch_reset(scratch);
}

void scratch_done(struct scratch *scratch)
{
    folder_remove(scratch->folder);
    folder_remove(scratch->home);
    free(scratch->home);
    free(scratch->folder);
    free(scratch->source);
    free(scratch->file);
    free(scratch->log);
    free(scratch->old);
}

void scratch_forget(const struct scratch *scratch)
{
    char *state = memory_print("%s/.local", scratch->home);
    folder_remove(state);
    free(state);
}

void scratch_reset(const struct scratch *scratch)
{
    scratch_forget(scratch);
    folder_remove(scratch->folder);
    if (mkdir(scratch->folder, 0755) < 0 ||
        !folder_write("", scratch->source, scratch->old, scratch->old_length) ||
        chmod(scratch->source, FILE_MODE) < 0)
        stop(scratch->source);
    if (setxattr(scratch->source, attribute, "kept", 4, 0) < 0 && errno != ENOTSUP)
        stop(scratch->source);
    if (unlink(scratch->log) < 0 && errno != ENOENT)
        stop(scratch->log);
}

int scratch_leftovers(const struct scratch *scratch)
{
    int count = -2; /* the two dots */
    DIR *folder = opendir(scratch->folder);
    while (folder && readdir(folder))
        count++;
    if (folder)
        closedir(folder);
    return count - (access(scratch->source, F_OK) == 0) - scratch_has_copy(scratch);
}

bool scratch_has_copy(const struct scratch *scratch)
{
    return strcmp(scratch->source, scratch->file) != 0 && access(scratch->file, F_OK) == 0;
}

bool scratch_kept_mode(const struct scratch *scratch)
{
    struct stat info;
    return stat(scratch->source, &info) == 0 && (info.st_mode & 07777) == FILE_MODE;
}

bool scratch_kept_attribute(const struct scratch *scratch)
{
    char value[8];
    return getxattr(scratch->source, attribute, value, sizeof value) == 4 || errno == ENOTSUP;
}

/* --- the command line --- */

/* The words of a command, and the strings made for it. */
struct command {
    const char *words[COMMAND_WORDS];
    size_t count;
    char *piece;
};

static void add(struct command *command, const char *word)
{
    if (command->count == COMMAND_WORDS - 1)
        abort();
    command->words[command->count++] = word;
}

static void add_option(struct command *command, const char *option, const char *value)
{
    add(command, option);
    add(command, value);
}

/*
 * strace 6.1 delivers no signals where it stops calls by seccomp, which else is three times faster.
 */
static bool may_use_seccomp(const char *const rules[])
{
    while (*rules && !strstr(*rules, ":signal="))
        rules++;
    return !*rules;
}

/* -D: the program itself is the child, so that the kit can watch it; strace stands aside. */
static void add_strace(struct command *command, const struct subject *subject,
                       const struct scratch *scratch, const char *const rules[])
{
    add(command, "strace");
    if (subject->keys)
        add(command, "-D");
    add(command, "-fyq");
    if (may_use_seccomp(rules))
        add(command, "--seccomp-bpf");
    add_option(command, "-s", "0");
    add_option(command, "-o", scratch->log);
    for (; *rules; rules++)
        add_option(command, "-e", *rules);
    if (command->piece) {
        add_option(command, "-E", "LD_PRELOAD=" IN_PIECES);
        add_option(command, "-E", command->piece);
    }
}

static void compose(struct command *command, const struct subject *subject,
                    const struct scratch *scratch, const char *const rules[])
{
    *command = (struct command){0};
    if (subject->piece)
        command->piece = memory_print("IN_PIECES_OF=%zu", subject->piece);
    if (rules)
        add_strace(command, subject, scratch, rules);
    for (const char *const *word = subject->words; *word; word++)
        add(command, strcmp(*word, FILE_WORD) == 0 ? scratch->source : *word);
}

/* --- running --- */

/* LeakSanitizer itself traces, and nobody else then may; AddressSanitizer wants to come first. */
static const char *const overrides[] = {"ASAN_OPTIONS=detect_leaks=0:verify_asan_link_order=0",
                                        NULL};

static void become(const struct command *command, const char *home, const char *said)
{
    struct environment environment;
    signal(SIGPIPE, SIG_DFL); /* whatever started the tests may have ignored them */
    signal(SIGXFSZ, SIG_DFL);
    int null = open("/dev/null", O_RDONLY), out = open(said, O_CREAT | O_TRUNC | O_WRONLY, 0600);
    if (!environment_init(&environment, home, overrides) || dup2(null, STDIN_FILENO) < 0 ||
        dup2(out, STDOUT_FILENO) < 0 || dup2(out, STDERR_FILENO) < 0)
        _exit(126);
    close(null);
    close(out);
    execvpe(command->words[0], (char *const *)command->words, environment.list);
    _exit(127);
}

static int wait_for(pid_t child)
{
    int status = 0;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            stop("waitpid");
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

static enum claim read_claim(const struct outcome *outcome, const struct scratch *scratch)
{
    bool is_named = strstr(outcome->said, scratch->file);
    bool is_unsynced = strstr(outcome->said, "durability is unknown");
    if (outcome->status == 0)
        return is_unsynced ? CLAIM_NONE : CLAIM_SAVED;
    if (outcome->status != 2 || !is_named)
        return CLAIM_NONE;
    return is_unsynced ? CLAIM_UNSYNCED : CLAIM_NOT_SAVED;
}

static void run_command(const struct command *command, const struct scratch *scratch,
                        struct outcome *outcome)
{
    size_t length;
    char *said = memory_print("%s/said", scratch->home);
    pid_t child = fork();
    if (child == 0)
        become(command, scratch->home, said);
    outcome->status = wait_for(child);
    outcome->said = folder_read("", said, &length);
    free(said);
    if (!outcome->said)
        stop("what the program said");
    outcome->claim = read_claim(outcome, scratch);
}

static char *read_screen(struct terminal *terminal)
{
    struct buffer text = {0};
    for (int row = 0; row < terminal_rows(terminal); row++)
        buffer_print(&text, "%s\n", terminal_row(terminal, row));
    return text.bytes;
}

/* The explorer ends with 0 whatever a save came to: what it says is on the screen. */
static enum claim read_screen_claim(const struct outcome *outcome)
{
    bool is_unsynced = strstr(outcome->said, "durability is unknown");
    if (outcome->status != 0)
        return CLAIM_NONE;
    if (strstr(outcome->said, "Wrote "))
        return is_unsynced ? CLAIM_UNSYNCED : CLAIM_SAVED;
    /* The last: a look at the file that was cut short had it changed, the next one had not. */
    bool is_not_saved = strstr(outcome->said, "Not written: ") ||
                        strstr(outcome->said, "No copy: ") ||
                        strstr(outcome->said, "as it was loaded again: Enter writes your changes");
    return is_not_saved ? CLAIM_NOT_SAVED : CLAIM_NONE;
}

static void run_explorer(const struct command *command, const struct subject *subject,
                         const struct scratch *scratch, struct outcome *outcome)
{
    struct terminal_options options = {
        .rows = ROWS, .columns = COLUMNS, .home = scratch->home, .environment = overrides};
    struct terminal *terminal = terminal_start(&options, command->words);
    terminal_wait_idle(terminal);
    terminal_press(terminal, subject->keys);
    outcome->said = read_screen(terminal);
    if (subject->crashes)
        terminal_kill(terminal, SIGKILL);
    else
        terminal_send(terminal, "\003qq"); /* out of a prompt, or as q; the second where it asks */
    outcome->status = terminal_wait_exit(terminal);
    terminal_stop(terminal);
    outcome->claim = read_screen_claim(outcome);
}

void subject_run(const struct subject *subject, const struct scratch *scratch,
                 const char *const rules[], struct outcome *outcome)
{
    struct command command;
    *outcome = (struct outcome){0};
    compose(&command, subject, scratch, rules);
    if (subject->keys)
        run_explorer(&command, subject, scratch, outcome);
    else
        run_command(&command, scratch, outcome);
    free(command.piece);
}

void outcome_done(struct outcome *outcome)
{
    free(outcome->said);
    *outcome = (struct outcome){0};
}

struct subject subject_behind(const struct subject *subject, const char *const words[])
{
    struct subject behind = *subject;
    size_t before = 0, own = 0;
    while (words[before])
        before++;
    while (subject->words[own])
        own++;
    if (before + own >= SUBJECT_WORDS)
        abort();
    memcpy(behind.words, words, before * sizeof *words);
    memcpy(behind.words + before, subject->words, (own + 1) * sizeof *words);
    return behind;
}

static bool is_in(const struct scratch *scratch, const struct trace_call *call)
{
    return strstr(call->text, scratch->folder) || strstr(call->text, scratch->home);
}

/* The number of the first call of this name that is about the scratch; 0: there is none. */
static unsigned find_first(const struct scratch *scratch, const struct trace *trace,
                           const char *name)
{
    for (size_t i = 0; i < trace->count; i++)
        if (strcmp(trace->calls[i].name, name) == 0 && is_in(scratch, &trace->calls[i]))
            return trace->calls[i].occurrence;
    return 0;
}

/* What to add to the number of a call of the undisturbed run to have that of the same call here. */
static int find_drift(const struct scratch *scratch, const struct trace *undisturbed,
                      const struct trace *trace, const struct trace_call *call)
{
    unsigned here = find_first(scratch, trace, call->name);
    unsigned there = find_first(scratch, undisturbed, call->name);
    return is_in(scratch, call) && here > 0 ? (int)here - (int)there : 0;
}

/* What a call is about, roughly: the files, the home, or else the terminal and the loader's. */
static int place_of(const struct scratch *scratch, const struct trace_call *call)
{
    if (strstr(call->text, scratch->home))
        return 2;
    return strstr(call->text, scratch->folder) ? 1 : 0;
}

/* Calls about different places are not the same, whatever their numbers. */
static bool is_elsewhere(const struct scratch *scratch, const struct trace_call *a,
                         const struct trace_call *b)
{
    return place_of(scratch, a) != place_of(scratch, b);
}

bool subject_meet(const struct subject *subject, const struct scratch *scratch,
                  const struct trace *undisturbed, const struct trace_call *call,
                  const char *inject, const char *more, struct outcome *outcome)
{
    char *traced = memory_print("trace=%s", call->name);
    bool met = false;
    *outcome = (struct outcome){0};
    for (int i = 0, drift = 0; i < ATTEMPTS && !met; i++) {
        struct trace trace;
        unsigned number = call->occurrence + (unsigned)drift;
        char *numbered = memory_print("%s:when=%u", inject, number);
        const char *const rules[] = {traced, numbered, more, NULL};
        outcome_done(outcome);
        scratch_reset(scratch);
        subject_run(subject, scratch, rules, outcome);
        bool came = trace_read(scratch->log, &trace) && trace_fault(&trace);
        drift = find_drift(scratch, undisturbed, &trace, call);
        met = came && trace_fault(&trace)->occurrence == call->occurrence + (unsigned)drift &&
              (i >= PICKY || !is_elsewhere(scratch, trace_fault(&trace), call));
        trace_done(&trace);
        free(numbered);
    }
    free(traced);
    return met;
}

static bool trace_once(const struct subject *subject, const struct scratch *scratch,
                       struct trace *trace, char **saved, size_t *saved_length)
{
    static const char *const rules[] = {"trace=%file,%desc", NULL};
    struct outcome outcome;
    scratch_reset(scratch);
    subject_run(subject, scratch, rules, &outcome);
    bool good = scratch_kept_mode(scratch) && scratch_kept_attribute(scratch) &&
                trace_read(scratch->log, trace);
    *saved = good ? folder_read("", scratch->file, saved_length) : NULL;
    bool differs = *saved && (*saved_length != scratch->old_length ||
                              memcmp(*saved, scratch->old, *saved_length) != 0);
    if (subject->crashes)
        good = *saved && !differs && trace->killed;
    else
        good = differs && outcome.claim == CLAIM_SAVED;
    if (!good)
        printf("%s: does not even work undisturbed; it said:\n%s\n", subject->name, outcome.said);
    outcome_done(&outcome);
    return good;
}

/* The next call from *at on that is about the scratch; NULL behind the last. */
static const struct trace_call *next_in(const struct scratch *scratch, const struct trace *trace,
                                        size_t *at)
{
    while (*at < trace->count && !is_in(scratch, &trace->calls[*at]))
        ++*at;
    return *at < trace->count ? &trace->calls[(*at)++] : NULL;
}

/* Whether two runs made the same calls about the scratch, in the same order. */
static bool is_same_course(const struct scratch *scratch, const struct trace *a,
                           const struct trace *b)
{
    size_t at_a = 0, at_b = 0;
    for (;;) {
        const struct trace_call *in_a = next_in(scratch, a, &at_a);
        const struct trace_call *in_b = next_in(scratch, b, &at_b);
        if (!in_a || !in_b)
            return in_a == in_b;
        if (strcmp(in_a->name, in_b->name) != 0)
            return false;
    }
}

/*
 * On a busy machine the explorer may be told of a change on disk in more parts than one, and look
 * at the file once for each: no fault would meet the calls of such a run. So it takes two alike.
 */
bool subject_trace(const struct subject *subject, const struct scratch *scratch,
                   struct trace *trace, char **saved, size_t *saved_length)
{
    enum { TRACES = 10 };
    bool good = trace_once(subject, scratch, trace, saved, saved_length), alike = false;
    for (int i = 1; i < TRACES && good && !alike; i++) {
        struct trace before = *trace;
        *trace = (struct trace){0};
        free(*saved);
        good = trace_once(subject, scratch, trace, saved, saved_length);
        alike = good && is_same_course(scratch, &before, trace);
        trace_done(&before);
    }
    if (good && !alike)
        printf("%s: no two of %d runs made the same calls\n", subject->name, TRACES);
    return good && alike;
}
