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
 * From the list, or from the curves that a comparison was asked for in, to the place or as near to
 * it as is still there: a comparison is made anew, tuning and curves have the same curve in hand.
 */
void whereabouts_return(struct app *app, const struct whereabouts *place);

#endif
