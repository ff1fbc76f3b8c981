/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The explorer's state and its loop; with it comes what views use.
 *
 * A key becomes an action (ui/action.h). app_key, the view's act function and what a prompt accepts
 * write this state; drawing only reads it and writes a canvas.
 */
#ifndef UI_APP_H
#define UI_APP_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include "calibration/registry.h"
#include "compare/compare.h"
#include "report/scene.h"
#include "ui/action.h"
#include "ui/app_hand.h"
#include "ui/app_move.h"
#include "ui/app_say.h"
#include "ui/command/command_line.h"
#include "ui/command/config.h"
#include "ui/count.h"
#include "ui/disk_changes.h"
#include "ui/draw.h"
#include "ui/files.h"
#include "ui/keymap.h"
#include "ui/marks.h"
#include "ui/messages.h"
#include "ui/paste.h"
#include "ui/pictures.h"
#include "ui/plot_pane.h"
#include "ui/pointer.h"
#include "ui/prompt.h"
#include "ui/remember.h"
#include "ui/search.h"
#include "ui/terminal/theme.h"
#include "ui/view.h"
#include "ui/view/browse.h"
#include "ui/view/view_compare.h"
#include "ui/view/view_conflict.h"
#include "ui/view/view_curves.h"
#include "ui/view/view_figures.h"
#include "ui/view/view_findings.h"
#include "ui/view/view_fit.h"
#include "ui/view/view_matrix.h"
#include "ui/view/view_messages.h"
#include "ui/view/view_overlay.h"
#include "ui/view/view_recover.h"
#include "ui/view/view_save.h"
#include "ui/view/view_tune.h"

/* What the command line asked for. Borrowed for the run. */
struct app_options {
    const char *path; /* a registry folder or one file */
    double peak;      /* FLOP/s, of every device until another is typed; NaN: not given */
    bool ascii;
    bool color;
    bool no_mouse;            /* the terminal keeps it */
    const char *state_folder; /* for journals, history, places; NULL: nothing can be kept */
    const char *config;       /* the configuration file, which may be missing; NULL: none */
    const char *theme;        /* by name, whatever the configuration says; NULL: as that says */
};

enum { APP_VIEWS_MAX = 16, APP_MESSAGE_MAX = 4096 };

/* Who has opened the prompt, and for what. change and other may be NULL. */
struct app_asked {
    struct buffer label; /* where it is made up of names; a literal is not kept here */
    void (*accept)(struct app *app, const char *text); /* on Enter */
    void (*change)(struct app *app, const char *text); /* on each key that edits; "" on Esc */
    bool (*other)(struct app *app, int key);           /* sees keys first; true: it took the key */
};

/*
 * A message may ask whether an action that loses something is meant: the same key once more says
 * yes, and only right after it.
 */
struct app_question {
    enum action asked; /* what the message in the status line asks; ACTION_NONE: nothing */
    enum action open;  /* what it asked when the key came that is being taken */
};

/* The prompt for a theoretical peak. */
struct app_peak {
    struct file *file;
    struct file *next; /* asked for afterwards, as a comparison needs two; NULL: none */
    bool of_bandwidth; /* in bytes/s; else in FLOP/s */
};

/* A fit that takes long: its progress is shown, and a key stops it. */
struct app_fitting {
    /* Asked between the steps of a fit; false stops it. NULL: nobody is there to ask. */
    bool (*keep_going)(struct app *app, const struct fit_model *model);
    struct timespec since, told; /* when it began, and its progress was last shown */
    bool stopped;
};

/*
 * All of the explorer's state. Between app_init, which takes the registry over, and app_done, which
 * frees everything but the options. What belongs to one view, or one module, is a struct of its
 * own, described in that one's header.
 */
struct app {
    const struct app_options *options; /* borrowed */
    struct registry *registry;
    struct files files; /* opened so far */

    const struct view *views[APP_VIEWS_MAX]; /* the way back: the browser first, the shown last */
    size_t view_count;                       /* 1 or more */
    int rows, columns;                       /* of the screen, as last seen */

    /* What is typed and said. */
    struct prompt prompt;
    struct app_asked asked; /* by that prompt */
    struct command_line command_line;
    size_t count;      /* typed before a key: how often it acts; 0: none */
    size_t first_line; /* index of the line that ACTION_FIRST goes to: 0, but while 12G is done */
    struct keymap keymap;
    struct config_reading reading;
    char message[APP_MESSAGE_MAX]; /* in the status line; "": none */
    enum role message_role;
    struct app_question question;
    struct messages messages; /* those before it */

    /* What the user works on. */
    struct file *file; /* in hand; NULL in the browser before the first was opened */
    size_t curve;      /* in hand: an index into the file's curves */
    /* Marked for a comparison: calibrations, or one curve. The first is side A. */
    struct side marks[COMPARE_CALIBRATIONS_MAX];
    size_t mark_count;
    struct app_peak peak;

    /* How plots and the screen are drawn. */
    bool log_y; /* the efficiency axis; else it is linear */
    enum scene_bars bars;
    enum text_charset charset;
    enum plot_style style;
    const struct theme *theme;
    struct plot_part part;     /* of the plot in hand */
    struct pictures *pictures; /* plots drawn before; a cache, which drawing may change */
    struct canvas frame;       /* as last shown on the terminal */

    bool mouse;     /* its events are asked for */
    bool has_mouse; /* the terminal reports one */
    struct pointer_state pointer;

    struct disk_changes disk_changes;
    struct search_state search;
    struct remembered recalled; /* from the session before */
    struct app_fitting fitting;

    /* What each view remembers. */
    struct browse_state browse;
    struct curves_state curves;
    struct fit_state fit;
    struct tune_state tune;
    struct compare_state compare;
    struct overlay_state overlay;
    struct save_state save;
    struct conflict_state conflict;
    struct recover_state recover;
    struct findings_state findings;
    struct matrix_state matrix;
    size_t help_top, figure_top, message_top, tour_top; /* the first row, or message, shown */
    bool tour_new;                                      /* the tour is to be offered */

    /* Asked of the loop, which does it with the next frame. */
    bool quit;
    bool discard; /* when quitting: the user gave up what is not saved */
    bool redraw;  /* send every cell, whatever the terminal shows */
    bool suspend;
};

/*
 * Runs the explorer until the user quits. With another status than STATUS_OK nothing was shown, and
 * *about is what the error is about: the path, or NULL: the terminal.
 */
enum status app_run(const struct app_options *options, const char **about, struct error *error);

/* --- the parts of a run, which scripts and tests call without a terminal --- */

void app_init(struct app *app, const struct app_options *options, struct registry *registry,
              enum text_charset charset);
void app_done(struct app *app);

/* Before the first key: announces edits that can be recovered, and opens a registry of one file. */
void app_start(struct app *app);

/* Has the terminal show that character set, and plots drawn in what it has. */
void app_take_charset(struct app *app, enum text_charset charset);

/* Takes a key (ui/terminal/term.h). */
void app_key(struct app *app, int key);

/* After anything has changed: lets the view in front derive anew what it shows. app_key does it. */
void app_follow(struct app *app);

/* A bounded piece of the work that is done while no key waits; false: there is none. */
bool app_work(struct app *app);

/* --- what views use --- */

/* The view in front. */
const struct view *app_view(const struct app *app);

/* Shows a view; app_back leads to the one before. */
void app_enter(struct app *app, const struct view *view);

/* Leaves the view in front; the browser is never left. */
void app_back(struct app *app);

/* Has the browser and the matrix forget what they derived from files, or from the registry. */
void app_registry_changed(struct app *app);

/* Does what a key of that action would do. */
void app_act(struct app *app, enum action action);

/*
 * Undoes, or redoes, as many edits of the file in hand as there are, and says what was done. What
 * happened at another curve is brought into view.
 */
void app_travel(struct app *app, bool back, size_t times);

/*
 * Reads the registry again, and what others have changed of the opened files; not with unsaved
 * changes.
 */
void app_rescan(struct app *app);

#endif
