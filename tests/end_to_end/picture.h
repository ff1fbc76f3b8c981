/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture of a terminal's screen. */
#ifndef END_TO_END_PICTURE_H
#define END_TO_END_PICTURE_H

#include <stdbool.h>

struct terminal;

/* Writes the screen to path as SVG, to be drawn with DejaVu Sans Mono. False with errno set. */
bool picture_write(const struct terminal *terminal, const char *path);

#endif
