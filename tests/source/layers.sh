#!/bin/sh
# A room includes only from itself and from rooms further in. Usage: layers.sh SOURCE-TREE
set -eu
cd "$1"
find src ui -name '*.[ch]' -exec grep -HnE '^[[:space:]]*#[[:space:]]*include[[:space:]]*"' {} + | awk '
BEGIN {
    core = "base json curve calibration"
    allowed["base"] = ""
    allowed["json"] = allowed["curve"] = allowed["plot"] = "base"
    allowed["fit"] = "base curve"
    allowed["calibration"] = "base json curve"
    allowed["check"] = allowed["compare"] = allowed["tune"] = core
    allowed["report"] = core " fit check compare tune plot"
    allowed["cli"] = allowed["report"] " report"
    allowed["terminal"] = "base plot"
    allowed["ui"] = allowed["cli"] " terminal"
}
# Of a path below src/, or of one below ui/: there, only the terminal is a room of its own.
function room_of(path,    folder) {
    split(path, folder, "/")
    return folder[1] != "ui" ? folder[1] : folder[2] == "terminal" ? "terminal" : "ui"
}
{
    split($0, part, ":")
    path = part[1]
    sub("^src/", "", path)
    room = path ~ /\// ? room_of(path) : "main"
    split($0, quoted, "\"")
    target = room_of(quoted[2])
    if (room == "main" || target == room)
        next
    if (!(room in allowed))
        problem = "no such room in tests/source/layers.sh: " room
    else if (index(" " allowed[room] " ", " " target " ") == 0)
        problem = room " must not include from " target
    else
        next
    print part[1] ":" part[2] ": " problem
    failed = 1
}
END { exit failed }'
