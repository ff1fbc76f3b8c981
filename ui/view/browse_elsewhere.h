/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of the list for files that were opened by their path, and lie outside of the registry. */
#ifndef UI_VIEW_BROWSE_ELSEWHERE_H
#define UI_VIEW_BROWSE_ELSEWHERE_H

struct app;

/* Has the list know the files that were opened so far, before its lines are made. */
void browse_elsewhere_follow(struct app *app);

#endif
