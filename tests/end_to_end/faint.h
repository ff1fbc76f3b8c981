/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * libvterm 0.1 drops the faint attribute. A filter in front of it says faint as struck out, which
 * no program here uses, so that pictures and tests can see it.
 */
#ifndef END_TO_END_FAINT_H
#define END_TO_END_FAINT_H

#include <stddef.h>

enum { FAINT_PENDING_MAX = 64 };

/* The beginning of an attribute sequence whose end has not come yet. Zero is a good start. */
struct faint {
    char pending[FAINT_PENDING_MAX];
    size_t length;
};

/* Filters bytes into out, which has room for 3 * length + 2 * FAINT_PENDING_MAX; returns the
 * length. */
size_t faint_filter(struct faint *faint, const char *bytes, size_t length, char *out);

#endif
