/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text that would act on a terminal, calibrations full of it, and what may come out of a program
 * that has read them. What is forbidden is decided here, apart from the code under test.
 */
#ifndef TESTS_HOSTILE_H
#define TESTS_HOSTILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <utf8proc.h>

#include "base/buffer.h"
#include "base/text.h"

enum { HOSTILE_MARKS_MAX = 2, HOSTILE_CODES = 0x110000 };

static inline bool hostile_is_forbidden(int32_t code)
{
    if (code < 0x20 || (code >= 0x7F && code <= 0x9F) || code == 0xAD || code == 0x61C)
        return true;
    if ((code >= 0x200B && code <= 0x200F) || (code >= 0x2028 && code <= 0x202E))
        return true;
    if ((code >= 0x2060 && code <= 0x206F) || code == 0xFEFF || code == 0x180E)
        return true;
    if ((code >= 0xFFF0 && code <= 0xFFFB) || (code >= 0xD800 && code <= 0xF8FF))
        return true;
    if ((code >= 0xFE00 && code <= 0xFE0F) || code >= 0xE0000)
        return true;
    return (code & 0xFFFE) == 0xFFFE || (code >= 0xFDD0 && code <= 0xFDEF);
}

/* Encodes any code point, surrogates as CESU or WTF would; returns the bytes, at most four. */
static inline size_t hostile_encode(int32_t code, char *bytes)
{
    if (code < 0xD800 || code > 0xDFFF)
        return (size_t)utf8proc_encode_char(code, (utf8proc_uint8_t *)bytes);
    bytes[0] = (char)0xED;
    bytes[1] = (char)(0x80 | ((code >> 6) & 0x3F));
    bytes[2] = (char)(0x80 | (code & 0x3F));
    return 3;
}

/*
 * The offset of the first thing in text that must not reach a terminal: a byte that is not UTF-8, a
 * forbidden code point but a line end where lines may be, a third mark on a base; length where all
 * is well. Code points are noted in seen (NULL: nobody asks).
 */
static inline size_t hostile_find(const char *bytes, size_t length, bool lines, bool *seen)
{
    size_t at = 0;
    int marks = 0;
    while (at < length) {
        utf8proc_int32_t code;
        utf8proc_ssize_t step = utf8proc_iterate((const utf8proc_uint8_t *)bytes + at,
                                                 (utf8proc_ssize_t)(length - at), &code);
        if (step <= 0)
            break;
        marks = utf8proc_charwidth(code) == 0 && code != '\n' ? marks + 1 : 0;
        if (marks > HOSTILE_MARKS_MAX || (hostile_is_forbidden(code) && !(lines && code == '\n')))
            break;
        if (seen)
            seen[code] = true;
        at += (size_t)step;
    }
    return at;
}

/* An attack; its bytes may hold NUL. */
struct hostile_text {
    const char *name, *bytes;
    size_t length;
};

#define HOSTILE(name, bytes)                                                                       \
    {                                                                                              \
        name, bytes, sizeof(bytes) - 1                                                             \
    }

static const struct hostile_text hostile_texts[] = {
    HOSTILE("clipboard", "\033]52;c;cm0gLXJmIH4K\a"),
    HOSTILE("title", "\033]0;owned\a\033]2;owned\033\\"),
    HOSTILE("status string", "\033P$q\"p\033\\\033P+q544e\033\\"),
    HOSTILE("answers", "\033[6n\033[c\033[21t\033[?2026$p\x05"),
    HOSTILE("colour and screen", "\033[31;5m\033[2J\033[H\033c\033[?1049l"),
    HOSTILE("keys", "\033[?1000h\033[?2004h\033[>4;2m\033[5i"),
    HOSTILE("a link", "\033]8;;http://example.org\033\\here\033]8;;\033\\"),
    HOSTILE("C1 in UTF-8", "\xC2\x9B"
                           "31m\xC2\x9D"
                           "0;owned\xC2\x9C\xC2\x90q\xC2\x85\xC2\x84"),
    HOSTILE("another line", "ok\r\n\rfine\v\f\n  generic  0.9\n"),
    HOSTILE("backspaces", "evil\b\b\b\bgood\x7F\x7F"),
    HOSTILE("tabs", "a\tb\t\tc"),
    HOSTILE("shifts", "\x0E\x0F\033(0lqk\033(B\033#8"),
    HOSTILE("bell", "\a\a\a\x18\x1A"),
    HOSTILE("NUL", "a\0b\0"),
    HOSTILE("Trojan source", "/* \xE2\x80\xAE } \xE2\x81\xA6if (admin)\xE2\x81\xA9 \xE2\x81\xA6 "
                             "begin\xE2\x80\xAA\xE2\x80\xAB\xE2\x80\xAC\xE2\x80\xAD*/"),
    HOSTILE("marks of direction", "a\xE2\x80\x8E\xE2\x80\x8F\xD8\x9C"
                                  "b"),
    HOSTILE("joiners", "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7"
                       "\xE2\x80\x8C\xE2\x81\xA0\xE2\x80\x8B"),
    HOSTILE("variation", "\xE2\x9C\x88\xEF\xB8\x8F\xE2\x9C\x88\xEF\xB8\x8E"
                         "1\xEF\xB8\x8F\xE2\x83\xA3\xF3\xA0\x84\x80"),
    HOSTILE("stacked marks",
            "z\xCC\x80\xCC\x81\xCC\x82\xCC\x83\xCC\x84\xCC\x85\xCC\x86\xCC\x87\xCC\x88\xCC\x89"
            "a\xCC\x8A\xCC\x8B\xCC\x8C\xCC\x8D\xCC\x8E\xCC\x8F\xCC\x90\xCC\x91\xCC\x92\xCC\x93"),
    HOSTILE("marks alone", "\xCC\x80\xCC\x81\xCC\x82\xE2\x83\x9D\xE0\xB8\xB3"),
    HOSTILE("tags", "\xF0\x9F\x8F\xB4\xF3\xA0\x81\xA7\xF3\xA0\x81\xA2\xF3\xA0\x81\xBF"),
    HOSTILE("byte order mark", "a\xEF\xBB\xBF"
                               "b\xEF\xBF\xBE"),
    HOSTILE("line separators", "a\xE2\x80\xA8"
                               "b\xE2\x80\xA9"
                               "c"),
    HOSTILE("private, unassigned, no character", "\xEE\x80\x80\xF3\xB0\x80\x80\xCD\xB8\xEF\xB7\x90"
                                                 "\xEF\xBF\xBF\xF4\x8F\xBF\xBF"),
    HOSTILE("annotation", "a\xEF\xBF\xB9"
                          "b\xEF\xBF\xBA"
                          "c\xEF\xBF\xBB\xEF\xBF\xBC"),
    HOSTILE("soft and invisible", "a\xC2\xAD"
                                  "b\xE1\xA0\x8E\xE2\x81\xA3\xE1\x85\x9F\xE3\x85\xA4"),
    HOSTILE("wide", "\xE6\xBC\xA2\xE5\xAD\x97\xF0\x9F\x96\xA5\xEF\xBC\xA1\xE1\x84\x80\xE1\x85\xA1"),
    HOSTILE("formats", "%s%n%1$*2$d%%\\n\\x1b\\033"),
    HOSTILE("markup", "<script>&amp;</script>\"'`$(id)=1+1,;|"),
    HOSTILE("Hangul and others",
            "\xED\x9E\xB0\xE1\x86\xA8\xE0\xBC\x8B\xF0\x9D\x85\xB3\xF0\x91\x82\xBD"),
};
enum { HOSTILE_TEXT_COUNT = sizeof hostile_texts / sizeof *hostile_texts };

/* As a JSON string: escaped where it must be, else as it is. */
static inline void hostile_quote(const char *bytes, size_t length, struct buffer *out)
{
    buffer_append_string(out, "\"");
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        if (byte < 0x20 || byte == '"' || byte == '\\')
            buffer_print(out, "\\u%04x", byte);
        else
            buffer_append(out, &bytes[i], 1);
    }
    buffer_append_string(out, "\"");
}

/* Calibrations in JSON; @ is a place for a text: every string and every name, or a few of them. */
static const char hostile_everywhere[] =
    "{\"schema_version\": @, \"hardware_id\": @, \"hardware_name\": @, \"device_type\": @,\n"
    "\"precision\": @, \"calibration_date\": @, \"calibration_tool_version\": @, @: [@, {@: 1}],\n"
    "\"curves\": {@: {\"operation_type\": @, \"description\": @, \"data_points\": [\n"
    "{\"flops\": 1e6, \"efficiency_mean\": 0.15, \"efficiency_std\": 0.03, @: @,\n"
    "\"num_observations\": 2, \"source\": @, \"source_subgraphs\": [@], \"source_models\": [@]},\n"
    "{\"flops\": 1e7, \"efficiency_mean\": 0.4, \"source\": \"measured\"},\n"
    "{\"flops\": 1e8, \"efficiency_mean\": 0.7, \"efficiency_std\": 0.1, \"source\": @}],\n"
    "\"fitted_curve\": {\"curve_type\": @, \"breakpoints\": [\n"
    "[1e6, 0.15],\n"
    "[1e8, 0.7]], \"parameters\": {@: 1}, \"r_squared\": 0.5},\n"
    "\"min_flops\": 1e6, \"max_flops\": 1e9, \"calibration_models\": [@], \"notes\": @},\n"
    "\"plain\": {\"data_points\": [], \"fitted_curve\": {\"breakpoints\": [[1, 1], [2, 1]]}}},\n"
    "\"bandwidth_curves\": {@: {\"notes\": @, \"fitted_curve\": {\"breakpoints\":\n"
    "[[1, 0.5], [1000, 0.9]]}}}, \"validation\": @, \"notes\": @}\n";
static const char hostile_once[] = "{\"hardware_id\": @, \"curves\": {}}\n";
static const char hostile_here_and_there[] =
    "{\"hardware_id\": @, \"curves\": {@: {\"fitted_curve\": {\"breakpoints\": [[1, 1], [2, "
    "1]]}},\n"
    "\"plain\": {\"notes\": @, \"fitted_curve\": {\"breakpoints\": [[1, 1], [2, 1]]}}}}\n";

static inline void hostile_calibration(const char *form, const char *bytes, size_t length,
                                       struct buffer *out)
{
    for (const char *at = form; *at; at++)
        if (*at == '@')
            hostile_quote(bytes, length, out);
        else
            buffer_append(out, at, 1);
}

#endif
