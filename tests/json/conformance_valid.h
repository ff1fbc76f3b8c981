/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Texts that are JSON, and what each decodes to: numbers as LEXEME=VALUE, strings in quotes with
 * their decoded bytes (U+0000 shows as U+FFFD), no blanks.
 */
#ifndef TESTS_JSON_CONFORMANCE_VALID_H
#define TESTS_JSON_CONFORMANCE_VALID_H

#include <stddef.h>

struct valid_case {
    const char *name;
    const char *bytes;
    size_t length;
    const char *decoded;
};

#define VALID(name, text, decoded)                                                                 \
    {                                                                                              \
        name, text, sizeof(text) - 1, decoded                                                      \
    }

static const struct valid_case valid_cases[] = {
    /* structure */
    VALID("empty array", "[]", "[]"),
    VALID("empty object", "{}", "{}"),
    VALID("blank inside an empty array", "[ \n]", "[]"),
    VALID("blank inside an empty object", "{\t\r}", "{}"),
    VALID("array of one", "[1]", "[1=1.0]"),
    VALID("array of empty containers", "[[],{},[[]],{\"a\":{}}]", "[[],{},[[]],{\"a\":{}}]"),
    VALID("object of one", "{\"a\":1}", "{\"a\":1=1.0}"),
    VALID("object keeps its order", "{\"b\":1,\"a\":2,\"c\":3}",
          "{\"b\":1=1.0,\"a\":2=2.0,\"c\":3=3.0}"),
    VALID("mixed array", "[1,\"1\",true,false,null,[],{}]", "[1=1.0,\"1\",true,false,null,[],{}]"),
    VALID("nested in turn", "[{\"a\":[{\"b\":[{\"c\":null}]}]}]",
          "[{\"a\":[{\"b\":[{\"c\":null}]}]}]"),
    VALID("equal items", "[1,1,1]", "[1=1.0,1=1.0,1=1.0]"),
    VALID("brackets inside strings", "[\"[{\",\"}]\"]", "[\"[{\",\"}]\"]"),
    VALID("separators inside strings", "{\",\":\":\"}", "{\",\":\":\"}"),
    VALID("a comment inside a string", "[\"/* // # */\"]", "[\"/* // # */\"]"),
    VALID("strings side by side", "[\"a\",\"b\"]", "[\"a\",\"b\"]"),
    VALID("the words side by side", "[true,false,null,null,false,true]",
          "[true,false,null,null,false,true]"),
    VALID("a breakpoint on one line", "{\"breakpoints\": [[1000000.0, 0.15]]}",
          "{\"breakpoints\":[[1000000.0=1000000.0,0.15=0.15]]}"),
    VALID("a breakpoint on four lines", "[\n  [\n    1e6,\n    0.15\n  ]\n]",
          "[[1e6=1000000.0,0.15=0.15]]"),

    /* a root of any type */
    VALID("root true", "true", "true"),
    VALID("root false", "false", "false"),
    VALID("root null", "null", "null"),
    VALID("root integer", "42", "42=42.0"),
    VALID("root zero", "0", "0=0.0"),
    VALID("root negative", "-1", "-1=-1.0"),
    VALID("root fraction ends the file", "0.5", "0.5=0.5"),
    VALID("root exponent ends the file", "1e5", "1e5=100000.0"),
    VALID("root string", "\"x\"", "\"x\""),
    VALID("root empty string", "\"\"", "\"\""),
    VALID("root number before a line end", "7\n", "7=7.0"),
    VALID("root word before a blank", "true ", "true"),
    VALID("root string among blanks", " \t\r\n\"x\" \t\r\n", "\"x\""),

    /* blanks */
    VALID("blanks before", " [1]", "[1=1.0]"),
    VALID("blanks behind", "[1] ", "[1=1.0]"),
    VALID("line ends behind", "[1]\n\n", "[1=1.0]"),
    VALID("all four blanks everywhere", " \t\r\n[ \t\r\n1 \t\r\n, \t\r\n2 \t\r\n] \t\r\n",
          "[1=1.0,2=2.0]"),
    VALID("blanks around a colon", "{\"a\" \n:\t1}", "{\"a\":1=1.0}"),
    VALID("no blanks at all", "{\"a\":[1,2],\"b\":{\"c\":3}}",
          "{\"a\":[1=1.0,2=2.0],\"b\":{\"c\":3=3.0}}"),
    VALID("CRLF", "{\r\n  \"a\": 1,\r\n  \"b\": 2\r\n}\r\n", "{\"a\":1=1.0,\"b\":2=2.0}"),
    VALID("CR alone", "[1,\r2]\r", "[1=1.0,2=2.0]"),
    VALID("mixed line ends", "[1,\n2,\r\n3,\r4]", "[1=1.0,2=2.0,3=3.0,4=4.0]"),
    VALID("tabs for indentation", "{\n\t\"a\": [\n\t\t1\n\t]\n}", "{\"a\":[1=1.0]}"),
    VALID("no final line end", "{\"a\": 1}", "{\"a\":1=1.0}"),
    VALID("blanks at the ends of lines", "[1, \n2 \n] ", "[1=1.0,2=2.0]"),

    /* numbers */
    VALID("zero", "[0]", "[0=0.0]"),
    VALID("minus zero", "[-0]", "[-0=-0.0]"),
    VALID("minus zero with a fraction", "[-0.0]", "[-0.0=-0.0]"),
    VALID("minus zero with an exponent", "[-0e9]", "[-0e9=-0.0]"),
    VALID("zero with a fraction", "[0.0]", "[0.0=0.0]"),
    VALID("zero with an exponent", "[0e0,0E0,0e+0,0e-0]", "[0e0=0.0,0E0=0.0,0e+0=0.0,0e-0=0.0]"),
    VALID("zero with a huge exponent", "[0e999999]", "[0e999999=0.0]"),
    VALID("every digit", "[1234567890]", "[1234567890=1234567890.0]"),
    VALID("an integer in the middle", "[1,23,4]", "[1=1.0,23=23.0,4=4.0]"),
    VALID("small e", "[1e2]", "[1e2=100.0]"),
    VALID("large E", "[1E2]", "[1E2=100.0]"),
    VALID("exponent with plus", "[1e+2]", "[1e+2=100.0]"),
    VALID("large E with plus", "[1E+2]", "[1E+2=100.0]"),
    VALID("exponent with minus", "[1e-2]", "[1e-2=0.01]"),
    VALID("large E with minus", "[1E-2]", "[1E-2=0.01]"),
    VALID("leading zeros in an exponent", "[1e007,1e-0003]", "[1e007=10000000.0,1e-0003=0.001]"),
    VALID("fraction and exponent", "[12.50e+3]", "[12.50e+3=12500.0]"),
    VALID("zeros behind a fraction", "[1.000000000000000000000000]",
          "[1.000000000000000000000000=1.0]"),
    VALID("zeros before a fraction's digits", "[0.00000000000000000000000001]",
          "[0.00000000000000000000000001=1e-26]"),
    VALID("not a binary fraction", "[0.1,0.2,0.3]", "[0.1=0.1,0.2=0.2,0.3=0.3]"),
    VALID("17 digits", "[0.30000000000000004]", "[0.30000000000000004=0.30000000000000004]"),
    VALID("more digits than a double has", "[3.14159265358979323846264338327950288]",
          "[3.14159265358979323846264338327950288=3.141592653589793]"),
    VALID("2^31", "[2147483647,2147483648,-2147483648,-2147483649]",
          "[2147483647=2147483647.0,2147483648=2147483648.0,-2147483648=-2147483648.0,"
          "-2147483649=-2147483649.0]"),
    VALID("2^53 and one more", "[9007199254740992,9007199254740993]",
          "[9007199254740992=9007199254740992.0,9007199254740993=9007199254740992.0]"),
    VALID("2^63 - 1", "[9223372036854775807]", "[9223372036854775807=9.223372036854776e+18]"),
    VALID("2^63", "[9223372036854775808]", "[9223372036854775808=9.223372036854776e+18]"),
    VALID("-2^63", "[-9223372036854775808]", "[-9223372036854775808=-9.223372036854776e+18]"),
    VALID("-2^63 - 1", "[-9223372036854775809]", "[-9223372036854775809=-9.223372036854776e+18]"),
    VALID("2^64", "[18446744073709551616]", "[18446744073709551616=1.8446744073709552e+19]"),
    VALID("an integer keeps its digits", "[123456789012345678901234567890]",
          "[123456789012345678901234567890=1.2345678901234568e+29]"),
    VALID("the largest double", "[1.7976931348623157e308]",
          "[1.7976931348623157e308=1.7976931348623157e+308]"),
    VALID("just what still rounds to the largest", "[1.7976931348623158e308]",
          "[1.7976931348623158e308=1.7976931348623157e+308]"),
    VALID("the smallest normal", "[2.2250738585072014e-308]",
          "[2.2250738585072014e-308=2.2250738585072014e-308]"),
    VALID("below the smallest normal", "[2.2250738585072011e-308]",
          "[2.2250738585072011e-308=2.225073858507201e-308]"),
    VALID("the smallest of all", "[5e-324]", "[5e-324=5e-324]"),
    VALID("rounds up to the smallest", "[3e-324]", "[3e-324=5e-324]"),
    VALID("underflow is zero", "[1e-400]", "[1e-400=0.0]"),
    VALID("underflow keeps its sign", "[-1e-400]", "[-1e-400=-0.0]"),
    VALID("underflow with a huge exponent", "[1e-99999999999999999999]",
          "[1e-99999999999999999999=0.0]"),
    VALID("a large mantissa and a small exponent", "[1000000e-6]", "[1000000e-6=1.0]"),
    VALID("two ways to one value", "[100,1e2,1.0e2,1000e-1]",
          "[100=100.0,1e2=100.0,1.0e2=100.0,1000e-1=100.0]"),
    VALID("as repr writes", "[1e-05,1e+16,1000000.0]",
          "[1e-05=1e-05,1e+16=1e+16,"
          "1000000.0=1000000.0]"),
    VALID("a number before each separator", "{\"a\":-1,\"b\":[0.5]}",
          "{\"a\":-1=-1.0,\"b\":[0.5=0.5]}"),
    VALID("a number before each blank", "[1 ,2\t,3\n,4\r]", "[1=1.0,2=2.0,3=3.0,4=4.0]"),

    /* strings: what needs no escape */
    VALID("letters", "[\"abcXYZ\"]", "[\"abcXYZ\"]"),
    VALID("printable ASCII",
          "[\" !#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`"
          "abcdefghijklmnopqrstuvwxyz{|}~\"]",
          "[\" !#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`"
          "abcdefghijklmnopqrstuvwxyz{|}~\"]"),
    VALID("DEL", "[\"\x7F\"]", "[\"\x7F\"]"),
    VALID("a single quote", "[\"'\"]", "[\"'\"]"),
    VALID("U+0080, the first of two bytes", "[\"\xC2\x80\"]", "[\"\xC2\x80\"]"),
    VALID("U+00E9", "[\"caf\xC3\xA9\"]", "[\"caf\xC3\xA9\"]"),
    VALID("U+07FF, the last of two bytes", "[\"\xDF\xBF\"]", "[\"\xDF\xBF\"]"),
    VALID("U+0800, the first of three bytes", "[\"\xE0\xA0\x80\"]", "[\"\xE0\xA0\x80\"]"),
    VALID("U+20AC", "[\"\xE2\x82\xAC\"]", "[\"\xE2\x82\xAC\"]"),
    VALID("U+D7FF, before the surrogates", "[\"\xED\x9F\xBF\"]", "[\"\xED\x9F\xBF\"]"),
    VALID("U+E000, behind the surrogates", "[\"\xEE\x80\x80\"]", "[\"\xEE\x80\x80\"]"),
    VALID("U+FFFD", "[\"\xEF\xBF\xBD\"]", "[\"\xEF\xBF\xBD\"]"),
    VALID("U+FFFE and U+FFFF, no characters", "[\"\xEF\xBF\xBE\xEF\xBF\xBF\"]",
          "[\"\xEF\xBF\xBE\xEF\xBF\xBF\"]"),
    VALID("U+FEFF inside a string", "[\"\xEF\xBB\xBF\"]", "[\"\xEF\xBB\xBF\"]"),
    VALID("U+10000, the first of four bytes", "[\"\xF0\x90\x80\x80\"]", "[\"\xF0\x90\x80\x80\"]"),
    VALID("U+1F600", "[\"\xF0\x9F\x98\x80\"]", "[\"\xF0\x9F\x98\x80\"]"),
    VALID("U+10FFFF, the last", "[\"\xF4\x8F\xBF\xBF\"]", "[\"\xF4\x8F\xBF\xBF\"]"),
    VALID("U+2028 and U+2029", "[\"\xE2\x80\xA8\xE2\x80\xA9\"]", "[\"\xE2\x80\xA8\xE2\x80\xA9\"]"),
    VALID("U+0085", "[\"\xC2\x85\"]", "[\"\xC2\x85\"]"),
    VALID("a bidirectional override", "[\"\xE2\x80\xAE\"]", "[\"\xE2\x80\xAE\"]"),
    VALID("a combining mark without a base", "[\"\xCC\x81\"]", "[\"\xCC\x81\"]"),
    VALID("all lengths together", "[\"a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\"]",
          "[\"a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\"]"),

    /* strings: escapes */
    VALID("every short escape", "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]", "[\"\"\\/\b\f\n\r\t\"]"),
    VALID("an escaped quote first", "[\"\\\"a\"]", "[\"\"a\"]"),
    VALID("an escaped quote last", "[\"a\\\"\"]", "[\"a\"\"]"),
    VALID("an escaped backslash last", "[\"a\\\\\"]", "[\"a\\\"]"),
    VALID("two backslashes, then u", "[\"\\\\u0041\"]", "[\"\\u0041\"]"),
    VALID("four backslashes", "[\"\\\\\\\\\"]", "[\"\\\\\"]"),
    VALID("a slash either way", "[\"/\\/\"]", "[\"//\"]"),
    VALID("U+0041 escaped", "[\"\\u0041\"]", "[\"A\"]"),
    VALID("hexadecimal digits either way", "[\"\\u00e9\\u00E9\\uABCD\\uabcd\"]",
          "[\"\xC3\xA9\xC3\xA9\xEA\xAF\x8D\xEA\xAF\x8D\"]"),
    VALID("an escape and more digits", "[\"\\u00411\"]", "[\"A1\"]"),
    VALID("U+0000 escaped", "[\"a\\u0000b\"]",
          "[\"a\xEF\xBF\xBD"
          "b\"]"),
    VALID("U+0000 alone", "[\"\\u0000\"]", "[\"\xEF\xBF\xBD\"]"),
    VALID("U+0001 escaped", "[\"\\u0001\"]", "[\"\x01\"]"),
    VALID("U+001F escaped", "[\"\\u001f\"]", "[\"\x1F\"]"),
    VALID("a quote by number", "[\"\\u0022\"]", "[\"\"\"]"),
    VALID("a backslash by number", "[\"\\u005c\"]", "[\"\\\"]"),
    VALID("a backslash by number, then n", "[\"\\u005Cn\"]", "[\"\\n\"]"),
    VALID("a line end by number", "[\"\\u000a\\u000d\"]", "[\"\n\r\"]"),
    VALID("form feed and vertical tab escaped", "[\"\\f\\u000b\"]", "[\"\f\v\"]"),
    VALID("U+007F escaped", "[\"\\u007f\"]", "[\"\x7F\"]"),
    VALID("U+0080 escaped", "[\"\\u0080\"]", "[\"\xC2\x80\"]"),
    VALID("U+07FF escaped", "[\"\\u07ff\"]", "[\"\xDF\xBF\"]"),
    VALID("U+0800 escaped", "[\"\\u0800\"]", "[\"\xE0\xA0\x80\"]"),
    VALID("U+D7FF escaped", "[\"\\ud7ff\"]", "[\"\xED\x9F\xBF\"]"),
    VALID("U+E000 escaped", "[\"\\ue000\"]", "[\"\xEE\x80\x80\"]"),
    VALID("U+FEFF escaped", "[\"\\ufeff\"]", "[\"\xEF\xBB\xBF\"]"),
    VALID("U+FFFF escaped", "[\"\\uffff\"]", "[\"\xEF\xBF\xBF\"]"),
    VALID("the first surrogate pair", "[\"\\ud800\\udc00\"]", "[\"\xF0\x90\x80\x80\"]"),
    VALID("a surrogate pair", "[\"\\ud83d\\ude00\"]", "[\"\xF0\x9F\x98\x80\"]"),
    VALID("a surrogate pair in capitals", "[\"\\uD83D\\uDE00\"]", "[\"\xF0\x9F\x98\x80\"]"),
    VALID("the last surrogate pair", "[\"\\udbff\\udfff\"]", "[\"\xF4\x8F\xBF\xBF\"]"),
    VALID("two surrogate pairs", "[\"\\ud83d\\ude00\\ud83d\\ude01\"]",
          "[\"\xF0\x9F\x98\x80\xF0\x9F\x98\x81\"]"),
    VALID("a surrogate pair among letters", "[\"a\\ud83d\\ude00z\"]", "[\"a\xF0\x9F\x98\x80z\"]"),
    VALID("a backslash, then what looks like half a pair", "[\"\\\\ud800\"]", "[\"\\ud800\"]"),
    VALID("an escaped and a raw character", "[\"\\u00e9\xC3\xA9\"]", "[\"\xC3\xA9\xC3\xA9\"]"),

    /* keys */
    VALID("an empty key", "{\"\":0}", "{\"\":0=0.0}"),
    VALID("a blank for a key", "{\" \":0,\"\":1}", "{\" \":0=0.0,\"\":1=1.0}"),
    VALID("an escaped key", "{\"\\u0061\\n\":0}", "{\"a\n\":0=0.0}"),
    VALID("a key with a quote", "{\"\\\"\":0}", "{\"\"\":0=0.0}"),
    VALID("a key beyond ASCII", "{\"\xC3\xA9\":0}", "{\"\xC3\xA9\":0=0.0}"),
    VALID("a key by a surrogate pair", "{\"\\ud83d\\ude00\":0}", "{\"\xF0\x9F\x98\x80\":0=0.0}"),
    VALID("keys that differ in case", "{\"a\":1,\"A\":2}", "{\"a\":1=1.0,\"A\":2=2.0}"),
    VALID("keys that begin alike", "{\"a\":1,\"aa\":2,\"aaa\":3}",
          "{\"a\":1=1.0,\"aa\":2=2.0,\"aaa\":3=3.0}"),
    VALID("keys equal only when normalised", "{\"\xC3\xA9\":1,\"e\xCC\x81\":2}",
          "{\"\xC3\xA9\":1=1.0,\"e\xCC\x81\":2=2.0}"),
    VALID("keys that differ behind U+0000", "{\"a\\u0000b\":1,\"a\\u0000c\":2}",
          "{\"a\xEF\xBF\xBD"
          "b\":1=1.0,\"a\xEF\xBF\xBD"
          "c\":2=2.0}"),
    VALID("a key and the same with U+0000", "{\"a\":1,\"a\\u0000\":2}",
          "{\"a\":1=1.0,\"a\xEF\xBF\xBD\":2=2.0}"),
    VALID("one key in two objects", "[{\"a\":1},{\"a\":2}]", "[{\"a\":1=1.0},{\"a\":2=2.0}]"),
    VALID("one key within itself", "{\"a\":{\"a\":{\"a\":1}}}", "{\"a\":{\"a\":{\"a\":1=1.0}}}"),
    VALID("a key again behind an object that had it", "{\"b\":{\"a\":1},\"a\":2}",
          "{\"b\":{\"a\":1=1.0},\"a\":2=2.0}"),
    VALID("a key that is a value elsewhere", "{\"a\":\"b\",\"b\":\"a\"}",
          "{\"a\":\"b\",\"b\":\"a\"}"),
    VALID("keys like words and numbers", "{\"true\":1,\"null\":2,\"1\":3}",
          "{\"true\":1=1.0,\"null\":2=2.0,\"1\":3=3.0}"),
    VALID("more keys than are compared in pairs",
          "{\"a\":0,\"b\":0,\"c\":0,\"d\":0,\"e\":0,\"f\":0,\"g\":0,\"h\":0,\"i\":0,\"j\":0,"
          "\"k\":0,\"l\":0,\"m\":0,\"n\":{\"a\":0}}",
          "{\"a\":0=0.0,\"b\":0=0.0,\"c\":0=0.0,\"d\":0=0.0,\"e\":0=0.0,\"f\":0=0.0,"
          "\"g\":0=0.0,\"h\":0=0.0,\"i\":0=0.0,\"j\":0=0.0,\"k\":0=0.0,\"l\":0=0.0,"
          "\"m\":0=0.0,\"n\":{\"a\":0=0.0}}"),
};

#endif
