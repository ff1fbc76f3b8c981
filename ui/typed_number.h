/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers that are typed into prompts, and what is wrong with those that cannot be taken. */
#ifndef UI_TYPED_NUMBER_H
#define UI_TYPED_NUMBER_H

#include <stddef.h>

#include "base/error.h"

/*
 * Reads length bytes of text as a size (number_parse_size, blanks around it do not count) that is
 * above 0. STATUS_REFUSED where it is none; the error says of `what` ("The size") what is wrong
 * with it, and how it is typed (example: "250M or 1.5e9").
 */
enum status typed_number_read(const char *what, const char *example, const char *text,
                              size_t length, double *value, struct error *error);

#endif
