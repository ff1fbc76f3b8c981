# Completion of calscope for fish. The program itself says what fits; files are fish's own.
function __calscope_candidates
    set -l words (commandline -opc)
    set -l last (commandline -ct)
    $words[1] --complete $words[2..-1] "$last" 2>/dev/null
end
complete -c calscope -a '(__calscope_candidates)'
