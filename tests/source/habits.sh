#!/bin/sh
# What no compiler checks: curses in one file, numbers away from locales, a licence and a sentence
# on top of each file, comments no wider than code. Usage: habits.sh SOURCE-TREE
set -eu
cd "$1"
status=0

complain() { # WHAT FILES...
    [ -n "$2" ] || return 0
    printf '%s:\n%s\n' "$1" "$2"
    status=1
}

sources=$(find src ui tests -name '*.[ch]' | sort)
curses='#[[:space:]]*include[[:space:]]*[<"](ncursesw/|ncurses/)?(n?curses|term|panel|menu|form)\.h'

# The file lists below are words: no file of the tree has a blank in its name.
# shellcheck disable=SC2086
{
    complain "curses outside ui/terminal/term.c" \
        "$(grep -lE "$curses" $sources | grep -vx ui/terminal/term.c || true)"
    complain "the locale may reach numbers" \
        "$(grep -nE 'setlocale\((LC_ALL|LC_NUMERIC)' $sources | grep '^\(src\|ui\)/' || true)"
    complain "yajl_gen loses digits" "$(grep -nE 'yajl_gen_double' $sources || true)"
    complain "no licence line" "$(grep -L '^/\* SPDX-License-Identifier: GPL-3.0-or-later \*/$' $sources || true)"
    complain "a comment over 100 columns" \
        "$(LC_ALL=C.UTF-8 grep -nE '^.{101,}$' $sources | grep -E ':[0-9]+: *(/?\*|.*/\*)' || true)"
    complain "no sentence on top" \
        "$(awk 'FNR == 2 && !/^\/\*/ { print FILENAME }' $sources)"
}
exit $status
