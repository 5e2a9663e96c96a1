function __ledger-verify_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __ledger-verify_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __ledger-verify_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __ledger-verify_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __ledger-verify_parse_tokens -S
    set -l unparsed_tokens (__ledger-verify_tokens -pc)
    switch $unparsed_tokens[1]
    case 'ledger-verify'
        __ledger-verify_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'ledger'
            __ledger-verify_parse_subcommand 0 'ledger=' 'key=+' 'q/quiet' 'v/verbose' 'checkpoint=+' 'since=' 'no-index' 'json' 'version' 'h/help'
        case 'checkpoint'
            __ledger-verify_parse_subcommand 0 'ledger=' 'as=' 'signing-key=' 'lock-timeout=' 'allow-network-fs' 'q/quiet' 'v/verbose' 'o/output=' 'version' 'h/help'
        case 'cosign'
            __ledger-verify_parse_subcommand 1 'ledger=' 'as=' 'signing-key=' 'lock-timeout=' 'allow-network-fs' 'key=+' 'q/quiet' 'v/verbose' 'since=' 'o/output=' 'version' 'h/help'
        case 'prove'
            __ledger-verify_parse_subcommand 1 'ledger=' 'as=' 'signing-key=' 'lock-timeout=' 'allow-network-fs' 'q/quiet' 'v/verbose' 'checkpoint=' 'since=' 'o/output=' 'version' 'h/help'
        case 'check'
            __ledger-verify_parse_subcommand 1 'ledger=' 'key=+' 'q/quiet' 'v/verbose' 'entry=' 'since=' 'json' 'version' 'h/help'
        case 'key'
            __ledger-verify_parse_subcommand 0 'ledger=' 'cosigner=' 'version' 'h/help'
        case 'help'
            __ledger-verify_parse_subcommand -r 1 'version'
        end
    end
end

function __ledger-verify_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __ledger-verify_parse_subcommand -S -a positional_count
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

function __ledger-verify_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __ledger-verify_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__ledger-verify_tokens -p)
    if test -z "$(__ledger-verify_tokens -t)"
        set -l index (count (__ledger-verify_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'ledger-verify' -f
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify" version' -l 'version' -d 'Show the version.'
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_positional "ledger-verify" -eq 1' -fa 'ledger' -d 'Verify a whole ledger (default)'
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_positional "ledger-verify" -eq 1' -fa 'checkpoint' -d 'Sign a checkpoint of the ledger'
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_positional "ledger-verify" -eq 1' -fa 'cosign' -d 'Verify the ledger up to a checkpoint and cosign that'
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_positional "ledger-verify" -eq 1' -fa 'prove' -d 'Prove that an entry is in the ledger, or that it has all of a checkpoint'
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_positional "ledger-verify" -eq 1' -fa 'check' -d 'Check a proof'
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_positional "ledger-verify" -eq 1' -fa 'key' -d 'Print the verifier key of the ledger\'s checkpoints'
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_positional "ledger-verify" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify ledger" ledger' -l 'ledger' -d 'The ledger. (default: $SUKASHI_LEDGER)' -rfka ''
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify ledger"' -l 'key' -d 'A verifier key that must have signed (NAME+ID+KEY, as \'ledger-verify key\' prints). May be repeated; of several with one name, one must have signed.' -rfka ''
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify ledger" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify ledger" v verbose' -l 'verbose' -s 'v' -d 'Say more on standard error.'
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify ledger"' -l 'checkpoint' -d 'A checkpoint that was kept: the ledger must still have all of it. May be repeated.' -rfka ''
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify ledger" since' -l 'since' -d 'A checkpoint up to which the ledger was verified before: signatures and rules are checked behind it only.' -rfka ''
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify ledger" no-index' -l 'no-index' -d 'Leave the index out.'
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify ledger" json' -l 'json' -d 'Print JSON.'
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify ledger" version' -l 'version' -d 'Show the version.'
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify ledger" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify checkpoint" ledger' -l 'ledger' -d 'The ledger. (default: $SUKASHI_LEDGER)' -rfka ''
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify checkpoint" as' -l 'as' -d 'The party that writes. (default: $SUKASHI_AS)' -rfka ''
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify checkpoint" signing-key' -l 'signing-key' -d 'The party\'s signing key. (default: $SUKASHI_SIGNING_KEY)' -rfka ''
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify checkpoint" lock-timeout' -l 'lock-timeout' -d 'How long to wait for the ledger\'s lock.' -rfka ''
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify checkpoint" allow-network-fs' -l 'allow-network-fs' -d 'Write to NFS, SMB or FUSE although locks and syncs promise nothing there.'
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify checkpoint" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify checkpoint" v verbose' -l 'verbose' -s 'v' -d 'Say more on standard error.'
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify checkpoint" o output' -l 'output' -s 'o' -d 'The checkpoint; - is standard output.' -rfka ''
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify checkpoint" version' -l 'version' -d 'Show the version.'
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify checkpoint" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify cosign" ledger' -l 'ledger' -d 'The ledger. (default: $SUKASHI_LEDGER)' -rfka ''
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify cosign" as' -l 'as' -d 'The party that writes. (default: $SUKASHI_AS)' -rfka ''
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify cosign" signing-key' -l 'signing-key' -d 'The party\'s signing key. (default: $SUKASHI_SIGNING_KEY)' -rfka ''
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify cosign" lock-timeout' -l 'lock-timeout' -d 'How long to wait for the ledger\'s lock.' -rfka ''
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify cosign" allow-network-fs' -l 'allow-network-fs' -d 'Write to NFS, SMB or FUSE although locks and syncs promise nothing there.'
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify cosign"' -l 'key' -d 'A verifier key that must have signed (NAME+ID+KEY, as \'ledger-verify key\' prints). May be repeated; of several with one name, one must have signed.' -rfka ''
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify cosign" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify cosign" v verbose' -l 'verbose' -s 'v' -d 'Say more on standard error.'
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify cosign" since' -l 'since' -d 'The checkpoint cosigned before: all of it must still be there.' -rfka ''
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify cosign" o output' -l 'output' -s 'o' -d 'The cosigned checkpoint; - is standard output.' -rfka ''
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify cosign" version' -l 'version' -d 'Show the version.'
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify cosign" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify prove" ledger' -l 'ledger' -d 'The ledger. (default: $SUKASHI_LEDGER)' -rfka ''
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify prove" as' -l 'as' -d 'The party that writes. (default: $SUKASHI_AS)' -rfka ''
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify prove" signing-key' -l 'signing-key' -d 'The party\'s signing key. (default: $SUKASHI_SIGNING_KEY)' -rfka ''
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify prove" lock-timeout' -l 'lock-timeout' -d 'How long to wait for the ledger\'s lock.' -rfka ''
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify prove" allow-network-fs' -l 'allow-network-fs' -d 'Write to NFS, SMB or FUSE although locks and syncs promise nothing there.'
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify prove" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify prove" v verbose' -l 'verbose' -s 'v' -d 'Say more on standard error.'
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify prove" checkpoint' -l 'checkpoint' -d 'The checkpoint to prove it for.' -rfka ''
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify prove" since' -l 'since' -d 'Prove that the checkpoint has all of this older one, instead of an entry.' -rfka ''
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify prove" o output' -l 'output' -s 'o' -d 'The proof; - is standard output.' -rfka ''
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify prove" version' -l 'version' -d 'Show the version.'
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify prove" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify check" ledger' -l 'ledger' -d 'The ledger. (default: $SUKASHI_LEDGER)' -rfka ''
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify check"' -l 'key' -d 'A verifier key that must have signed (NAME+ID+KEY, as \'ledger-verify key\' prints). May be repeated; of several with one name, one must have signed.' -rfka ''
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify check" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify check" v verbose' -l 'verbose' -s 'v' -d 'Say more on standard error.'
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify check" entry' -l 'entry' -d 'A file with the line of the entry.' -rfka ''
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify check" since' -l 'since' -d 'The older checkpoint of a consistency proof.' -rfka ''
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify check" json' -l 'json' -d 'Print JSON.'
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify check" version' -l 'version' -d 'Show the version.'
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify check" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify key" ledger' -l 'ledger' -d 'The ledger. (default: $SUKASHI_LEDGER)' -rfka ''
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify key" cosigner' -l 'cosigner' -d 'Print the key of a party\'s cosignatures instead.' -rfka ''
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify key" version' -l 'version' -d 'Show the version.'
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify key" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'ledger-verify' -n '__ledger-verify_should_offer_completions_for_flags_or_options "ledger-verify help" version' -l 'version' -d 'Show the version.'
