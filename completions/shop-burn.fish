function __shop-burn_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __shop-burn_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __shop-burn_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __shop-burn_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __shop-burn_parse_tokens -S
    set -l unparsed_tokens (__shop-burn_tokens -pc)
    switch $unparsed_tokens[1]
    case 'shop-burn'
        __shop-burn_parse_subcommand 1 'image=' 'device=' 'keep' 'capacity=' 'speed=' 'dummy' 'eject' 'retry=' 'collected=' 'posted=' 'tracking=' 'list' 'json' 'gc' 'store=' 'ledger=' 'as=' 'signing-key=' 'lock-timeout=' 'allow-network-fs' 'q/quiet' 'v/verbose' 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'help'
            __shop-burn_parse_subcommand -r 1 'version'
        end
    end
end

function __shop-burn_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __shop-burn_parse_subcommand -S -a positional_count
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

function __shop-burn_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __shop-burn_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__shop-burn_tokens -p)
    if test -z "$(__shop-burn_tokens -t)"
        set -l index (count (__shop-burn_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'shop-burn' -f
complete -c 'shop-burn' -n '__shop-burn_should_offer_completions_for_flags_or_options "shop-burn" image' -l 'image' -d 'Write an image: NAME.cue of an audio disc, NAME.iso of a data disc.' -rfka ''
complete -c 'shop-burn' -n '__shop-burn_should_offer_completions_for_flags_or_options "shop-burn" device' -l 'device' -d 'Write on the medium in this drive, such as /dev/sr0.' -rfka ''
complete -c 'shop-burn' -n '__shop-burn_should_offer_completions_for_flags_or_options "shop-burn" keep' -l 'keep' -d 'Write nothing: keep the parcel for --retry.'
complete -c 'shop-burn' -n '__shop-burn_should_offer_completions_for_flags_or_options "shop-burn" capacity' -l 'capacity' -d 'What a compact disc holds: 21, 74, 80 or 90. (default: 80)' -rfka ''
complete -c 'shop-burn' -n '__shop-burn_should_offer_completions_for_flags_or_options "shop-burn" speed' -l 'speed' -d 'How fast the drive writes.' -rfka ''
complete -c 'shop-burn' -n '__shop-burn_should_offer_completions_for_flags_or_options "shop-burn" dummy' -l 'dummy' -d 'Do everything but write: nothing is erased, reported or billed.'
complete -c 'shop-burn' -n '__shop-burn_should_offer_completions_for_flags_or_options "shop-burn" eject' -l 'eject' -d 'Open the drive when the disc is written and read back.'
complete -c 'shop-burn' -n '__shop-burn_should_offer_completions_for_flags_or_options "shop-burn" retry' -l 'retry' -d 'Write the disc of a parcel that is kept.' -rfka ''
complete -c 'shop-burn' -n '__shop-burn_should_offer_completions_for_flags_or_options "shop-burn" collected' -l 'collected' -d 'Record that the user has the disc.' -rfka ''
complete -c 'shop-burn' -n '__shop-burn_should_offer_completions_for_flags_or_options "shop-burn" posted' -l 'posted' -d 'Record that the disc was posted.' -rfka ''
complete -c 'shop-burn' -n '__shop-burn_should_offer_completions_for_flags_or_options "shop-burn" tracking' -l 'tracking' -d 'The number the carrier gave.' -rfka ''
complete -c 'shop-burn' -n '__shop-burn_should_offer_completions_for_flags_or_options "shop-burn" list' -l 'list' -d 'Show the parcels that are kept, and media that were lost.'
complete -c 'shop-burn' -n '__shop-burn_should_offer_completions_for_flags_or_options "shop-burn" json' -l 'json' -d 'Print one JSON object for each parcel.'
complete -c 'shop-burn' -n '__shop-burn_should_offer_completions_for_flags_or_options "shop-burn" gc' -l 'gc' -d 'Erase what has expired, finish what was interrupted; for cron.'
complete -c 'shop-burn' -n '__shop-burn_should_offer_completions_for_flags_or_options "shop-burn" store' -l 'store' -d 'This server\'s folder. (default: $SUKASHI_STORE)' -rfka ''
complete -c 'shop-burn' -n '__shop-burn_should_offer_completions_for_flags_or_options "shop-burn" ledger' -l 'ledger' -d 'The ledger. (default: $SUKASHI_LEDGER)' -rfka ''
complete -c 'shop-burn' -n '__shop-burn_should_offer_completions_for_flags_or_options "shop-burn" as' -l 'as' -d 'The party that writes. (default: $SUKASHI_AS)' -rfka ''
complete -c 'shop-burn' -n '__shop-burn_should_offer_completions_for_flags_or_options "shop-burn" signing-key' -l 'signing-key' -d 'The party\'s signing key. (default: $SUKASHI_SIGNING_KEY)' -rfka ''
complete -c 'shop-burn' -n '__shop-burn_should_offer_completions_for_flags_or_options "shop-burn" lock-timeout' -l 'lock-timeout' -d 'How long to wait for the ledger\'s lock.' -rfka ''
complete -c 'shop-burn' -n '__shop-burn_should_offer_completions_for_flags_or_options "shop-burn" allow-network-fs' -l 'allow-network-fs' -d 'Write to NFS, SMB or FUSE although locks and syncs promise nothing there.'
complete -c 'shop-burn' -n '__shop-burn_should_offer_completions_for_flags_or_options "shop-burn" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'shop-burn' -n '__shop-burn_should_offer_completions_for_flags_or_options "shop-burn" v verbose' -l 'verbose' -s 'v' -d 'Say more on standard error.'
complete -c 'shop-burn' -n '__shop-burn_should_offer_completions_for_flags_or_options "shop-burn" version' -l 'version' -d 'Show the version.'
complete -c 'shop-burn' -n '__shop-burn_should_offer_completions_for_flags_or_options "shop-burn" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'shop-burn' -n '__shop-burn_should_offer_completions_for_positional "shop-burn" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'shop-burn' -n '__shop-burn_should_offer_completions_for_flags_or_options "shop-burn help" version' -l 'version' -d 'Show the version.'
