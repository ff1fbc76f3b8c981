#!/bin/sh
# Every header compiles alone. Usage: headers.sh SOURCE-TREE COMPILER
set -eu
cd "$1"
status=0
for header in $(find src ui tests/end_to_end tests/faults tests/memory -name '*.h' | sort); do
    # A small inline function that nobody calls here is fine, though clang would say so.
    "$2" -std=c11 -D_GNU_SOURCE -Wall -Wextra -Wno-unused-function -Werror -fsyntax-only -x c \
        -I src -I . "$header" || status=1
done
exit $status
