/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the user was, when a command has led away from there to do its work, and the way back. */
#ifndef UI_WHEREABOUTS_H
#define UI_WHEREABOUTS_H

#include <stddef.h>

#include "ui/action.h"
#include "ui/view/view_compare.h"

struct app;
struct file;

/* A view and what was in hand there. Zeroed it is nowhere. Files are borrowed: they stay. */
struct whereabouts {
    unsigned view; /* an enum view_id; 0: nowhere */
    struct file *file;
    size_t curve, breakpoint;
    struct side a, b; /* of a comparison */
};

/* Where the user is. */
struct whereabouts whereabouts_now(const struct app *app);

/*
 * Goes back to a place, or as near to it as there still is: a comparison is made anew, tuning and
 * curves have the same curve in hand. To be called in the list, or in the curves where a comparison
 * was begun.
 */
void whereabouts_return(struct app *app, const struct whereabouts *place);

#endif
