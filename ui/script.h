/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Scripts: keys and commands from a text, played to the explorer without a terminal.
 *
 *     # a comment
 *     j j Enter ^R S-Up     keys, by the names that help shows
 *     / "orin" Enter        text, letter for letter; \" and \\ in it
 *     :COMMAND              typed as it is, with Enter
 *
 * and commands of the player's own:
 *
 *     %size 80x24           of the screen, columns first
 *     %charset ascii        or unicode
 *     %screen FILE          writes the screen: FILE.txt, FILE.svg, or - for text on standard output
 *     %expect TEXT          ends with status 1 where the screen lacks it
 *     %restart              ends as a closed terminal does, and starts again; keeps the journals
 *     %copy FROM TO         copies a file over another, as somebody else may meanwhile
 *
 * The same script on the same files shows the same screens: journals are kept in a folder of its
 * own, which goes with it, and no state of its user's is read. The date of a note is the day's, or
 * that of SOURCE_DATE_EPOCH.
 */
#ifndef UI_SCRIPT_H
#define UI_SCRIPT_H

#include <stdio.h>

#include "ui/app.h"

/* Everything is borrowed. */
struct script {
    const char *name; /* in messages */
    const char *text;
    size_t length;
    FILE *out, *err;   /* for screens to -, and for messages */
    int rows, columns; /* of the screen at first; 0: 24 x 80 */
    /* After each %screen, with its file; or NULL. */
    void (*on_screen)(const struct app *app, const char *path, void *context);
    void *context;
};

enum { SCRIPT_FINE = 0, SCRIPT_NOT_AS_EXPECTED = 1, SCRIPT_WRONG = 2 };

/* Plays a script on what options name; their journals are not used. Returns the exit status. */
int script_play(const struct script *script, const struct app_options *options);

/* The same for the script in a file, or on standard input where that is "-". */
int script_play_file(const char *file, const struct app_options *options);

#endif
