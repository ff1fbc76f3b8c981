/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Safe display text: bytes cut into cells that may be shown, and strict UTF-8. */
#include "base/text.h"

#include <stdint.h>
#include <string.h>

#include <utf8proc.h>

#include "base/buffer.h"

/* One decoded code point and where it lies; length 1 and forbidden for a byte that is none. */
struct point {
    const char *bytes;
    int length;
    enum text_role role;
    int columns;
};

static bool is_variation_selector(utf8proc_int32_t code)
{
    return (code >= 0xFE00 && code <= 0xFE0F) || (code >= 0xE0100 && code <= 0xE01EF);
}

/*
 * The vowels and finals that join the Hangul syllable before them; terminals give them no column.
 */
static bool is_joining_hangul(utf8proc_int32_t code)
{
    return (code >= 0x1160 && code <= 0x11FF) || (code >= 0xD7B0 && code <= 0xD7FB);
}

static bool is_forbidden(int32_t code)
{
    switch (utf8proc_category(code)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return true;
    default:
        return false;
    }
}

enum text_role text_role(int32_t code)
{
    if (is_forbidden(code))
        return TEXT_FORBIDDEN;
    if (is_variation_selector(code))
        return TEXT_SELECTOR;
    return utf8proc_charwidth(code) == 0 || is_joining_hangul(code) ? TEXT_MARK : TEXT_SHOWN;
}

static struct point point_at(const char *at, const char *end)
{
    struct point point = {at, 1, TEXT_FORBIDDEN, 1};
    unsigned char byte = (unsigned char)*at;
    if (byte < 0x80) {
        point.role = byte >= 0x20 && byte < 0x7F ? TEXT_SHOWN : TEXT_FORBIDDEN;
        return point;
    }
    utf8proc_int32_t code;
    utf8proc_ssize_t room = end - at > 4 ? 4 : end - at;
    utf8proc_ssize_t length = utf8proc_iterate((const utf8proc_uint8_t *)at, room, &code);
    if (length <= 0)
        return point;
    point.length = (int)length;
    point.columns = utf8proc_charwidth(code);
    point.role = text_role(code);
    return point;
}

static void cell_set(struct text_cell *cell, const char *string)
{
    strcpy(cell->bytes, string);
    cell->columns = 1;
}

static void cell_replace(struct text_cell *cell, enum text_charset charset)
{
    cell_set(cell, charset == TEXT_ASCII ? "?" : "\xEF\xBF\xBD");
}

/* Takes the marks behind a base off the text; the first ones stay with it in cell. */
static const char *take_marks(const char *at, const char *end, struct text_cell *cell)
{
    size_t length = strlen(cell->bytes);
    for (int marks = 0; at < end && (unsigned char)*at >= 0x80;) {
        struct point point = point_at(at, end);
        if (point.role != TEXT_MARK && point.role != TEXT_SELECTOR)
            break;
        if (point.role == TEXT_MARK && marks++ < TEXT_MARKS_MAX) {
            memcpy(cell->bytes + length, point.bytes, (size_t)point.length);
            length += (size_t)point.length;
            cell->bytes[length] = '\0';
        }
        at += point.length;
    }
    return at;
}

/* A printable ASCII character that no mark can follow: nearly all of every text. */
static bool stands_alone(const char *at, const char *end)
{
    return *at >= 0x20 && *at < 0x7F && (at + 1 == end || (unsigned char)at[1] < 0x80);
}

static bool is_ascii(const char *string)
{
    for (; *string; string++)
        if ((unsigned char)*string >= 0x80)
            return false;
    return true;
}

bool text_next(const char **cursor, const char *end, enum text_charset charset,
               struct text_cell *cell)
{
    const char *at = *cursor;
    if (at >= end)
        return false;
    if (stands_alone(at, end)) {
        cell->bytes[0] = *at;
        cell->bytes[1] = '\0';
        cell->columns = 1;
        *cursor = at + 1;
        return true;
    }
    struct point point = point_at(at, end);
    at += point.length;
    if (*point.bytes == '\t' || *point.bytes == '\n') {
        cell_set(cell, " ");
    } else if (point.role != TEXT_SHOWN) {
        cell_replace(cell, charset);
    } else {
        memcpy(cell->bytes, point.bytes, (size_t)point.length);
        cell->bytes[point.length] = '\0';
        cell->columns = point.columns;
        at = take_marks(at, end, cell);
        if (charset == TEXT_ASCII && !is_ascii(cell->bytes))
            cell_replace(cell, charset);
    }
    *cursor = at;
    return true;
}

int text_append(struct buffer *out, const char *bytes, size_t length, enum text_charset charset,
                int columns)
{
    const char *cursor = bytes;
    const char *end = bytes + length;
    struct text_cell cell;
    int used = 0;
    /* Where the ellipsis would go: the last place that leaves a column for it. */
    int cut_columns = 0;
    size_t cut_length = out->length;
    while (text_next(&cursor, end, charset, &cell)) {
        if (columns >= 0 && cell.columns > columns - used) {
            buffer_truncate(out, cut_length);
            if (columns == 0)
                return 0;
            buffer_append_string(out, charset == TEXT_ASCII ? "~" : "\xE2\x80\xA6");
            return cut_columns + 1;
        }
        buffer_append_string(out, cell.bytes);
        used += cell.columns;
        if (used < columns) {
            cut_columns = used;
            cut_length = out->length;
        }
    }
    return used;
}

static int columns_of(const char *text, size_t length, enum text_charset charset)
{
    const char *end = text + length;
    struct text_cell cell;
    int columns = 0;
    while (text_next(&text, end, charset, &cell))
        columns += cell.columns;
    return columns;
}

static size_t common_length(const char *a, size_t a_length, const char *b, size_t b_length)
{
    size_t common = 0, least = a_length < b_length ? a_length : b_length;
    while (common < least && a[common] == b[common])
        common++;
    while (common > 0 && common < a_length && text_is_continuation(a[common]))
        common--;
    return common;
}

size_t text_begin_at_difference(const char *text, size_t length, const char *other,
                                size_t other_length, enum text_charset charset, int columns)
{
    size_t common = common_length(text, length, other, other_length);
    size_t rest = length - common, seen = (size_t)columns * TEXT_CELL_MAX;
    int before = columns_of(text, common, charset);
    int after = columns_of(text + common, rest < seen ? rest : seen, charset);
    /* Two thirds of the columns are for what differs, unless it takes less. */
    int wanted = after < columns * 2 / 3 ? after : columns * 2 / 3;
    if (before + wanted <= columns)
        return 0;
    const char *at = text, *end = text + common;
    struct text_cell cell;
    for (int spare = before + wanted - columns; spare > 0 && text_next(&at, end, charset, &cell);)
        spare -= cell.columns;
    const char *blank = memchr(at, ' ', (size_t)(end - at));
    return (size_t)((blank ? blank + 1 : at) - text);
}

int text_columns(const char *string, enum text_charset charset)
{
    return columns_of(string, strlen(string), charset);
}

/* Steps over ASCII eight bytes at a time: nearly all of every file. */
static size_t skip_ascii(const char *bytes, size_t offset, size_t length)
{
    const uint64_t high_bits = UINT64_C(0x8080808080808080);
    for (uint64_t word; length - offset >= sizeof word; offset += sizeof word) {
        memcpy(&word, bytes + offset, sizeof word);
        if (word & high_bits)
            break;
    }
    while (offset < length && (unsigned char)bytes[offset] < 0x80)
        offset++;
    return offset;
}

size_t text_check_utf8(const char *bytes, size_t length)
{
    size_t offset = skip_ascii(bytes, 0, length);
    while (offset < length) {
        utf8proc_int32_t code;
        utf8proc_ssize_t room = length - offset > 4 ? 4 : (utf8proc_ssize_t)(length - offset);
        utf8proc_ssize_t step =
            utf8proc_iterate((const utf8proc_uint8_t *)bytes + offset, room, &code);
        if (step <= 0)
            break;
        offset = skip_ascii(bytes, offset + (size_t)step, length);
    }
    return offset;
}

bool text_same(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

bool text_is_continuation(char byte)
{
    return ((unsigned char)byte & 0xc0) == 0x80;
}

int32_t text_decode(const char **at)
{
    unsigned char lead = (unsigned char)*(*at)++;
    if (lead < 0x80)
        return lead;
    int32_t code = lead >= 0xf0 ? lead & 0x07 : lead >= 0xe0 ? lead & 0x0f : lead & 0x1f;
    while (text_is_continuation(**at))
        code = code << 6 | ((unsigned char)*(*at)++ & 0x3f);
    return code;
}
