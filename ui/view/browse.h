/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lines of the browser: which entries of the registry it shows, in which order, under which
 * headings. Made anew only when the registry, the filter or the order has changed, so that a frame
 * costs no search.
 */
#ifndef UI_VIEW_BROWSE_H
#define UI_VIEW_BROWSE_H

#include <stdbool.h>
#include <stddef.h>

#include "calibration/registry.h"
#include "report/filter.h"
#include "report/order.h"
#include "ui/prompt.h"
#include "ui/view/previews.h"

/* One line of the list. */
struct browse_line {
    const struct registry_entry *entry; /* the entry, or for a heading the first below it */
    bool heading;
};

/* Zeroed it shows everything by id. Owns all but the registry's entries. */
struct browse_state {
    char filter[PROMPT_TEXT_MAX]; /* the text of the filter in force */
    struct filter *terms;         /* the same, parsed; NULL: everything is shown */
    struct order order;           /* field NULL: by id, under headings */
    char *selected_id;            /* the entry the user is on; NULL: the first */
    size_t selected;              /* its place among those shown */
    struct browse_line *lines;
    size_t line_count;
    size_t *line_of; /* index in lines of each entry shown */
    size_t count;    /* entries shown */
    size_t total;    /* entries that there were when the lines were made, shown or not */
    struct registry_entry *elsewhere; /* entries of opened files that the registry has not */
    size_t elsewhere_count;
    bool stale;     /* the lines are those of another filter, order or registry */
    bool rereading; /* the registry is being read again; once that is done, it is said */
    struct previews previews;
    const struct calibration *preview; /* of the selected entry; NULL: nothing to show */
    char *found; /* where there are no calibrations: what there is instead; NULL: not looked at */
};

/* Takes a filter; STATUS_INVALID, with the filter before in force, where it makes no sense. */
enum status browse_take_filter(struct browse_state *browse, const char *text, struct error *error);

/* Orders the entries anew, the next time that lines are made. */
void browse_take_order(struct browse_state *browse, struct order order);

/* Whether the entries stand under their folders, as headings, rather than sorted by a figure. */
bool browse_has_headings(const struct browse_state *browse);

/*
 * Takes over the entries of files that lie outside of the registry. They stand behind those of the
 * registry or, where the list is sorted by a figure, among them.
 */
void browse_take_elsewhere(struct browse_state *browse, struct registry_entry *entries,
                           size_t count);

/* Whether an entry is one of those. */
bool browse_is_elsewhere(const struct browse_state *browse, const struct registry_entry *entry);

/* Makes the lines, if they are not those of this registry, filter and order already. */
void browse_make(struct browse_state *browse, const struct registry *registry);

/*
 * Drops the lines, what lies elsewhere, and previews, before entries of the registry go or change.
 */
void browse_forget(struct browse_state *browse);

/* The selected entry; NULL where none is shown. */
const struct registry_entry *browse_selected(const struct browse_state *browse);

/* Selects the entry shown at that place, which stays selected when others come and go. */
void browse_select(struct browse_state *browse, size_t place);

/* Keeps the user on that entry from the next lines that show it. */
void browse_select_id(struct browse_state *browse, const char *id);

void browse_done(struct browse_state *browse);

#endif
