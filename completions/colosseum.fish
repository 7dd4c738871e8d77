# fish completion for colosseum; load it with: colosseum completion fish | source
function __colosseum_complete
    set -l before (commandline -opc)
    set -e before[1]
    set -l current (commandline -ct)
    for line in (colosseum completion complete "--current=$current" -- $before 2>/dev/null)
        switch $line
            case ':files*'
                __fish_complete_path $current
            case ':folders*'
                __fish_complete_directories $current
            case '*'
                echo $line
        end
    end
end
complete -c colosseum -f -a '(__colosseum_complete)'
