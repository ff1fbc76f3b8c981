#!/bin/sh
# Every header compiles alone. Usage: headers.sh SOURCE-TREE COMPILER
set -eu
cd "$1"
status=0
for header in $(find src ui tests/end_to_end -name '*.h' | sort); do
    # shellcheck disable=SC2086
    "$2" -std=c11 -D_GNU_SOURCE -Wall -Wextra -Werror -fsyntax-only -x c -I src -I . "$header" || status=1
done
exit $status
