/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The screen as a file: text, or a picture in the colours of the theme in force. */
#ifndef UI_SCREEN_H
#define UI_SCREEN_H

#include <stdbool.h>

struct app;
struct buffer;

/* Whether a file of that name takes a picture: one that ends in ".svg". */
bool screen_is_picture(const char *path);

/* Appends what the screen shows now as a file of that name takes it. */
void screen_export(const struct app *app, const char *path, struct buffer *out);

#endif
