function __wm-embed_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __wm-embed_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __wm-embed_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __wm-embed_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __wm-embed_parse_tokens -S
    set -l unparsed_tokens (__wm-embed_tokens -pc)
    switch $unparsed_tokens[1]
    case 'wm-embed'
        __wm-embed_parse_subcommand 1 'o/output=' 'k/key=' 'message=' 'bits=' 'user=' 'ds=' 'cs=' 'outlet=' 'serial=' 'method=' 'strength=' 'plan=' 'layer=+' 'format=' 'quality=' 'raw=' 'remark' 'json' 'q/quiet' 'v/verbose' 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'help'
            __wm-embed_parse_subcommand -r 1 'version'
        end
    end
end

function __wm-embed_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __wm-embed_parse_subcommand -S -a positional_count
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

function __wm-embed_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __wm-embed_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__wm-embed_tokens -p)
    if test -z "$(__wm-embed_tokens -t)"
        set -l index (count (__wm-embed_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'wm-embed' -f
complete -c 'wm-embed' -n '__wm-embed_should_offer_completions_for_flags_or_options "wm-embed" o output' -l 'output' -s 'o' -d 'The marked copy; - is standard output.' -rfka ''
complete -c 'wm-embed' -n '__wm-embed_should_offer_completions_for_flags_or_options "wm-embed" k key' -l 'key' -s 'k' -d 'The mark key. (default: what SUKASHI_KEY names)' -rfka ''
complete -c 'wm-embed' -n '__wm-embed_should_offer_completions_for_flags_or_options "wm-embed" message' -l 'message' -d 'The message, 32 hexadecimal digits, or 16 with --bits 64.' -rfka ''
complete -c 'wm-embed' -n '__wm-embed_should_offer_completions_for_flags_or_options "wm-embed" bits' -l 'bits' -d 'The length of the message in a picture or film, 128 or 64. (default: 128)' -rfka ''
complete -c 'wm-embed' -n '__wm-embed_should_offer_completions_for_flags_or_options "wm-embed" user' -l 'user' -d 'The number of the user.' -rfka ''
complete -c 'wm-embed' -n '__wm-embed_should_offer_completions_for_flags_or_options "wm-embed" ds' -l 'ds' -d 'The number of the delivery server.' -rfka ''
complete -c 'wm-embed' -n '__wm-embed_should_offer_completions_for_flags_or_options "wm-embed" cs' -l 'cs' -d 'The number of the content server.' -rfka ''
complete -c 'wm-embed' -n '__wm-embed_should_offer_completions_for_flags_or_options "wm-embed" outlet' -l 'outlet' -d 'The number of the home server or shop. (default: 0, none)' -rfka ''
complete -c 'wm-embed' -n '__wm-embed_should_offer_completions_for_flags_or_options "wm-embed" serial' -l 'serial' -d 'The serial number of the delivery.' -rfka ''
complete -c 'wm-embed' -n '__wm-embed_should_offer_completions_for_flags_or_options "wm-embed" method' -l 'method' -d 'Where to write: spectral (the watermark), lsb or tag, which are weak.' -rfka 'spectral lsb tag'
complete -c 'wm-embed' -n '__wm-embed_should_offer_completions_for_flags_or_options "wm-embed" strength' -l 'strength' -d 'How strongly, 0.25 to 4. (default: 1)' -rfka ''
complete -c 'wm-embed' -n '__wm-embed_should_offer_completions_for_flags_or_options "wm-embed" plan' -l 'plan' -d 'How symbols are shared out: direct or delivery. (default: direct)' -rfka ''
complete -c 'wm-embed' -n '__wm-embed_should_offer_completions_for_flags_or_options "wm-embed"' -l 'layer' -d 'With plan delivery, what to write: copyright, identity. (default: identity)' -rfka ''
complete -c 'wm-embed' -n '__wm-embed_should_offer_completions_for_flags_or_options "wm-embed" format' -l 'format' -d 'The format of the output: wav, rf64, aiff, flac, ogg, opus, mp3, caf, w64, au or raw. (default: by its name, else wav)' -rfka ''
complete -c 'wm-embed' -n '__wm-embed_should_offer_completions_for_flags_or_options "wm-embed" quality' -l 'quality' -d 'The quality of ogg, opus and mp3, or the least one of a JPEG, 0 to 1.' -rfka ''
complete -c 'wm-embed' -n '__wm-embed_should_offer_completions_for_flags_or_options "wm-embed" raw' -l 'raw' -d 'Read samples without a header: RATE,CHANNELS,ENCODING.' -rfka ''
complete -c 'wm-embed' -n '__wm-embed_should_offer_completions_for_flags_or_options "wm-embed" remark' -l 'remark' -d 'Mark also what already carries a mark of the key.'
complete -c 'wm-embed' -n '__wm-embed_should_offer_completions_for_flags_or_options "wm-embed" json' -l 'json' -d 'Print a summary as a line of JSON.'
complete -c 'wm-embed' -n '__wm-embed_should_offer_completions_for_flags_or_options "wm-embed" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'wm-embed' -n '__wm-embed_should_offer_completions_for_flags_or_options "wm-embed" v verbose' -l 'verbose' -s 'v' -d 'Say more on standard error.'
complete -c 'wm-embed' -n '__wm-embed_should_offer_completions_for_flags_or_options "wm-embed" version' -l 'version' -d 'Show the version.'
complete -c 'wm-embed' -n '__wm-embed_should_offer_completions_for_flags_or_options "wm-embed" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'wm-embed' -n '__wm-embed_should_offer_completions_for_positional "wm-embed" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'wm-embed' -n '__wm-embed_should_offer_completions_for_flags_or_options "wm-embed help" version' -l 'version' -d 'Show the version.'
