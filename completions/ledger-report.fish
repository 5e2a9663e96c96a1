function __ledger-report_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __ledger-report_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __ledger-report_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __ledger-report_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __ledger-report_parse_tokens -S
    set -l unparsed_tokens (__ledger-report_tokens -pc)
    switch $unparsed_tokens[1]
    case 'ledger-report'
        __ledger-report_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'balances'
            __ledger-report_parse_subcommand 0 'ledger=' 'format=' 'period=' 'from=' 'to=' 'as-of=' 'o/output=' 'q/quiet' 'v/verbose' 'book=' 'party=' 'version' 'h/help'
        case 'journal'
            __ledger-report_parse_subcommand 0 'ledger=' 'format=' 'period=' 'from=' 'to=' 'as-of=' 'o/output=' 'q/quiet' 'v/verbose' 'book=' 'version' 'h/help'
        case 'invoice'
            __ledger-report_parse_subcommand 1 'ledger=' 'format=' 'period=' 'from=' 'to=' 'as-of=' 'o/output=' 'q/quiet' 'v/verbose' 'all' 'bill=' 'html' 'version' 'h/help'
        case 'statement'
            __ledger-report_parse_subcommand 1 'ledger=' 'format=' 'period=' 'from=' 'to=' 'as-of=' 'o/output=' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'deliveries'
            __ledger-report_parse_subcommand 0 'ledger=' 'format=' 'period=' 'from=' 'to=' 'as-of=' 'o/output=' 'q/quiet' 'v/verbose' 'user=' 'content=' 'order=' 'serial=' 'message=' 'party=' 'version' 'h/help'
        case 'sales'
            __ledger-report_parse_subcommand 0 'ledger=' 'format=' 'period=' 'from=' 'to=' 'as-of=' 'o/output=' 'q/quiet' 'v/verbose' 'party=' 'territory=' 'version' 'h/help'
        case 'help'
            __ledger-report_parse_subcommand -r 1 'version'
        end
    end
end

function __ledger-report_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __ledger-report_parse_subcommand -S -a positional_count
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

function __ledger-report_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __ledger-report_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__ledger-report_tokens -p)
    if test -z "$(__ledger-report_tokens -t)"
        set -l index (count (__ledger-report_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'ledger-report' -f
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report" version' -l 'version' -d 'Show the version.'
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_positional "ledger-report" -eq 1' -fa 'balances' -d 'What the accounts of all books hold'
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_positional "ledger-report" -eq 1' -fa 'journal' -d 'The book of a party, transaction by transaction'
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_positional "ledger-report" -eq 1' -fa 'invoice' -d 'The bills that a party has to pay'
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_positional "ledger-report" -eq 1' -fa 'statement' -d 'What a party owes and pays, with a running balance'
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_positional "ledger-report" -eq 1' -fa 'deliveries' -d 'The copies that were marked, and what became of them'
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_positional "ledger-report" -eq 1' -fa 'sales' -d 'What was sold, a row for each line of a bill'
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_positional "ledger-report" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report balances" ledger' -l 'ledger' -d 'The ledger. (default: $SUKASHI_LEDGER)' -rfka ''
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report balances" format' -l 'format' -d 'How the report is written.' -rfka 'text tsv ndjson hledger beancount'
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report balances" period' -l 'period' -d 'What is shown: a day, week, month, quarter, year or A--B.' -rfka ''
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report balances" from' -l 'from' -d 'The first day that is shown.' -rfka ''
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report balances" to' -l 'to' -d 'The last day that is shown.' -rfka ''
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report balances" as-of' -l 'as-of' -d 'Compute the report from the entries a checkpoint covers, or from so many.' -rfka ''
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report balances" o output' -l 'output' -s 'o' -d 'Where the report goes; - is standard output.' -rfka ''
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report balances" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report balances" v verbose' -l 'verbose' -s 'v' -d 'Say more on standard error.'
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report balances" book' -l 'book' -d 'Whose book; all books by default.' -rfka ''
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report balances" party' -l 'party' -d 'Only accounts named after a party.' -rfka ''
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report balances" version' -l 'version' -d 'Show the version.'
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report balances" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report journal" ledger' -l 'ledger' -d 'The ledger. (default: $SUKASHI_LEDGER)' -rfka ''
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report journal" format' -l 'format' -d 'How the report is written.' -rfka 'text tsv ndjson hledger beancount'
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report journal" period' -l 'period' -d 'What is shown: a day, week, month, quarter, year or A--B.' -rfka ''
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report journal" from' -l 'from' -d 'The first day that is shown.' -rfka ''
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report journal" to' -l 'to' -d 'The last day that is shown.' -rfka ''
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report journal" as-of' -l 'as-of' -d 'Compute the report from the entries a checkpoint covers, or from so many.' -rfka ''
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report journal" o output' -l 'output' -s 'o' -d 'Where the report goes; - is standard output.' -rfka ''
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report journal" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report journal" v verbose' -l 'verbose' -s 'v' -d 'Say more on standard error.'
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report journal" book' -l 'book' -d 'Whose book.' -rfka ''
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report journal" version' -l 'version' -d 'Show the version.'
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report journal" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report invoice" ledger' -l 'ledger' -d 'The ledger. (default: $SUKASHI_LEDGER)' -rfka ''
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report invoice" format' -l 'format' -d 'How the report is written.' -rfka 'text tsv ndjson hledger beancount'
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report invoice" period' -l 'period' -d 'What is shown: a day, week, month, quarter, year or A--B.' -rfka ''
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report invoice" from' -l 'from' -d 'The first day that is shown.' -rfka ''
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report invoice" to' -l 'to' -d 'The last day that is shown.' -rfka ''
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report invoice" as-of' -l 'as-of' -d 'Compute the report from the entries a checkpoint covers, or from so many.' -rfka ''
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report invoice" o output' -l 'output' -s 'o' -d 'Where the report goes; - is standard output.' -rfka ''
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report invoice" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report invoice" v verbose' -l 'verbose' -s 'v' -d 'Say more on standard error.'
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report invoice" all' -l 'all' -d 'Show bills that are paid, too.'
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report invoice" bill' -l 'bill' -d 'Show this bill, paid or not.' -rfka ''
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report invoice" html' -l 'html' -d 'Write one page of HTML, to be read or printed.'
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report invoice" version' -l 'version' -d 'Show the version.'
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report invoice" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report statement" ledger' -l 'ledger' -d 'The ledger. (default: $SUKASHI_LEDGER)' -rfka ''
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report statement" format' -l 'format' -d 'How the report is written.' -rfka 'text tsv ndjson hledger beancount'
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report statement" period' -l 'period' -d 'What is shown: a day, week, month, quarter, year or A--B.' -rfka ''
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report statement" from' -l 'from' -d 'The first day that is shown.' -rfka ''
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report statement" to' -l 'to' -d 'The last day that is shown.' -rfka ''
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report statement" as-of' -l 'as-of' -d 'Compute the report from the entries a checkpoint covers, or from so many.' -rfka ''
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report statement" o output' -l 'output' -s 'o' -d 'Where the report goes; - is standard output.' -rfka ''
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report statement" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report statement" v verbose' -l 'verbose' -s 'v' -d 'Say more on standard error.'
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report statement" version' -l 'version' -d 'Show the version.'
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report statement" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report deliveries" ledger' -l 'ledger' -d 'The ledger. (default: $SUKASHI_LEDGER)' -rfka ''
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report deliveries" format' -l 'format' -d 'How the report is written.' -rfka 'text tsv ndjson hledger beancount'
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report deliveries" period' -l 'period' -d 'What is shown: a day, week, month, quarter, year or A--B.' -rfka ''
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report deliveries" from' -l 'from' -d 'The first day that is shown.' -rfka ''
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report deliveries" to' -l 'to' -d 'The last day that is shown.' -rfka ''
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report deliveries" as-of' -l 'as-of' -d 'Compute the report from the entries a checkpoint covers, or from so many.' -rfka ''
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report deliveries" o output' -l 'output' -s 'o' -d 'Where the report goes; - is standard output.' -rfka ''
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report deliveries" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report deliveries" v verbose' -l 'verbose' -s 'v' -d 'Say more on standard error.'
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report deliveries" user' -l 'user' -d 'Only copies for a user.' -rfka ''
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report deliveries" content' -l 'content' -d 'Only copies of a title.' -rfka ''
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report deliveries" order' -l 'order' -d 'Only copies of an order.' -rfka ''
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report deliveries" serial' -l 'serial' -d 'Only copies with a serial.' -rfka ''
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report deliveries" message' -l 'message' -d 'Only copies with a message, which wm-detect reads from a mark.' -rfka ''
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report deliveries" party' -l 'party' -d 'Only copies in which a party had a part.' -rfka ''
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report deliveries" version' -l 'version' -d 'Show the version.'
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report deliveries" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report sales" ledger' -l 'ledger' -d 'The ledger. (default: $SUKASHI_LEDGER)' -rfka ''
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report sales" format' -l 'format' -d 'How the report is written.' -rfka 'text tsv ndjson hledger beancount'
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report sales" period' -l 'period' -d 'What is shown: a day, week, month, quarter, year or A--B.' -rfka ''
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report sales" from' -l 'from' -d 'The first day that is shown.' -rfka ''
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report sales" to' -l 'to' -d 'The last day that is shown.' -rfka ''
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report sales" as-of' -l 'as-of' -d 'Compute the report from the entries a checkpoint covers, or from so many.' -rfka ''
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report sales" o output' -l 'output' -s 'o' -d 'Where the report goes; - is standard output.' -rfka ''
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report sales" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report sales" v verbose' -l 'verbose' -s 'v' -d 'Say more on standard error.'
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report sales" party' -l 'party' -d 'Only bills with a party as payer, payee or user.' -rfka ''
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report sales" territory' -l 'territory' -d 'The country of the sales, which the ledger does not know.' -rfka ''
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report sales" version' -l 'version' -d 'Show the version.'
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report sales" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'ledger-report' -n '__ledger-report_should_offer_completions_for_flags_or_options "ledger-report help" version' -l 'version' -d 'Show the version.'
