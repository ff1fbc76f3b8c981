/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Configuration: a file of commands that are settings, a line each: `set theme dark`, `map tune K
 * move-far-up`, `unmap list q`. A line that begins with "#" is a comment.
 */
#ifndef UI_CONFIG_H
#define UI_CONFIG_H

#include "base/error.h"

struct app;

/* The file "config" in folder_config(); NULL where that is not known. The caller frees it. */
char *config_path(void);

/*
 * Does what the file says. STATUS_INVALID where lines are wrong: error names the first with its
 * line, and counts the others; the rest holds. STATUS_IO where it cannot be read.
 */
enum status config_source(struct app *app, const char *path, struct error *error);

/* The start: the file of app->options, which may be missing, then its theme. Says what is wrong. */
void config_start(struct app *app);

#endif
