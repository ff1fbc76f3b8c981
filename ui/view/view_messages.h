/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The messages of a run, to be read again. */
#ifndef UI_VIEW_VIEW_MESSAGES_H
#define UI_VIEW_VIEW_MESSAGES_H

struct app;

/* Shows them, at first the last of them. */
void messages_start(struct app *app);

#endif
