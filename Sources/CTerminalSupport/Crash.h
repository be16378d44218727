#pragma once

// What a crash does, by the signal's number: restores the terminal, writes one line, ends the process by the signal, or
// with 71 where the system lacks something at this moment. Safe in a signal handler.
void apikeys_crash(int number) __attribute__((noreturn));
