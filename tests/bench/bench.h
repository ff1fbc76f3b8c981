/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the measurements share: the trees that they run on, and medians. */
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H

#include <stdbool.h>
#include <stddef.h>

/* Folders that main made; they go with it. */
struct trees {
    const char *two;     /* 2 calibrations */
    const char *hundred; /* 100: more than a screen */
    const char *large;   /* 5,000, and 20,000 other files */
    const char *dense;   /* one file of 16 curves with 625 points each */
};

/* Each prints its table. False: something could not be measured, and it has said what. */
bool bench_keypress(const struct trees *trees);
bool bench_start(const struct trees *trees);
bool bench_listing(const struct trees *trees);
bool bench_fit(void);
bool bench_save(const char *folder); /* which is there and empty */

/* The middle value; sorts the values. NaN of none. */
double bench_median(double *values, size_t count);

/* The value that this share of them (0 to 1) does not exceed; sorts the values. NaN of none. */
double bench_quantile(double *values, size_t count, double share);

/* The largest; NaN of none. */
double bench_maximum(const double *values, size_t count);

#endif
