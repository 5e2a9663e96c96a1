function __hs-store_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __hs-store_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __hs-store_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __hs-store_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __hs-store_parse_tokens -S
    set -l unparsed_tokens (__hs-store_tokens -pc)
    switch $unparsed_tokens[1]
    case 'hs-store'
        __hs-store_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'put'
            __hs-store_parse_subcommand 1 'store=' 'ledger=' 'as=' 'signing-key=' 'lock-timeout=' 'allow-network-fs' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'play'
            __hs-store_parse_subcommand 1 'item=' 'from=' 'rate=' 'control=' 'status=' 'raw' 'real-time' 'store=' 'ledger=' 'as=' 'signing-key=' 'lock-timeout=' 'allow-network-fs' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'serve'
            __hs-store_parse_subcommand 0 'listen=' 'print-urls' 'read-ahead=' 'rate=' 'store=' 'ledger=' 'as=' 'signing-key=' 'lock-timeout=' 'allow-network-fs' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'list'
            __hs-store_parse_subcommand 0 'json' 'store=' 'version' 'h/help'
        case 'send'
            __hs-store_parse_subcommand 1 'o/output=' 'resume=' 'store=' 'ledger=' 'as=' 'signing-key=' 'lock-timeout=' 'allow-network-fs' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'finish'
            __hs-store_parse_subcommand 1 'store=' 'ledger=' 'as=' 'signing-key=' 'lock-timeout=' 'allow-network-fs' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'gc'
            __hs-store_parse_subcommand 0 'store=' 'ledger=' 'as=' 'signing-key=' 'lock-timeout=' 'allow-network-fs' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'fee'
            __hs-store_parse_subcommand 0 'currency=' 'tax=' 'price=' 'view=' 'day=' 'minute=' 'manager=' 'none' 'store=' 'ledger=' 'as=' 'signing-key=' 'lock-timeout=' 'allow-network-fs' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'help'
            __hs-store_parse_subcommand -r 1 'version'
        end
    end
end

function __hs-store_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __hs-store_parse_subcommand -S -a positional_count
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

function __hs-store_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __hs-store_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__hs-store_tokens -p)
    if test -z "$(__hs-store_tokens -t)"
        set -l index (count (__hs-store_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'hs-store' -f
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store" version' -l 'version' -d 'Show the version.'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_positional "hs-store" -eq 1' -fa 'put' -d 'Verify a parcel, store it encrypted, and record that it is stored'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_positional "hs-store" -eq 1' -fa 'play' -d 'Play to standard output, at the pace of what reads it'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_positional "hs-store" -eq 1' -fa 'serve' -d 'Let players and browsers on the network play what is held'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_positional "hs-store" -eq 1' -fa 'list' -d 'Show what is held'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_positional "hs-store" -eq 1' -fa 'send' -d 'Hand what is held over to the user, then erase, report and bill'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_positional "hs-store" -eq 1' -fa 'finish' -d 'End a viewing: erase the copies, report and bill'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_positional "hs-store" -eq 1' -fa 'gc' -d 'End what has expired, finish what was interrupted, remove what is left over'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_positional "hs-store" -eq 1' -fa 'fee' -d 'Set, show or give up the home server\'s own fee'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_positional "hs-store" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store put" store' -l 'store' -d 'This server\'s folder. (default: $SUKASHI_STORE)' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store put" ledger' -l 'ledger' -d 'The ledger. (default: $SUKASHI_LEDGER)' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store put" as' -l 'as' -d 'The party that writes. (default: $SUKASHI_AS)' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store put" signing-key' -l 'signing-key' -d 'The party\'s signing key. (default: $SUKASHI_SIGNING_KEY)' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store put" lock-timeout' -l 'lock-timeout' -d 'How long to wait for the ledger\'s lock.' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store put" allow-network-fs' -l 'allow-network-fs' -d 'Write to NFS, SMB or FUSE although locks and syncs promise nothing there.'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store put" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store put" v verbose' -l 'verbose' -s 'v' -d 'Say more on standard error.'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store put" version' -l 'version' -d 'Show the version.'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store put" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store play" item' -l 'item' -d 'Begin with this title, from 1.' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store play" from' -l 'from' -d 'Begin here: seconds or [HOURS:]MINUTES:SECONDS. (default: where it was left)' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store play" rate' -l 'rate' -d 'Play faster or slower, 0.25 to 4; the pitch follows.' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store play" control' -l 'control' -d 'Take commands from this descriptor, FIFO or file. (default: the terminal\'s keys)' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store play" status' -l 'status' -d 'Answer commands here, with lines of JSON. (default: 2, standard error)' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store play" raw' -l 'raw' -d 'Write samples without a WAVE header.'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store play" real-time' -l 'real-time' -d 'Write no faster than it is heard, whatever reads it.'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store play" store' -l 'store' -d 'This server\'s folder. (default: $SUKASHI_STORE)' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store play" ledger' -l 'ledger' -d 'The ledger. (default: $SUKASHI_LEDGER)' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store play" as' -l 'as' -d 'The party that writes. (default: $SUKASHI_AS)' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store play" signing-key' -l 'signing-key' -d 'The party\'s signing key. (default: $SUKASHI_SIGNING_KEY)' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store play" lock-timeout' -l 'lock-timeout' -d 'How long to wait for the ledger\'s lock.' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store play" allow-network-fs' -l 'allow-network-fs' -d 'Write to NFS, SMB or FUSE although locks and syncs promise nothing there.'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store play" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store play" v verbose' -l 'verbose' -s 'v' -d 'Say more on standard error.'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store play" version' -l 'version' -d 'Show the version.'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store play" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store serve" listen' -l 'listen' -d 'Where clients are taken; port 0 is a free one.' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store serve" print-urls' -l 'print-urls' -d 'Print the URL of each order that is held, then serve.'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store serve" read-ahead' -l 'read-ahead' -d 'How much a player is given before it is heard, where minutes are paid for.' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store serve" rate' -l 'rate' -d 'Requests a second of one address.' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store serve" store' -l 'store' -d 'This server\'s folder. (default: $SUKASHI_STORE)' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store serve" ledger' -l 'ledger' -d 'The ledger. (default: $SUKASHI_LEDGER)' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store serve" as' -l 'as' -d 'The party that writes. (default: $SUKASHI_AS)' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store serve" signing-key' -l 'signing-key' -d 'The party\'s signing key. (default: $SUKASHI_SIGNING_KEY)' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store serve" lock-timeout' -l 'lock-timeout' -d 'How long to wait for the ledger\'s lock.' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store serve" allow-network-fs' -l 'allow-network-fs' -d 'Write to NFS, SMB or FUSE although locks and syncs promise nothing there.'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store serve" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store serve" v verbose' -l 'verbose' -s 'v' -d 'Say more on standard error.'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store serve" version' -l 'version' -d 'Show the version.'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store serve" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store list" json' -l 'json' -d 'Print one JSON object for each holding.'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store list" store' -l 'store' -d 'This server\'s folder. (default: $SUKASHI_STORE)' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store list" version' -l 'version' -d 'Show the version.'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store send" o output' -l 'output' -s 'o' -d 'The copy, or with a slash at its end a folder for files TITLE.EXT; - is standard output.' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store send" resume' -l 'resume' -d 'Send only what is behind so many bytes of the one copy, which the user has already.' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store send" store' -l 'store' -d 'This server\'s folder. (default: $SUKASHI_STORE)' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store send" ledger' -l 'ledger' -d 'The ledger. (default: $SUKASHI_LEDGER)' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store send" as' -l 'as' -d 'The party that writes. (default: $SUKASHI_AS)' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store send" signing-key' -l 'signing-key' -d 'The party\'s signing key. (default: $SUKASHI_SIGNING_KEY)' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store send" lock-timeout' -l 'lock-timeout' -d 'How long to wait for the ledger\'s lock.' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store send" allow-network-fs' -l 'allow-network-fs' -d 'Write to NFS, SMB or FUSE although locks and syncs promise nothing there.'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store send" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store send" v verbose' -l 'verbose' -s 'v' -d 'Say more on standard error.'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store send" version' -l 'version' -d 'Show the version.'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store send" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store finish" store' -l 'store' -d 'This server\'s folder. (default: $SUKASHI_STORE)' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store finish" ledger' -l 'ledger' -d 'The ledger. (default: $SUKASHI_LEDGER)' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store finish" as' -l 'as' -d 'The party that writes. (default: $SUKASHI_AS)' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store finish" signing-key' -l 'signing-key' -d 'The party\'s signing key. (default: $SUKASHI_SIGNING_KEY)' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store finish" lock-timeout' -l 'lock-timeout' -d 'How long to wait for the ledger\'s lock.' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store finish" allow-network-fs' -l 'allow-network-fs' -d 'Write to NFS, SMB or FUSE although locks and syncs promise nothing there.'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store finish" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store finish" v verbose' -l 'verbose' -s 'v' -d 'Say more on standard error.'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store finish" version' -l 'version' -d 'Show the version.'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store finish" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store gc" store' -l 'store' -d 'This server\'s folder. (default: $SUKASHI_STORE)' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store gc" ledger' -l 'ledger' -d 'The ledger. (default: $SUKASHI_LEDGER)' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store gc" as' -l 'as' -d 'The party that writes. (default: $SUKASHI_AS)' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store gc" signing-key' -l 'signing-key' -d 'The party\'s signing key. (default: $SUKASHI_SIGNING_KEY)' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store gc" lock-timeout' -l 'lock-timeout' -d 'How long to wait for the ledger\'s lock.' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store gc" allow-network-fs' -l 'allow-network-fs' -d 'Write to NFS, SMB or FUSE although locks and syncs promise nothing there.'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store gc" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store gc" v verbose' -l 'verbose' -s 'v' -d 'Say more on standard error.'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store gc" version' -l 'version' -d 'Show the version.'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store gc" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store fee" currency' -l 'currency' -d 'The currency of the prices, such as JPY.' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store fee" tax' -l 'tax' -d 'The tax on the prices, such as 10%. (default: 0%)' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store fee" price' -l 'price' -d 'The price of a copy to keep.' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store fee" view' -l 'view' -d 'The price of one viewing.' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store fee" day' -l 'day' -d 'The price of a day that a copy is held.' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store fee" minute' -l 'minute' -d 'The price of a minute of viewing.' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store fee" manager' -l 'manager' -d 'The building manager who pays instead of the user.' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store fee" none' -l 'none' -d 'Take no fee from now on.'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store fee" store' -l 'store' -d 'This server\'s folder. (default: $SUKASHI_STORE)' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store fee" ledger' -l 'ledger' -d 'The ledger. (default: $SUKASHI_LEDGER)' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store fee" as' -l 'as' -d 'The party that writes. (default: $SUKASHI_AS)' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store fee" signing-key' -l 'signing-key' -d 'The party\'s signing key. (default: $SUKASHI_SIGNING_KEY)' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store fee" lock-timeout' -l 'lock-timeout' -d 'How long to wait for the ledger\'s lock.' -rfka ''
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store fee" allow-network-fs' -l 'allow-network-fs' -d 'Write to NFS, SMB or FUSE although locks and syncs promise nothing there.'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store fee" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store fee" v verbose' -l 'verbose' -s 'v' -d 'Say more on standard error.'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store fee" version' -l 'version' -d 'Show the version.'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store fee" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'hs-store' -n '__hs-store_should_offer_completions_for_flags_or_options "hs-store help" version' -l 'version' -d 'Show the version.'
