function __ledger-enroll_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __ledger-enroll_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __ledger-enroll_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __ledger-enroll_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __ledger-enroll_parse_tokens -S
    set -l unparsed_tokens (__ledger-enroll_tokens -pc)
    switch $unparsed_tokens[1]
    case 'ledger-enroll'
        __ledger-enroll_parse_subcommand 2 'number=' 'key=' 'key-file=' 'administrator=' 'open=' 'rekey=' 'revoke=' 'reason=' 'batch=' 'list' 'kind=' 'show' 'ledger=' 'as=' 'signing-key=' 'lock-timeout=' 'allow-network-fs' 'q/quiet' 'v/verbose' 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'help'
            __ledger-enroll_parse_subcommand -r 1 'version'
        end
    end
end

function __ledger-enroll_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __ledger-enroll_parse_subcommand -S -a positional_count
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

function __ledger-enroll_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __ledger-enroll_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__ledger-enroll_tokens -p)
    if test -z "$(__ledger-enroll_tokens -t)"
        set -l index (count (__ledger-enroll_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'ledger-enroll' -f
complete -c 'ledger-enroll' -n '__ledger-enroll_should_offer_completions_for_positional "ledger-enroll" -eq 1' -fka 'user content-server delivery-server home-server shop administrator building-manager'
complete -c 'ledger-enroll' -n '__ledger-enroll_should_offer_completions_for_flags_or_options "ledger-enroll" number' -l 'number' -d 'The party\'s number. (default: the next free one)' -rfka ''
complete -c 'ledger-enroll' -n '__ledger-enroll_should_offer_completions_for_flags_or_options "ledger-enroll" key' -l 'key' -d 'The party\'s public key, as wm-keygen --public prints.' -rfka ''
complete -c 'ledger-enroll' -n '__ledger-enroll_should_offer_completions_for_flags_or_options "ledger-enroll" key-file' -l 'key-file' -d 'A file with the party\'s public key, or its signing key, whose secret is not used.' -rfka ''
complete -c 'ledger-enroll' -n '__ledger-enroll_should_offer_completions_for_flags_or_options "ledger-enroll" administrator' -l 'administrator' -d 'Who runs the home server.' -rfka ''
complete -c 'ledger-enroll' -n '__ledger-enroll_should_offer_completions_for_flags_or_options "ledger-enroll" open' -l 'open' -d 'Make the ledger, under this name, and enrol the content server that writes.' -rfka ''
complete -c 'ledger-enroll' -n '__ledger-enroll_should_offer_completions_for_flags_or_options "ledger-enroll" rekey' -l 'rekey' -d 'Give a party another key.' -rfka ''
complete -c 'ledger-enroll' -n '__ledger-enroll_should_offer_completions_for_flags_or_options "ledger-enroll" revoke' -l 'revoke' -d 'Revoke a party\'s key.' -rfka ''
complete -c 'ledger-enroll' -n '__ledger-enroll_should_offer_completions_for_flags_or_options "ledger-enroll" reason' -l 'reason' -d 'Why the key is revoked.' -rfka ''
complete -c 'ledger-enroll' -n '__ledger-enroll_should_offer_completions_for_flags_or_options "ledger-enroll" batch' -l 'batch' -d 'Enrol the parties of a file\'s lines KIND, NAME, NUMBER and KEY, parted by tabs.' -rfka ''
complete -c 'ledger-enroll' -n '__ledger-enroll_should_offer_completions_for_flags_or_options "ledger-enroll" list' -l 'list' -d 'Print the parties: name, kind, number, key, state and administrator.'
complete -c 'ledger-enroll' -n '__ledger-enroll_should_offer_completions_for_flags_or_options "ledger-enroll" kind' -l 'kind' -d 'Print those of one kind only.' -rfka 'user content-server delivery-server home-server shop administrator building-manager'
complete -c 'ledger-enroll' -n '__ledger-enroll_should_offer_completions_for_flags_or_options "ledger-enroll" show' -l 'show' -d 'Print name, kind and number of what is enrolled.'
complete -c 'ledger-enroll' -n '__ledger-enroll_should_offer_completions_for_flags_or_options "ledger-enroll" ledger' -l 'ledger' -d 'The ledger. (default: $SUKASHI_LEDGER)' -rfka ''
complete -c 'ledger-enroll' -n '__ledger-enroll_should_offer_completions_for_flags_or_options "ledger-enroll" as' -l 'as' -d 'The party that writes. (default: $SUKASHI_AS)' -rfka ''
complete -c 'ledger-enroll' -n '__ledger-enroll_should_offer_completions_for_flags_or_options "ledger-enroll" signing-key' -l 'signing-key' -d 'The party\'s signing key. (default: $SUKASHI_SIGNING_KEY)' -rfka ''
complete -c 'ledger-enroll' -n '__ledger-enroll_should_offer_completions_for_flags_or_options "ledger-enroll" lock-timeout' -l 'lock-timeout' -d 'How long to wait for the ledger\'s lock.' -rfka ''
complete -c 'ledger-enroll' -n '__ledger-enroll_should_offer_completions_for_flags_or_options "ledger-enroll" allow-network-fs' -l 'allow-network-fs' -d 'Write to NFS, SMB or FUSE although locks and syncs promise nothing there.'
complete -c 'ledger-enroll' -n '__ledger-enroll_should_offer_completions_for_flags_or_options "ledger-enroll" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'ledger-enroll' -n '__ledger-enroll_should_offer_completions_for_flags_or_options "ledger-enroll" v verbose' -l 'verbose' -s 'v' -d 'Say more on standard error.'
complete -c 'ledger-enroll' -n '__ledger-enroll_should_offer_completions_for_flags_or_options "ledger-enroll" version' -l 'version' -d 'Show the version.'
complete -c 'ledger-enroll' -n '__ledger-enroll_should_offer_completions_for_flags_or_options "ledger-enroll" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'ledger-enroll' -n '__ledger-enroll_should_offer_completions_for_positional "ledger-enroll" -eq 2' -fa 'help' -d 'Show subcommand help information.'
complete -c 'ledger-enroll' -n '__ledger-enroll_should_offer_completions_for_flags_or_options "ledger-enroll help" version' -l 'version' -d 'Show the version.'
