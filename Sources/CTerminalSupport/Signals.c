#include "CTerminalSupport.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

static int pipe_write_end = -1;
static volatile sig_atomic_t termination_signal = 0;

static int crash_descriptor = -1;
static struct termios crash_modes;
static char crash_restore[256];
static size_t crash_restore_length = 0;

static void forward(int number) {
  int saved = errno;
  char byte = 0;
  switch (number) {
  case SIGWINCH: byte = 'W'; break;
  case SIGCONT: byte = 'C'; break;
  case SIGTSTP: byte = 'Z'; break;
  default:
    termination_signal = number;
    byte = (char)number;
    break;
  }
  ssize_t ignored = write(pipe_write_end, &byte, 1);
  (void)ignored;
  errno = saved;
}

int apikeys_signals_install(void) {
  int ends[2];
  if (pipe(ends) != 0) return -1;
  for (int i = 0; i < 2; i++) {
    fcntl(ends[i], F_SETFD, FD_CLOEXEC);
    fcntl(ends[i], F_SETFL, O_NONBLOCK);
  }
  pipe_write_end = ends[1];
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = forward;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  const int numbers[] = {SIGWINCH, SIGCONT, SIGTSTP, SIGINT, SIGTERM, SIGHUP, SIGQUIT};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
    struct sigaction old;
    // A session started with nohup keeps ignoring hang-ups; the loop sees the terminal's end by itself.
    if (numbers[i] == SIGHUP && sigaction(SIGHUP, NULL, &old) == 0 && old.sa_handler == SIG_IGN) continue;
    sigaction(numbers[i], &action, NULL);
  }
  return ends[0];
}

int apikeys_signals_pending_termination(void) { return termination_signal; }

// Stops the process by a stop signal on this thread; returns when it goes on.
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
  // this process, at any time; so the group's is ignored here, and this thread then stops the process by itself:
  // raise() returns only after the stop. SIGTSTP and not SIGSTOP, because the system refuses it where no shell is
  // left to let the job go on.
  action.sa_handler = SIG_IGN;
  sigaction(SIGTSTP, &action, &old);
  kill(0, SIGTSTP);
  stop_thread(SIGTSTP);
  sigaction(SIGTSTP, &old, NULL);
}

void apikeys_terminal_wait_foreground(int descriptor) {
  // A job that was continued in the background must stop as it would by itself; the threads of the pool block the
  // signal that does it. Where no shell is left the stop is refused, and nothing is gained by asking for ever.
  for (int tries = 0; tries < 100; tries++) {
    pid_t foreground = tcgetpgrp(descriptor);
    if (foreground < 0 || foreground == getpgrp()) return;
    stop_thread(SIGTTOU);
  }
}

// The signal's own action, on this thread, now: after the first suspension the main actor runs on a thread of the
// system's pool, which blocks every signal, and a blocked one would only wait there while the program ends with 0.
static void take_default(int number) {
  sigset_t one;
  signal(number, SIG_DFL);
  sigemptyset(&one);
  sigaddset(&one, number);
  pthread_sigmask(SIG_UNBLOCK, &one, NULL);
  raise(number);
}

void apikeys_signals_die(int number) { take_default(number); }

void apikeys_crash_protect(int descriptor, const char *restore, size_t length) {
  crash_descriptor = -1;
  if (descriptor < 0) return;
  if (tcgetattr(descriptor, &crash_modes) != 0) return;
  crash_restore_length = length < sizeof crash_restore ? length : sizeof crash_restore;
  memcpy(crash_restore, restore, crash_restore_length);
  crash_descriptor = descriptor;
}

static void crash(int number) {
  static const char before[] = "apikeys-tui: internal error (signal ";
  static const char after[] = "); please report what you did. Nothing was changed.\n";
  ssize_t ignored;
  if (crash_descriptor >= 0) {
    ignored = write(crash_descriptor, crash_restore, crash_restore_length);
    tcsetattr(crash_descriptor, TCSANOW, &crash_modes);
  }
  const char digits[] = {(char)('0' + number / 10 % 10), (char)('0' + number % 10)};
  const size_t zero = number < 10;
  ignored = write(STDERR_FILENO, before, sizeof before - 1);
  ignored = write(STDERR_FILENO, digits + zero, sizeof digits - zero);
  ignored = write(STDERR_FILENO, after, sizeof after - 1);
  (void)ignored;
  take_default(number);
}

void apikeys_crash_install(void) {
  // A stack that overflowed has no room for the handler: it runs on one of its own, on the thread that calls this.
  static char stack[64 * 1024];
  const stack_t own = {.ss_sp = stack, .ss_size = sizeof stack};
  sigaltstack(&own, NULL);
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = crash;
  action.sa_flags = SA_RESETHAND | SA_NODEFER | SA_ONSTACK;
  sigemptyset(&action.sa_mask);
  const int numbers[] = {SIGILL, SIGTRAP, SIGFPE, SIGSEGV, SIGBUS, SIGABRT};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) sigaction(numbers[i], &action, NULL);
}

void apikeys_harden_process(void) {
  const struct rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
#ifdef __linux__
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
  signal(SIGPIPE, SIG_IGN);
  umask(077);
  // A closed standard descriptor would be the next file's or socket's, and what is printed would go there. Opened the
  // wrong way round, it fails as a closed one does.
  for (int descriptor = 0; descriptor <= 2; descriptor++) {
    if (fcntl(descriptor, F_GETFD) != -1) continue;
    if (open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY) < 0) break;
  }
}

bool apikeys_terminal_size(int descriptor, int *columns, int *rows) {
  struct winsize size;
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) return false;
  *columns = size.ws_col;
  *rows = size.ws_row;
  return true;
}

int apikeys_bytes_waiting(int descriptor) {
  int count = 0;
  return ioctl(descriptor, FIONREAD, &count) == 0 ? count : 0;
}
