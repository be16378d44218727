#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "CProcessSupport.h"

// Signals as bytes in a pipe, so that the event loop can sleep in poll. Returns the descriptor to poll, or -1.
//
// WINCH gives 'W', CONT 'C', TSTP 'Z'; every signal whose own action ends the process, and that is not ignored already,
// gives its number. From then on the loop has a quarter of a second to end the process by apikeys_signals_die or to
// call apikeys_signals_go_on; after that the handler restores the guarded terminal and ends it, whatever the loop does.
int apikeys_signals_install(void);

// Gives the signals their own actions back; ends the process where one has come.
void apikeys_signals_remove(void);

// The signal that asked the program to end; 0 for none.
int apikeys_signals_pending_termination(void);

// This signal does not end the program after all; another that came meanwhile still does.
void apikeys_signals_go_on(int number);

// Stops this process as a shell's Ctrl-Z does, and returns when it continues.
void apikeys_signals_stop_self(void);

// Returns when this job is the terminal's foreground job, or is asked to end; stops it until then.
void apikeys_terminal_wait_foreground(int descriptor);

// True where this job is the terminal's foreground job, or it is unknown.
bool apikeys_terminal_is_foreground(int descriptor);

// Ends this process by a signal, so that its parent sees the true status. Never returns.
void apikeys_signals_die(int signal_number) __attribute__((noreturn));

// Keeps the controlling terminal's modes of now, and what to write so that it shows a shell again: for a signal that
// the loop does not obey in time, a crash, or a refusal of memory. Descriptor -1 forgets them.
void apikeys_terminal_guard(int descriptor, const char *restore, size_t length);

// What to write instead.
void apikeys_terminal_guard_text(const char *restore, size_t length);

// While the terminal belongs to another job, nothing is restored.
void apikeys_terminal_guard_pause(bool is_paused);

// True while the terminal is guarded and does not belong to another job.
bool apikeys_terminal_is_guarded(void);

// Gives the terminal the modes that were kept.
void apikeys_terminal_set_guarded_modes(void);

// Restores the guarded terminal at once, without waiting for a reader. Safe in a signal handler.
void apikeys_terminal_restore_now(void);

// Restores the terminal, prints what the system refuses, and ends with 71. Takes no memory.
void apikeys_end_for_lack(enum apikeys_lack lack) __attribute__((noreturn));

// Handlers for ILL TRAP FPE SEGV BUS ABRT that restore the terminal, print one line without allocating, and re-raise;
// where the system refuses a resource at that moment, they print that, and end with 71.
void apikeys_crash_install(void);

// No core file, not traceable by the same user; SIGPIPE and SIGXFSZ ignored, nothing blocked; what is created is for
// its owner alone; standard descriptors that are closed are never those of something else.
void apikeys_harden_process(void);

// Size of a terminal; false when it has none.
bool apikeys_terminal_size(int descriptor, int *columns, int *rows);

// Bytes waiting to be read; 0 with a readable descriptor is the end of it.
int apikeys_bytes_waiting(int descriptor);
