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
            __apikeys-tui_parse_subcommand 0 'url=' 'token-file=' 'token-command=' 'demo' 'demo-keys=' 'from=' 'order=' 'page-size=' 'filter=' 'plain' 'no-plain' 'ascii' 'no-color' 'theme=' 'cursor-focus' 'after-param=' 'before-param=' 'limit-param=' 'order-param=' 'ca-file=' 'ca-only=' 'pin=+' 'listener-user=' 'connect-timeout=' 'answer-timeout=' 'idle-timeout=' 'timeout=' 'log-file=' 'allow-http' 'max-keys=' 'max-memory=' 'token-command-timeout=' 'strict' 'version' 'h/help'
        case 'list'
            __apikeys-tui_parse_subcommand 0 'url=' 'token-file=' 'token-command=' 'demo' 'demo-keys=' 'from=' 'order=' 'page-size=' 'filter=' 'plain' 'no-plain' 'ascii' 'no-color' 'theme=' 'cursor-focus' 'after-param=' 'before-param=' 'limit-param=' 'order-param=' 'ca-file=' 'ca-only=' 'pin=+' 'listener-user=' 'connect-timeout=' 'answer-timeout=' 'idle-timeout=' 'timeout=' 'log-file=' 'allow-http' 'max-keys=' 'max-memory=' 'token-command-timeout=' 'format=' 'columns=' 'sort=' 'limit=' 'output=' 'force' 'csv-raw' 'tsv-raw' 'evidence' 'no-evidence' 'allow-partial' 'version' 'h/help'
        case 'show'
            __apikeys-tui_parse_subcommand 1 'url=' 'token-file=' 'token-command=' 'demo' 'demo-keys=' 'from=' 'order=' 'page-size=' 'filter=' 'plain' 'no-plain' 'ascii' 'no-color' 'theme=' 'cursor-focus' 'after-param=' 'before-param=' 'limit-param=' 'order-param=' 'ca-file=' 'ca-only=' 'pin=+' 'listener-user=' 'connect-timeout=' 'answer-timeout=' 'idle-timeout=' 'timeout=' 'log-file=' 'allow-http' 'max-keys=' 'max-memory=' 'token-command-timeout=' 'allow-partial' 'version' 'h/help'
        case 'permissions'
            __apikeys-tui_parse_subcommand 0 'url=' 'token-file=' 'token-command=' 'demo' 'demo-keys=' 'from=' 'order=' 'page-size=' 'filter=' 'plain' 'no-plain' 'ascii' 'no-color' 'theme=' 'cursor-focus' 'after-param=' 'before-param=' 'limit-param=' 'order-param=' 'ca-file=' 'ca-only=' 'pin=+' 'listener-user=' 'connect-timeout=' 'answer-timeout=' 'idle-timeout=' 'timeout=' 'log-file=' 'allow-http' 'max-keys=' 'max-memory=' 'token-command-timeout=' 'allow-partial' 'format=' 'version' 'h/help'
        case 'doctor'
            __apikeys-tui_parse_subcommand 0 'url=' 'token-file=' 'token-command=' 'demo' 'demo-keys=' 'from=' 'order=' 'page-size=' 'filter=' 'plain' 'no-plain' 'ascii' 'no-color' 'theme=' 'cursor-focus' 'after-param=' 'before-param=' 'limit-param=' 'order-param=' 'ca-file=' 'ca-only=' 'pin=+' 'listener-user=' 'connect-timeout=' 'answer-timeout=' 'idle-timeout=' 'timeout=' 'log-file=' 'allow-http' 'max-keys=' 'max-memory=' 'token-command-timeout=' 'version' 'h/help'
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
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_positional "apikeys-tui" -eq 1' -fa 'browse' -d 'Browse the keys: the dashboard, or plain mode with --plain.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_positional "apikeys-tui" -eq 1' -fa 'list' -d 'Print the keys that match: all of them, or an error and none.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_positional "apikeys-tui" -eq 1' -fa 'show' -d 'Print one key, by id, exact name or last four; several that match are listed, and the status is 1.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_positional "apikeys-tui" -eq 1' -fa 'permissions' -d 'Print each permission with the number of keys that hold it.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_positional "apikeys-tui" -eq 1' -fa 'doctor' -d 'Check the address, the token, the connection, the first page and the terminal; say what to fix.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_positional "apikeys-tui" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" url' -l 'url' -d 'The server\'s address (environment: APIKEYS_URL; without a token, http://localhost:3000 by default).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" token-file' -l 'token-file' -d 'Read the token from a file that only you may read; - is standard input.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" token-command' -l 'token-command' -d 'Run a program that prints the token.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" demo' -l 'demo' -d 'Start the reference server with made-up keys, and show those.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" demo-keys' -l 'demo-keys' -d 'How many keys --demo makes up.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" from' -l 'from' -d 'Read keys from a saved NDJSON or JSON file instead of a server; - is standard input.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" order' -l 'order' -d 'The server\'s order by creation date: asc or desc.' -rfka 'asc desc'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" page-size' -l 'page-size' -d 'Keys per request, 1 to 1000.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" filter' -l 'filter' -d 'Show only keys that match, such as \'access:full created<2024\'.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" plain' -l 'plain' -d 'Plain mode: lines of text instead of a screen, for screen readers and braille (environment: APIKEYS_PLAIN).'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" no-plain' -l 'no-plain' -d 'The dashboard, whatever the environment says.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" ascii' -l 'ascii' -d 'Write nothing but ASCII.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" no-color' -l 'no-color' -d 'No colours (environment: NO_COLOR).'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" theme' -l 'theme' -d 'Colours of the dashboard: default, high-contrast or mono; the one chosen last is kept for each host.' -rfka 'default high-contrast mono'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" cursor-focus' -l 'cursor-focus' -d 'Keep the screen still but for the cursor, for screen readers (environment: APIKEYS_CURSOR_FOCUS).'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" after-param' -l 'after-param' -d 'The server\'s name for the parameter after.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" before-param' -l 'before-param' -d 'The server\'s name for the parameter before; no list is read backwards so far, so it is never sent.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" limit-param' -l 'limit-param' -d 'The server\'s name for the parameter limit.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" order-param' -l 'order-param' -d 'The server\'s name for the parameter order.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" ca-file' -l 'ca-file' -d 'A file with further root certificates (PEM).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" ca-only' -l 'ca-only' -d 'A file with the only root certificates that count (PEM).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse"' -l 'pin' -d 'Take only a server with this public key, as curl\'s --pinnedpubkey writes it; several with ; or again.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" listener-user' -l 'listener-user' -d 'Over http on this machine, another user who may listen, besides you and root; a name or a number.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" connect-timeout' -l 'connect-timeout' -d 'Seconds that connecting may take, TLS and proxy included.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" answer-timeout' -l 'answer-timeout' -d 'Seconds that the server may take to begin its answer.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" idle-timeout' -l 'idle-timeout' -d 'Seconds that the server may be silent.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" timeout' -l 'timeout' -d 'Seconds that a request may take in all.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" log-file' -l 'log-file' -d 'Add a line for each request to this file of your own: status, length, counts; no token, no keys.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" allow-http' -l 'allow-http' -d 'Send the token in clear text to another machine, or on this one to whoever listens.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" max-keys' -l 'max-keys' -d 'Keys that are loaded at most; a longer list is a part, and commands then fail with 65.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" max-memory' -l 'max-memory' -d 'Memory the program may use while it loads, such as 512M or 4G (default: half of what the system allows).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" token-command-timeout' -l 'token-command-timeout' -d 'Seconds that --token-command may take (default: 10, or without limit where it can ask at the terminal).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" strict' -l 'strict' -d 'In plain mode, leave with the exit status of the first error: for scripts.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" version' -l 'version' -d 'Show the version.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui browse" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" url' -l 'url' -d 'The server\'s address (environment: APIKEYS_URL; without a token, http://localhost:3000 by default).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" token-file' -l 'token-file' -d 'Read the token from a file that only you may read; - is standard input.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" token-command' -l 'token-command' -d 'Run a program that prints the token.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" demo' -l 'demo' -d 'Start the reference server with made-up keys, and show those.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" demo-keys' -l 'demo-keys' -d 'How many keys --demo makes up.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" from' -l 'from' -d 'Read keys from a saved NDJSON or JSON file instead of a server; - is standard input.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" order' -l 'order' -d 'The server\'s order by creation date: asc or desc.' -rfka 'asc desc'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" page-size' -l 'page-size' -d 'Keys per request, 1 to 1000.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" filter' -l 'filter' -d 'Show only keys that match, such as \'access:full created<2024\'.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" plain' -l 'plain' -d 'Plain mode: lines of text instead of a screen, for screen readers and braille (environment: APIKEYS_PLAIN).'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" no-plain' -l 'no-plain' -d 'The dashboard, whatever the environment says.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" ascii' -l 'ascii' -d 'Write nothing but ASCII.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" no-color' -l 'no-color' -d 'No colours (environment: NO_COLOR).'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" theme' -l 'theme' -d 'Colours of the dashboard: default, high-contrast or mono; the one chosen last is kept for each host.' -rfka 'default high-contrast mono'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" cursor-focus' -l 'cursor-focus' -d 'Keep the screen still but for the cursor, for screen readers (environment: APIKEYS_CURSOR_FOCUS).'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" after-param' -l 'after-param' -d 'The server\'s name for the parameter after.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" before-param' -l 'before-param' -d 'The server\'s name for the parameter before; no list is read backwards so far, so it is never sent.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" limit-param' -l 'limit-param' -d 'The server\'s name for the parameter limit.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" order-param' -l 'order-param' -d 'The server\'s name for the parameter order.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" ca-file' -l 'ca-file' -d 'A file with further root certificates (PEM).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" ca-only' -l 'ca-only' -d 'A file with the only root certificates that count (PEM).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list"' -l 'pin' -d 'Take only a server with this public key, as curl\'s --pinnedpubkey writes it; several with ; or again.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" listener-user' -l 'listener-user' -d 'Over http on this machine, another user who may listen, besides you and root; a name or a number.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" connect-timeout' -l 'connect-timeout' -d 'Seconds that connecting may take, TLS and proxy included.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" answer-timeout' -l 'answer-timeout' -d 'Seconds that the server may take to begin its answer.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" idle-timeout' -l 'idle-timeout' -d 'Seconds that the server may be silent.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" timeout' -l 'timeout' -d 'Seconds that a request may take in all.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" log-file' -l 'log-file' -d 'Add a line for each request to this file of your own: status, length, counts; no token, no keys.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" allow-http' -l 'allow-http' -d 'Send the token in clear text to another machine, or on this one to whoever listens.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" max-keys' -l 'max-keys' -d 'Keys that are loaded at most; a longer list is a part, and commands then fail with 65.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" max-memory' -l 'max-memory' -d 'Memory the program may use while it loads, such as 512M or 4G (default: half of what the system allows).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" token-command-timeout' -l 'token-command-timeout' -d 'Seconds that --token-command may take (default: 10, or without limit where it can ask at the terminal).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" format' -l 'format' -d 'How to write them (default: table on a terminal, else tsv, or what --output\'s ending says).' -rfka 'table plain tsv csv json ndjson markdown'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" columns' -l 'columns' -d 'Columns, separated by commas: id, name, created, last-four, creator, access, permissions, count.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" sort' -l 'sort' -d 'Columns to sort by, separated by commas, each with :desc for the other way: name, access, permissions, created, creator, last-four, id.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" limit' -l 'limit' -d 'Print this many at most.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" output' -l 'output' -d 'Write to this file, whole or not at all; - is standard output.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" force' -l 'force' -d 'Let --output replace a file.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" csv-raw' -l 'csv-raw' -d 'CSV exactly as the server sent it: formulas and control characters included.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" tsv-raw' -l 'tsv-raw' -d 'TSV without the \' that keeps spreadsheets from running formulas; control characters stay named.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" evidence' -l 'evidence' -d 'Begin csv, tsv and markdown with the evidence: source, time, filter, completeness, count, SHA-256.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" no-evidence' -l 'no-evidence' -d 'Write no FILE.evidence.json beside the file that --output names; json has its evidence inside.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" allow-partial' -l 'allow-partial' -d 'Print what can be read where a part is missing; the exit status and the evidence say so.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" version' -l 'version' -d 'Show the version.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" url' -l 'url' -d 'The server\'s address (environment: APIKEYS_URL; without a token, http://localhost:3000 by default).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" token-file' -l 'token-file' -d 'Read the token from a file that only you may read; - is standard input.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" token-command' -l 'token-command' -d 'Run a program that prints the token.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" demo' -l 'demo' -d 'Start the reference server with made-up keys, and show those.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" demo-keys' -l 'demo-keys' -d 'How many keys --demo makes up.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" from' -l 'from' -d 'Read keys from a saved NDJSON or JSON file instead of a server; - is standard input.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" order' -l 'order' -d 'The server\'s order by creation date: asc or desc.' -rfka 'asc desc'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" page-size' -l 'page-size' -d 'Keys per request, 1 to 1000.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" filter' -l 'filter' -d 'Show only keys that match, such as \'access:full created<2024\'.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" plain' -l 'plain' -d 'Plain mode: lines of text instead of a screen, for screen readers and braille (environment: APIKEYS_PLAIN).'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" no-plain' -l 'no-plain' -d 'The dashboard, whatever the environment says.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" ascii' -l 'ascii' -d 'Write nothing but ASCII.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" no-color' -l 'no-color' -d 'No colours (environment: NO_COLOR).'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" theme' -l 'theme' -d 'Colours of the dashboard: default, high-contrast or mono; the one chosen last is kept for each host.' -rfka 'default high-contrast mono'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" cursor-focus' -l 'cursor-focus' -d 'Keep the screen still but for the cursor, for screen readers (environment: APIKEYS_CURSOR_FOCUS).'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" after-param' -l 'after-param' -d 'The server\'s name for the parameter after.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" before-param' -l 'before-param' -d 'The server\'s name for the parameter before; no list is read backwards so far, so it is never sent.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" limit-param' -l 'limit-param' -d 'The server\'s name for the parameter limit.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" order-param' -l 'order-param' -d 'The server\'s name for the parameter order.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" ca-file' -l 'ca-file' -d 'A file with further root certificates (PEM).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" ca-only' -l 'ca-only' -d 'A file with the only root certificates that count (PEM).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show"' -l 'pin' -d 'Take only a server with this public key, as curl\'s --pinnedpubkey writes it; several with ; or again.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" listener-user' -l 'listener-user' -d 'Over http on this machine, another user who may listen, besides you and root; a name or a number.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" connect-timeout' -l 'connect-timeout' -d 'Seconds that connecting may take, TLS and proxy included.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" answer-timeout' -l 'answer-timeout' -d 'Seconds that the server may take to begin its answer.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" idle-timeout' -l 'idle-timeout' -d 'Seconds that the server may be silent.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" timeout' -l 'timeout' -d 'Seconds that a request may take in all.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" log-file' -l 'log-file' -d 'Add a line for each request to this file of your own: status, length, counts; no token, no keys.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" allow-http' -l 'allow-http' -d 'Send the token in clear text to another machine, or on this one to whoever listens.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" max-keys' -l 'max-keys' -d 'Keys that are loaded at most; a longer list is a part, and commands then fail with 65.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" max-memory' -l 'max-memory' -d 'Memory the program may use while it loads, such as 512M or 4G (default: half of what the system allows).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" token-command-timeout' -l 'token-command-timeout' -d 'Seconds that --token-command may take (default: 10, or without limit where it can ask at the terminal).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" allow-partial' -l 'allow-partial' -d 'Look among the keys that can be read although some records cannot: the status is then 65.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" version' -l 'version' -d 'Show the version.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui show" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" url' -l 'url' -d 'The server\'s address (environment: APIKEYS_URL; without a token, http://localhost:3000 by default).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" token-file' -l 'token-file' -d 'Read the token from a file that only you may read; - is standard input.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" token-command' -l 'token-command' -d 'Run a program that prints the token.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" demo' -l 'demo' -d 'Start the reference server with made-up keys, and show those.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" demo-keys' -l 'demo-keys' -d 'How many keys --demo makes up.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" from' -l 'from' -d 'Read keys from a saved NDJSON or JSON file instead of a server; - is standard input.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" order' -l 'order' -d 'The server\'s order by creation date: asc or desc.' -rfka 'asc desc'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" page-size' -l 'page-size' -d 'Keys per request, 1 to 1000.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" filter' -l 'filter' -d 'Show only keys that match, such as \'access:full created<2024\'.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" plain' -l 'plain' -d 'Plain mode: lines of text instead of a screen, for screen readers and braille (environment: APIKEYS_PLAIN).'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" no-plain' -l 'no-plain' -d 'The dashboard, whatever the environment says.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" ascii' -l 'ascii' -d 'Write nothing but ASCII.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" no-color' -l 'no-color' -d 'No colours (environment: NO_COLOR).'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" theme' -l 'theme' -d 'Colours of the dashboard: default, high-contrast or mono; the one chosen last is kept for each host.' -rfka 'default high-contrast mono'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" cursor-focus' -l 'cursor-focus' -d 'Keep the screen still but for the cursor, for screen readers (environment: APIKEYS_CURSOR_FOCUS).'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" after-param' -l 'after-param' -d 'The server\'s name for the parameter after.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" before-param' -l 'before-param' -d 'The server\'s name for the parameter before; no list is read backwards so far, so it is never sent.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" limit-param' -l 'limit-param' -d 'The server\'s name for the parameter limit.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" order-param' -l 'order-param' -d 'The server\'s name for the parameter order.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" ca-file' -l 'ca-file' -d 'A file with further root certificates (PEM).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" ca-only' -l 'ca-only' -d 'A file with the only root certificates that count (PEM).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions"' -l 'pin' -d 'Take only a server with this public key, as curl\'s --pinnedpubkey writes it; several with ; or again.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" listener-user' -l 'listener-user' -d 'Over http on this machine, another user who may listen, besides you and root; a name or a number.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" connect-timeout' -l 'connect-timeout' -d 'Seconds that connecting may take, TLS and proxy included.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" answer-timeout' -l 'answer-timeout' -d 'Seconds that the server may take to begin its answer.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" idle-timeout' -l 'idle-timeout' -d 'Seconds that the server may be silent.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" timeout' -l 'timeout' -d 'Seconds that a request may take in all.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" log-file' -l 'log-file' -d 'Add a line for each request to this file of your own: status, length, counts; no token, no keys.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" allow-http' -l 'allow-http' -d 'Send the token in clear text to another machine, or on this one to whoever listens.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" max-keys' -l 'max-keys' -d 'Keys that are loaded at most; a longer list is a part, and commands then fail with 65.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" max-memory' -l 'max-memory' -d 'Memory the program may use while it loads, such as 512M or 4G (default: half of what the system allows).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" token-command-timeout' -l 'token-command-timeout' -d 'Seconds that --token-command may take (default: 10, or without limit where it can ask at the terminal).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" allow-partial' -l 'allow-partial' -d 'Count the keys that can be read although some records cannot: the status is then 65.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" format' -l 'format' -d 'How to write it.' -rfka 'table tsv json'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" version' -l 'version' -d 'Show the version.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui permissions" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" url' -l 'url' -d 'The server\'s address (environment: APIKEYS_URL; without a token, http://localhost:3000 by default).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" token-file' -l 'token-file' -d 'Read the token from a file that only you may read; - is standard input.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" token-command' -l 'token-command' -d 'Run a program that prints the token.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" demo' -l 'demo' -d 'Start the reference server with made-up keys, and show those.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" demo-keys' -l 'demo-keys' -d 'How many keys --demo makes up.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" from' -l 'from' -d 'Read keys from a saved NDJSON or JSON file instead of a server; - is standard input.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" order' -l 'order' -d 'The server\'s order by creation date: asc or desc.' -rfka 'asc desc'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" page-size' -l 'page-size' -d 'Keys per request, 1 to 1000.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" filter' -l 'filter' -d 'Show only keys that match, such as \'access:full created<2024\'.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" plain' -l 'plain' -d 'Plain mode: lines of text instead of a screen, for screen readers and braille (environment: APIKEYS_PLAIN).'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" no-plain' -l 'no-plain' -d 'The dashboard, whatever the environment says.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" ascii' -l 'ascii' -d 'Write nothing but ASCII.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" no-color' -l 'no-color' -d 'No colours (environment: NO_COLOR).'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" theme' -l 'theme' -d 'Colours of the dashboard: default, high-contrast or mono; the one chosen last is kept for each host.' -rfka 'default high-contrast mono'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" cursor-focus' -l 'cursor-focus' -d 'Keep the screen still but for the cursor, for screen readers (environment: APIKEYS_CURSOR_FOCUS).'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" after-param' -l 'after-param' -d 'The server\'s name for the parameter after.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" before-param' -l 'before-param' -d 'The server\'s name for the parameter before; no list is read backwards so far, so it is never sent.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" limit-param' -l 'limit-param' -d 'The server\'s name for the parameter limit.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" order-param' -l 'order-param' -d 'The server\'s name for the parameter order.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" ca-file' -l 'ca-file' -d 'A file with further root certificates (PEM).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" ca-only' -l 'ca-only' -d 'A file with the only root certificates that count (PEM).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor"' -l 'pin' -d 'Take only a server with this public key, as curl\'s --pinnedpubkey writes it; several with ; or again.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" listener-user' -l 'listener-user' -d 'Over http on this machine, another user who may listen, besides you and root; a name or a number.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" connect-timeout' -l 'connect-timeout' -d 'Seconds that connecting may take, TLS and proxy included.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" answer-timeout' -l 'answer-timeout' -d 'Seconds that the server may take to begin its answer.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" idle-timeout' -l 'idle-timeout' -d 'Seconds that the server may be silent.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" timeout' -l 'timeout' -d 'Seconds that a request may take in all.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" log-file' -l 'log-file' -d 'Add a line for each request to this file of your own: status, length, counts; no token, no keys.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" allow-http' -l 'allow-http' -d 'Send the token in clear text to another machine, or on this one to whoever listens.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" max-keys' -l 'max-keys' -d 'Keys that are loaded at most; a longer list is a part, and commands then fail with 65.' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" max-memory' -l 'max-memory' -d 'Memory the program may use while it loads, such as 512M or 4G (default: half of what the system allows).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" token-command-timeout' -l 'token-command-timeout' -d 'Seconds that --token-command may take (default: 10, or without limit where it can ask at the terminal).' -rfka ''
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" version' -l 'version' -d 'Show the version.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui doctor" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'apikeys-tui' -n '__apikeys-tui_should_offer_completions_for_flags_or_options "apikeys-tui help" version' -l 'version' -d 'Show the version.'
