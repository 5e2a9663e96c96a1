function __cs-publish_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __cs-publish_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __cs-publish_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __cs-publish_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __cs-publish_parse_tokens -S
    set -l unparsed_tokens (__cs-publish_tokens -pc)
    switch $unparsed_tokens[1]
    case 'cs-publish'
        __cs-publish_parse_subcommand 1 'content=' 'title=' 'artist=' 'isrc=' 'grid=' 'icpn=' 'isni=' 'year=' 'rights=+' 'currency=' 'tax=' 'price=' 'view=' 'day=' 'minute=' 'medium=' 'place=+' 'place-command=' 'list' 'json' 'withdraw' 'reason=' 'send=' 'verify' 'store=' 'k/key=' 'raw=' 'video-options=' 'sound-options=' 'replace' 'f/force' 'ledger=' 'as=' 'signing-key=' 'lock-timeout=' 'allow-network-fs' 'q/quiet' 'v/verbose' 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'help'
            __cs-publish_parse_subcommand -r 1 'version'
        end
    end
end

function __cs-publish_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __cs-publish_parse_subcommand -S -a positional_count
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

function __cs-publish_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __cs-publish_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__cs-publish_tokens -p)
    if test -z "$(__cs-publish_tokens -t)"
        set -l index (count (__cs-publish_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'cs-publish' -f
complete -c 'cs-publish' -n '__cs-publish_should_offer_completions_for_flags_or_options "cs-publish" content' -l 'content' -d 'What the title is called in the ledger.' -rfka ''
complete -c 'cs-publish' -n '__cs-publish_should_offer_completions_for_flags_or_options "cs-publish" title' -l 'title' -d 'What people call the title.' -rfka ''
complete -c 'cs-publish' -n '__cs-publish_should_offer_completions_for_flags_or_options "cs-publish" artist' -l 'artist' -d 'Who plays it.' -rfka ''
complete -c 'cs-publish' -n '__cs-publish_should_offer_completions_for_flags_or_options "cs-publish" isrc' -l 'isrc' -d 'The ISRC of the recording.' -rfka ''
complete -c 'cs-publish' -n '__cs-publish_should_offer_completions_for_flags_or_options "cs-publish" grid' -l 'grid' -d 'The GRid of the release.' -rfka ''
complete -c 'cs-publish' -n '__cs-publish_should_offer_completions_for_flags_or_options "cs-publish" icpn' -l 'icpn' -d 'The ICPN of the product.' -rfka ''
complete -c 'cs-publish' -n '__cs-publish_should_offer_completions_for_flags_or_options "cs-publish" isni' -l 'isni' -d 'The ISNI of the artist.' -rfka ''
complete -c 'cs-publish' -n '__cs-publish_should_offer_completions_for_flags_or_options "cs-publish" year' -l 'year' -d 'The year of the rights.' -rfka ''
complete -c 'cs-publish' -n '__cs-publish_should_offer_completions_for_flags_or_options "cs-publish"' -l 'rights' -d 'What may not be done without asking; may be repeated: personal-use, no-performance, no-broadcast, no-adaptation.' -rfka ''
complete -c 'cs-publish' -n '__cs-publish_should_offer_completions_for_flags_or_options "cs-publish" currency' -l 'currency' -d 'The currency of the prices, such as JPY.' -rfka ''
complete -c 'cs-publish' -n '__cs-publish_should_offer_completions_for_flags_or_options "cs-publish" tax' -l 'tax' -d 'The tax on the prices, such as 10%. (default: 0%)' -rfka ''
complete -c 'cs-publish' -n '__cs-publish_should_offer_completions_for_flags_or_options "cs-publish" price' -l 'price' -d 'The price of a copy to keep.' -rfka ''
complete -c 'cs-publish' -n '__cs-publish_should_offer_completions_for_flags_or_options "cs-publish" view' -l 'view' -d 'The price of one viewing.' -rfka ''
complete -c 'cs-publish' -n '__cs-publish_should_offer_completions_for_flags_or_options "cs-publish" day' -l 'day' -d 'The price of a day that a copy is held.' -rfka ''
complete -c 'cs-publish' -n '__cs-publish_should_offer_completions_for_flags_or_options "cs-publish" minute' -l 'minute' -d 'The price of a minute of viewing.' -rfka ''
complete -c 'cs-publish' -n '__cs-publish_should_offer_completions_for_flags_or_options "cs-publish" medium' -l 'medium' -d 'The price of the medium a shop writes on.' -rfka ''
complete -c 'cs-publish' -n '__cs-publish_should_offer_completions_for_flags_or_options "cs-publish"' -l 'place' -d 'Copy the master to a delivery server: to the store in a folder, or by --place-command; may be repeated.' -rfka ''
complete -c 'cs-publish' -n '__cs-publish_should_offer_completions_for_flags_or_options "cs-publish" place-command' -l 'place-command' -d 'The line of shell that takes {master}, the folder, to {server}; {name} is what it is called in a store, {content} the title.' -rfka ''
complete -c 'cs-publish' -n '__cs-publish_should_offer_completions_for_flags_or_options "cs-publish" list' -l 'list' -d 'List the titles: terms, size of the master, and where it is placed.'
complete -c 'cs-publish' -n '__cs-publish_should_offer_completions_for_flags_or_options "cs-publish" json' -l 'json' -d 'With --list, print JSON, one object a line.'
complete -c 'cs-publish' -n '__cs-publish_should_offer_completions_for_flags_or_options "cs-publish" withdraw' -l 'withdraw' -d 'Offer the title no longer.'
complete -c 'cs-publish' -n '__cs-publish_should_offer_completions_for_flags_or_options "cs-publish" reason' -l 'reason' -d 'Why it is withdrawn.' -rfka ''
complete -c 'cs-publish' -n '__cs-publish_should_offer_completions_for_flags_or_options "cs-publish" send' -l 'send' -d 'Print the master of a title as a tar stream, which ds-deliver fetches with.' -rfka ''
complete -c 'cs-publish' -n '__cs-publish_should_offer_completions_for_flags_or_options "cs-publish" verify' -l 'verify' -d 'Read all masters and compare them with their hashes and the ledger.'
complete -c 'cs-publish' -n '__cs-publish_should_offer_completions_for_flags_or_options "cs-publish" store' -l 'store' -d 'The folder of this server. (default: $SUKASHI_STORE)' -rfka ''
complete -c 'cs-publish' -n '__cs-publish_should_offer_completions_for_flags_or_options "cs-publish" k key' -l 'key' -s 'k' -d 'The mark key. (default: what SUKASHI_KEY names)' -rfka ''
complete -c 'cs-publish' -n '__cs-publish_should_offer_completions_for_flags_or_options "cs-publish" raw' -l 'raw' -d 'Read samples without a header: RATE,CHANNELS,ENCODING.' -rfka ''
complete -c 'cs-publish' -n '__cs-publish_should_offer_completions_for_flags_or_options "cs-publish" video-options' -l 'video-options' -d 'What ffmpeg is told of a film\'s pictures. (default: -c:v libx264 -preset medium -crf 20 -pix_fmt yuv420p)' -rfka ''
complete -c 'cs-publish' -n '__cs-publish_should_offer_completions_for_flags_or_options "cs-publish" sound-options' -l 'sound-options' -d 'Have ffmpeg encode a film\'s sound by these words, the same and without a mark in all copies. (default: marked FLAC)' -rfka ''
complete -c 'cs-publish' -n '__cs-publish_should_offer_completions_for_flags_or_options "cs-publish" replace' -l 'replace' -d 'Let another recording take the place of one that was published.'
complete -c 'cs-publish' -n '__cs-publish_should_offer_completions_for_flags_or_options "cs-publish" f force' -l 'force' -s 'f' -d 'Take also what already carries a mark of the key.'
complete -c 'cs-publish' -n '__cs-publish_should_offer_completions_for_flags_or_options "cs-publish" ledger' -l 'ledger' -d 'The ledger. (default: $SUKASHI_LEDGER)' -rfka ''
complete -c 'cs-publish' -n '__cs-publish_should_offer_completions_for_flags_or_options "cs-publish" as' -l 'as' -d 'The party that writes. (default: $SUKASHI_AS)' -rfka ''
complete -c 'cs-publish' -n '__cs-publish_should_offer_completions_for_flags_or_options "cs-publish" signing-key' -l 'signing-key' -d 'The party\'s signing key. (default: $SUKASHI_SIGNING_KEY)' -rfka ''
complete -c 'cs-publish' -n '__cs-publish_should_offer_completions_for_flags_or_options "cs-publish" lock-timeout' -l 'lock-timeout' -d 'How long to wait for the ledger\'s lock.' -rfka ''
complete -c 'cs-publish' -n '__cs-publish_should_offer_completions_for_flags_or_options "cs-publish" allow-network-fs' -l 'allow-network-fs' -d 'Write to NFS, SMB or FUSE although locks and syncs promise nothing there.'
complete -c 'cs-publish' -n '__cs-publish_should_offer_completions_for_flags_or_options "cs-publish" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'cs-publish' -n '__cs-publish_should_offer_completions_for_flags_or_options "cs-publish" v verbose' -l 'verbose' -s 'v' -d 'Say more on standard error.'
complete -c 'cs-publish' -n '__cs-publish_should_offer_completions_for_flags_or_options "cs-publish" version' -l 'version' -d 'Show the version.'
complete -c 'cs-publish' -n '__cs-publish_should_offer_completions_for_flags_or_options "cs-publish" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'cs-publish' -n '__cs-publish_should_offer_completions_for_positional "cs-publish" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'cs-publish' -n '__cs-publish_should_offer_completions_for_flags_or_options "cs-publish help" version' -l 'version' -d 'Show the version.'
