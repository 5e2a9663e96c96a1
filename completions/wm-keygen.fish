function __wm-keygen_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __wm-keygen_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __wm-keygen_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __wm-keygen_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __wm-keygen_parse_tokens -S
    set -l unparsed_tokens (__wm-keygen_tokens -pc)
    switch $unparsed_tokens[1]
    case 'wm-keygen'
        __wm-keygen_parse_subcommand 0 'o/output=' 'name=' 'signing' 'public=' 'q/quiet' 'v/verbose' 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'help'
            __wm-keygen_parse_subcommand -r 1 'version'
        end
    end
end

function __wm-keygen_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __wm-keygen_parse_subcommand -S -a positional_count
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

function __wm-keygen_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __wm-keygen_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__wm-keygen_tokens -p)
    if test -z "$(__wm-keygen_tokens -t)"
        set -l index (count (__wm-keygen_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'wm-keygen' -f
complete -c 'wm-keygen' -n '__wm-keygen_should_offer_completions_for_flags_or_options "wm-keygen" o output' -l 'output' -s 'o' -d 'The key file to make; - is standard output.' -rfka ''
complete -c 'wm-keygen' -n '__wm-keygen_should_offer_completions_for_flags_or_options "wm-keygen" name' -l 'name' -d 'What reports call the key. (default: the base name of the file)' -rfka ''
complete -c 'wm-keygen' -n '__wm-keygen_should_offer_completions_for_flags_or_options "wm-keygen" signing' -l 'signing' -d 'Make a signing key; its name is that of the party that signs.'
complete -c 'wm-keygen' -n '__wm-keygen_should_offer_completions_for_flags_or_options "wm-keygen" public' -l 'public' -d 'Print the public key of a signing key; - is standard input.' -rfka ''
complete -c 'wm-keygen' -n '__wm-keygen_should_offer_completions_for_flags_or_options "wm-keygen" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'wm-keygen' -n '__wm-keygen_should_offer_completions_for_flags_or_options "wm-keygen" v verbose' -l 'verbose' -s 'v' -d 'Say more on standard error.'
complete -c 'wm-keygen' -n '__wm-keygen_should_offer_completions_for_flags_or_options "wm-keygen" version' -l 'version' -d 'Show the version.'
complete -c 'wm-keygen' -n '__wm-keygen_should_offer_completions_for_flags_or_options "wm-keygen" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'wm-keygen' -n '__wm-keygen_should_offer_completions_for_positional "wm-keygen" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'wm-keygen' -n '__wm-keygen_should_offer_completions_for_flags_or_options "wm-keygen help" version' -l 'version' -d 'Show the version.'
