/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lines typed at a prompt, in a file that several programs may append to at once. Where it can
 * be neither read nor written the lines are those of this run.
 */
#ifndef UI_COMMAND_HISTORY_H
#define UI_COMMAND_HISTORY_H

#include <stdbool.h>
#include <stddef.h>

enum { HISTORY_MAX = 300 }; /* lines kept; the file may hold twice as many for a while */

/* Zeroed it is empty. Owns its lines, the oldest one first. */
struct history {
    char *path; /* NULL: of this run alone */
    char **lines;
    size_t count;
};

/* Reads the file "history" in folder (NULL: nowhere), and shortens it where it has grown. */
void history_load(struct history *history, const char *folder);

/* Adds a line, unless it is empty or the last one again, here and in the file. */
void history_add(struct history *history, const char *line);

/*
 * The index of the nearest line before place, or after it where not backwards, that begins with the
 * prefix and is another one than unlike; count where there is none.
 */
size_t history_search(const struct history *history, size_t place, bool backwards,
                      const char *prefix, const char *unlike);

void history_done(struct history *history);

#endif
