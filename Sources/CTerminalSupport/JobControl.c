#define _GNU_SOURCE
#include "CTerminalSupport.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

// Stopping and going on, and whose the terminal is meanwhile.

bool apikeys_terminal_is_foreground(int descriptor) {
  pid_t foreground = tcgetpgrp(descriptor);
  return foreground < 0 || foreground == getpgrp();
}

// Stops the process by a stop signal on this thread; returns when it continues.
static void stop_thread(int number) {
  struct sigaction action, old;
  memset(&action, 0, sizeof action);
  sigemptyset(&action.sa_mask);
  action.sa_handler = SIG_DFL;
  sigset_t stop, before;
  sigemptyset(&stop);
  sigaddset(&stop, number);
  sigaction(number, &action, &old);
  pthread_sigmask(SIG_UNBLOCK, &stop, &before);
  raise(number);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  sigaction(number, &old, NULL);
}

void apikeys_signals_stop_self(void) {
  struct sigaction action, old;
  memset(&action, 0, sizeof action);
  sigemptyset(&action.sa_mask);
  // The whole job stops, as with the terminal's own Ctrl-Z. A signal sent to the group may be taken by any thread of
  // this process, at any time; so the group's is ignored here, and this thread then stops the process on its own:
  // raise() returns only after the stop. SIGTSTP and not SIGSTOP, because the system refuses it where no shell is
  // left to continue the job.
  action.sa_handler = SIG_IGN;
  sigaction(SIGTSTP, &action, &old);
  kill(0, SIGTSTP);
  stop_thread(SIGTSTP);
  sigaction(SIGTSTP, &old, NULL);
}

// Whether the terminal is not waited for: it is this job's, or the program was asked to end. The signal that asks may
// be on its way through another thread, because a shell's `kill %1` continues the job right after it; a stop before it
// arrives would keep the job for ever. So it is given some time.
static bool needs_no_wait(int descriptor, int milliseconds) {
  for (int waited = 0;; waited += 10) {
    if (apikeys_signals_pending_termination() != 0 || apikeys_terminal_is_foreground(descriptor)) return true;
    if (waited >= milliseconds) return false;
    poll(NULL, 0, 10);
  }
}

void apikeys_terminal_wait_foreground(int descriptor) {
  // A job that was continued in the background must stop as it would by default; the threads of the pool block the
  // signal that does it. Where no shell is left the stop is refused, and nothing is gained by asking for ever.
  for (int tries = 0; tries < 100; tries++) {
    // Not each time: where a stop is refused, all tries would last for seconds.
    if (needs_no_wait(descriptor, tries < 3 ? 200 : 0)) return;
    stop_thread(SIGTTOU);
  }
}
