/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A program that runs in a pseudo terminal under a stand-in shell, and what it is doing now. */
#ifndef END_TO_END_CHILD_H
#define END_TO_END_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/*
 * Belongs to whoever started it. The session leader stands in for a shell: it keeps the program's
 * process group from being orphaned, since an orphaned one ignores ^Z.
 */
struct child {
    int master;      /* the terminal's side, non-blocking */
    int slave;       /* the program's side, kept to ask what it has not read; -1 after the exit */
    int report;      /* what the leader tells */
    pid_t leader;    /* child of this process; 0 after the exit */
    pid_t program;   /* leads the foreground process group */
    int status;      /* exit status after the exit, 128 + signal if one ended it */
    bool kept_modes; /* after the exit: echo, line mode and the like are as they were */
};

enum child_state {
    CHILD_BUSY,        /* running, about to, or waiting for the disk */
    CHILD_BLOCKED,     /* asleep in another call: as a terminal takes no more, or a pipe is empty */
    CHILD_WAITING,     /* for input, without limit */
    CHILD_WAITING_FOR, /* for input or a moment, whichever comes first */
    CHILD_STOPPED,     /* by a signal, as after ^Z */
    CHILD_GONE,
};

/* Both lists end in NULL; argv[0] is looked up in PATH. folder NULL: stay here. */
bool child_start(struct child *child, char *const argv[], char *const environment[],
                 const char *folder, int rows, int columns);

/* What the program does; *switches grows whenever it ran in between. */
enum child_state child_observe(const struct child *child, unsigned long long *switches);

/* Whether the program has been sent bytes that it has not read. */
bool child_has_unread(const struct child *child);

bool child_write(const struct child *child, const char *bytes, size_t length);
void child_resize(const struct child *child, int rows, int columns);

/* Takes the terminal away from the program, which gets SIGHUP and reads and writes nothing more. */
void child_hang_up(struct child *child);

/* True once the program has ended; then status is set and the program's side closed. */
bool child_exited(struct child *child);

/* Processor time of the program so far, in seconds. */
double child_processor_seconds(const struct child *child);

/* Ends the program if it still runs. */
void child_stop(struct child *child);

#endif
