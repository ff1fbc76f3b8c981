/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every allocation of the explorer fails in turn, alone and with all that follow it, while it
 * lists, plots, fits, tunes and saves in a terminal: the terminal is put back, the file is the old
 * one or the new one, whole, nothing is left beside it, and message and status say what happened.
 *
 *     memory_explorer [SHARE]    SHARE: about how many allocations fail (default: all)
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "folder.h"
#include "program.h"
#include "terminal.h"

enum { SKIPPED = 77, ROWS = 30, COLUMNS = 100 };

/*
 * List, plot, fits and back, a breakpoint raised; then, larger, what a save would write, the save,
 * the end.
 */
static const char keys_to_edit[] = "G Enter j j f Esc Enter k", keys_to_end[] = "w Enter q";

/* What a run did. Owns screen. */
struct outcome {
    int status;    /* 128 + signal if one ended it */
    bool restored; /* modes, screen and cursor are back */
    bool edited;   /* the edit was on the screen */
    bool says_why; /* the message of a failed allocation stands on the screen */
    char *screen;
};

static struct {
    size_t runs, violations;
} figures;

static char *copy_screen(struct terminal *terminal)
{
    char *text;
    size_t size;
    FILE *file = open_memstream(&text, &size);
    if (!file)
        exit(EXIT_FAILURE);
    terminal_print(terminal, file);
    fclose(file);
    return text;
}

static struct outcome run(const struct scratch *scratch, const struct failure *failure)
{
    char *variables[FAILURE_VARIABLES] = {0};
    failure_environment(failure, scratch, variables);
    const struct terminal_options options = {.rows = ROWS,
                                             .columns = COLUMNS,
                                             .home = scratch->home,
                                             .folder = scratch->folder,
                                             .environment = (const char *const *)variables};
    struct terminal *terminal =
        terminal_start(&options, (const char *[]){CALSCOPE, "registry", NULL});
    terminal_wait_idle(terminal);
    terminal_press(terminal, keys_to_edit);
    int row, column;
    struct outcome outcome = {.edited = terminal_find(terminal, "1 unsaved", NULL, NULL)};
    terminal_resize(terminal, ROWS + 4, COLUMNS + 20);
    terminal_press(terminal, keys_to_end);
    outcome.status = terminal_wait_exit(terminal);
    outcome.restored = terminal_kept_modes(terminal) && !terminal_in_alternate_screen(terminal) &&
                       terminal_cursor(terminal, &row, &column);
    outcome.says_why = terminal_find(terminal, "out of memory", NULL, NULL);
    outcome.screen = copy_screen(terminal);
    terminal_stop(terminal);
    for (int i = 0; i < FAILURE_VARIABLES; i++)
        free(variables[i]);
    return outcome;
}

/* NULL where all is well. */
static const char *judge(const struct scratch *scratch, const struct outcome *outcome,
                         const char *saved, size_t saved_length)
{
    bool is_new = scratch_holds(scratch, saved, saved_length);
    if (!outcome->restored)
        return "the terminal is not put back";
    if (outcome->status >= 128)
        return "ended by a signal";
    if (!is_new && !scratch_holds(scratch, scratch->old, scratch->old_length))
        return "a torn file";
    if (scratch_leftovers(scratch))
        return "a temporary is left";
    if (outcome->edited && !is_new && scratch_journalled_edits(scratch) != 1)
        return "the edit that was on the screen is lost";
    if (outcome->status == 0)
        return is_new ? NULL : "nothing saved, and nothing said of it";
    if (outcome->status != 2)
        return "a status that is not true";
    return outcome->says_why ? NULL : "a message that is not true";
}

static void fail_one(const struct scratch *scratch, const struct failure *failure,
                     const char *saved, size_t saved_length)
{
    scratch_restore(scratch);
    struct outcome outcome = run(scratch, failure);
    const char *complaint = judge(scratch, &outcome, saved, saved_length);
    figures.runs++;
    figures.violations += complaint != NULL;
    if (complaint)
        printf("allocation %lu%s: %s; status %d; the screen:\n%s", failure->number,
               failure->all_after ? " and all after it" : "", complaint, outcome.status,
               outcome.screen);
    free(outcome.screen);
}

/* How many allocations there are and what is saved, where nothing fails. */
static unsigned long run_whole(const struct scratch *scratch, char **saved, size_t *saved_length)
{
    const struct failure none = {0};
    scratch_restore(scratch);
    struct outcome outcome = run(scratch, &none);
    *saved = folder_read(scratch->device, "efficiency_curves.json", saved_length);
    if (outcome.status != 0 || !outcome.restored || !outcome.edited || !*saved ||
        scratch_holds(scratch, scratch->old, scratch->old_length)) {
        printf("does not work undisturbed; status %d; the screen:\n%s", outcome.status,
               outcome.screen);
        exit(EXIT_FAILURE);
    }
    free(outcome.screen);
    return report_count(scratch);
}

int main(int argc, char **argv)
{
    struct scratch scratch;
    char *saved;
    size_t saved_length;
    unsigned long share = argc > 1 ? strtoul(argv[1], NULL, 10) : 0;
    if (!failure_is_possible())
        return SKIPPED;
    scratch_init(&scratch);
    unsigned long count = run_whole(&scratch, &saved, &saved_length);
    unsigned long step = share && count > share ? count / share : 1;
    for (unsigned long number = 1; number <= count; number += step) {
        fail_one(&scratch, &(struct failure){.number = number}, saved, saved_length);
        fail_one(&scratch, &(struct failure){.number = number, .all_after = true}, saved,
                 saved_length);
    }
    free(saved);
    scratch_done(&scratch);
    printf("allocation failures in the explorer: %lu allocations, %zu runs, %zu violations\n",
           count, figures.runs, figures.violations);
    return figures.violations ? EXIT_FAILURE : EXIT_SUCCESS;
}
