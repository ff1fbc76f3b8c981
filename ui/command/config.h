/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Configuration: a file of commands that are settings, a line each: `set theme dark`, `map tune K
 * move-far-up`, `unmap list q`. A line that begins with "#" is a comment.
 */
#ifndef UI_COMMAND_CONFIG_H
#define UI_COMMAND_CONFIG_H

#include <stddef.h>

#include "base/error.h"

struct app;

enum { CONFIG_NESTED_MAX = 8 };

/* Files that are being read, each because a line of the one before names it. */
struct config_reading {
    char *paths[CONFIG_NESTED_MAX]; /* real ones; owned while they are read */
    size_t depth;
    size_t wrong; /* lines so far, in all of these files */
};

/* The file "config" in folder_config(); NULL where that is not known. The caller frees it. */
char *config_path(void);

/*
 * Does what the file says. STATUS_INVALID where lines are wrong: error names the first with its
 * line, and counts the others, those of files that it sources too; the rest holds. STATUS_IO where
 * it cannot be read; STATUS_REFUSED where it is being read already, or too many are.
 */
enum status config_source(struct app *app, const char *path, struct error *error);

/*
 * To be called at the start: reads the file of app->options, which may be missing, and takes the
 * theme named there. A message says what is wrong.
 */
void config_start(struct app *app);

#endif
