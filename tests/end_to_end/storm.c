/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Random keys in the real program while its terminal changes size: it neither ends nor hangs, and
 * ends as it should when asked to.
 *
 *     end_to_end_storm [ROUNDS [SEED]]     default 1000 and 1; 100 keys and a size a round
 */
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "folder.h"
#include "keys.h"
#include "terminal.h"

enum { KEYS_A_ROUND = 100, ROWS_MAX = 100, COLUMNS_MAX = 300 };

/*
 * Every printable character comes as often as any other, and these twice as often. Keys that end
 * the program on purpose stay out: q, ^C and ^Z are tested elsewhere, and without a q no command
 * line ends it but ":x".
 */
static const char *const named[] = {
    "Enter",      "Enter",       "Enter",  "Esc",    "Esc",    "Esc",      "Tab",
    "Shift-Tab",  "Up",          "Down",   "Left",   "Right",  "Shift-Up", "Shift-Down",
    "Shift-Left", "Shift-Right", "Home",   "End",    "PageUp", "PageDown", "Insert",
    "Delete",     "Backspace",   "Ctrl-R", "Ctrl-L", "Ctrl-U", "Ctrl-A",   "Ctrl-E",
    "Ctrl-W",     "Ctrl-K",      "Ctrl-B", "Ctrl-F", "F1",     "F5",       "Alt-x",
};
enum { NAMED = sizeof named / sizeof *named };

static unsigned next(uint64_t *state, unsigned below)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(*state >> 33) % below;
}

/* A press, a drag, a release or the wheel, somewhere; or bytes that begin like one and are none. */
static void mouse_bytes(uint64_t *state, char bytes[KEY_BYTES_MAX])
{
    static const int buttons[] = {0, 1, 2, 32, 32, 32, 35, 64, 65, 68};
    int button = buttons[next(state, sizeof buttons / sizeof *buttons)];
    int column = (int)next(state, COLUMNS_MAX) + 1, row = (int)next(state, ROWS_MAX) + 1;
    const char *end = next(state, 3) ? "M" : "m";
    snprintf(bytes, KEY_BYTES_MAX, "\033[<%d;%d;%d%s", button, column, row,
             next(state, 20) ? end : "");
}

static void random_key(uint64_t *state, char bytes[KEY_BYTES_MAX])
{
    unsigned kind = next(state, 10);
    if (kind < 4) {
        do
            snprintf(bytes, KEY_BYTES_MAX, "%c", (int)(' ' + next(state, '~' - ' ' + 1)));
        while (*bytes == 'q' || *bytes == 'x');
    } else if (kind == 4) {
        mouse_bytes(state, bytes);
    } else if (kind == 5 && next(state, 4) == 0) {
        /* A paste ends, or it would take all the keys behind it for text. */
        static const char *const others[] = {"\xc3\xa9", "\xe4\xb8\xad", "\xe2\x80\xae",
                                             "\xff",     "\033[",        "\033[200~j\r\033[201~"};
        snprintf(bytes, KEY_BYTES_MAX, "%s", others[next(state, 6)]);
    } else {
        key_bytes(named[next(state, NAMED)], bytes);
    }
}

static void send_keys(struct terminal *terminal, uint64_t *state)
{
    char all[KEYS_A_ROUND * KEY_BYTES_MAX], key[KEY_BYTES_MAX];
    size_t length = 0;
    for (int i = 0; i < KEYS_A_ROUND; i++) {
        random_key(state, key);
        memcpy(all + length, key, strlen(key));
        length += strlen(key);
    }
    all[length] = '\0';
    terminal_send(terminal, all);
}

/* Small, usual and large sizes, each a third of the time. */
static void change_size(struct terminal *terminal, uint64_t *state)
{
    static const int most[][2] = {{12, 45}, {40, 120}, {ROWS_MAX, COLUMNS_MAX}};
    const int *limits = most[next(state, 3)];
    int rows = 1 + (int)next(state, (unsigned)limits[0]);
    terminal_resize(terminal, rows, 1 + (int)next(state, (unsigned)limits[1]));
}

static void complain(const struct terminal *terminal, int round, const char *what)
{
    size_t length;
    const char *output = terminal_output(terminal, &length);
    fprintf(stderr, "storm: round %d: %s\n", round, what);
    fwrite(output + (length > 2000 ? length - 2000 : 0), 1, length > 2000 ? 2000 : length, stderr);
}

static bool rage(struct terminal *terminal, int rounds, uint64_t state)
{
    for (int round = 0; round < rounds; round++) {
        send_keys(terminal, &state);
        change_size(terminal, &state);
        if (!terminal_runs(terminal)) {
            complain(terminal, round, "the program has ended");
            return false;
        }
    }
    return true;
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int main(int count, char **arguments)
{
    int rounds = count > 1 ? atoi(arguments[1]) : 1000;
    uint64_t seed = count > 2 ? strtoull(arguments[2], NULL, 10) : 1;
    char *folder = folder_make();
    if (!folder || !folder_copy(SOURCE_DIR "/hardware_registry", folder))
        return EXIT_FAILURE;
    struct terminal_options options = {.folder = folder};
    struct terminal *terminal = terminal_start(&options, (const char *[]){CALSCOPE, folder, NULL});
    terminal_wait_idle(terminal);
    double start = seconds(), before = terminal_processor_seconds(terminal);
    bool lived = rage(terminal, rounds, seed);
    printf("%d keys and %d sizes in %.1f s, of which the program took %.1f s\n",
           rounds * KEYS_A_ROUND, rounds, seconds() - start,
           terminal_processor_seconds(terminal) - before);
    if (lived) {
        terminal_kill(terminal, SIGTERM);
        lived = terminal_wait_exit(terminal) == 128 + SIGTERM && terminal_kept_modes(terminal);
        if (!lived)
            complain(terminal, rounds, "it does not end as it was told");
    }
    terminal_stop(terminal);
    folder_remove(folder);
    free(folder);
    return lived ? EXIT_SUCCESS : EXIT_FAILURE;
}
