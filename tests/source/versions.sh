#!/bin/sh
# One version everywhere: the project's is the newest that CHANGELOG.md and the Debian changelog have,
# and the one of the package that README.md installs. Usage: versions.sh SOURCE-TREE
set -eu
cd "$1"
status=0
version=$(sed -n 's/^project(calscope VERSION \([0-9.]*\) .*/\1/p' CMakeLists.txt)

expect() { # WHERE FOUND
    [ "$2" = "$version" ] && return 0
    printf '%s has version "%s", and CMakeLists.txt "%s"\n' "$1" "$2" "$version"
    status=1
}

[ -n "$version" ] || { echo "CMakeLists.txt names no version"; exit 1; }
expect CHANGELOG.md "$(sed -n 's/^## \[\([0-9.]*\)\].*/\1/p' CHANGELOG.md | head -n 1)"
expect packaging/changelog.Debian "$(sed -n '1s/^calscope (\([0-9.]*\)-[0-9]*) .*/\1/p' packaging/changelog.Debian)"
expect README.md "$(sed -n 's/.*calscope_\([0-9.]*\)-[0-9]*_amd64\.deb.*/\1/p' README.md | head -n 1)"
exit $status
