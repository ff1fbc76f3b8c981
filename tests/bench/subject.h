/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A program under measurement: in a pseudo terminal, its screen kept, its processor time read.
 *
 * The kit's terminal waits for rest, which a program that fills its list does not come to; here
 * every moment counts. Times are seconds.
 */
#ifndef BENCH_SUBJECT_H
#define BENCH_SUBJECT_H

#include <stdbool.h>
#include <stddef.h>

struct subject;

/* Seconds on the clock that does not jump. */
double subject_clock(void);

/* Starts argv (ends in NULL) on a terminal of that size. NULL if it cannot. subject_stop frees. */
struct subject *subject_start(const char *const argv[], int rows, int columns);
void subject_stop(struct subject *subject);

void subject_send(const struct subject *subject, const char *bytes);

/* Takes what the program writes, waiting up to that long for it; whether there was anything. */
bool subject_take(struct subject *subject, double seconds);

/* Until the program has read all that was sent, written all it had to say, and sleeps. False: it
 * ended, or does not rest for half a minute. */
bool subject_rest(struct subject *subject);

/* Until text stands on the screen, or no longer does. False after half a minute. */
bool subject_wait_text(struct subject *subject, const char *text, bool wanted);

bool subject_shows(const struct subject *subject, const char *text);

/* The text of a row, blanks kept, in out; returns out. */
const char *subject_row(const struct subject *subject, int row, char *out, size_t size);

int subject_rows(const struct subject *subject);
size_t subject_bytes_written(const struct subject *subject);
double subject_processor_seconds(const struct subject *subject);

#endif
