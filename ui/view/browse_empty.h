/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the list shows where there is nothing to choose from: what was found instead of
 * calibrations, what was expected, and what to press or type next.
 */
#ifndef UI_VIEW_BROWSE_EMPTY_H
#define UI_VIEW_BROWSE_EMPTY_H

struct app;
struct canvas;
struct rect;
struct registry_entry;

/*
 * After a scan that found no calibration, or one broken file alone: looks once what there is
 * instead.
 */
void browse_empty_follow(struct app *app);

/* The list of a registry without a calibration. */
void browse_empty_draw(const struct app *app, struct canvas *canvas, struct rect area);

/* In place of the preview of a file that cannot be read as a calibration. */
void browse_empty_draw_broken(const struct app *app, struct canvas *canvas, struct rect area,
                              const struct registry_entry *entry);

#endif
