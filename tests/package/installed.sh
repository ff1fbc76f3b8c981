#!/bin/sh
# Installs into a folder of its own, as a packager would, and uses what is there.
# Usage: installed.sh CMAKE BUILD BINDIR DATADIR MANDIR (the folders relative to a prefix)
set -eu
cmake=$1
build=$2
bin=$3
data=$4
man=$5
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
unset DESTDIR

expect() { # FILE...
    for file; do
        [ -f "$file" ] || { echo "$file was not installed" && exit 1; }
    done
}

# Answers are looked at in an empty folder: a ./hardware_registry would come first.
expect_registry() { # PROGRAM REGISTRY
    mkdir -p "$folder/empty"
    (cd "$folder/empty" && "$1" ls --json) >"$folder/answer"
    grep -qF "\"registry\":\"$2\"" "$folder/answer" && grep -qF '"id":"cpu/i7-12700K"' "$folder/answer" ||
        { echo "$1 does not list $2:" && cat "$folder/answer" && exit 1; }
}

DESTDIR=$folder/staged "$cmake" --install "$build" --prefix /opt/calscope >/dev/null
root=$folder/staged/opt/calscope
expect "$root/$bin/calscope" "$root/$data/calscope/hardware_registry/cpu/i7-12700K/efficiency_curves.json"
for name in README.md CHANGELOG.md LICENSE copyright; do
    expect "$root/$data/doc/calscope/$name"
done
expect "$root/$data/bash-completion/completions/calscope" "$root/$data/zsh/site-functions/_calscope" \
    "$root/$data/fish/vendor_completions.d/calscope.fish"
if [ -e "$build/packed/calscope.1.gz" ]; then
    expect "$root/$man/man1/calscope.1.gz" "$root/$man/man5/calscope-registry.5.gz"
fi
expect_registry "$root/$bin/calscope" "$root/$data/calscope/hardware_registry"

# A link to the program leads to its registry, and so does the program where it was moved to.
mkdir "$folder/elsewhere"
ln -s "$root/$bin/calscope" "$folder/elsewhere/calscope"
expect_registry "$folder/elsewhere/calscope" "$root/$data/calscope/hardware_registry"
mv "$root" "$folder/moved"
expect_registry "$folder/moved/$bin/calscope" "$folder/moved/$data/calscope/hardware_registry"

# One that stands in the current folder comes first.
cp -r "$folder/moved/$data/calscope/hardware_registry" "$folder/empty/"
expect_registry "$folder/moved/$bin/calscope" hardware_registry
rm -r "$folder/empty"
