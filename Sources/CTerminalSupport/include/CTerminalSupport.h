#pragma once
#include <stdbool.h>
#include <stddef.h>

// Signals as bytes in a pipe, so that the event loop can sleep in poll.
// Returns the descriptor to poll, or -1. WINCH gives 'W', CONT 'C', TSTP 'Z', and INT, TERM, HUP, QUIT their number.
int apikeys_signals_install(void);

// The signal that asked the program to end; 0 for none.
int apikeys_signals_pending_termination(void);

// Stops this process as a shell's Ctrl-Z does, and returns when it goes on.
void apikeys_signals_stop_self(void);

// Returns when this job is the terminal's foreground job; stops it until then.
void apikeys_terminal_wait_foreground(int descriptor);

// Ends this process by a signal, so that its parent sees the true status.
void apikeys_signals_die(int signal_number);

// Saves the terminal's modes now, and what to write so that it shows a shell again; the crash handlers and nothing
// else use them. Descriptor -1 forgets them.
void apikeys_crash_protect(int descriptor, const char *restore, size_t length);

// Handlers for ILL TRAP FPE SEGV BUS ABRT that restore the terminal, say one line without any memory, and re-raise.
void apikeys_crash_install(void);

// No core file, not traceable by the same user; SIGPIPE ignored; what is created is for its owner alone; standard
// descriptors that are closed are never those of something else.
void apikeys_harden_process(void);

// Size of a terminal; false when it has none.
bool apikeys_terminal_size(int descriptor, int *columns, int *rows);

// Bytes waiting to be read; 0 with a readable descriptor is the end of it.
int apikeys_bytes_waiting(int descriptor);
