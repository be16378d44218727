function __apikeys-tui_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __apikeys-tui_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __apikeys-tui_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __apikeys-tui_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __apikeys-tui_parse_tokens -S
    set -l unparsed_tokens (__apikeys-tui_tokens -pc)
    switch $unparsed_tokens[1]
    case 'apikeys-tui'
        __apikeys-tui_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'browse'
            __apikeys-tui_parse_subcommand 0 'url=' 'demo' 'demo-keys=' 'from=' 'max-memory=' 'token-file=' 'token-command=' 'token-command-timeout=' 'plain' 'no-plain' 'no-color' 'theme=' 'cursor-focus' 'order=' 'limit-param=' 'order-param=' 'log-file=' 'ca-file=' 'ca-only=' 'pin=+' 'listener-user=' 'allow-http' 'connect-timeout=' 'answer-timeout=' 'idle-timeout=' 'timeout=' 'page-size=' 'max-keys=' 'after-param=' 'before-param=' 'filter=' 'ascii' 'strict' 'version' 'h/help'
        case 'list'
            __apikeys-tui_parse_subcommand 0 'url=' 'demo' 'demo-keys=' 'from=' 'max-memory=' 'token-file=' 'token-command=' 'token-command-timeout=' 'order=' 'limit-param=' 'order-param=' 'log-file=' 'ca-file=' 'ca-only=' 'pin=+' 'listener-user=' 'allow-http' 'connect-timeout=' 'answer-timeout=' 'idle-timeout=' 'timeout=' 'page-size=' 'max-keys=' 'after-param=' 'before-param=' 'filter=' 'ascii' 'format=' 'columns=' 'output=' 'force' 'csv-raw' 'tsv-raw' 'evidence' 'no-evidence' 'sort=' 'limit=' 'allow-partial' 'version' 'h/help'
        case 'show'
            __apikeys-tui_parse_subcommand 1 'url=' 'demo' 'demo-keys=' 'from=' 'max-memory=' 'token-file=' 'token-command=' 'token-command-timeout=' 'order=' 'limit-param=' 'order-param=' 'log-file=' 'ca-file=' 'ca-only=' 'pin=+' 'listener-user=' 'allow-http' 'connect-timeout=' 'answer-timeout=' 'idle-timeout=' 'timeout=' 'page-size=' 'max-keys=' 'after-param=' 'before-param=' 'filter=' 'ascii' 'allow-partial' 'version' 'h/help'
        case 'permissions'
            __apikeys-tui_parse_subcommand 0 'url=' 'demo' 'demo-keys=' 'from=' 'max-memory=' 'token-file=' 'token-command=' 'token-command-timeout=' 'order=' 'limit-param=' 'order-param=' 'log-file=' 'ca-file=' 'ca-only=' 'pin=+' 'listener-user=' 'allow-http' 'connect-timeout=' 'answer-timeout=' 'idle-timeout=' 'timeout=' 'page-size=' 'max-keys=' 'after-param=' 'before-param=' 'filter=' 'ascii' 'allow-partial' 'format=' 'version' 'h/help'
        case 'doctor'
            __apikeys-tui_parse_subcommand 0 'url=' 'demo' 'demo-keys=' 'from=' 'max-memory=' 'token-file=' 'token-command=' 'token-command-timeout=' 'order=' 'limit-param=' 'order-param=' 'log-file=' 'ca-file=' 'ca-only=' 'pin=+' 'listener-user=' 'allow-http' 'connect-timeout=' 'answer-timeout=' 'idle-timeout=' 'timeout=' 'plain' 'no-plain' 'ascii' 'version' 'h/help'
        case 'help'
            __apikeys-tui_parse_subcommand -r 1 'version'
        end
    end
end

function __apikeys-tui_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __apikeys-tui_parse_subcommand -S -a positional_count
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

function __apikeys-tui_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __apikeys-tui_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__apikeys-tui_tokens -p)
    if test -z "$(__apikeys-tui_tokens -t)"
        set -l index (count (__apikeys-tui_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'apikeys-tui' -f
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui" version' -l 'version' -d 'Show the version.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_positional "apikeys-tui" -eq 1' -fa 'browse' -d 'Browse the keys in the dashboard, or in plain mode with --plain.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_positional "apikeys-tui" -eq 1' -fa 'list' -d 'Print the matching keys; if any key is missing, print an error instead.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_positional "apikeys-tui" -eq 1' -fa 'show' -d 'Print one key by id, exact name or last four; if several match, list them and exit with status 1.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_positional "apikeys-tui" -eq 1' -fa 'permissions' -d 'Print each permission with the number of keys that hold it.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_positional "apikeys-tui" -eq 1' -fa 'doctor' -d 'Check the address, token, connection, first page and terminal, and show what to fix.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_positional "apikeys-tui" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" url' -l 'url' -d 'Address of the server (environment: APIKEYS_URL; default without a token: http://localhost:3000).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" demo' -l 'demo' -d 'Start the reference server with generated keys and read those.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" demo-keys' -l 'demo-keys' -d 'Number of keys that --demo generates.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" from' -l 'from' -d 'Read keys from an NDJSON or JSON file instead of a server; - is standard input.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" max-memory' -l 'max-memory' -d 'Memory limit for loading, such as 512M or 4G (default: half of what the system allows).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" token-file' -l 'token-file' -d 'Read the token from a file that only you can read; - is standard input.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" token-command' -l 'token-command' -d 'Run a program that prints the token.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" token-command-timeout' -l 'token-command-timeout' -d 'Time limit for --token-command, in seconds (default: 10; none when it can prompt at the terminal).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" plain' -l 'plain' -d 'Use plain mode: lines of text instead of a screen, for screen readers and braille (environment: APIKEYS_PLAIN).'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" no-plain' -l 'no-plain' -d 'Use the dashboard, even if the environment selects plain mode.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" no-color' -l 'no-color' -d 'Do not use colours (environment: NO_COLOR).'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" theme' -l 'theme' -d 'Colour theme (default: the last one chosen for the host).' -rfka 'default high-contrast mono'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" cursor-focus' -l 'cursor-focus' -d 'Change only what the cursor moves to, for screen readers (environment: APIKEYS_CURSOR_FOCUS).'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" order' -l 'order' -d 'Order by creation date to request: asc or desc.' -rfka 'asc desc'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" limit-param' -l 'limit-param' -d 'Name of the server\'s limit parameter.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" order-param' -l 'order-param' -d 'Name of the server\'s order parameter.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" log-file' -l 'log-file' -d 'Append a line for each request to this file: status, length, counts; no token, no keys.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" ca-file' -l 'ca-file' -d 'File with additional root certificates (PEM).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" ca-only' -l 'ca-only' -d 'File with the only root certificates to trust (PEM).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse"' -l 'pin' -d 'Accept only a server with this public key, in the format of curl\'s --pinnedpubkey; separate several with ; or repeat the option.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" listener-user' -l 'listener-user' -d 'Over http on this machine, accept a server run by this user, besides you and root; a name or a number.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" allow-http' -l 'allow-http' -d 'Allow sending the token in clear text to another machine, or to any listener on this one.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" connect-timeout' -l 'connect-timeout' -d 'Time limit for connecting, TLS and proxy included, in seconds.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" answer-timeout' -l 'answer-timeout' -d 'Time limit for the start of the response, in seconds.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" idle-timeout' -l 'idle-timeout' -d 'Time limit without any data from the server, in seconds.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" timeout' -l 'timeout' -d 'Time limit for a whole request, in seconds.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" page-size' -l 'page-size' -d 'Keys per request, 1 to 1000.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" max-keys' -l 'max-keys' -d 'Maximum number of keys to load; if the list is longer, commands fail with status 65.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" after-param' -l 'after-param' -d 'Name of the server\'s after parameter.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" before-param' -l 'before-param' -d 'Name of the server\'s before parameter (reserved; currently never sent).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" filter' -l 'filter' -d 'Show only keys that match, such as \'access:full created<2024\'.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" ascii' -l 'ascii' -d 'Write ASCII characters only.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" strict' -l 'strict' -d 'In plain mode, exit with the status of the first error; for scripts.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" version' -l 'version' -d 'Show the version.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" url' -l 'url' -d 'Address of the server (environment: APIKEYS_URL; default without a token: http://localhost:3000).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" demo' -l 'demo' -d 'Start the reference server with generated keys and read those.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" demo-keys' -l 'demo-keys' -d 'Number of keys that --demo generates.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" from' -l 'from' -d 'Read keys from an NDJSON or JSON file instead of a server; - is standard input.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" max-memory' -l 'max-memory' -d 'Memory limit for loading, such as 512M or 4G (default: half of what the system allows).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" token-file' -l 'token-file' -d 'Read the token from a file that only you can read; - is standard input.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" token-command' -l 'token-command' -d 'Run a program that prints the token.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" token-command-timeout' -l 'token-command-timeout' -d 'Time limit for --token-command, in seconds (default: 10; none when it can prompt at the terminal).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" order' -l 'order' -d 'Order by creation date to request: asc or desc.' -rfka 'asc desc'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" limit-param' -l 'limit-param' -d 'Name of the server\'s limit parameter.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" order-param' -l 'order-param' -d 'Name of the server\'s order parameter.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" log-file' -l 'log-file' -d 'Append a line for each request to this file: status, length, counts; no token, no keys.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" ca-file' -l 'ca-file' -d 'File with additional root certificates (PEM).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" ca-only' -l 'ca-only' -d 'File with the only root certificates to trust (PEM).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list"' -l 'pin' -d 'Accept only a server with this public key, in the format of curl\'s --pinnedpubkey; separate several with ; or repeat the option.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" listener-user' -l 'listener-user' -d 'Over http on this machine, accept a server run by this user, besides you and root; a name or a number.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" allow-http' -l 'allow-http' -d 'Allow sending the token in clear text to another machine, or to any listener on this one.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" connect-timeout' -l 'connect-timeout' -d 'Time limit for connecting, TLS and proxy included, in seconds.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" answer-timeout' -l 'answer-timeout' -d 'Time limit for the start of the response, in seconds.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" idle-timeout' -l 'idle-timeout' -d 'Time limit without any data from the server, in seconds.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" timeout' -l 'timeout' -d 'Time limit for a whole request, in seconds.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" page-size' -l 'page-size' -d 'Keys per request, 1 to 1000.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" max-keys' -l 'max-keys' -d 'Maximum number of keys to load; if the list is longer, commands fail with status 65.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" after-param' -l 'after-param' -d 'Name of the server\'s after parameter.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" before-param' -l 'before-param' -d 'Name of the server\'s before parameter (reserved; currently never sent).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" filter' -l 'filter' -d 'Show only keys that match, such as \'access:full created<2024\'.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" ascii' -l 'ascii' -d 'Write ASCII characters only.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" format' -l 'format' -d 'Output format (default: by the extension of --output; otherwise table on a terminal, tsv elsewhere).' -rfka 'table plain tsv csv json ndjson markdown'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" columns' -l 'columns' -d 'Table columns to write, separated by commas: id, name, created, last-four, creator, access, permissions, count.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" output' -l 'output' -d 'Write to this file, completely or not at all; - is standard output.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" force' -l 'force' -d 'Let --output replace an existing file.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" csv-raw' -l 'csv-raw' -d 'Write CSV values exactly as the server sent them, formulas and control characters included.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" tsv-raw' -l 'tsv-raw' -d 'Write TSV without the \' that keeps spreadsheets from running formulas; control characters stay escaped.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" evidence' -l 'evidence' -d 'Start csv, tsv and markdown output with the evidence: source, time, filter, completeness, count, SHA-256.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" no-evidence' -l 'no-evidence' -d 'Do not write FILE.evidence.json beside the file of --output; json contains its evidence.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" sort' -l 'sort' -d 'Columns to sort by, separated by commas; append :desc for descending order: name, access, permissions, created, creator, last-four, id.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" limit' -l 'limit' -d 'Maximum number of keys to print.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" allow-partial' -l 'allow-partial' -d 'Print the readable keys even if others are missing; the exit status and the evidence show it.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" version' -l 'version' -d 'Show the version.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" url' -l 'url' -d 'Address of the server (environment: APIKEYS_URL; default without a token: http://localhost:3000).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" demo' -l 'demo' -d 'Start the reference server with generated keys and read those.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" demo-keys' -l 'demo-keys' -d 'Number of keys that --demo generates.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" from' -l 'from' -d 'Read keys from an NDJSON or JSON file instead of a server; - is standard input.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" max-memory' -l 'max-memory' -d 'Memory limit for loading, such as 512M or 4G (default: half of what the system allows).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" token-file' -l 'token-file' -d 'Read the token from a file that only you can read; - is standard input.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" token-command' -l 'token-command' -d 'Run a program that prints the token.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" token-command-timeout' -l 'token-command-timeout' -d 'Time limit for --token-command, in seconds (default: 10; none when it can prompt at the terminal).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" order' -l 'order' -d 'Order by creation date to request: asc or desc.' -rfka 'asc desc'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" limit-param' -l 'limit-param' -d 'Name of the server\'s limit parameter.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" order-param' -l 'order-param' -d 'Name of the server\'s order parameter.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" log-file' -l 'log-file' -d 'Append a line for each request to this file: status, length, counts; no token, no keys.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" ca-file' -l 'ca-file' -d 'File with additional root certificates (PEM).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" ca-only' -l 'ca-only' -d 'File with the only root certificates to trust (PEM).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show"' -l 'pin' -d 'Accept only a server with this public key, in the format of curl\'s --pinnedpubkey; separate several with ; or repeat the option.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" listener-user' -l 'listener-user' -d 'Over http on this machine, accept a server run by this user, besides you and root; a name or a number.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" allow-http' -l 'allow-http' -d 'Allow sending the token in clear text to another machine, or to any listener on this one.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" connect-timeout' -l 'connect-timeout' -d 'Time limit for connecting, TLS and proxy included, in seconds.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" answer-timeout' -l 'answer-timeout' -d 'Time limit for the start of the response, in seconds.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" idle-timeout' -l 'idle-timeout' -d 'Time limit without any data from the server, in seconds.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" timeout' -l 'timeout' -d 'Time limit for a whole request, in seconds.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" page-size' -l 'page-size' -d 'Keys per request, 1 to 1000.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" max-keys' -l 'max-keys' -d 'Maximum number of keys to load; if the list is longer, commands fail with status 65.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" after-param' -l 'after-param' -d 'Name of the server\'s after parameter.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" before-param' -l 'before-param' -d 'Name of the server\'s before parameter (reserved; currently never sent).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" filter' -l 'filter' -d 'Show only keys that match, such as \'access:full created<2024\'.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" ascii' -l 'ascii' -d 'Write ASCII characters only.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" allow-partial' -l 'allow-partial' -d 'Search the readable keys even if some records are not readable; the status is then 65.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" version' -l 'version' -d 'Show the version.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" url' -l 'url' -d 'Address of the server (environment: APIKEYS_URL; default without a token: http://localhost:3000).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" demo' -l 'demo' -d 'Start the reference server with generated keys and read those.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" demo-keys' -l 'demo-keys' -d 'Number of keys that --demo generates.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" from' -l 'from' -d 'Read keys from an NDJSON or JSON file instead of a server; - is standard input.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" max-memory' -l 'max-memory' -d 'Memory limit for loading, such as 512M or 4G (default: half of what the system allows).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" token-file' -l 'token-file' -d 'Read the token from a file that only you can read; - is standard input.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" token-command' -l 'token-command' -d 'Run a program that prints the token.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" token-command-timeout' -l 'token-command-timeout' -d 'Time limit for --token-command, in seconds (default: 10; none when it can prompt at the terminal).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" order' -l 'order' -d 'Order by creation date to request: asc or desc.' -rfka 'asc desc'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" limit-param' -l 'limit-param' -d 'Name of the server\'s limit parameter.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" order-param' -l 'order-param' -d 'Name of the server\'s order parameter.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" log-file' -l 'log-file' -d 'Append a line for each request to this file: status, length, counts; no token, no keys.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" ca-file' -l 'ca-file' -d 'File with additional root certificates (PEM).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" ca-only' -l 'ca-only' -d 'File with the only root certificates to trust (PEM).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions"' -l 'pin' -d 'Accept only a server with this public key, in the format of curl\'s --pinnedpubkey; separate several with ; or repeat the option.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" listener-user' -l 'listener-user' -d 'Over http on this machine, accept a server run by this user, besides you and root; a name or a number.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" allow-http' -l 'allow-http' -d 'Allow sending the token in clear text to another machine, or to any listener on this one.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" connect-timeout' -l 'connect-timeout' -d 'Time limit for connecting, TLS and proxy included, in seconds.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" answer-timeout' -l 'answer-timeout' -d 'Time limit for the start of the response, in seconds.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" idle-timeout' -l 'idle-timeout' -d 'Time limit without any data from the server, in seconds.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" timeout' -l 'timeout' -d 'Time limit for a whole request, in seconds.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" page-size' -l 'page-size' -d 'Keys per request, 1 to 1000.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" max-keys' -l 'max-keys' -d 'Maximum number of keys to load; if the list is longer, commands fail with status 65.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" after-param' -l 'after-param' -d 'Name of the server\'s after parameter.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" before-param' -l 'before-param' -d 'Name of the server\'s before parameter (reserved; currently never sent).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" filter' -l 'filter' -d 'Show only keys that match, such as \'access:full created<2024\'.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" ascii' -l 'ascii' -d 'Write ASCII characters only.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" allow-partial' -l 'allow-partial' -d 'Count the readable keys even if some records are not readable; the status is then 65.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" format' -l 'format' -d 'Output format.' -rfka 'table tsv json'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" version' -l 'version' -d 'Show the version.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" url' -l 'url' -d 'Address of the server (environment: APIKEYS_URL; default without a token: http://localhost:3000).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" demo' -l 'demo' -d 'Start the reference server with generated keys and read those.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" demo-keys' -l 'demo-keys' -d 'Number of keys that --demo generates.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" from' -l 'from' -d 'Read keys from an NDJSON or JSON file instead of a server; - is standard input.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" max-memory' -l 'max-memory' -d 'Memory limit for loading, such as 512M or 4G (default: half of what the system allows).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" token-file' -l 'token-file' -d 'Read the token from a file that only you can read; - is standard input.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" token-command' -l 'token-command' -d 'Run a program that prints the token.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" token-command-timeout' -l 'token-command-timeout' -d 'Time limit for --token-command, in seconds (default: 10; none when it can prompt at the terminal).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" order' -l 'order' -d 'Order by creation date to request: asc or desc.' -rfka 'asc desc'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" limit-param' -l 'limit-param' -d 'Name of the server\'s limit parameter.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" order-param' -l 'order-param' -d 'Name of the server\'s order parameter.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" log-file' -l 'log-file' -d 'Append a line for each request to this file: status, length, counts; no token, no keys.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" ca-file' -l 'ca-file' -d 'File with additional root certificates (PEM).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" ca-only' -l 'ca-only' -d 'File with the only root certificates to trust (PEM).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor"' -l 'pin' -d 'Accept only a server with this public key, in the format of curl\'s --pinnedpubkey; separate several with ; or repeat the option.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" listener-user' -l 'listener-user' -d 'Over http on this machine, accept a server run by this user, besides you and root; a name or a number.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" allow-http' -l 'allow-http' -d 'Allow sending the token in clear text to another machine, or to any listener on this one.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" connect-timeout' -l 'connect-timeout' -d 'Time limit for connecting, TLS and proxy included, in seconds.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" answer-timeout' -l 'answer-timeout' -d 'Time limit for the start of the response, in seconds.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" idle-timeout' -l 'idle-timeout' -d 'Time limit without any data from the server, in seconds.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" timeout' -l 'timeout' -d 'Time limit for a whole request, in seconds.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" plain' -l 'plain' -d 'Use plain mode: lines of text instead of a screen, for screen readers and braille (environment: APIKEYS_PLAIN).'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" no-plain' -l 'no-plain' -d 'Use the dashboard, even if the environment selects plain mode.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" ascii' -l 'ascii' -d 'Write ASCII characters only.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" version' -l 'version' -d 'Show the version.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui help" version' -l 'version' -d 'Show the version.'
