/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Actions: everything a key can do, in one table: id, name, where it works, its keys, its label in
 * the footer, its line of help. Names are what `:` commands and configuration files call them: they
 * stay. Key handling, footer, help screen and the README's table of keys all come from this table,
 * so none can say something else.
 */
#ifndef UI_ACTION_H
#define UI_ACTION_H

#include <stddef.h>

/* The views, one bit each: a set of them says where an action works. */
enum view_id {
    VIEW_BROWSE = 1 << 0,
    VIEW_CURVES = 1 << 1,
    VIEW_FIT = 1 << 2,
    VIEW_TUNE = 1 << 3,
    VIEW_COMPARE = 1 << 4,
    VIEW_SAVE = 1 << 5,
    VIEW_FINDINGS = 1 << 6,
    VIEW_HELP = 1 << 7,
    VIEW_RECOVER = 1 << 8,
    VIEW_CONFLICT = 1 << 9,
    VIEW_OVERLAY = 1 << 10,
    VIEW_MATRIX = 1 << 11,
    VIEW_TOUR = 1 << 12,
    VIEW_FIGURES = 1 << 13,
    VIEW_MESSAGES = 1 << 14,
    VIEW_ALL = (1 << 15) - 1,
};

struct buffer;

#define VIEWS_WITH_PLOT (VIEW_CURVES | VIEW_FIT | VIEW_TUNE | VIEW_COMPARE | VIEW_OVERLAY)
#define VIEWS_WITH_LIST                                                                            \
    (VIEW_BROWSE | VIEW_CURVES | VIEW_FIT | VIEW_COMPARE | VIEW_OVERLAY | VIEW_SAVE |              \
     VIEW_CONFLICT | VIEW_RECOVER | VIEW_FINDINGS | VIEW_HELP | VIEW_MATRIX | VIEW_TOUR |          \
     VIEW_FIGURES | VIEW_MESSAGES)
/* Views in which / searches; in the browser it filters. */
#define VIEWS_WITH_TEXT                                                                            \
    (VIEW_CURVES | VIEW_FIT | VIEW_COMPARE | VIEW_OVERLAY | VIEW_SAVE | VIEW_CONFLICT |            \
     VIEW_RECOVER | VIEW_FINDINGS | VIEW_HELP | VIEW_FIGURES | VIEW_MATRIX | VIEW_MESSAGES)

/*
 * ACTION(id, name, views, keys, label in the footer, help). Keys are names as action_key_name()
 * writes them, with blanks between them; within one view no key stands twice, which a test holds. A
 * label is "" (not in the footer), "LABEL", or "KEYS:LABEL" where several keys share one label
 * ("hjkl:move"); "|BRIEF" behind it is what stands there where room is short.
 */
#define ACTIONS(ACTION)                                                                            \
    ACTION(OPEN, "open", VIEW_BROWSE, "Enter l Right", "open",                                     \
           "Open the calibration; where its STATE is kept, those edits first")                     \
    ACTION(FILTER, "filter", VIEW_BROWSE, "/", "filter",                                           \
           "Show only rows with these words, and fields: precision:FP16 r2<0.9 -state:broken")     \
    ACTION(CLEAR, "clear", VIEW_BROWSE, "Esc", "", "Clear the filter")                             \
    ACTION(TUNE, "tune", VIEW_CURVES, "Enter t", "tune",                                           \
           "Move the breakpoints of this curve by hand")                                           \
    ACTION(ADOPT, "adopt", VIEW_FIT, "Enter", "adopt", "Take the selected fit as the curve")       \
    ACTION(FIT_PAGE, "fit-page", VIEW_FIT, "Tab", "residuals",                                     \
           "Residuals over the sizes, against normal quantiles, or what each point does")          \
    ACTION(FIGURES, "figures", VIEW_FIT, "i", "figures",                                           \
           "The fit's figures: what each is, and why one is n/a; or the plot again")               \
    ACTION(LEAVE_OUT, "leave-out", VIEW_FIT, "Space x", "in/out",                                  \
           "Leave the selected point out of the fits, or take it back")                            \
    ACTION(LEAVE_OUT_SOURCE, "leave-out-source", VIEW_FIT, "X", "",                                \
           "Leave out all points of one source, or take them back")                                \
    ACTION(POINT_LEFT, "point-left", VIEW_FIT, "h Left", "hl:point",                               \
           "Select the data point to the left")                                                    \
    ACTION(POINT_RIGHT, "point-right", VIEW_FIT, "l Right", "",                                    \
           "Select the data point to the right")                                                   \
    ACTION(MORE, "more", VIEW_FIT, "+", "+-:breakpoints",                                          \
           "One breakpoint more in the piecewise_linear fit")                                      \
    ACTION(FEWER, "fewer", VIEW_FIT, "-", "", "One breakpoint fewer in it")                        \
    ACTION(AUTO, "auto", VIEW_FIT, "0", "", "As many breakpoints as the lowest AICc asks for")     \
    ACTION(WEIGHTS, "weights", VIEW_FIT, "W", "weights",                                           \
           "Weights: none, by the points' own std, or relative")                                   \
    ACTION(ROBUST, "robust", VIEW_FIT, "b", "robust",                                              \
           "Robust: points far off lose their weight (bisquare), or least squares again")          \
    ACTION(FLOOR, "floor", VIEW_FIT, "F", "",                                                      \
           "A free floor for the sigmoid, or a floor of 0 again")                                  \
    ACTION(MONOTONE, "monotone", VIEW_FIT, "M", "",                                                \
           "Fits that never fall as operations grow, and what that costs; or free ones again")     \
    ACTION(POSITIVE, "positive", VIEW_FIT, "P", "",                                                \
           "Fits that stay above zero over the points, and what that costs; or free ones again")   \
    ACTION(BAND, "band", VIEW_FIT, "B", "band",                                                    \
           "Band around the fit: where the curve is, where new points would be, none")             \
    ACTION(AS_MODEL, "as-model", VIEW_FIT, "A", "",                                                \
           "Take the fit with its own curve_type and parameters; says who cannot read it")         \
    ACTION(TOLERANCE, "tolerance", VIEW_FIT, "%", "",                                              \
           "How close the breakpoints of an adopted fit stay to the model, in %")                  \
    ACTION(WRITE, "write", VIEW_SAVE, "Enter y", "write", "Write the file as shown")               \
    ACTION(NOTE, "note", VIEW_SAVE, "n", "note",                                                   \
           "Add a note on why; it goes with the date into the curve's notes")                      \
    ACTION(CHANGES, "changes", VIEW_CONFLICT, "Tab", "other",                                      \
           "What others have changed in the file, or what you have")                               \
    ACTION(MERGE, "merge", VIEW_CONFLICT, "M", "merge",                                            \
           "Load the file and put the changes made here into it, to be looked at and written")     \
    ACTION(OVERWRITE, "overwrite", VIEW_CONFLICT, "O", "overwrite",                                \
           "Write all the same; what others wrote is lost")                                        \
    ACTION(RELOAD, "reload", VIEW_CONFLICT, "R", "reload",                                         \
           "Load the file; the changes made here are lost")                                        \
    ACTION(COPY, "copy", VIEW_SAVE | VIEW_CONFLICT, "S", "copy",                                   \
           "Write the file with its changes under another name")                                   \
    ACTION(RECOVER, "recover", VIEW_RECOVER, "Enter y", "take up",                                 \
           "Take the edits up as unsaved changes")                                                 \
    ACTION(RECOVER_OVER, "recover-over", VIEW_RECOVER, "O", "over all",                            \
           "Take them up also where the file has changed the same values since")                   \
    ACTION(DROP, "drop", VIEW_RECOVER, "D", "drop", "Drop the edits for good")                     \
    ACTION(PAGES, "pages", VIEW_RECOVER, "Tab", "other diffs",                                     \
           "The result, the edits alone, or what changed in the file since")                       \
    ACTION(COMPARE, "compare", VIEW_BROWSE | VIEW_CURVES, "c", "compare",                          \
           "Compare what was marked with this; three calibrations or more lie over one another")   \
    ACTION(REVISION, "revision", VIEW_BROWSE | VIEW_CURVES, "@", "",                               \
           "Compare with what git has of this file: HEAD, HEAD~3, a branch, a commit")             \
    ACTION(MARK, "mark", VIEW_BROWSE | VIEW_CURVES, "m", "mark",                                   \
           "Mark this for a comparison, the first as side A; once more removes the mark")          \
    ACTION(MATRIX, "matrix", VIEW_BROWSE, "M", "matrix",                                           \
           "The whole registry: what is measured, and how far devices are apart")                  \
    ACTION(GO, "go", VIEW_MATRIX, "Enter", "open",                                                 \
           "Go to the curve, or to the comparison of the row's device with the column's")          \
    ACTION(FACE, "face", VIEW_MATRIX, "Tab", "coverage/distance",                                  \
           "Coverage: operations by size; or distance: devices by devices")                        \
    ACTION(NEXT_DEVICE, "next-device", VIEW_MATRIX, "n", "device", "Coverage of the next device")  \
    ACTION(PREVIOUS_DEVICE, "previous-device", VIEW_MATRIX, "N", "",                               \
           "Coverage of the device before")                                                        \
    ACTION(ALL_DEVICES, "all-devices", VIEW_MATRIX, "a", "all",                                    \
           "Coverage of all devices together, or of one")                                          \
    ACTION(CELL_LEFT, "cell-left", VIEW_MATRIX, "h Left", "", "One column to the left")            \
    ACTION(CELL_RIGHT, "cell-right", VIEW_MATRIX, "l Right", "", "One column to the right")        \
    ACTION(CELL_FAR_LEFT, "cell-far-left", VIEW_MATRIX, "H S-Left", "",                            \
           "As many columns to the left as the screen has")                                        \
    ACTION(CELL_FAR_RIGHT, "cell-far-right", VIEW_MATRIX, "L S-Right", "", "As many to the right") \
    ACTION(CELL_FIRST, "cell-first", VIEW_MATRIX, "0", "", "To the first column")                  \
    ACTION(CELL_LAST, "cell-last", VIEW_MATRIX, "$", "", "To the last column")                     \
    ACTION(MOVE_LEFT, "move-left", VIEW_TUNE, "h Left", "hjkl:move",                               \
           "Move the breakpoint to a smaller size, by 1/100 of a decade")                          \
    ACTION(MOVE_RIGHT, "move-right", VIEW_TUNE, "l Right", "", "Move it to a larger size")         \
    ACTION(MOVE_UP, "move-up", VIEW_TUNE, "k Up", "", "Raise its efficiency by 1 %")               \
    ACTION(MOVE_DOWN, "move-down", VIEW_TUNE, "j Down", "", "Lower its efficiency by 1 %")         \
    ACTION(MOVE_FAR_LEFT, "move-far-left", VIEW_TUNE, "H S-Left", "",                              \
           "Coarse: 1/10 of a decade to smaller sizes")                                            \
    ACTION(MOVE_FAR_RIGHT, "move-far-right", VIEW_TUNE, "L S-Right", "",                           \
           "Coarse: 1/10 of a decade to larger sizes")                                             \
    ACTION(MOVE_FAR_UP, "move-far-up", VIEW_TUNE, "K S-Up", "", "Coarse: raise by 10 %")           \
    ACTION(MOVE_FAR_DOWN, "move-far-down", VIEW_TUNE, "J S-Down", "", "Coarse: lower by 10 %")     \
    ACTION(NEXT, "next", VIEW_TUNE, "Tab n", "next", "Select the next breakpoint")                 \
    ACTION(PREVIOUS, "previous", VIEW_TUNE, "S-Tab N", "", "Select the one before")                \
    ACTION(EXACT, "exact", VIEW_TUNE, "=", "exact",                                                \
           "Type the breakpoint's exact size and efficiency")                                      \
    ACTION(INSERT, "insert", VIEW_TUNE, "i Insert", "ins",                                         \
           "Insert a breakpoint on the curve, halfway to the next")                                \
    ACTION(DELETE, "delete", VIEW_TUNE, "d Delete", "del", "Delete the breakpoint")                \
    ACTION(SAVE, "save", VIEW_BROWSE | VIEW_CURVES | VIEW_TUNE | VIEW_FIT, "w", "save",            \
           "Show as a diff what a save would write, then write it")                                \
    ACTION(SNAP, "snap", VIEW_TUNE, "s", "snap", "Put the breakpoint onto the nearest data point") \
    ACTION(SCALE, "scale", VIEW_TUNE, "*", "scale", "Multiply the whole curve by a factor")        \
    ACTION(TAKE, "take", VIEW_TUNE, "T", "take over",                                              \
           "Take over the curve of the marked calibration")                                        \
    ACTION(REFIT, "refit", VIEW_CURVES | VIEW_TUNE, "f", "refit",                                  \
           "Refit this curve: all models side by side")                                            \
    ACTION(UNDO, "undo", VIEW_CURVES | VIEW_TUNE | VIEW_FIT, "u", "undo",                          \
           "Undo the last change to this calibration")                                             \
    ACTION(REDO, "redo", VIEW_CURVES | VIEW_TUNE | VIEW_FIT, "^R", "", "Redo what was undone")     \
    ACTION(DETAILS, "details", VIEW_COMPARE, "Tab", "points/changes/summary|pages",                \
           "Below the plot, or in its place where room is short: operations, shared points, "      \
           "changes of the curve, or a summary with warnings and metadata")                        \
    ACTION(SWAP, "swap", VIEW_COMPARE, "x", "swap", "Swap sides A and B")                          \
    ACTION(                                                                                        \
        MULTIPLES, "multiples", VIEW_OVERLAY, "Tab", "all",                                        \
        "All operations in small plots with the same axes, a small screen's table, or one plot")   \
    ACTION(REFERENCE, "reference", VIEW_OVERLAY, "x", "reference",                                 \
           "Compare the others with the next one")                                                 \
    ACTION(SHAPE, "shape", VIEW_COMPARE | VIEW_OVERLAY, "s", "shape",                              \
           "Compare shapes alone: efficiency over its maximum")                                    \
    ACTION(OVERLAY, "overlay", VIEW_CURVES, "Space", "overlay",                                    \
           "Keep this curve in the picture while others are selected, or no more")                 \
    ACTION(OVERLAY_ALL, "overlay-all", VIEW_CURVES, "a", "all",                                    \
           "Draw all curves, or only the selected one")                                            \
    ACTION(CURSOR_LEFT, "cursor-left", VIEW_CURVES | VIEW_COMPARE | VIEW_OVERLAY, "h Left", "",    \
           "Move the cursor along the curve to smaller sizes")                                     \
    ACTION(CURSOR_RIGHT, "cursor-right", VIEW_CURVES | VIEW_COMPARE | VIEW_OVERLAY, "l Right", "", \
           "Move the cursor along the curve to larger sizes")                                      \
    ACTION(CURSOR_FAR_LEFT, "cursor-far-left", VIEW_CURVES | VIEW_COMPARE | VIEW_OVERLAY,          \
           "H S-Left", "", "The same in large steps, to smaller sizes")                            \
    ACTION(CURSOR_FAR_RIGHT, "cursor-far-right", VIEW_CURVES | VIEW_COMPARE | VIEW_OVERLAY,        \
           "L S-Right", "", "The same in large steps, to larger sizes")                            \
    ACTION(PEAK, "peak", VIEW_CURVES | VIEW_TUNE | VIEW_COMPARE, "p", "peak",                      \
           "Type the theoretical peak: sizes then read in milliseconds too")                       \
    ACTION(LOG, "log", VIEW_BROWSE | VIEWS_WITH_PLOT, "y", "log/lin",                              \
           "Logarithmic or linear efficiency axis")                                                \
    ACTION(STYLE, "style", VIEWS_WITH_PLOT, "S", "",                                               \
           "Lines of braille dots, of half blocks, of ASCII")                                      \
    ACTION(BARS, "bars", VIEWS_WITH_PLOT, "e", "bars",                                             \
           "Error bars: standard deviation, interval, minimum to maximum, none")                   \
    ACTION(EXPLAIN, "explain", VIEW_CURVES | VIEW_COMPARE | VIEW_OVERLAY | VIEW_FIGURES, "i",      \
           "figures", "The figures here: what each is, and of what it is made; or back")           \
    ACTION(HELP_FIGURES, "help-figures", VIEW_HELP, "Tab", "figures",                              \
           "The figures of the view that you came from, each with its formula")                    \
    ACTION(ZOOM_IN, "zoom-in", VIEWS_WITH_PLOT, "z", "zZ:zoom",                                    \
           "Zoom in: a smaller part, around what you are on")                                      \
    ACTION(ZOOM_OUT, "zoom-out", VIEWS_WITH_PLOT, "Z", "", "Zoom out: a larger part of the plot")  \
    ACTION(PART_LEFT, "part-left", VIEWS_WITH_PLOT, "[", "",                                       \
           "The part of the plot towards smaller sizes")                                           \
    ACTION(PART_RIGHT, "part-right", VIEWS_WITH_PLOT, "]", "", "The part towards larger sizes")    \
    ACTION(PART_DOWN, "part-down", VIEWS_WITH_PLOT, "{", "",                                       \
           "The part of the plot towards lower efficiencies")                                      \
    ACTION(PART_UP, "part-up", VIEWS_WITH_PLOT, "}", "", "The part towards higher efficiencies")   \
    ACTION(WHOLE, "whole", VIEWS_WITH_PLOT, ".", "", "All of the plot again")                      \
    ACTION(POINTS, "points", VIEWS_WITH_PLOT, ",", "",                                             \
           "The part of the plot that the data points fill")                                       \
    ACTION(FINDINGS, "findings", VIEW_CURVES, "v", "check", "What a check of the file finds")      \
    ACTION(SORT_NEXT, "sort-next", VIEW_BROWSE, ">", "<>I:sort", "Sort by the next column")        \
    ACTION(SORT_PREVIOUS, "sort-previous", VIEW_BROWSE, "<", "", "Sort by the column before")      \
    ACTION(SORT_INVERT, "sort-invert", VIEW_BROWSE, "I", "", "Reverse the order")                  \
    ACTION(ROW_NEXT, "row-next", VIEW_BROWSE, "n", "",                                             \
           "The next row that is shown, round at the end")                                         \
    ACTION(ROW_PREVIOUS, "row-previous", VIEW_BROWSE, "N", "", "The row before")                   \
    ACTION(RESCAN, "rescan", VIEW_BROWSE, "r", "", "Read the registry again")                      \
    ACTION(TOUR, "tour", VIEW_BROWSE | VIEW_TOUR, "T", "tour",                                     \
           "What the screen shows and the keys that matter, on one screen; or back")               \
    ACTION(SEARCH, "search", VIEWS_WITH_TEXT, "/", "search",                                       \
           "Search in the list or text; Enter alone looks for the same once more, Esc ends it")    \
    ACTION(FIND_NEXT, "find-next", VIEWS_WITH_TEXT & ~VIEW_SAVE & ~VIEW_MATRIX, "n", "",           \
           "Find it further on")                                                                   \
    ACTION(FIND_NEXT_HERE, "find-next-here", VIEW_SAVE | VIEW_MATRIX, "^N", "",                    \
           "Find it further on")                                                                   \
    ACTION(FIND_PREVIOUS, "find-previous", VIEWS_WITH_TEXT & ~VIEW_MATRIX, "N ^P", "",             \
           "Find it further back")                                                                 \
    ACTION(FIND_PREVIOUS_HERE, "find-previous-here", VIEW_MATRIX, "^P", "",                        \
           "Find it further back")                                                                 \
    ACTION(PAN_LEFT, "pan-left", VIEW_SAVE | VIEW_CONFLICT | VIEW_RECOVER, "h Left", "",           \
           "The beginning of long lines")                                                          \
    ACTION(PAN_RIGHT, "pan-right", VIEW_SAVE | VIEW_CONFLICT | VIEW_RECOVER, "l Right", "",        \
           "The rest of long lines")                                                               \
    ACTION(UP, "up", VIEWS_WITH_LIST, "k Up", "", "One line up")                                   \
    ACTION(DOWN, "down", VIEWS_WITH_LIST, "j Down", "", "One line down")                           \
    ACTION(PAGE_UP, "page-up", VIEWS_WITH_LIST, "PageUp ^B ^U", "", "One page up")                 \
    ACTION(PAGE_DOWN, "page-down", VIEWS_WITH_LIST, "PageDown ^F ^D", "", "One page down")         \
    ACTION(FIRST, "first", VIEWS_WITH_LIST, "g Home", "", "To the first line")                     \
    ACTION(LAST, "last", VIEWS_WITH_LIST, "G End", "", "To the last line")                         \
    ACTION(COMMAND, "command", VIEW_ALL, ":", "",                                                  \
           "Type a command; Tab completes it, Up finds earlier ones")                              \
    ACTION(MOUSE, "mouse", VIEW_ALL, "~", "",                                                      \
           "Mouse on, or off so that the terminal selects text with it")                           \
    ACTION(REDRAW, "redraw", VIEW_ALL, "^L", "", "Draw the screen anew")                           \
    ACTION(SUSPEND, "suspend", VIEW_ALL, "^Z", "", "Stop calscope; `fg` brings it back")           \
    ACTION(BACK, "back", VIEW_ALL & ~VIEW_BROWSE, "Esc Backspace", "back",                         \
           "Back to where you came from")                                                          \
    ACTION(HELP, "help", VIEW_ALL, "? F1", "help", "What every key does here; or back from that")  \
    ACTION(QUIT, "quit", VIEW_ALL, "q ^C F10", "quit",                                             \
           "Quit; asks once where something is not saved")

enum action {
    ACTION_NONE,
#define ACTION_ID(id, name, views, keys, label, help) ACTION_##id,
    ACTIONS(ACTION_ID)
#undef ACTION_ID
        ACTION_COUNT,
};

/* A row of the table. */
struct action_entry {
    enum action action;
    const char *name;
    unsigned views;   /* where it works: a set of enum view_id */
    const char *keys; /* by default */
    const char *label;
    const char *help;
};

/* The whole table, without ACTION_NONE, in the order in which help shows it. */
const struct action_entry *action_table(size_t *count);

/* The row of that name; NULL where there is none. */
const struct action_entry *action_find(const char *name);

/* The row of an action, which must not be ACTION_NONE. */
const struct action_entry *action_of(enum action action);

/* Appends the names of views: "list, curves", "everywhere". */
void action_append_places(unsigned views, struct buffer *out);

/* The view of that name, or all for "all"; 0 where there is none. */
unsigned action_views_named(const char *name);

/* The names that action_views_named() knows, by index: "all" first; NULL behind the last. */
const char *action_view_name(size_t index);

/* What a key does in a view; ACTION_NONE where nothing. */
enum action action_of_key(enum view_id view, int key);

/* The key of a name, as action_key_name() writes it; TERM_KEY_NONE where there is none. */
int action_key_named(const char *name, size_t length);

/* The key's name: "j", "Space", "^R", "Enter", "S-Up". The longest has fewer than 16 bytes. */
void action_key_name(int key, char name[16]);

#endif
