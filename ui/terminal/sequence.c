/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sequences and strings behind an Esc, byte by byte. */
#include "ui/terminal/sequence.h"

enum { ESCAPE = 27, BELL = 7, CANCEL = 24, SUBSTITUTE = 26, STRING_MAX = 1 << 16 };

static bool is_final(int byte)
{
    return byte >= 0x40 && byte <= 0x7e;
}

static bool is_parameter(int byte)
{
    return byte >= 0x30 && byte <= 0x3f;
}

static bool is_intermediate(int byte)
{
    return byte >= 0x20 && byte <= 0x2f;
}

/* Looks at the bytes behind "[": parameters, then intermediates, then one final byte. */
static enum sequence_progress look_at_control(const int *bytes, int count)
{
    bool intermediate = false;
    for (int i = 0; i < count; i++) {
        if (i == count - 1 && is_final(bytes[i]))
            return SEQUENCE_WHOLE;
        intermediate = intermediate || is_intermediate(bytes[i]);
        if (intermediate ? !is_intermediate(bytes[i]) : !is_parameter(bytes[i]))
            return SEQUENCE_NONE;
    }
    return SEQUENCE_MORE;
}

/*
 * Whether a byte can begin the string that an introducer announces. P and ] are letters that one
 * may type behind Esc, so they need a sign of a string: a DCS goes on with a parameter or an
 * intermediate, an OSC with a number, or with l, L or I (titles). None begins with a control.
 */
static bool begins_string(int introducer, int byte)
{
    switch (introducer) {
    case 'P':
        return is_parameter(byte) || is_intermediate(byte);
    case ']':
        return (byte >= '0' && byte <= '9') || byte == 'l' || byte == 'L' || byte == 'I';
    default:
        return byte >= ' ' && byte <= 0xff;
    }
}

enum sequence_progress sequence_look(const int *bytes, int count)
{
    switch (count > 0 ? bytes[0] : '[') {
    case '[':
        if (count == 2 && bytes[1] == '[') /* the Linux console's function keys */
            return SEQUENCE_MORE;
        if (count == 3 && bytes[1] == '[')
            return is_final(bytes[2]) ? SEQUENCE_WHOLE : SEQUENCE_NONE;
        return look_at_control(bytes + 1, count - 1);
    case 'O':
        return count == 1 ? SEQUENCE_MORE : is_final(bytes[1]) ? SEQUENCE_WHOLE : SEQUENCE_NONE;
    case 'P':
    case ']':
    case 'X':
    case '^':
    case '_':
        if (count == 1)
            return SEQUENCE_MORE;
        return begins_string(bytes[0], bytes[1]) ? SEQUENCE_STRING : SEQUENCE_NONE;
    default:
        return SEQUENCE_NONE;
    }
}

void control_string_begin(struct control_string *string)
{
    *string = (struct control_string){.reading = true};
}

bool control_string_take(struct control_string *string, int byte)
{
    bool escaped = string->escape, ends = byte == BELL || byte == CANCEL || byte == SUBSTITUTE;
    bool foreign = byte < 0 || byte > 0xff || (escaped && byte != '\\');
    string->escape = byte == ESCAPE && !escaped;
    string->length++;
    string->reading = !foreign && !ends && !escaped && string->length < STRING_MAX;
    return !foreign;
}
