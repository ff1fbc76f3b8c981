/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Signals while the program has the terminal. Those that matter (SIGWINCH, SIGCONT, SIGTSTP,
 * SIGTERM, SIGHUP, SIGINT) are blocked except while waiting, and noted when they come; those that
 * kill let the terminal be put back first. Private to ui/terminal/.
 */
#ifndef UI_TERMINAL_TERM_SIGNALS_H
#define UI_TERMINAL_TERM_SIGNALS_H

#include <poll.h>
#include <stdbool.h>

/*
 * Takes the signals. before_death is called in the handler of one that kills, with its number, and
 * may call only what is safe there; the program then dies as it would have.
 */
void term_signals_take(void (*before_death)(int number));

/*
 * poll() for milliseconds (-1: for ever, 0: not at all), during which signals come in: each is
 * noted, and ends the wait.
 */
int term_signals_poll(struct pollfd *inputs, nfds_t count, int milliseconds);

/* The signal that asked the program to end; 0: none did. */
int term_signals_end(void);

/* Whether the program was asked to stop, or the size may have changed, since the last question. */
bool term_signals_take_stop(void);
bool term_signals_take_resize(void);

/* Stops the program's whole job as ^Z does; returns when it goes on. */
void term_signals_stop_job(void);

/* Ends the program by the signal that asked it to end, if one did. */
void term_signals_end_as_told(void);

#endif
