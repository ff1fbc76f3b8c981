# Completion of calscope for bash. The program itself says what fits; files are bash's own.
_calscope() {
    local line=${COMP_LINE:0:COMP_POINT} last
    local -a words
    # Not COMP_WORDS, which parts words at : and =.
    read -ra words <<<"$line"
    [[ $line == *[[:blank:]] ]] && words+=("")
    last=${words[-1]}
    mapfile -t COMPREPLY < <("$1" --complete "${words[@]:1}" 2>/dev/null)
    # Readline replaces only what stands behind the last of these.
    if [[ $last == *[:=@]* ]]; then
        local part=${last##*[:=@]}
        local kept=${last%"$part"}
        COMPREPLY=("${COMPREPLY[@]#"$kept"}")
    fi
    # "worse:" wants a number right behind it.
    [[ ${COMPREPLY[*]} == *: ]] && compopt -o nospace
    return 0
}
complete -o bashdefault -o default -F _calscope calscope
