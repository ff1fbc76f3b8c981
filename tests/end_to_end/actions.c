/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every action of every view, by its first key, in the real program: all of the table in
 * ui/action.h is tried, so that one which nothing comes of on the screen fails. Trials below say
 * what has to be done before the key, and what must then stand there. Two numbers, K and N, try the
 * K-th of N parts.
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "folder.h"
#include "terminal.h"
#include "ui/action.h"

#define FILE_NAME "registry/gpu/jetson_orin_agx/efficiency_curves.json"
#define OTHER_NAME "registry/gpu/orin_two/efficiency_curves.json"
#define PLOTS VIEWS_WITH_PLOT
#define TEXTS VIEWS_WITH_TEXT
#define DIFFS (VIEW_SAVE | VIEW_CONFLICT | VIEW_RECOVER)
#define CURSORS (VIEW_CURVES | VIEW_COMPARE | VIEW_OVERLAY)

/*
 * From the list to each view, on a screen of so many rows (0: 24) that its text has more of them.
 * In the list orin is the second row, its fourth curve a long one.
 */
static const struct way {
    enum view_id view;
    const char *keys;
    int rows;
} ways[] = {
    {VIEW_BROWSE, "j", 0},
    {VIEW_CURVES, "j Enter j j j", 0},
    {VIEW_FIT, "j Enter j j j f", 0},
    {VIEW_TUNE, "j Enter j j j Enter", 0},
    {VIEW_COMPARE, "j m j c", 0},
    {VIEW_SAVE, "j Enter j j j Enter K w", 0},
    {VIEW_FINDINGS, "j Enter v", 0},
    {VIEW_HELP, "?", 0},
    {VIEW_RECOVER, "j Enter j j j Enter K", 0},     /* and then it is killed, and started again */
    {VIEW_CONFLICT, "j Enter j j j Enter K w", 12}, /* and then others change the file */
    {VIEW_OVERLAY, "m j m j c", 0},
    {VIEW_MATRIX, "M", 0},
    {VIEW_TOUR, "T", 12},
    {VIEW_FIGURES, "j Enter j j j i", 0},
    {VIEW_MESSAGES, /* of as many commands that there are not */
     ": 0 Enter Ctrl-U 1 Enter Ctrl-U 2 Enter Ctrl-U 3 Enter Ctrl-U 4 Enter Ctrl-U 5 Enter Ctrl-U "
     "6 Enter Ctrl-U 7 Enter Ctrl-U 8 Enter Ctrl-U 9 Enter Ctrl-U A Enter Ctrl-U B Enter Ctrl-U m "
     "e s s a g e s Enter",
     12},
};

enum then { CHANGES, SAME, STOPS, ENDS };

/* In these views: keys before the action's (NULL: none), and what it then shows that was not there
 * before (NULL: whatever it is, the screen is another one). */
static const struct {
    enum action action;
    unsigned views;
    const char *before, *shows;
    enum then then;
} trials[] = {
    {ACTION_REDRAW, VIEW_ALL, "Ctrl-L", NULL, SAME},
    {ACTION_SUSPEND, VIEW_ALL, "Ctrl-L", NULL, STOPS},
    {ACTION_QUIT, VIEW_SAVE | VIEW_CONFLICT, NULL, "q again quits and loses that", CHANGES},
    {ACTION_QUIT, VIEW_ALL, NULL, NULL, ENDS},
    {ACTION_COMMAND, VIEW_ALL, NULL, "Tab complete", CHANGES},
    {ACTION_HELP, VIEW_HELP, NULL, NULL, CHANGES}, /* back to the list */
    {ACTION_HELP, VIEW_ALL, NULL, "Keys of where you came from", CHANGES},
    {ACTION_MOUSE, VIEW_ALL, NULL, "Mouse off", CHANGES},
    {ACTION_SEARCH, VIEW_FIT, "i", "Search:", CHANGES},
    {ACTION_FIND_NEXT, VIEW_FIT, "i / e Enter", NULL, CHANGES},
    {ACTION_FIND_PREVIOUS, VIEW_FIT, "i / e Enter", NULL, CHANGES},
    {ACTION_SEARCH, TEXTS, NULL, "Search:", CHANGES},
    {ACTION_FIND_NEXT, TEXTS, "/ e Enter", NULL, CHANGES},
    {ACTION_FIND_NEXT_HERE, VIEW_ALL, "/ e Enter", NULL, CHANGES},
    {ACTION_FIND_PREVIOUS, TEXTS, "/ e Enter", NULL, CHANGES},
    {ACTION_LOG, VIEW_ALL, NULL, "Efficiency axis: linear", CHANGES},
    {ACTION_STYLE, PLOTS, NULL, "Plots in half blocks", CHANGES},
    {ACTION_BARS, PLOTS, NULL, "Error bars: the 95 % interval in the file", CHANGES},
    {ACTION_PEAK, VIEW_ALL, NULL, "Peak of ", CHANGES},
    {ACTION_ZOOM_IN, PLOTS, NULL, "part: ", CHANGES},
    {ACTION_ZOOM_OUT, PLOTS, "z z", NULL, CHANGES},
    {ACTION_PART_LEFT, PLOTS, "z z", NULL, CHANGES},
    {ACTION_PART_RIGHT, PLOTS, "z z", NULL, CHANGES},
    {ACTION_PART_DOWN, PLOTS, "z z", NULL, CHANGES},
    {ACTION_PART_UP, PLOTS, "z z", NULL, CHANGES},
    {ACTION_WHOLE, PLOTS, "z z", NULL, CHANGES},
    {ACTION_UP, VIEW_ALL, "G", NULL, CHANGES},
    {ACTION_PAGE_UP, VIEW_ALL, "G", NULL, CHANGES},
    {ACTION_FIRST, VIEW_ALL, "G", NULL, CHANGES},
    {ACTION_DOWN, VIEW_ALL, "g", NULL, CHANGES},
    {ACTION_PAGE_DOWN, VIEW_ALL, "g", NULL, CHANGES},
    {ACTION_LAST, VIEW_ALL, "g", NULL, CHANGES},
    {ACTION_PAN_LEFT, DIFFS, "l", NULL, CHANGES},
    {ACTION_FILTER, VIEW_ALL, NULL, "Filter:", CHANGES},
    {ACTION_CLEAR, VIEW_ALL, "/ o r i n Enter", NULL, CHANGES},
    {ACTION_MARK, VIEW_ALL, NULL, "A = ", CHANGES},
    {ACTION_COMPARE, VIEW_BROWSE, "m j", "\u203a compare", CHANGES},
    {ACTION_COMPARE, VIEW_CURVES, NULL, "First press m", CHANGES},
    {ACTION_REVISION, VIEW_ALL, NULL, "Compare with the revision", CHANGES},
    {ACTION_SAVE, VIEW_TUNE, "K", "To be written: ", CHANGES},
    {ACTION_SAVE, VIEW_ALL, NULL, "Nothing to save", CHANGES},
    {ACTION_UNDO, VIEW_TUNE, "K", "Undone: ", CHANGES},
    {ACTION_UNDO, VIEW_ALL, NULL, "Nothing to undo", CHANGES},
    {ACTION_REDO, VIEW_TUNE, "K u", "Redone: ", CHANGES},
    {ACTION_REDO, VIEW_ALL, NULL, "Nothing to redo", CHANGES},
    {ACTION_TUNE, VIEW_ALL, NULL, "\u203a tune", CHANGES},
    {ACTION_REFIT, VIEW_ALL, NULL, "\u203a refit", CHANGES},
    {ACTION_EXACT, VIEW_ALL, NULL, "Size:efficiency", CHANGES},
    {ACTION_SCALE, VIEW_ALL, NULL, "Multiply all efficiencies by:", CHANGES},
    {ACTION_TAKE, VIEW_ALL, NULL, "First press m", CHANGES},
    {ACTION_NOTE, VIEW_ALL, NULL, "Why:", CHANGES},
    {ACTION_COPY, VIEW_ALL, NULL, "Write a copy to:", CHANGES},
    {ACTION_WRITE, VIEW_ALL, NULL, "Wrote ", CHANGES},
    {ACTION_OVERWRITE, VIEW_ALL, NULL, "O again writes over", CHANGES},
    {ACTION_MERGE, VIEW_ALL, NULL, "Merged: this is what", CHANGES},
    {ACTION_RELOAD, VIEW_ALL, NULL, "R again drops every change", CHANGES},
    {ACTION_RECOVER, VIEW_ALL, NULL, "Taken up, not saved yet", CHANGES},
    {ACTION_TOLERANCE, VIEW_ALL, NULL, "Breakpoints of an adopted fit", CHANGES},
    {ACTION_LEAVE_OUT_SOURCE, VIEW_ALL, NULL, "Leave out or take back", CHANGES},
    {ACTION_SORT_INVERT, VIEW_ALL, NULL, "descending", CHANGES},
    {ACTION_POINT_LEFT, VIEW_ALL, "l", NULL, CHANGES},
    {ACTION_FEWER, VIEW_ALL, "+ +", NULL, CHANGES},
    {ACTION_AUTO, VIEW_ALL, "+ +", NULL, CHANGES},
    {ACTION_CELL_LEFT, VIEW_ALL, "$", NULL, CHANGES},
    {ACTION_CELL_FAR_LEFT, VIEW_ALL, "$", NULL, CHANGES},
    {ACTION_CELL_FIRST, VIEW_ALL, "$", NULL, CHANGES},
    {ACTION_CELL_RIGHT, VIEW_ALL, "0", NULL, CHANGES},
    {ACTION_CELL_FAR_RIGHT, VIEW_ALL, "0", NULL, CHANGES},
    {ACTION_CELL_LAST, VIEW_ALL, "0", NULL, CHANGES},
};
enum { TRIAL_COUNT = sizeof trials / sizeof *trials };

struct scene {
    char *folder;
    struct terminal *terminal;
};

/* For what a test cannot do without. */
static void require(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "%s\n", what);
    exit(EXIT_FAILURE);
}

static void open_explorer(struct scene *scene, int rows)
{
    char root[256], home[256];
    snprintf(root, sizeof root, "%s/registry", scene->folder);
    snprintf(home, sizeof home, "%s/home", scene->folder);
    struct terminal_options options = {.rows = rows, .home = home};
    scene->terminal = terminal_start(&options, (const char *[]){CALSCOPE, root, NULL});
    terminal_wait_idle(scene->terminal);
}

static void copy(const struct scene *scene, const char *from, const char *to)
{
    char source[256], target[256];
    snprintf(source, sizeof source, SOURCE_DIR "/hardware_registry/%s", from);
    snprintf(target, sizeof target, "%s/%s", scene->folder, to);
    require(folder_copy(source, target), "the registry cannot be copied");
}

/* As others may: other text of the same length in one place, which no edit here touches. */
static void change(const struct scene *scene, const char *file, const char *from, const char *to)
{
    size_t length;
    char *text = folder_read(scene->folder, file, &length);
    char *place = text ? strstr(text, from) : NULL;
    require(place != NULL, "the calibration lacks what is to be changed");
    memcpy(place, to, strlen(to));
    require(folder_write(scene->folder, file, text, length), "the calibration cannot be changed");
    free(text);
}

static void begin(struct scene *scene, enum view_id view)
{
    const struct way *way = NULL;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (ways[i].view == view)
            way = &ways[i];
    require(way != NULL, "no keys lead to a view of ui/action.h");
    scene->folder = folder_make();
    copy(scene, "", "registry");
    copy(scene, "gpu/jetson_orin_agx", "registry/gpu/orin_two");
    change(scene, OTHER_NAME, "0.73,", "0.74,");
    char home[256];
    snprintf(home, sizeof home, "%s/home", scene->folder);
    require(mkdir(home, 0700) == 0, "no home can be made");
    open_explorer(scene, way->rows);
    terminal_press(scene->terminal, way->keys);
    if (view == VIEW_CONFLICT) {
        change(scene, FILE_NAME, "FP32", "INT8");
        terminal_press(scene->terminal, "Enter");
    } else if (view == VIEW_RECOVER) {
        terminal_kill(scene->terminal, SIGKILL);
        terminal_wait_exit(scene->terminal);
        terminal_stop(scene->terminal);
        open_explorer(scene, way->rows);
        terminal_press(scene->terminal, "j Enter"); /* killed, it has kept no place */
    }
}

static void end(struct scene *scene)
{
    terminal_stop(scene->terminal);
    folder_remove(scene->folder);
    free(scene->folder);
}

/* The first of an action's keys as tests call it. */
static const char *key_of(const struct action_entry *entry, char name[32])
{
    int length = (int)strcspn(entry->keys, " ");
    if (strncmp(entry->keys, "S-", 2) == 0)
        snprintf(name, 32, "Shift-%.*s", length - 2, entry->keys + 2);
    else if (length == 2 && entry->keys[0] == '^')
        snprintf(name, 32, "Ctrl-%c", entry->keys[1]);
    else
        snprintf(name, 32, "%.*s", length, entry->keys);
    return name;
}

/* All of the screen; the caller frees it. */
static char *read_screen(struct terminal *terminal)
{
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    terminal_print(terminal, out);
    fclose(out);
    return text;
}

/* Makes one line of a screen with single blanks, as sentences go on from row to row. */
static void flatten(char *text)
{
    char *end = text;
    for (const char *at = text; *at; at++) {
        char c = *at;
        if (c == '\n')
            c = ' ';
        if (c != ' ' || (end > text && end[-1] != ' '))
            *end++ = c;
    }
    *end = '\0';
}

/* Whether the key is said to do nothing, which the view of messages may have said before. */
static bool is_refused(const char *before, const char *after)
{
    static const char said[] = "does nothing here";
    return strstr(after, said) && !strstr(before, said);
}

static size_t find_row(enum action action, unsigned view)
{
    size_t i = 0;
    while (i < TRIAL_COUNT && (trials[i].action != action || !(trials[i].views & view)))
        i++;
    return i;
}

static void stop_and_go_on(struct terminal *terminal)
{
    terminal_send(terminal, "\x1a");
    terminal_wait_stopped(terminal);
    terminal_kill(terminal, SIGCONT);
    terminal_wait_idle(terminal);
}

static bool came_about(struct terminal *terminal, size_t row, const char *key)
{
    enum then then = row < TRIAL_COUNT ? trials[row].then : CHANGES;
    const char *shows = row < TRIAL_COUNT ? trials[row].shows : NULL;
    if (then == ENDS) {
        terminal_send(terminal, key);
        return terminal_wait_exit(terminal) == 0;
    }
    char *before = read_screen(terminal);
    if (then == STOPS)
        stop_and_go_on(terminal);
    else
        terminal_press(terminal, key);
    char *after = read_screen(terminal);
    bool good = shows || (strcmp(before, after) == 0) == (then == SAME || then == STOPS);
    flatten(before);
    flatten(after);
    if (shows)
        good = strstr(after, shows) && !strstr(before, shows);
    good = good && !is_refused(before, after);
    free(after);
    free(before);
    return good;
}

static bool try(const struct action_entry *entry, enum view_id view)
{
    struct scene scene;
    char name[32];
    size_t row = find_row(entry->action, view);
    begin(&scene, view);
    if (row < TRIAL_COUNT && trials[row].before)
        terminal_press(scene.terminal, trials[row].before);
    terminal_press(scene.terminal, "Ctrl-L"); /* any key takes what was said off the screen */
    bool good = came_about(scene.terminal, row, key_of(entry, name));
    if (!good) {
        fprintf(stderr, "Nothing comes of %s, %s, in the view %#x:\n", entry->name, name,
                (unsigned)view);
        terminal_print(scene.terminal, stderr);
    }
    end(&scene);
    return good;
}

int main(int argc, char **argv)
{
    size_t part = argc == 3 ? strtoul(argv[1], NULL, 10) : 1;
    size_t parts = argc == 3 ? strtoul(argv[2], NULL, 10) : 1;
    size_t count, pairs = 0, tried = 0, failed = 0;
    const struct action_entry *table = action_table(&count);
    require(part >= 1 && part <= parts, "which part, of how many?");
    for (unsigned view = 1; view & VIEW_ALL; view <<= 1)
        for (size_t i = 0; i < count; i++) {
            if (!(table[i].views & view) || pairs++ % parts != part - 1)
                continue;
            tried++;
            failed += !try(&table[i], (enum view_id)view);
        }
    printf("actions: %zu of %zu pairs of a view and an action tried, nothing came of %zu\n", tried,
           pairs, failed);
    return tried > 0 && failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
