/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the scenarios share: cmocka, the terminal, and what fails a test. */
#ifndef END_TO_END_SCENARIO_H
#define END_TO_END_SCENARIO_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "terminal.h"

static inline void fail_test(const char *message)
{
    fail_msg("%s", message);
}

/* Text that must stand on the screen now. */
static inline void assert_sees(struct terminal *terminal, const char *text)
{
    if (terminal_find(terminal, text, NULL, NULL))
        return;
    terminal_print(terminal, stderr);
    fail_msg("not on the screen: %s", text);
}

/* Whether any text on the screen is not in the terminal's own colour. */
static inline bool has_color(struct terminal *terminal)
{
    for (int row = 0; row < terminal_rows(terminal); row++)
        for (int column = 0; column < terminal_columns(terminal); column++)
            if (!terminal_cell(terminal, row, column).has_default_foreground)
                return true;
    return false;
}

#endif
