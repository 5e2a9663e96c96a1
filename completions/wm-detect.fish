function __wm-detect_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __wm-detect_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __wm-detect_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __wm-detect_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __wm-detect_parse_tokens -S
    set -l unparsed_tokens (__wm-detect_tokens -pc)
    switch $unparsed_tokens[1]
    case 'wm-detect'
        __wm-detect_parse_subcommand -r 1 'k/key=+' 'ledger=' 'store=' 'content=+' 'no-ledger' 'receipt=' 'server-key=' 'ledger-key=' 'method=' 'search=' 'threshold=' 'json' 'raw=' 'files-from=' '0/null' 'q/quiet' 'v/verbose' 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'help'
            __wm-detect_parse_subcommand -r 1 'version'
        end
    end
end

function __wm-detect_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __wm-detect_parse_subcommand -S -a positional_count
    argparse -s r -- $argv
    set -l option_specs $argv[2..]
    set -l is_repeating_positional $_flag_r
    set -el _flag_r
    set -a commands $unparsed_tokens[1]
    set positional_index 0
    while true
        set -e unparsed_tokens[1]
        argparse -sn "$commands" $option_specs -- $unparsed_tokens 2> /dev/null
        set unparsed_tokens $argv
        set positional_index (math $positional_index + 1)
        for non_repeating_flag_or_option in $non_repeating_flags_or_options
            if set -ql "_flag_$(string replace -a - _ -- $non_repeating_flag_or_option)"
                set non_repeating_flags_or_options_absent 1
                break
            end
        end
        test (count $unparsed_tokens) -eq 0 -o \( -z "$is_repeating_positional" -a "$positional_index" -gt "$positional_count" \) && break
    end
end

function __wm-detect_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __wm-detect_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__wm-detect_tokens -p)
    if test -z "$(__wm-detect_tokens -t)"
        set -l index (count (__wm-detect_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'wm-detect' -f
complete -c 'wm-detect' -n '__wm-detect_should_offer_completions_for_flags_or_options "wm-detect"' -l 'key' -s 'k' -d 'A mark key or a folder of them; repeatable. (default: SUKASHI_KEY)' -rF
complete -c 'wm-detect' -n '__wm-detect_should_offer_completions_for_flags_or_options "wm-detect" ledger' -l 'ledger' -d 'The ledger. (default: $SUKASHI_LEDGER)' -rfka ''
complete -c 'wm-detect' -n '__wm-detect_should_offer_completions_for_flags_or_options "wm-detect" store' -l 'store' -d 'A folder with masters, to compare short copies with. (default: $SUKASHI_STORE)' -rfa '(__wm-detect_complete_directories)'
complete -c 'wm-detect' -n '__wm-detect_should_offer_completions_for_flags_or_options "wm-detect"' -l 'content' -d 'Ask only about this title; repeatable. Pictures need it where there is no ledger.' -rfka ''
complete -c 'wm-detect' -n '__wm-detect_should_offer_completions_for_flags_or_options "wm-detect" no-ledger' -l 'no-ledger' -d 'Read marks alone, although the environment names a ledger.'
complete -c 'wm-detect' -n '__wm-detect_should_offer_completions_for_flags_or_options "wm-detect" receipt' -l 'receipt' -d 'Tell whether the copy is the one of this receipt of ds-deliver.' -rF
complete -c 'wm-detect' -n '__wm-detect_should_offer_completions_for_flags_or_options "wm-detect" server-key' -l 'server-key' -d 'The public key of the delivery server, as wm-keygen --public prints. (default: the ledger\'s)' -rfka ''
complete -c 'wm-detect' -n '__wm-detect_should_offer_completions_for_flags_or_options "wm-detect" ledger-key' -l 'ledger-key' -d 'The ledger\'s key, as ledger-verify prints it. (default: the ledger\'s)' -rfka ''
complete -c 'wm-detect' -n '__wm-detect_should_offer_completions_for_flags_or_options "wm-detect" method' -l 'method' -d 'By which means the mark was written.' -rfka 'spectral lsb tag'
complete -c 'wm-detect' -n '__wm-detect_should_offer_completions_for_flags_or_options "wm-detect" search' -l 'search' -d 'How far to look for changes of speed and pitch.' -rfka 'narrow default wide'
complete -c 'wm-detect' -n '__wm-detect_should_offer_completions_for_flags_or_options "wm-detect" threshold' -l 'threshold' -d 'The largest bound on a false detection that is accepted.' -rfka ''
complete -c 'wm-detect' -n '__wm-detect_should_offer_completions_for_flags_or_options "wm-detect" json' -l 'json' -d 'Print one JSON object a line.'
complete -c 'wm-detect' -n '__wm-detect_should_offer_completions_for_flags_or_options "wm-detect" raw' -l 'raw' -d 'Read samples without a header: RATE,CHANNELS,ENCODING.' -rfka ''
complete -c 'wm-detect' -n '__wm-detect_should_offer_completions_for_flags_or_options "wm-detect" files-from' -l 'files-from' -d 'Read the names of inputs from a file; - is standard input.' -rF
complete -c 'wm-detect' -n '__wm-detect_should_offer_completions_for_flags_or_options "wm-detect" 0 null' -s '0' -l 'null' -d 'Names in the list end with NUL.'
complete -c 'wm-detect' -n '__wm-detect_should_offer_completions_for_flags_or_options "wm-detect" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'wm-detect' -n '__wm-detect_should_offer_completions_for_flags_or_options "wm-detect" v verbose' -l 'verbose' -s 'v' -d 'Say more on standard error.'
complete -c 'wm-detect' -n '__wm-detect_should_offer_completions_for_positional "wm-detect" -ge 1' -F
complete -c 'wm-detect' -n '__wm-detect_should_offer_completions_for_flags_or_options "wm-detect" version' -l 'version' -d 'Show the version.'
complete -c 'wm-detect' -n '__wm-detect_should_offer_completions_for_flags_or_options "wm-detect" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'wm-detect' -n '__wm-detect_should_offer_completions_for_positional "wm-detect" -eq 2' -fa 'help' -d 'Show subcommand help information.'
complete -c 'wm-detect' -n '__wm-detect_should_offer_completions_for_flags_or_options "wm-detect help" version' -l 'version' -d 'Show the version.'
