function __ds-deliver_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __ds-deliver_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __ds-deliver_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __ds-deliver_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __ds-deliver_parse_tokens -S
    set -l unparsed_tokens (__ds-deliver_tokens -pc)
    switch $unparsed_tokens[1]
    case 'ds-deliver'
        __ds-deliver_parse_subcommand 1 'user=' 'content=+' 'order=' 'content-server=' 'store=' 'fetch=' 'cache-size=' 'o/output=' 'batch=' 'f/format=' 'playlist=' 'again' 'resume' 'receipt=' 'checkpoint=' 'hash' 'ledger=' 'as=' 'signing-key=' 'lock-timeout=' 'allow-network-fs' 'q/quiet' 'v/verbose' 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'help'
            __ds-deliver_parse_subcommand -r 1 'version'
        end
    end
end

function __ds-deliver_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __ds-deliver_parse_subcommand -S -a positional_count
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

function __ds-deliver_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __ds-deliver_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__ds-deliver_tokens -p)
    if test -z "$(__ds-deliver_tokens -t)"
        set -l index (count (__ds-deliver_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'ds-deliver' -f
complete -c 'ds-deliver' -n '__ds-deliver_should_offer_completions_for_flags_or_options "ds-deliver" user' -l 'user' -d 'Deliver to this user without an order of a content server.' -rfka ''
complete -c 'ds-deliver' -n '__ds-deliver_should_offer_completions_for_flags_or_options "ds-deliver"' -l 'content' -d 'What the user gets. May be repeated.' -rfka ''
complete -c 'ds-deliver' -n '__ds-deliver_should_offer_completions_for_flags_or_options "ds-deliver" order' -l 'order' -d 'The order\'s identifier; the same one is delivered and billed once. (default: a new one)' -rfka ''
complete -c 'ds-deliver' -n '__ds-deliver_should_offer_completions_for_flags_or_options "ds-deliver" content-server' -l 'content-server' -d 'Whose title it is. (default: who opened the ledger)' -rfka ''
complete -c 'ds-deliver' -n '__ds-deliver_should_offer_completions_for_flags_or_options "ds-deliver" store' -l 'store' -d 'This server\'s folder. (default: $SUKASHI_STORE)' -rfka ''
complete -c 'ds-deliver' -n '__ds-deliver_should_offer_completions_for_flags_or_options "ds-deliver" fetch' -l 'fetch' -d 'Fetch a missing master with this line of sh, which prints it as tar; {content} is its name. (default: $SUKASHI_FETCH)' -rfka ''
complete -c 'ds-deliver' -n '__ds-deliver_should_offer_completions_for_flags_or_options "ds-deliver" cache-size' -l 'cache-size' -d 'How large all masters may be; what was used least lately is removed after a fetch.' -rfka ''
complete -c 'ds-deliver' -n '__ds-deliver_should_offer_completions_for_flags_or_options "ds-deliver" o output' -l 'output' -s 'o' -d 'The copy or parcel, or with a slash at its end a folder for several; - is standard output.' -rfka ''
complete -c 'ds-deliver' -n '__ds-deliver_should_offer_completions_for_flags_or_options "ds-deliver" batch' -l 'batch' -d 'Deliver any number of orders into files of these names, such as \'FOLDER/{order}-{content}.{ext}\'; {user} and {serial} are known too.' -rfka ''
complete -c 'ds-deliver' -n '__ds-deliver_should_offer_completions_for_flags_or_options "ds-deliver" f format' -l 'format' -s 'f' -d 'The format of copies of sound; film is mp4, a picture what it was published as. (default: what the output\'s name says, else flac)' -rfka 'flac wav rf64 opus mp3 ogg mp4 png jpg'
complete -c 'ds-deliver' -n '__ds-deliver_should_offer_completions_for_flags_or_options "ds-deliver" playlist' -l 'playlist' -d 'Write an HLS playlist of the one film that is delivered.' -rfka ''
complete -c 'ds-deliver' -n '__ds-deliver_should_offer_completions_for_flags_or_options "ds-deliver" again' -l 'again' -d 'Send also what was delivered before: the same copy, not billed again.'
complete -c 'ds-deliver' -n '__ds-deliver_should_offer_completions_for_flags_or_options "ds-deliver" resume' -l 'resume' -d 'Finish the given orders that were begun; orders that were not begun are left.'
complete -c 'ds-deliver' -n '__ds-deliver_should_offer_completions_for_flags_or_options "ds-deliver" receipt' -l 'receipt' -d 'Write a receipt of the one copy that is delivered.' -rfka ''
complete -c 'ds-deliver' -n '__ds-deliver_should_offer_completions_for_flags_or_options "ds-deliver" checkpoint' -l 'checkpoint' -d 'The ledger\'s latest checkpoint, for the receipt.' -rfka ''
complete -c 'ds-deliver' -n '__ds-deliver_should_offer_completions_for_flags_or_options "ds-deliver" hash' -l 'hash' -d 'Record the hash of each copy, too; it costs more than the copy.'
complete -c 'ds-deliver' -n '__ds-deliver_should_offer_completions_for_flags_or_options "ds-deliver" ledger' -l 'ledger' -d 'The ledger. (default: $SUKASHI_LEDGER)' -rfka ''
complete -c 'ds-deliver' -n '__ds-deliver_should_offer_completions_for_flags_or_options "ds-deliver" as' -l 'as' -d 'The party that writes. (default: $SUKASHI_AS)' -rfka ''
complete -c 'ds-deliver' -n '__ds-deliver_should_offer_completions_for_flags_or_options "ds-deliver" signing-key' -l 'signing-key' -d 'The party\'s signing key. (default: $SUKASHI_SIGNING_KEY)' -rfka ''
complete -c 'ds-deliver' -n '__ds-deliver_should_offer_completions_for_flags_or_options "ds-deliver" lock-timeout' -l 'lock-timeout' -d 'How long to wait for the ledger\'s lock.' -rfka ''
complete -c 'ds-deliver' -n '__ds-deliver_should_offer_completions_for_flags_or_options "ds-deliver" allow-network-fs' -l 'allow-network-fs' -d 'Write to NFS, SMB or FUSE although locks and syncs promise nothing there.'
complete -c 'ds-deliver' -n '__ds-deliver_should_offer_completions_for_flags_or_options "ds-deliver" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'ds-deliver' -n '__ds-deliver_should_offer_completions_for_flags_or_options "ds-deliver" v verbose' -l 'verbose' -s 'v' -d 'Say more on standard error.'
complete -c 'ds-deliver' -n '__ds-deliver_should_offer_completions_for_flags_or_options "ds-deliver" version' -l 'version' -d 'Show the version.'
complete -c 'ds-deliver' -n '__ds-deliver_should_offer_completions_for_flags_or_options "ds-deliver" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'ds-deliver' -n '__ds-deliver_should_offer_completions_for_positional "ds-deliver" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'ds-deliver' -n '__ds-deliver_should_offer_completions_for_flags_or_options "ds-deliver help" version' -l 'version' -d 'Show the version.'
