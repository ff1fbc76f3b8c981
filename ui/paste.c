/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pasted text. */
#include "ui/paste.h"

#include "base/clock.h"
#include "ui/app.h"
#include "ui/terminal/term.h"

static bool is_letter(int key)
{
    return key >= ' ' && key != 127 && key < TERM_KEY_FIRST;
}

/* What is pasted comes at once: a key so much later is typed, and the end got lost. */
static void end_if_late(struct paste_state *paste)
{
    enum { PATIENCE_MS = 2000 };
    if (paste->going_on && clock_milliseconds_since(&paste->last) > PATIENCE_MS)
        *paste = (struct paste_state){0};
    paste->last = clock_now();
}

bool paste_takes(struct app *app, int key)
{
    struct paste_state *paste = &app->paste;
    end_if_late(paste);
    if (key == TERM_KEY_PASTE_BEGIN || key == TERM_KEY_PASTE_END) {
        paste->going_on = key == TERM_KEY_PASTE_BEGIN;
        paste->gap = false;
        if (paste->going_on && !app->prompt.active)
            app_say(app, ROLE_WARNING,
                    "Not taken: pasted text goes where something is typed, as behind %s",
                    app_key_name(app, ACTION_COMMAND).chars);
        return true;
    }
    if (!paste->going_on)
        return false;
    if (key == TERM_KEY_ENTER || key == TERM_KEY_TAB)
        paste->gap = app->prompt.cursor > 0;
    return !app->prompt.active || !is_letter(key);
}

bool paste_has_gap(struct app *app)
{
    bool gap = app->paste.gap;
    app->paste.gap = false;
    return gap;
}
