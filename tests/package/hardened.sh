#!/bin/sh
# A hardened program says so in its headers. Usage: hardened.sh PROGRAM CONFIGURATION
set -eu
program=$1
configuration=$2
status=0

complain() {
    echo "$program: $*"
    status=1
}

header=$(readelf -hW "$program")
segments=$(readelf -lW "$program")
dynamic=$(readelf -dW "$program")
symbols=$(readelf -sW --dyn-syms "$program")

echo "$header" | grep -q 'Type: *DYN' || complain "not position independent"
echo "$segments" | grep -q INTERP || complain "a library and no program"
echo "$segments" | grep -q GNU_RELRO || complain "relocations stay writable"
echo "$dynamic" | grep -qE 'BIND_NOW|Flags:.* NOW' || complain "symbols are bound late"
echo "$dynamic" | grep -q 'TEXTREL' && complain "its code is relocated"
stack=$(echo "$segments" | grep GNU_STACK || true)
case $stack in
'') complain "says nothing of its stack" ;;
*RWE*) complain "its stack can be executed" ;;
esac
echo "$symbols" | grep -q __stack_chk_fail || complain "stacks have no canaries"
if [ "$configuration" != Debug ]; then
    echo "$symbols" | grep -qE '__[a-z]+_chk' || complain "nothing is fortified"
fi
exit $status
