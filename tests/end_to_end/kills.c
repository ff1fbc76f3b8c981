/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A session of a hundred edits in the real program, ended early behind each of them in every way:
 * no edit that was on the screen is lost.
 *
 *     end_to_end_kills [EVERY]     runs each EVERY-th pair of edit and way (default 1: all)
 *
 * The same keys go through the explorer in this process first, without a journal: what it then
 * would save behind each edit is what the file must hold once the edits of a dead session are taken
 * up.
 */
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/memory.h"
#include "folder.h"
#include "keys.h"
#include "terminal.h"
#include "ui/app.h"
#include "ui/terminal/term.h"

enum { EDITS = 100, KEYS_MAX = 2000, DELAY_MAX_US = 3000 };

#define JETSON "hardware_registry/gpu/jetson_orin_agx/efficiency_curves.json"

/* How a session ends. */
struct way {
    const char *name;
    int signal;  /* 0: its terminal is closed */
    bool unseen; /* at any time from when the last key was sent, not once its effect is shown */
};

static const struct way ways[] = {
    {"SIGKILL", SIGKILL, false}, {"SIGKILL at once", SIGKILL, true}, {"SIGTERM", SIGTERM, false},
    {"SIGHUP", SIGHUP, false},   {"closed terminal", 0, false},
};
enum { WAYS = sizeof ways / sizeof *ways };

/* Keys, and what comes of them. */
struct script {
    char names[KEYS_MAX][16]; /* as the terminal kit knows them */
    size_t key_count;
    size_t keys_until[EDITS + 1];   /* so many keys make so many edits */
    struct buffer saved[EDITS + 1]; /* what a save would then write */
};

struct tally {
    size_t sessions, committed, lost;
};

/* Where the program runs. */
struct place {
    char *home, *state, *journals, *folder, *file;
};

static _Noreturn void stop(const char *what)
{
    fprintf(stderr, "kills: %s\n", what);
    exit(EXIT_FAILURE);
}

/* A number of a sequence that is always the same. */
static unsigned next(unsigned *seed, unsigned below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % below;
}

/* --- what the edits come to --- */

static int key_of(const char *name)
{
    static const struct {
        const char *name;
        int key;
    } named[] = {{"Enter", TERM_KEY_ENTER},
                 {"Tab", TERM_KEY_TAB},
                 {"Backspace", TERM_KEY_BACKSPACE},
                 {"Ctrl-R", 'R' - '@'}};
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (strcmp(named[i].name, name) == 0)
            return named[i].key;
    return (unsigned char)name[0];
}

static void compose(const struct app *app, struct buffer *out)
{
    struct change_set changes = session_changes(app->file->session, NULL);
    store_compose(&changes, out);
    free(changes.items);
}

static bool same(const struct buffer *a, const struct buffer *b)
{
    return a->length == b->length && memcmp(a->bytes, b->bytes, a->length) == 0;
}

/* Presses a key; the edits made by now. Each of them changes what would be saved. */
static size_t press(struct app *app, struct script *script, size_t edits, const char *name)
{
    struct buffer now = {0};
    if (script->key_count == KEYS_MAX)
        stop("too many keys for so few edits");
    snprintf(script->names[script->key_count++], sizeof *script->names, "%s", name);
    app_key(app, key_of(name));
    compose(app, &now);
    if (same(&now, &script->saved[edits])) {
        buffer_done(&now);
        return edits;
    }
    script->keys_until[++edits] = script->key_count;
    script->saved[edits] = now;
    return edits;
}

/* What a user does, some of it more often. Each begins and ends where curves are tuned. */
static const char *const strokes[] = {
    "k",
    "k",
    "k",
    "j",
    "j",
    "h",
    "h",
    "l",
    "l",
    "K",
    "J",
    "H",
    "L",
    "Tab",
    "Tab",
    "n",
    "i",
    "i",
    "d",
    "d",
    "s",
    "u",
    "u",
    "u",
    "u",
    "u",
    "Ctrl-R",
    "Ctrl-R",
    "Ctrl-R",
    "* 1 . 0 3 Enter",
    "* . 9 7 Enter",
    "= Enter",
    "Backspace j Enter",
    "Backspace k Enter",
    "f j j Enter",
};

static void record(struct app *app, struct script *script)
{
    unsigned seed = 7;
    size_t edits = press(app, script, 0, "Enter");
    while (edits < EDITS) {
        const char *stroke = strokes[next(&seed, sizeof strokes / sizeof *strokes)];
        char name[16];
        for (int length; edits < EDITS && sscanf(stroke, " %15s%n", name, &length) == 1;
             stroke += length)
            edits = press(app, script, edits, name);
    }
}

static void make_script(struct script *script, const struct place *place)
{
    struct app_options options = {.path = place->file, .peak = NAN};
    struct registry *registry;
    struct app app;
    fit_setup();
    if (registry_open(place->file, &registry, NULL))
        stop("no registry");
    registry_scan(registry);
    app_init(&app, &options, registry, TEXT_UNICODE);
    app_follow(&app);
    app_key(&app, TERM_KEY_ENTER); /* what the program does by itself with one file */
    compose(&app, &script->saved[0]);
    record(&app, script);
    app_done(&app);
}

/* --- a session and its end --- */

static struct terminal *start(const struct place *place, const char *const argv[])
{
    struct terminal_options options = {.home = place->home};
    return terminal_start(&options, argv);
}

static void end(struct terminal *terminal, const struct way *way)
{
    if (way->signal)
        terminal_kill(terminal, way->signal);
    else
        terminal_hang_up(terminal);
    terminal_wait_exit(terminal);
}

/* Whether the last edit was shown: whatever is written behind its key is, since all was at rest. */
static bool run_session(const struct script *script, const struct place *place, size_t edits,
                        const struct way *way, unsigned *seed)
{
    char last[KEY_BYTES_MAX];
    size_t before, after;
    struct terminal *terminal = start(place, (const char *[]){CALSCOPE, place->file, NULL});
    terminal_wait_idle(terminal);
    for (size_t i = 0; i + 1 < script->keys_until[edits]; i++)
        terminal_press(terminal, script->names[i]);
    terminal_output(terminal, &before);
    key_bytes(script->names[script->keys_until[edits] - 1], last);
    terminal_send(terminal, last);
    struct timespec delay = {.tv_nsec = next(seed, DELAY_MAX_US) * 1000L};
    if (way->unseen)
        nanosleep(&delay, NULL);
    else
        terminal_wait_output(terminal);
    end(terminal, way);
    terminal_output(terminal, &after);
    terminal_stop(terminal);
    return after > before;
}

/* --- what is left --- */

/* The steps in the one journal that there may be. */
static size_t count_steps(const struct place *place)
{
    size_t count, steps = 0;
    char **paths = journal_list(place->journals, NULL, &count);
    for (size_t i = 0; i < count; i++) {
        struct journal *journal;
        if (journal_read(paths[i], &journal, NULL) == STATUS_OK) {
            steps += journal->count;
            journal_free(journal);
        }
        free(paths[i]);
    }
    free(paths);
    return steps;
}

static void apply_by_command(const struct place *place)
{
    struct terminal *terminal =
        start(place, (const char *[]){CALSCOPE, "journal", place->file, "--apply", NULL});
    terminal_wait_exit(terminal);
    terminal_stop(terminal);
}

static void apply_in_explorer(const struct place *place)
{
    struct terminal *terminal = start(place, (const char *[]){CALSCOPE, place->file, NULL});
    terminal_wait_text(terminal, "never saved");
    terminal_press(terminal, "Enter w Enter");
    terminal_wait_text(terminal, "Wrote ");
    terminal_send(terminal, "q");
    terminal_wait_exit(terminal);
    terminal_stop(terminal);
}

/* A session that takes the edits up, which gives them a journal of their own, and dies over it. */
static void die_taking_up(const struct place *place, unsigned *seed)
{
    struct terminal *terminal = start(place, (const char *[]){CALSCOPE, place->file, NULL});
    struct timespec delay = {.tv_nsec = next(seed, DELAY_MAX_US) * 1000L};
    terminal_wait_text(terminal, "never saved");
    terminal_send(terminal, "\r");
    nanosleep(&delay, NULL);
    terminal_kill(terminal, SIGKILL);
    terminal_wait_exit(terminal);
    terminal_stop(terminal);
}

static struct buffer read_now(const struct place *place)
{
    struct buffer now = {0};
    if (file_read(place->file, 1 << 20, &now, NULL))
        stop("the file is gone");
    return now;
}

/* How many of the first edits are in the file; EDITS + 1 where it is no state that there was. */
static size_t recovered(const struct script *script, const struct place *place, size_t edits)
{
    struct buffer now = read_now(place);
    size_t found = edits;
    while (found > 0 && !same(&now, &script->saved[found]))
        found--;
    if (!same(&now, &script->saved[found]))
        found = EDITS + 1;
    buffer_done(&now);
    return found;
}

/* In turn by the command, in the explorer, and so behind a session that meant to and died. */
static void take_up(const struct place *place, size_t number)
{
    unsigned seed = (unsigned)number;
    if (number % 4 >= 2)
        die_taking_up(place, &seed);
    if (number % 2)
        apply_in_explorer(place);
    else
        apply_by_command(place);
}

/* NULL, or what is wrong behind a session of which so many edits must be there. */
static const char *judge(const struct script *script, const struct place *place, size_t edits,
                         size_t least, size_t number)
{
    size_t steps = count_steps(place);
    bool modified = !same(&script->saved[edits], &script->saved[0]);
    bool was_modified = !same(&script->saved[least], &script->saved[0]);
    if (recovered(script, place, 0) != 0)
        return "the file was touched";
    if (modified && was_modified)
        take_up(place, number);
    else
        apply_by_command(place);
    size_t found = recovered(script, place, edits);
    if (found > EDITS)
        return "what is taken up never was on the screen";
    /* An earlier state may be the same again: then the steps tell. */
    if (found < least || (modified && was_modified && steps < least))
        return "an edit is lost";
    return steps > edits ? "the journal has too much" : NULL;
}

static void reset(const struct script *script, const struct place *place)
{
    folder_remove(place->state);
    if (!folder_write("", place->file, script->saved[0].bytes, script->saved[0].length))
        stop("cannot write the file");
}

static void run(const struct script *script, const struct place *place, size_t edits,
                const struct way *way, struct tally *tally)
{
    unsigned seed = (unsigned)tally->sessions;
    reset(script, place);
    bool shown = run_session(script, place, edits, way, &seed);
    size_t least = shown ? edits : edits - 1;
    const char *wrong = judge(script, place, edits, least, tally->sessions);
    tally->sessions++;
    tally->committed += least;
    tally->lost += wrong != NULL;
    if (wrong)
        printf("%s behind edit %zu, which was%s shown: %s\n", way->name, edits, shown ? "" : " not",
               wrong);
}

static struct place make_place(void)
{
    struct place place = {.home = folder_make(), .folder = folder_make()};
    size_t length;
    char *bytes = folder_read(SOURCE_DIR, JETSON, &length);
    if (!place.home || !place.folder || !bytes)
        stop("no temporary folder, or no calibration");
    place.state = memory_print("%s/.local", place.home);
    place.journals = memory_print("%s/state/calscope", place.state);
    place.file = memory_print("%s/efficiency_curves.json", place.folder);
    if (!folder_write("", place.file, bytes, length))
        stop("cannot write the file");
    free(bytes);
    return place;
}

static void remove_place(struct place *place)
{
    folder_remove(place->home);
    folder_remove(place->folder);
    free(place->home);
    free(place->state);
    free(place->journals);
    free(place->folder);
    free(place->file);
}

int main(int argc, char **argv)
{
    size_t every = argc > 1 ? strtoul(argv[1], NULL, 10) : 1;
    static struct script script;
    struct tally tally = {0};
    if (every == 0 || argc > 2)
        return EXIT_FAILURE;
    struct place place = make_place();
    make_script(&script, &place);
    for (size_t i = 0; i < (size_t)EDITS * WAYS; i += every)
        run(&script, &place, i / WAYS + 1, &ways[i % WAYS], &tally);
    remove_place(&place);
    for (size_t i = 0; i <= EDITS; i++)
        buffer_done(&script.saved[i]);
    printf("kills: %zu sessions, %zu edits committed, %zu lost\n", tally.sessions, tally.committed,
           tally.lost);
    return tally.lost == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
