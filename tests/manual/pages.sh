#!/bin/sh
# The pages have every command, option and key, and nothing that a formatter stumbles over.
# Usage: pages.sh CALSCOPE SOURCE-TREE CALSCOPE.1 CALSCOPE-REGISTRY.5
set -eu
program=$1
tree=$2
page=$3
shift 2
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
status=0

complain() {
    echo "$*"
    status=1
}

# The page as its words stand, without the marks that keep a formatter from them.
sed 's/\\-/-/g; s/\\&//g; s/\\(dq/"/g; s/\\e/\\/g' "$page" >"$folder/words"

for command in $("$program" --complete "" | grep -v /); do
    sed -n "/^\.Ss \"$command/,/^\.Ss /p" "$folder/words" >"$folder/section"
    [ -s "$folder/section" ] || complain "the page has no command $command"
    sed -n '/common to all/,/^\.Ss /p' "$folder/words" >>"$folder/section"
    "$program" "$command" --.options | tr -d ' ' >"$folder/options"
    [ -s "$folder/options" ] || complain "$command tells no options"
    while read -r option; do
        case $option in
        --help | -h) continue ;;
        esac
        grep -qE -- "(^\.It Li \"|, )$option([\" =,]|$)" "$folder/section" ||
            complain "the page has no $option of $command"
    done <"$folder/options"
done

# The explorer's own, as they stand in its table.
grep -oE '\{"[a-z-]+", (no|required)_argument' "$tree/src/main.c" | cut -d'"' -f2 >"$folder/explorer"
[ -s "$folder/explorer" ] || complain "found no options of the explorer"
while read -r option; do
    grep -q -- "^\.It Fl -$option" "$folder/words" || complain "the page has no --$option"
    "$program" --complete -- | grep -qx -- "--$option *" || complain "no shell completes --$option"
done <"$folder/explorer"

# Each row of the README's tables, which a test holds against those of the program.
for table in keys commands; do
    sed -n "/^<!-- $table:/,/^<!-- end of $table/p" "$tree/README.md" | grep '^| `' |
        sed 's/ |$//; s/.*[^\\]| //; s/\\|/|/g; s/`//g' >"$folder/rows"
    [ "$(wc -l <"$folder/rows")" -ge 10 ] || complain "the README has hardly any $table"
    while IFS= read -r help; do
        grep -qxF -- "$help" "$folder/words" || complain "the page lacks: $help"
    done <"$folder/rows"
done
grep -n '^@.*@$' "$folder/words" && complain "a part was not filled in"

for one; do
    if command -v mandoc >/dev/null; then
        mandoc -T lint -W warning "$one" || complain "mandoc finds fault with $one"
    fi
    if command -v groff >/dev/null; then
        groff -mandoc -Tutf8 -Kutf8 -ww -z "$one" >"$folder/said" 2>&1 || complain "groff fails on $one"
        [ ! -s "$folder/said" ] || complain "groff says of $one: $(cat "$folder/said")"
    fi
done
exit $status
