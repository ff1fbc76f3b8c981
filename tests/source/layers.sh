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
    allowed["cli"] = allowed["ui"] = allowed["report"] " report"
}
{
    split($0, part, ":")
    count = split(part[1], folder, "/")
    room = folder[1] == "ui" ? "ui" : count == 2 ? "main" : folder[2]
    split($0, quoted, "\"")
    target = quoted[2]
    sub("/.*", "", target)
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
