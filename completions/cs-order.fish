function __cs-order_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __cs-order_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __cs-order_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __cs-order_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __cs-order_parse_tokens -S
    set -l unparsed_tokens (__cs-order_tokens -pc)
    switch $unparsed_tokens[1]
    case 'cs-order'
        __cs-order_parse_subcommand 0 'user=' 'content=+' 'home=' 'shop=' 'medium=' 'use=' 'server=' 'id=' 'expires=' 'batch=' 'store=' 'ledger=' 'as=' 'signing-key=' 'lock-timeout=' 'allow-network-fs' 'q/quiet' 'v/verbose' 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'help'
            __cs-order_parse_subcommand -r 1 'version'
        end
    end
end

function __cs-order_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __cs-order_parse_subcommand -S -a positional_count
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

function __cs-order_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __cs-order_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__cs-order_tokens -p)
    if test -z "$(__cs-order_tokens -t)"
        set -l index (count (__cs-order_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'cs-order' -f
complete -c 'cs-order' -n '__cs-order_should_offer_completions_for_flags_or_options "cs-order" user' -l 'user' -d 'Who asks.' -rfka ''
complete -c 'cs-order' -n '__cs-order_should_offer_completions_for_flags_or_options "cs-order"' -l 'content' -d 'A title; may be repeated.' -rfka ''
complete -c 'cs-order' -n '__cs-order_should_offer_completions_for_flags_or_options "cs-order" home' -l 'home' -d 'The home server that gets the copy.' -rfka ''
complete -c 'cs-order' -n '__cs-order_should_offer_completions_for_flags_or_options "cs-order" shop' -l 'shop' -d 'The shop that gets the copy.' -rfka ''
complete -c 'cs-order' -n '__cs-order_should_offer_completions_for_flags_or_options "cs-order" medium' -l 'medium' -d 'What the shop writes on: cd-r, cd-rom, dvd-r.' -rfka 'cd-r cd-rom dvd-r'
complete -c 'cs-order' -n '__cs-order_should_offer_completions_for_flags_or_options "cs-order" use' -l 'use' -d 'What is paid for: purchase, view, day or minute. (default: purchase)' -rfka ''
complete -c 'cs-order' -n '__cs-order_should_offer_completions_for_flags_or_options "cs-order" server' -l 'server' -d 'The delivery server. (default: see the manual)' -rfka ''
complete -c 'cs-order' -n '__cs-order_should_offer_completions_for_flags_or_options "cs-order" id' -l 'id' -d 'The name of the order; the same one is one order. (default: by chance)' -rfka ''
complete -c 'cs-order' -n '__cs-order_should_offer_completions_for_flags_or_options "cs-order" expires' -l 'expires' -d 'When the order is no longer good: a time, or 30m, 12h, 7d, 2w from now. (default: 7d)' -rfka ''
complete -c 'cs-order' -n '__cs-order_should_offer_completions_for_flags_or_options "cs-order" batch' -l 'batch' -d 'Take the orders of a file\'s lines of JSON; - is standard input.' -rfka ''
complete -c 'cs-order' -n '__cs-order_should_offer_completions_for_flags_or_options "cs-order" store' -l 'store' -d 'The folder of this server. (default: $SUKASHI_STORE)' -rfa '(__cs-order_complete_directories)'
complete -c 'cs-order' -n '__cs-order_should_offer_completions_for_flags_or_options "cs-order" ledger' -l 'ledger' -d 'The ledger. (default: $SUKASHI_LEDGER)' -rfka ''
complete -c 'cs-order' -n '__cs-order_should_offer_completions_for_flags_or_options "cs-order" as' -l 'as' -d 'The party that writes. (default: $SUKASHI_AS)' -rfka ''
complete -c 'cs-order' -n '__cs-order_should_offer_completions_for_flags_or_options "cs-order" signing-key' -l 'signing-key' -d 'The party\'s signing key. (default: $SUKASHI_SIGNING_KEY)' -rfka ''
complete -c 'cs-order' -n '__cs-order_should_offer_completions_for_flags_or_options "cs-order" lock-timeout' -l 'lock-timeout' -d 'How long to wait for the ledger\'s lock.' -rfka ''
complete -c 'cs-order' -n '__cs-order_should_offer_completions_for_flags_or_options "cs-order" allow-network-fs' -l 'allow-network-fs' -d 'Write to NFS, SMB or FUSE although locks and syncs promise nothing there.'
complete -c 'cs-order' -n '__cs-order_should_offer_completions_for_flags_or_options "cs-order" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'cs-order' -n '__cs-order_should_offer_completions_for_flags_or_options "cs-order" v verbose' -l 'verbose' -s 'v' -d 'Say more on standard error.'
complete -c 'cs-order' -n '__cs-order_should_offer_completions_for_flags_or_options "cs-order" version' -l 'version' -d 'Show the version.'
complete -c 'cs-order' -n '__cs-order_should_offer_completions_for_flags_or_options "cs-order" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'cs-order' -n '__cs-order_should_offer_completions_for_positional "cs-order" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'cs-order' -n '__cs-order_should_offer_completions_for_flags_or_options "cs-order help" version' -l 'version' -d 'Show the version.'
