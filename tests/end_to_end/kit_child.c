/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small full-screen program without curses, for the test of the test kit. */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t is_resized = 1;

static void on_resize(int signal)
{
    (void)signal;
    is_resized = 1;
}

static void show_size(void)
{
    struct winsize size;
    ioctl(STDIN_FILENO, TIOCGWINSZ, &size);
    printf("\x1b[1;1H\x1b[Ksize %dx%d", size.ws_col, size.ws_row);
    is_resized = 0;
}

/* Keeps the processor busy, then draws: a test that does not wait would miss it. */
static void work(void)
{
    clock_t end = clock() + CLOCKS_PER_SEC / 3;
    while (clock() < end)
        continue;
    printf("\x1b[4;1Hworked");
}

/* Waits for another process as for a slow disk, then draws. */
static void read_slowly(void)
{
    int ends[2];
    char byte;
    if (pipe(ends) != 0)
        return;
    pid_t writer = fork();
    if (writer == 0) {
        poll(NULL, 0, 200);
        _exit(write(ends[1], "r", 1) != 1);
    }
    if (read(ends[0], &byte, 1) == 1)
        printf("\x1b[7;1Hread");
    waitpid(writer, NULL, 0);
    close(ends[0]);
    close(ends[1]);
}

static void show_colours(void)
{
    printf(
        "\x1b[5;1H\x1b[1;31;44mred\x1b[0m \x1b[7mreverse\x1b[0m \x1b[38;5;208m\xe2\xa3\xbf\x1b[0m"
        " \xe6\xbc\xa2|e\xcc\x81|\xe2\x94\x80\xe2\x94\x82 <&>");
}

static void take(const char *keys, ssize_t count)
{
    printf("\x1b[2;1H\x1b[Kkeys");
    for (ssize_t i = 0; i < count; i++)
        printf(" %02x", (unsigned char)keys[i]);
    if (keys[0] == 'w')
        work();
    if (keys[0] == 'r')
        read_slowly();
    if (keys[0] == 'c')
        show_colours();
    if (keys[0] == 'a')
        printf("\x1b[3;7H\x1b[6n"); /* where is the cursor? */
    if (keys[0] == '\x1b' && count == 1 && poll(NULL, 0, 25) == 0)
        printf("\x1b[6;1Halone");
}

int main(void)
{
    struct termios before, raw;
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    char keys[64];
    signal(SIGWINCH, on_resize);
    tcgetattr(STDIN_FILENO, &before);
    raw = before;
    cfmakeraw(&raw);
    raw.c_lflag |= ISIG;
    tcsetattr(STDIN_FILENO, TCSANOW, &raw);
    printf("\x1b[?1049h\x1b[2J\x1b[?25l");
    for (keys[0] = 0; keys[0] != 'q';) {
        if (is_resized)
            show_size();
        fflush(stdout);
        if (poll(&input, 1, -1) > 0)
            take(keys, read(STDIN_FILENO, keys, sizeof keys));
    }
    printf("\x1b[?25h\x1b[?1049lbye %s\r\n", getenv("HOME"));
    fflush(stdout);
    tcsetattr(STDIN_FILENO, TCSANOW, &before);
    return 7;
}
