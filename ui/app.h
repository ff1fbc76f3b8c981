/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The explorer's state, its views, and its loop.
 *
 * A key becomes an action (ui/action.h). app_key, the view's act function and what a prompt accepts
 * write this state; drawing only reads it and writes a canvas. A view is a table of functions plus
 * its own part of the state below; it reaches the terminal only through the canvas.
 */
#ifndef UI_APP_H
#define UI_APP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "base/buffer.h"
#include "calibration/registry.h"
#include "check/check.h"
#include "compare/compare.h"
#include "fit/fit.h"
#include "fit/influence.h"
#include "report/laboratory.h"
#include "report/scene.h"
#include "ui/action.h"
#include "ui/alive.h"
#include "ui/browse.h"
#include "ui/command_line.h"
#include "ui/diff_pane.h"
#include "ui/files.h"
#include "ui/keymap.h"
#include "ui/layout.h"
#include "ui/overlay.h"
#include "ui/pictures.h"
#include "ui/plot_pane.h"
#include "ui/pointer.h"
#include "ui/prompt.h"
#include "ui/remember.h"
#include "ui/search.h"
#include "ui/survey.h"
#include "ui/theme.h"

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

struct app;

struct view {
    enum view_id id;
    void (*draw)(const struct app *app, struct canvas *canvas, const struct layout *layout);
    bool (*act)(struct app *app, enum action action);        /* false: not an action of this view */
    void (*hint)(const struct app *app, struct buffer *out); /* status line without a message */
    void (*leave)(struct app *app);                          /* frees what entering made; or NULL */
    int (*detail_rows)(const struct app *app); /* lines wanted below the plot; NULL: none */
    void (*follow)(
        struct app *app); /* after every key: what the view derives from shared state; or NULL */
    void (*title)(const struct app *app, struct buffer *out); /* more for the title; or NULL */
    /* Fills the pane of the plot that the view shows, for its caller to end; or NULL. */
    void (*plot)(const struct app *app, const struct layout *layout, struct plot_pane *pane);
    double *(*cursor)(struct app *app); /* of that plot, in FLOPs; or NULL */
    /* What is listed at a place on the screen, or -1; and having it in hand: false where it is
     * already. Both or neither. */
    int (*item_at)(const struct app *app, const struct layout *layout, int row, int column);
    bool (*select)(struct app *app, size_t item);
    /* The button at a place in the plot: pressed, moved while held, let go. False from a press:
     * what follows is not wanted. Or NULL. */
    bool (*point)(struct app *app, const struct plot_place *place, enum mouse_kind kind);
    /* What can be searched in it; false: nothing, now. NULL: never. */
    bool (*searched)(const struct app *app, struct search_text *out);
    /* Work for when no key waits: whether there is some, and one bounded piece of it; or NULL. */
    bool (*work_waits)(const struct app *app);
    void (*work)(struct app *app);
    /*
     * The curves to choose from by name: the one at index (NULL: no more), and taking it; or NULL.
     */
    const char *(*curve_name)(const struct app *app, size_t index);
    void (*take_curve)(struct app *app, size_t index);
    void (*look_at)(struct app *app, double flops); /* moves what stands at a size there; or NULL */
};

/* What is said of a curve as a whole, and the digest of what that depends on. */
struct said {
    uint64_t of;
    struct buffer fit, falling;
};

struct curves_state {
    bool *overlay;     /* per curve of the file in hand: drawn although not selected */
    double cursor;     /* FLOPs; NaN: none yet */
    struct said *said; /* of each curve that was looked at; saids of them */
    size_t saids;
};

/* What the refit view draws; all but the first are about the selected row alone. */
enum fit_page { FIT_PAGE_RESIDUALS, FIT_PAGE_QUANTILES, FIT_PAGE_INFLUENCE, FIT_PAGES };

struct fit_state {
    struct laboratory *laboratory;        /* NULL: none made yet */
    struct fit_options made;              /* what it was made with ... */
    enum laboratory_weights made_weights; /* ... and its points without what was left out */
    size_t curve;                         /* the curve that it was made for */
    size_t row;                           /* 0: the current curve, 1.. : fits */
    size_t point;                         /* selected data point */
    size_t breakpoints;                   /* of the piecewise model; 0: chosen by AICc */
    enum laboratory_weights weights;
    bool robust, floor, monotone, positive;
    double tolerance; /* relative, of the breakpoints of a fit that is adopted */
    enum scene_band band;
    enum fit_page page;
    struct fit_influence *influence; /* of influence_of; NULL: not asked for */
    const struct fit *influence_of;  /* one of the laboratory's */
    bool figures;      /* the list of figures with their reasons stands over the plot */
    size_t figure_top; /* its first line shown */
};

/* A breakpoint under the pointer; nothing of it is in the session before the button is let go. */
struct tune_drag {
    bool going_on;
    int row, column;               /* where it began */
    struct scene_window axes;      /* which stay while it goes on */
    struct curve_version *version; /* the curve as it would be; NULL: nothing moved yet */
};

struct tune_state {
    size_t breakpoint;
    struct tune_drag drag;
};

/* One side of a comparison. */
struct side {
    struct file *file; /* NULL: nothing is marked */
    bool whole;        /* the whole calibration, else one curve */
    size_t curve;
};

enum compare_detail {
    COMPARE_OPERATIONS,
    COMPARE_POINTS,
    COMPARE_CHANGES,
    COMPARE_SUMMARY,
    COMPARE_DETAILS,
};

struct compare_state {
    struct side a, b;
    struct comparison *comparison;
    size_t row;   /* of the table of operations */
    size_t point; /* of the table of shared points */
    size_t line;  /* the first one shown of the changes, or of the summary */
    double cursor;
    bool shape;
    enum compare_detail detail;
};

enum { SAVE_SUMMARY_MAX = 3 }; /* curves whose statistics stand above the diff */

struct save_state {
    struct diff_pane diff; /* what would be written */
    char note[PROMPT_TEXT_MAX];
};

/* A file on disk that is not the one that was loaded. */
struct conflict_state {
    struct diff_pane theirs; /* what others have made of it */
    struct file_seen seen;   /* and the file of which that is so */
    bool show_theirs;
    bool asked_to_reload;
    struct error error; /* what the save said, or the merge */
    bool merge_failed;
};

/* What a recovery can be looked at as. */
enum recover_page { RECOVER_RESULT, RECOVER_EDITS, RECOVER_DISK, RECOVER_PAGES };

struct recover_state {
    struct recovery recovery;
    struct diff_pane pages[RECOVER_PAGES];
    enum recover_page page;
    bool moved_on; /* the file is no longer the one that was edited */
    bool conflict; /* and both sides changed the same: error says what */
    struct error error;
    bool asked_to_drop;
};

struct findings_state {
    struct findings findings;
    size_t selected;
};

enum matrix_face { MATRIX_COVERAGE, MATRIX_DISTANCE, MATRIX_FACES };

/* The selected cell of a face. */
struct matrix_place {
    size_t row, column;
};

struct matrix_state {
    struct survey survey; /* kept until the registry changes */
    enum matrix_face face;
    char *operation; /* the name in the coverage's selected row; NULL: the first row */
    bool all;        /* the coverage is of all devices, not of the one in the distances' row */
    struct matrix_place places[MATRIX_FACES];
};

enum { APP_VIEWS_MAX = 16 };

struct app {
    const struct app_options *options;
    struct registry *registry;
    struct files files;

    const struct view *views[APP_VIEWS_MAX]; /* the way back; the last one is shown */
    size_t view_count;
    int rows, columns; /* of the screen, as last seen */

    struct prompt prompt;
    char prompt_label[160];
    void (*prompt_accept)(struct app *app, const char *text);
    void (*prompt_change)(struct app *app, const char *text); /* on each key; or NULL */
    bool (*prompt_other)(struct app *app,
                         int key); /* first asked: true, it took the key; or NULL */
    struct command_line command_line;
    struct keymap keymap;
    const struct theme *theme;
    int sourcing; /* configuration files being read, one in another */
    char message[512];
    enum role message_role;

    struct file *file; /* in hand; NULL in the browser before the first was opened */
    size_t curve;      /* in hand, an index into the file's curves */
    struct side marks[COMPARE_CALIBRATIONS_MAX]; /* of the next comparison: calibrations, the first
                                                   is side A; or one curve */
    size_t mark_count;

    struct file *peak_file; /* whose peak is being typed */
    struct file *peak_next; /* and whose is asked for then; NULL: nobody's */
    bool peak_of_bandwidth;
    bool log_y;
    enum scene_bars bars;
    enum text_charset charset;
    enum plot_style style;
    struct plot_part part; /* of the plot in hand */
    bool mouse;            /* events of it are asked for */
    bool has_mouse;        /* the terminal reports one */
    struct pointer_state pointer;
    struct pictures *pictures; /* what drawing remembers; no part of what it shows */

    struct alive_state alive;
    struct search_state search;
    struct remembered recalled;
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
    size_t help_top, figure_top;
    size_t tour_top; /* its first line shown */
    bool tour_new;   /* the tour is to be offered */

    /* Asked between the steps of a fit; false stops it. NULL: nobody is there to ask. */
    bool (*keep_fitting)(struct app *app, const struct fit_model *model);
    struct canvas frame;           /* as last shown on the terminal */
    struct timespec fitting, told; /* when the fit in hand began, and its progress was last shown */
    bool stopped;                  /* that fit was told to stop */

    bool asked_to_quit; /* q was pressed once with unsaved changes */
    bool quit;
    bool discard; /* the user gave up what is not saved */
    bool redraw;  /* send everything */
    bool suspend;
};

extern const struct view view_browse, view_curves, view_fit, view_tune, view_compare, view_save,
    view_conflict, view_findings, view_help, view_matrix, view_tour;

/* Runs the explorer until the user quits. With another status than STATUS_OK nothing was shown. */
enum status app_run(const struct app_options *options, struct error *error);

/* The parts of the loop, for tests without a terminal. */
void app_init(struct app *app, const struct app_options *options, struct registry *registry,
              enum text_charset charset);
void app_done(struct app *app);
void app_start(struct app *app); /* before the first key: what is left to recover, a single file */
void app_take_charset(struct app *app, enum text_charset charset);
void app_key(struct app *app, int key);
void app_follow(struct app *app); /* after the registry grew */
bool app_work(struct app *app);   /* what can be done while no key waits; false: all is done */
void app_draw(const struct app *app, struct canvas *canvas);

/* What views use. */
const struct view *app_view(const struct app *app);
void app_enter(struct app *app, const struct view *view);
void app_back(struct app *app);
void app_say(struct app *app, enum role role, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/*
 * The key for an action as sentences name it: that of the view in front, where it has the action.
 */
struct key_name app_key_name(const struct app *app, enum action action);
void app_say_error(struct app *app, const char *file, const struct error *error);
void app_ask(struct app *app, const char *label, const char *text,
             void (*accept)(struct app *app, const char *text));

/* The same with a text that the first character typed replaces. */
void app_offer(struct app *app, const char *label, const char *text,
               void (*accept)(struct app *app, const char *text));

/* The place of the file at path among the marks; their count where it has none. */
size_t app_find_mark(const struct app *app, const char *path);

/* Takes the marks off a file whose calibration is about to go. */
void app_unmark(struct app *app, const struct file *file);

/* Has the browser read again what it derived from a file or from the registry. */
void app_registry_changed(struct app *app);

/* Does what a key of that action would do. */
void app_act(struct app *app, enum action action);

/* Puts an opened file in hand. False, with a message, where it holds no curves. */
bool app_take_file(struct app *app, struct file *file);

/* Puts a file that was just loaded, and holds curves, in hand at one of them; none lies over it. */
void app_take_loaded(struct app *app, struct file *file, size_t curve);

/* Opens the file of a registry entry and puts it in hand. False, with a message, where it cannot.
 */
bool app_open(struct app *app, const char *id);

/*
 * Shows the curves of the file in hand, and first the edits that an earlier session left, if any.
 */
void app_enter_curves(struct app *app);

/* Frees what was said of curves. */
void curves_done(struct curves_state *curves);

/*
 * Puts a curve in hand and looks at its middle; and the names of those there are, NULL behind them.
 */
void app_take_curve(struct app *app, size_t curve);
const char *app_curve_name(const struct app *app, size_t index);

/* Moves a list's selection by what the action says; false where it is no movement. */
bool app_move(const struct app *app, enum action action, size_t *selected, size_t count);

/*
 * Moves a cursor along [low, high] FLOPs by what the action says: 1/100 of what is shown of the
 * range, 1/10 for the far ones; beyond the ends by air (a share of the range). False where it is no
 * movement.
 */
bool app_move_cursor(const struct app *app, enum action action, double low, double high, double air,
                     double *cursor);

/* A cursor put to FLOPs, within the same bounds. */
void app_put_cursor(double flops, double low, double high, double air, double *cursor);

/* The role of a cell of the screen: whose curve or label it shows. */
enum role app_role_at(const struct app *app, int row, int column);

/* The rectangles of the view on the screen as last seen. */
struct layout app_layout(const struct app *app);

/* Moves a cursor to a size as far as [low, high] and air let it, and says so where they do not. */
void app_look_at(struct app *app, double flops, double low, double high, double air,
                 double *cursor);

/* Text broken at blanks over at most the area's rows, from column 1. Returns the rows used. */
int app_draw_wrapped(struct canvas *canvas, struct rect area, enum role role, const char *text);

/* Lines of text, one a row, as many as the area has; frees them. */
void app_draw_lines(struct canvas *canvas, struct rect area, struct buffer *lines,
                    const enum role *roles, int count);

/* The curve in hand: as loaded, and as it is now. */
const struct calibration_curve *app_source(const struct app *app);
struct curve app_curve(const struct app *app);

/*
 * Reads the registry again, and what others have changed of the opened files; not with unsaved
 * changes.
 */
void app_rescan(struct app *app);

/* Commits a version of the curve in hand; false, said, where it is refused or is what is there. */
bool app_commit(struct app *app, struct curve_version *version, const char *what);

/* Shows what a save of the file in hand would write. */
void save_start(struct app *app);

/*
 * Writes the file in hand, in place of what was loaded or of what was seen (over). Says how it
 * went.
 */
void save_write(struct app *app, const struct file_seen *over);

/* Asks for a path and writes the file in hand there, with its changes. */
void save_copy(struct app *app);

/* The same for a path that is known. */
void save_copy_to(struct app *app, const char *path);

/* Shows that a save met a file that others changed, and what can be done. */
void conflict_start(struct app *app, const struct error *error);

/* Says so where sessions left unsaved edits of files in the registry. */
void recover_announce(struct app *app);

/*
 * Offers the edits that a session over the file in hand left when it ended early, if there are any.
 */
void recover_offer(struct app *app);

/* Tunes the curve in hand, starting at the breakpoint nearest to the cursor. */
void tune_start(struct app *app);

/* Explains the figures of the view in hand, or of the one that its help is about. */
void figures_start(struct app *app);

/* Fits the curve in hand and shows the fits. */
void fit_start(struct app *app);

/* Shows the matrix of the registry, on the device of that id (or NULL). */
void matrix_start(struct app *app, const char *id);

/* Has the matrix read the registry again. */
void matrix_forget(struct app *app);

/* The peak that a curve of a file is read against; NaN: none is known. */
double app_peak(const struct app *app, const struct file *file, bool bandwidth);

/* Asks for the peak of a file's compute or bandwidth curves. */
void app_ask_peak(struct app *app, struct file *file, bool bandwidth);

/* Asks for a revision of the file in hand and compares it with what the file holds now. */
void compare_ask_revision(struct app *app);

/* Builds and shows the comparison of app->compare.a and .b. */
void compare_start(struct app *app, struct side a, struct side b);

#endif
