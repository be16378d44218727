#pragma once
#include <stdbool.h>
#include <sys/types.h>

// Runs a program with a new pseudo-terminal as its controlling terminal, standard input, output and error.
// Both lists end with NULL. Returns 0 and fills the process id and the master's descriptor, or an errno.
int cpty_spawn(
    const char *program, char *const arguments[], char *const environment[], int columns, int rows, pid_t *process,
    int *master);

// Tells the terminal its new size; its foreground job gets SIGWINCH.
bool cpty_resize(int master, int columns, int rows);

// Opens the program's end of the terminal for writing without waiting; -1 where that fails.
int cpty_open_other_end(int master);
