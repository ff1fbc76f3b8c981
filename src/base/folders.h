/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the program keeps what is the user's, and folders that outlive a power failure. */
#ifndef BASE_FOLDERS_H
#define BASE_FOLDERS_H

#include <stdbool.h>

/*
 * What the program remembers for itself: $XDG_STATE_HOME/calscope, else ~/.local/state/calscope.
 * The caller frees it. NULL where neither is known.
 */
char *folder_state(void);

/* What the user writes: $XDG_CONFIG_HOME/calscope, else ~/.config/calscope; otherwise the same. */
char *folder_config(void);

/* A path as typed, "~/" made the home folder. The caller frees it. */
char *folder_expand_home(const char *typed);

/* The folder that holds what path names: "." where no folder is named. The caller frees it. */
char *folder_of(const char *path);

/* The path of name in folder, which may end in a slash. The caller frees it. */
char *folder_join(const char *folder, const char *name);

/*
 * What of path lies below folder: "cpu/x" of "/a/cpu/x" below "/a", "" of the folder itself; NULL
 * where path is elsewhere. Goes by the names alone.
 */
const char *folder_below(const char *folder, const char *path);

/* Whether path is a folder, or a link to one. */
bool folder_exists(const char *path);

/* Makes folder and those above it, mode 0700, their entries durable; 0, or -1 with errno. */
int folder_make_all(const char *folder);

/* Makes the entries of a folder durable; 0, or -1 with errno. */
int folder_sync(const char *folder);

#endif
