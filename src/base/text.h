/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Safe display text: the one way by which text from files, arguments and messages reaches a
 * terminal, on screen and in every command's output.
 *
 * Input is any bytes. It is cut into display cells: one user-perceived character each, as it may be
 * shown. Control characters (C0, DEL, C1), bidirectional and other format controls (category Cf:
 * joiners, overrides, BOM), line and paragraph separators, surrogates, unassigned and private code
 * points, and bytes that are not UTF-8 become one replacement cell (U+FFFD, or "?" in ASCII). A tab
 * or newline becomes a blank. At most two combining marks stay on a base; further ones are dropped,
 * and so are variation selectors, which could change its width; a mark without a base is replaced.
 * Widths follow utf8proc, except that Hangul vowels and finals join the syllable as marks.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buffer;

enum { TEXT_CELL_MAX = 13 }; /* a base and two marks are at most 12 bytes; and a NUL */

/* How far the reader of the text can see. */
enum text_charset {
    TEXT_ASCII, /* everything beyond U+007E becomes "?" */
    TEXT_UNICODE,
};

struct text_cell {
    char bytes[TEXT_CELL_MAX]; /* UTF-8, NUL-terminated */
    int columns;               /* 1 or 2 */
};

/*
 * Takes the next display cell off [*cursor, end) and moves *cursor behind it; false at the end.
 * Always makes progress.
 */
bool text_next(const char **cursor, const char *end, enum text_charset charset,
               struct text_cell *cell);

/*
 * Appends text as display cells. With columns >= 0 what does not fit is cut, and the last column
 * that fits shows that by an ellipsis (U+2026, or "~" in ASCII). Returns the columns appended.
 */
int text_append(struct buffer *out, const char *bytes, size_t length, enum text_charset charset,
                int columns);

/* What a code point may do where a reader sees it. */
enum text_role {
    TEXT_SHOWN,    /* a base, shown as it is */
    TEXT_MARK,     /* takes no column: belongs to the base before it */
    TEXT_SELECTOR, /* a variation selector: may change the width of its base */
    /*
     * Never raw: controls, format controls, separators of lines, surrogates, private, unassigned.
     */
    TEXT_FORBIDDEN,
};

enum { TEXT_MARKS_MAX = 2 }; /* that stay on a base */

/* Any number may be asked: what is no code point is forbidden. */
enum text_role text_role(int32_t code);

/*
 * Where to begin to show a text in so few columns that the first byte in which it differs from
 * another is in sight: 0 where it is so from its beginning, else a byte behind a blank, if there is
 * one near, with some of what both have in common. Neither needs a NUL.
 */
size_t text_begin_at_difference(const char *text, size_t length, const char *other,
                                size_t other_length, enum text_charset charset, int columns);

/* The columns that string takes as display cells. */
int text_columns(const char *string, enum text_charset charset);

/*
 * Checks that bytes are UTF-8 as RFC 3629 allows it: no overlong forms, no surrogates, nothing past
 * U+10FFFF. Returns the offset of the first byte that is not, or length.
 */
size_t text_check_utf8(const char *bytes, size_t length);

/* Whether strings are the same, or both NULL. */
bool text_same(const char *a, const char *b);

/* The code point at *at, which is valid UTF-8 and not at its end, and on to the next. */
int32_t text_decode(const char **at);

/* Whether byte is within a character of UTF-8, not its first one. */
bool text_is_continuation(char byte);

#endif
