/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signals: noted while waiting, or survived only until the terminal is put back. */
#include "ui/terminal/term_signals.h"

#include <signal.h>
#include <stddef.h>
#include <time.h>

static volatile sig_atomic_t got_winch, got_tstp, got_terminate;
static void (*call_before_death)(int number);
static sigset_t outside; /* the mask while waiting: what the program was started with */

static void note_signal(int number)
{
    if (number == SIGWINCH || number == SIGCONT)
        got_winch = 1;
    else if (number == SIGTSTP)
        got_tstp = 1;
    else
        got_terminate = number;
}

static void restore_and_die(int number)
{
    call_before_death(number);
    signal(number, SIG_DFL);
    raise(number);
}

static void handle(int number, void (*handler)(int), int flags)
{
    struct sigaction action = {.sa_handler = handler, .sa_flags = flags};
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, NULL);
}

void term_signals_take(void (*before_death)(int number))
{
    static const int noted[] = {SIGWINCH, SIGCONT, SIGTSTP, SIGTERM, SIGHUP, SIGINT};
    static const int fatal[] = {SIGSEGV, SIGABRT, SIGBUS,  SIGFPE,  SIGILL,
                                SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM, SIGXCPU};
    sigset_t blocked;
    call_before_death = before_death;
    sigemptyset(&blocked);
    for (size_t i = 0; i < sizeof noted / sizeof *noted; i++) {
        handle(noted[i], note_signal, 0);
        sigaddset(&blocked, noted[i]);
    }
    for (size_t i = 0; i < sizeof fatal / sizeof *fatal; i++)
        handle(fatal[i], restore_and_die, (int)SA_RESETHAND);
    signal(SIGPIPE, SIG_IGN);
    sigprocmask(SIG_BLOCK, &blocked, &outside);
    for (size_t i = 0; i < sizeof noted / sizeof *noted; i++)
        sigdelset(&outside, noted[i]);
}

int term_signals_poll(struct pollfd *inputs, nfds_t count, int milliseconds)
{
    struct timespec wait = {milliseconds / 1000, (long)(milliseconds % 1000) * 1000000};
    return ppoll(inputs, count, milliseconds < 0 ? NULL : &wait, &outside);
}

int term_signals_end(void)
{
    return got_terminate;
}

static bool take(volatile sig_atomic_t *got)
{
    bool came = *got;
    *got = 0;
    return came;
}

bool term_signals_take_stop(void)
{
    return take(&got_tstp);
}

bool term_signals_take_resize(void)
{
    return take(&got_winch);
}

void term_signals_stop_job(void)
{
    sigset_t stop;
    signal(SIGTSTP, SIG_DFL);
    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    kill(0, SIGTSTP);
    sigprocmask(SIG_UNBLOCK, &stop, NULL); /* stops here, goes on after SIGCONT */
    sigprocmask(SIG_BLOCK, &stop, NULL);
    handle(SIGTSTP, note_signal, 0);
}

void term_signals_end_as_told(void)
{
    sigset_t told;
    if (!got_terminate)
        return;
    sigemptyset(&told);
    sigaddset(&told, got_terminate);
    signal(got_terminate, SIG_DFL);
    raise(got_terminate);
    sigprocmask(SIG_UNBLOCK, &told, NULL);
}
