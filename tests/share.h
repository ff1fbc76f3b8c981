/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How much of what a test repeats is enough. Where everything is slow, under valgrind or while
 * branches are counted, CALSCOPE_TEST_SHARE=N asks for one in N; never for less than the test says
 * it needs to have seen each kind of thing.
 */
#ifndef TESTS_SHARE_H
#define TESTS_SHARE_H

#include <stdlib.h>

/* N: 1 where nobody asks for a share. */
static inline int test_share(void)
{
    const char *wish = getenv("CALSCOPE_TEST_SHARE");
    int share = wish ? atoi(wish) : 1;
    return share > 1 ? share : 1;
}

/* How many rounds of so many are to be made, no fewer than least. */
static inline int test_rounds(int usual, int least)
{
    int rounds = usual / test_share();
    return rounds > least ? rounds : least;
}

/* From one round to the next where each is for another case: 1, or most where a share will do. */
static inline int test_stride(int most)
{
    return test_share() < most ? test_share() : most;
}

#endif
