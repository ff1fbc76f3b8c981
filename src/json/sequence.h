/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Splices, and the sequences of elements that they change: private to this folder, everyone else
 * includes json/edit.h.
 *
 * A splice says that some bytes of a document become others. A sequence is what stands between the
 * brackets of one container: array items, or members with their keys, and the separators between
 * them. Elements that come to a sequence or go from it become splices that keep its style.
 *
 * All places are offsets in bytes from the document's beginning. The document's bytes are borrowed
 * and never changed; whoever makes splices or a sequence frees what these own.
 */
#ifndef JSON_SEQUENCE_H
#define JSON_SEQUENCE_H

#include <stdbool.h>
#include <stddef.h>

struct buffer;

/* Bytes [begin, end). */
struct json_span {
    size_t begin;
    size_t end;
};

/* The bytes at become text; an insertion has an empty span. Owns text. */
struct json_splice {
    struct json_span at;
    char *text;
    bool arranges; /* an element comes or goes, rather than a value being replaced */
    size_t order;  /* in which it came */
};

/* All zeros: none. Owns items. */
struct json_splices {
    struct json_splice *items;
    size_t count;
    size_t capacity;
};

/*
 * The elements of a container and the bytes around them: what arranging needs to know. elements
 * belongs to whoever made the sequence; bytes and out are borrowed.
 */
struct json_sequence {
    const char *bytes;       /* the document's */
    struct json_span inside; /* between the brackets */
    struct json_span *elements;
    size_t count;
    struct json_splices *out; /* changes go here */
};

/* Takes the splice's text over, and numbers it. */
void json_splices_add(struct json_splices *splices, struct json_splice splice);

/*
 * Sorts the splices, and appends the document (length bytes) to out with them applied. A splice
 * inside a larger one is hidden by it; of two for the same bytes the one that arranges counts, else
 * the later.
 */
void json_splices_apply(struct json_splices *splices, const char *bytes, size_t length,
                        struct buffer *out);

/* Frees everything, and leaves none. */
void json_splices_done(struct json_splices *splices);

/* What follows copies its texts, each spelled in full as one element; the caller keeps them. */

/*
 * Elements first..last go with one separator: the one behind them where they begin a line, else the
 * one before, so that what stays keeps its lines.
 */
void json_sequence_remove(const struct json_sequence *sequence, size_t first, size_t last);

/* count elements come behind the one at index. */
void json_sequence_insert_behind(const struct json_sequence *sequence, size_t index,
                                 char *const *texts, size_t count);

/* Fills a span that held all elements there were, if any, so that no style is left but one line. */
void json_sequence_fill(const struct json_sequence *sequence, struct json_span span,
                        char *const *texts, size_t count);

/*
 * Between two elements that stay, removed ones from first on go and count texts come. As many as
 * can be are exchanged in place: that touches the fewest lines.
 */
void json_sequence_change(const struct json_sequence *sequence, size_t first, size_t removed,
                          char *const *texts, size_t count);

#endif
