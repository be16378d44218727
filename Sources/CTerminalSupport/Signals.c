#define _GNU_SOURCE
#include "CTerminalSupport.h"
#include "Crash.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

// Signals as bytes in a pipe, and the deadline of those that end the program.

// Milliseconds that the loop has to leave in order after a signal; then the handler leaves without it.
enum { patience = 250 };

static int pipe_ends[2] = {-1, -1};
static volatile sig_atomic_t termination_signal = 0;
static bool is_installed = false;

static void set_deadline(long milliseconds) {
  const struct itimerval deadline = {.it_value = {.tv_usec = milliseconds * 1000}};
  setitimer(ITIMER_REAL, &deadline, NULL);
}

static void forward(int number, siginfo_t *information, void *context) {
  (void)context;
  int saved = errno;
  char byte = (char)number;
  switch (number) {
  case SIGWINCH: byte = 'W'; break;
  case SIGCONT: byte = 'C'; break;
  case SIGTSTP: byte = 'Z'; break;
  default:
#ifdef SYS_SECCOMP
    if (number == SIGSYS && information->si_code == SYS_SECCOMP) apikeys_crash(number);
#endif
    if (number == SIGALRM && termination_signal != 0 && information->si_code > 0) {
      // The time is over. Wherever the loop is, in a write that no one reads or in a long calculation, it is left
      // there.
      apikeys_terminal_restore_now();
      apikeys_signals_die(termination_signal);
    }
    // The first one counts, unless it is an interrupt, which a conversation survives.
    if (termination_signal != 0 && (termination_signal != SIGINT || number == SIGINT)) {
      errno = saved;
      return;
    }
    termination_signal = number;
    set_deadline(patience);
    break;
  }
  ssize_t ignored = write(pipe_ends[1], &byte, 1);
  (void)ignored;
  errno = saved;
}

// True for signals whose own action ends the process, and that are no crash.
static bool is_deadly(int number) {
  switch (number) {
  case SIGKILL: case SIGSTOP: case SIGTSTP: case SIGTTIN: case SIGTTOU: case SIGCONT: case SIGCHLD: case SIGURG:
  case SIGWINCH: case SIGPIPE: case SIGXFSZ:
  case SIGILL: case SIGTRAP: case SIGFPE: case SIGSEGV: case SIGBUS: case SIGABRT:
    return false;
  default: return true;
  }
}

// Calls for each signal that is handled here.
static void set_actions(const struct sigaction *action) {
  for (int number = 1; number <= SIGRTMAX; number++) {
    if (!is_deadly(number) && number != SIGWINCH && number != SIGCONT && number != SIGTSTP) continue;
    struct sigaction old;
    // The C library refuses the two that it keeps for itself.
    if (sigaction(number, NULL, &old) != 0) continue;
    // What this program was started to ignore, as nohup does with hang-ups, stays so; the loop sees the terminal's end
    // by itself.
    if (old.sa_handler == SIG_IGN) continue;
    sigaction(number, action, NULL);
  }
}

int apikeys_signals_install(void) {
  if (pipe_ends[0] < 0) {
    int ends[2];
    if (pipe(ends) != 0) return -1;
    for (int i = 0; i < 2; i++) {
      fcntl(ends[i], F_SETFD, FD_CLOEXEC);
      fcntl(ends[i], F_SETFL, O_NONBLOCK);
    }
    memcpy(pipe_ends, ends, sizeof ends);
  }
  if (is_installed) return pipe_ends[0];
  is_installed = true;
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = forward;
  action.sa_flags = SA_RESTART | SA_SIGINFO;
  // One at a time: the one that comes first decides.
  sigfillset(&action.sa_mask);
  const int crashes[] = {SIGILL, SIGTRAP, SIGFPE, SIGSEGV, SIGBUS, SIGABRT};
  for (size_t i = 0; i < sizeof crashes / sizeof *crashes; i++) sigdelset(&action.sa_mask, crashes[i]);
  set_actions(&action);
  return pipe_ends[0];
}

void apikeys_signals_remove(void) {
  if (!is_installed) return;
  is_installed = false;
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = SIG_DFL;
  sigemptyset(&action.sa_mask);
  set_actions(&action);
  // One that came just before is obeyed now.
  if (termination_signal != 0) apikeys_signals_die(termination_signal);
}

int apikeys_signals_pending_termination(void) { return termination_signal; }

void apikeys_signals_go_on(int number) {
  sig_atomic_t expected = number;
  if (!__atomic_compare_exchange_n(
          &termination_signal, &expected, 0, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
    return;
  set_deadline(0);
  // Another one may have come meanwhile, and its deadline is gone now.
  if (termination_signal != 0) set_deadline(patience);
}

// The signal's own action, on this thread, now: a thread that blocks it would only wait there. The first process of a
// container is not ended by its own signals: it ends with the status that a shell gives to that.
void apikeys_signals_die(int number) {
  sigset_t one;
  signal(number, SIG_DFL);
  sigemptyset(&one);
  sigaddset(&one, number);
  pthread_sigmask(SIG_UNBLOCK, &one, NULL);
  raise(number);
  _exit(128 + number);
}
