/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A program in a pseudo terminal, watched through /proc. */
#include "child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <utmp.h>

/* The program: foreground process group of its own, default signals, then exec. */
static void run_program(char *const argv[], char *const environment[])
{
    setpgid(0, 0);
    tcsetpgrp(STDIN_FILENO, getpid());
    signal(SIGTTOU, SIG_DFL);
    signal(SIGHUP, SIG_DFL); /* whatever started the tests may have ignored it */
    execvpe(argv[0], argv, environment);
    fprintf(stderr, "%s: %s\n", argv[0], strerror(errno));
    _exit(127);
}

static int exit_status(int status)
{
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

static bool same_modes(const struct termios *a, const struct termios *b)
{
    return a->c_iflag == b->c_iflag && a->c_oflag == b->c_oflag && a->c_cflag == b->c_cflag &&
           a->c_lflag == b->c_lflag && memcmp(a->c_cc, b->c_cc, sizeof a->c_cc) == 0;
}

/* Tells whether the modes are those from before: with this process the terminal's own end. */
static void report_modes(int report, const struct termios *before)
{
    struct termios after;
    bool kept = tcgetattr(STDIN_FILENO, &after) == 0 && same_modes(before, &after);
    if (write(report, &kept, sizeof kept) != sizeof kept)
        _exit(126);
}

static volatile pid_t hung_up_program;

/* Where its terminal goes a shell passes it on, and stays to see how the program takes it. */
static void on_hang_up(int signal)
{
    kill(hung_up_program, signal);
}

/*
 * The stand-in shell: starts the program, tells its number, in the end whether it left the terminal
 * as it was, and ends as it ends.
 */
static void run_leader(int slave, int report, char *const argv[], char *const environment[],
                       const char *folder)
{
    login_tty(slave);
    /* The program starts in the background and makes itself the foreground group. */
    signal(SIGTTOU, SIG_IGN);
    struct termios before;
    if ((folder && chdir(folder) != 0) || tcgetattr(STDIN_FILENO, &before) != 0)
        _exit(126);
    pid_t program = fork();
    if (program == 0)
        run_program(argv, environment);
    setpgid(program, program);
    hung_up_program = program;
    signal(SIGHUP, on_hang_up);
    if (program < 0 || write(report, &program, sizeof program) != sizeof program)
        _exit(126);
    int status = 0;
    while (waitpid(program, &status, 0) < 0 && errno == EINTR)
        continue;
    report_modes(report, &before);
    _exit(exit_status(status));
}

static bool read_program(struct child *child)
{
    ssize_t count = read(child->report, &child->program, sizeof child->program);
    return count == (ssize_t)sizeof child->program;
}

bool child_start(struct child *child, char *const argv[], char *const environment[],
                 const char *folder, int rows, int columns)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    int report[2];
    *child = (struct child){.master = -1, .slave = -1, .report = -1, .status = -1};
    if (pipe2(report, O_CLOEXEC) != 0)
        return false;
    if (openpty(&child->master, &child->slave, NULL, NULL, &size) != 0)
        return false;
    fcntl(child->master, F_SETFD, FD_CLOEXEC);
    fcntl(child->master, F_SETFL, O_NONBLOCK);
    fflush(NULL);
    child->leader = fork();
    if (child->leader == 0) {
        close(child->master); /* or its terminal could not be taken away */
        run_leader(child->slave, report[1], argv, environment, folder);
    }
    fcntl(child->slave, F_SETFD, FD_CLOEXEC);
    close(report[1]);
    child->report = report[0];
    return child->leader > 0 && read_program(child);
}

static bool read_proc(pid_t pid, const char *name, char *text, size_t size)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/%s", (int)pid, name);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return false;
    ssize_t count = read(file, text, size - 1);
    close(file);
    text[count > 0 ? count : 0] = '\0';
    return count > 0;
}

static unsigned long long status_number(const char *status, const char *name)
{
    const char *line = strstr(status, name);
    return line ? strtoull(line + strlen(name), NULL, 10) : 0;
}

/* Which argument of a waiting system call limits the wait; -1: not such a call. */
static int limit_argument(long call)
{
    switch (call) {
#ifdef SYS_poll
    case SYS_poll:
        return 2;
    case SYS_select:
        return 4;
    case SYS_epoll_wait:
        return 3;
#endif
    case SYS_ppoll:
        return 2;
    case SYS_pselect6:
        return 4;
    case SYS_epoll_pwait:
        return 3;
    default:
        return -1;
    }
}

/* poll counts milliseconds and -1 is no limit; ppoll points to a limit and NULL is none. */
static bool is_unlimited(long call, unsigned long long argument)
{
    bool is_pointer = call == SYS_ppoll || call == SYS_pselect6;
#ifdef SYS_select
    is_pointer = is_pointer || call == SYS_select;
#endif
    return is_pointer ? argument == 0 : (int)argument < 0;
}

/* A program that reads a file or a pipe is at work, however long that takes. */
static bool is_terminal(const struct child *child, unsigned long long file)
{
    char path[64], terminal[64], link[64];
    snprintf(path, sizeof path, "/proc/%d/fd/%llu", (int)child->program, file);
    ssize_t length = readlink(path, link, sizeof link - 1);
    if (length < 0 || ttyname_r(child->slave, terminal, sizeof terminal) != 0)
        return false;
    link[length] = '\0';
    return strcmp(link, terminal) == 0;
}

/* text is /proc/PID/syscall: "running", or the call's number and arguments. */
static enum child_state state_from_call(const struct child *child, const char *text)
{
    char *rest = NULL;
    long call = strtol(text, &rest, 10);
    if (rest == text)
        return CHILD_BUSY;
    unsigned long long argument = strtoull(rest, &rest, 16);
    if (call == SYS_read)
        return is_terminal(child, argument) ? CHILD_WAITING : CHILD_BLOCKED;
    int limit = limit_argument(call);
    if (limit < 0)
        return CHILD_BLOCKED;
    for (int i = 0; i < limit; i++)
        argument = strtoull(rest, &rest, 16);
    return is_unlimited(call, argument) ? CHILD_WAITING : CHILD_WAITING_FOR;
}

enum child_state child_observe(const struct child *child, unsigned long long *switches)
{
    char status[4096];
    char call[256];
    *switches = 0;
    if (!read_proc(child->program, "status", status, sizeof status))
        return CHILD_GONE;
    *switches = status_number(status, "\nvoluntary_ctxt_switches:") +
                status_number(status, "\nnonvoluntary_ctxt_switches:");
    const char *state = strstr(status, "\nState:\t");
    char letter = state ? state[8] : 'R';
    if (letter == 'Z' || letter == 'X')
        return CHILD_GONE;
    if (letter == 'T')
        return CHILD_STOPPED;
    if (letter != 'S')
        return CHILD_BUSY;
    if (read_proc(child->program, "syscall", call, sizeof call))
        return state_from_call(child, call);
    /* A system that does not show the call: asleep is the best that can be known. */
    return CHILD_WAITING_FOR;
}

bool child_has_unread(const struct child *child)
{
    /* poll, not FIONREAD: it also flushes what the kernel has not handed over yet. */
    struct pollfd side = {.fd = child->slave, .events = POLLIN};
    return poll(&side, 1, 0) > 0 && (side.revents & POLLIN);
}

bool child_write(const struct child *child, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t count = write(child->master, bytes, length);
        if (count < 0 && errno != EINTR)
            return false;
        if (count > 0) {
            bytes += count;
            length -= (size_t)count;
        }
    }
    return true;
}

void child_resize(const struct child *child, int rows, int columns)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    ioctl(child->master, TIOCSWINSZ, &size);
}

void child_hang_up(struct child *child)
{
    close(child->slave);
    close(child->master);
    child->slave = child->master = -1;
}

bool child_exited(struct child *child)
{
    int status = 0;
    if (child->leader == 0)
        return true;
    if (waitpid(child->leader, &status, WNOHANG) != child->leader)
        return false;
    child->leader = 0;
    child->status = exit_status(status);
    if (read(child->report, &child->kept_modes, sizeof child->kept_modes) < 1)
        child->kept_modes = false;
    if (child->slave >= 0)
        close(child->slave);
    child->slave = -1;
    return true;
}

double child_processor_seconds(const struct child *child)
{
    char text[128];
    if (!read_proc(child->program, "schedstat", text, sizeof text))
        return 0;
    return (double)strtoull(text, NULL, 10) / 1e9;
}

void child_stop(struct child *child)
{
    if (child->leader > 0) {
        kill(child->program, SIGKILL);
        waitpid(child->leader, NULL, 0);
    }
    if (child->slave >= 0)
        close(child->slave);
    if (child->master >= 0)
        close(child->master);
    if (child->report >= 0)
        close(child->report);
    *child = (struct child){.master = -1, .slave = -1, .report = -1, .status = -1};
}
