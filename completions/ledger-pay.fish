function __ledger-pay_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __ledger-pay_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __ledger-pay_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __ledger-pay_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __ledger-pay_parse_tokens -S
    set -l unparsed_tokens (__ledger-pay_tokens -pc)
    switch $unparsed_tokens[1]
    case 'ledger-pay'
        __ledger-pay_parse_subcommand 0 'from=' 'to=' 'amount=' 'currency=' 'for=+' 'purpose=+' 'on-behalf-of=' 'funds=' 'sale' 'tax=' 'tax-rate=' 'reference=' 'refund=' 'reason=' 'id=' 'batch=' 'n/dry-run' 'json' 'ledger=' 'as=' 'signing-key=' 'lock-timeout=' 'allow-network-fs' 'q/quiet' 'v/verbose' 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'help'
            __ledger-pay_parse_subcommand -r 1 'version'
        end
    end
end

function __ledger-pay_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __ledger-pay_parse_subcommand -S -a positional_count
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

function __ledger-pay_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __ledger-pay_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__ledger-pay_tokens -p)
    if test -z "$(__ledger-pay_tokens -t)"
        set -l index (count (__ledger-pay_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'ledger-pay' -f
complete -c 'ledger-pay' -n '__ledger-pay_should_offer_completions_for_flags_or_options "ledger-pay" from' -l 'from' -d 'Who pays: a name, or kind and name such as user:alice.' -rfka ''
complete -c 'ledger-pay' -n '__ledger-pay_should_offer_completions_for_flags_or_options "ledger-pay" to' -l 'to' -d 'Who is paid.' -rfka ''
complete -c 'ledger-pay' -n '__ledger-pay_should_offer_completions_for_flags_or_options "ledger-pay" amount' -l 'amount' -d 'How much, such as 4.40.' -rfka ''
complete -c 'ledger-pay' -n '__ledger-pay_should_offer_completions_for_flags_or_options "ledger-pay" currency' -l 'currency' -d 'In which currency, such as EUR.' -rfka ''
complete -c 'ledger-pay' -n '__ledger-pay_should_offer_completions_for_flags_or_options "ledger-pay"' -l 'for' -d 'A bill that is paid; may be repeated.' -rfka ''
complete -c 'ledger-pay' -n '__ledger-pay_should_offer_completions_for_flags_or_options "ledger-pay"' -l 'purpose' -d 'What is paid for; may be repeated: content, usage-fee, home-server-fee, medium, on-behalf, prepaid.' -rfka ''
complete -c 'ledger-pay' -n '__ledger-pay_should_offer_completions_for_flags_or_options "ledger-pay" on-behalf-of' -l 'on-behalf-of' -d 'Whose bills are paid instead of the payer\'s.' -rfka ''
complete -c 'ledger-pay' -n '__ledger-pay_should_offer_completions_for_flags_or_options "ledger-pay" funds' -l 'funds' -d 'Where the money comes from. (default: bank)' -rfka 'bank cash prepaid'
complete -c 'ledger-pay' -n '__ledger-pay_should_offer_completions_for_flags_or_options "ledger-pay" sale' -l 'sale' -d 'Look for no bills: this is a sale without one.'
complete -c 'ledger-pay' -n '__ledger-pay_should_offer_completions_for_flags_or_options "ledger-pay" tax' -l 'tax' -d 'The tax in a sale without a bill.' -rfka ''
complete -c 'ledger-pay' -n '__ledger-pay_should_offer_completions_for_flags_or_options "ledger-pay" tax-rate' -l 'tax-rate' -d 'The rate of the tax in sales without a bill, in hundredths of a per cent.' -rfka ''
complete -c 'ledger-pay' -n '__ledger-pay_should_offer_completions_for_flags_or_options "ledger-pay" reference' -l 'reference' -d 'The number a bank or till has given it.' -rfka ''
complete -c 'ledger-pay' -n '__ledger-pay_should_offer_completions_for_flags_or_options "ledger-pay" refund' -l 'refund' -d 'Give back a payment, or credit a bill and give back what was paid for it.' -rfka ''
complete -c 'ledger-pay' -n '__ledger-pay_should_offer_completions_for_flags_or_options "ledger-pay" reason' -l 'reason' -d 'Why it is given back.' -rfka ''
complete -c 'ledger-pay' -n '__ledger-pay_should_offer_completions_for_flags_or_options "ledger-pay" id' -l 'id' -d 'The identifier of the payment; the same one is recorded once.' -rfka ''
complete -c 'ledger-pay' -n '__ledger-pay_should_offer_completions_for_flags_or_options "ledger-pay" batch' -l 'batch' -d 'Record the payments of a file\'s lines of JSON.' -rfka ''
complete -c 'ledger-pay' -n '__ledger-pay_should_offer_completions_for_flags_or_options "ledger-pay" dry-run n' -s 'n' -l 'dry-run' -d 'Print what would be recorded, and record nothing.'
complete -c 'ledger-pay' -n '__ledger-pay_should_offer_completions_for_flags_or_options "ledger-pay" json' -l 'json' -d 'Print the receipts as JSON, one object a line.'
complete -c 'ledger-pay' -n '__ledger-pay_should_offer_completions_for_flags_or_options "ledger-pay" ledger' -l 'ledger' -d 'The ledger. (default: $SUKASHI_LEDGER)' -rfka ''
complete -c 'ledger-pay' -n '__ledger-pay_should_offer_completions_for_flags_or_options "ledger-pay" as' -l 'as' -d 'The party that writes. (default: $SUKASHI_AS)' -rfka ''
complete -c 'ledger-pay' -n '__ledger-pay_should_offer_completions_for_flags_or_options "ledger-pay" signing-key' -l 'signing-key' -d 'The party\'s signing key. (default: $SUKASHI_SIGNING_KEY)' -rfka ''
complete -c 'ledger-pay' -n '__ledger-pay_should_offer_completions_for_flags_or_options "ledger-pay" lock-timeout' -l 'lock-timeout' -d 'How long to wait for the ledger\'s lock.' -rfka ''
complete -c 'ledger-pay' -n '__ledger-pay_should_offer_completions_for_flags_or_options "ledger-pay" allow-network-fs' -l 'allow-network-fs' -d 'Write to NFS, SMB or FUSE although locks and syncs promise nothing there.'
complete -c 'ledger-pay' -n '__ledger-pay_should_offer_completions_for_flags_or_options "ledger-pay" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'ledger-pay' -n '__ledger-pay_should_offer_completions_for_flags_or_options "ledger-pay" v verbose' -l 'verbose' -s 'v' -d 'Say more on standard error.'
complete -c 'ledger-pay' -n '__ledger-pay_should_offer_completions_for_flags_or_options "ledger-pay" version' -l 'version' -d 'Show the version.'
complete -c 'ledger-pay' -n '__ledger-pay_should_offer_completions_for_flags_or_options "ledger-pay" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'ledger-pay' -n '__ledger-pay_should_offer_completions_for_positional "ledger-pay" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'ledger-pay' -n '__ledger-pay_should_offer_completions_for_flags_or_options "ledger-pay help" version' -l 'version' -d 'Show the version.'
