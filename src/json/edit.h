/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Splicing: a set of edits to a document, applied to its bytes at once. Every byte that no edit
 * names stays as it is. What is inserted takes the style of its neighbours: a new array item is
 * spelled like the sibling nearest to it (same blanks, same lines), a new member like the member
 * before it, line ends as the document has them.
 */
#ifndef JSON_EDIT_H
#define JSON_EDIT_H

#include <stddef.h>

#include "json/document.h"
#include "json/quote.h"

struct json_edits;

/* The document is borrowed and must outlive the edits. */
struct json_edits *json_edits_new(const struct json_document *document);
void json_edits_free(struct json_edits *edits);

/* Replaces the bytes of value by lexeme (any JSON text). */
void json_edits_replace(struct json_edits *edits, const struct json_value *value,
                        const char *lexeme);

/*
 * One place of an array's new order: an old item that stays, or a new item.
 * A new item that is itself an array of scalars is given by its element lexemes, so that it can be
 * laid out like its siblings ([1e6, 0.15] on one line or four).
 */
struct json_slot {
    const struct json_value *keep; /* an item of the array, or NULL for a new one */
    const char *const *lexemes;    /* new: the element lexemes; borrowed for the call */
    size_t lexeme_count;
};

/*
 * Makes the array hold slots in this order. Kept items must come in their old order; old items that
 * no slot keeps are removed with their comma and their line. Kept items may be edited by further
 * json_edits_replace() calls inside them. Once an array. Touches only the lines of what comes and
 * goes, and a neighbour's comma. At least one slot.
 */
void json_edits_arrange(struct json_edits *edits, const struct json_value *array,
                        const struct json_slot *slots, size_t count);

/* Appends a member after the last one of object; key is plain text (escaped here). */
void json_edits_add_member(struct json_edits *edits, const struct json_value *object,
                           const char *key, const char *lexeme);

/* Removes a member of an object with its comma and its line. */
void json_edits_remove_member(struct json_edits *edits, const struct json_value *member);

/* Appends the document's bytes with all edits applied. Without edits: the same bytes. */
void json_edits_apply(const struct json_edits *edits, struct buffer *out);

#endif
