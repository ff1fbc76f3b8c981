/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The environment of a program under test: always the same, whoever runs the tests. */
#ifndef END_TO_END_ENVIRONMENT_H
#define END_TO_END_ENVIRONMENT_H

#include <stdbool.h>

/* Owns its strings, and the home folder if it made it. */
struct environment {
    char *list[64]; /* "NAME=value", ends in NULL */
    char *home;
    bool owns_home;
};

/* home NULL: a new folder. overrides may be NULL and ends in NULL. False with errno set. */
bool environment_init(struct environment *environment, const char *home,
                      const char *const *overrides);
void environment_done(struct environment *environment);

#endif
