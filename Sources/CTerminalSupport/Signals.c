#include "CTerminalSupport.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
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
  sigset_t stop, before;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTSTP);
  pthread_sigmask(SIG_UNBLOCK, &stop, &before);
  action.sa_handler = SIG_DFL;
  sigaction(SIGTSTP, &action, NULL);
  raise(SIGTSTP);
  sigaction(SIGTSTP, &old, NULL);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void apikeys_signals_die(int number) {
  signal(number, SIG_DFL);
  raise(number);
}

void apikeys_crash_protect(int descriptor, const char *restore, size_t length) {
  crash_descriptor = -1;
  if (descriptor < 0) return;
  if (tcgetattr(descriptor, &crash_modes) != 0) return;
  crash_restore_length = length < sizeof crash_restore ? length : sizeof crash_restore;
  memcpy(crash_restore, restore, crash_restore_length);
  crash_descriptor = descriptor;
}

static void crash(int number) {
  static const char sentence[] = "apikeys-tui: internal error; please report what you did. Nothing was changed.\n";
  ssize_t ignored;
  if (crash_descriptor >= 0) {
    ignored = write(crash_descriptor, crash_restore, crash_restore_length);
    tcsetattr(crash_descriptor, TCSANOW, &crash_modes);
  }
  ignored = write(STDERR_FILENO, sentence, sizeof sentence - 1);
  (void)ignored;
  signal(number, SIG_DFL);
  raise(number);
}

void apikeys_crash_install(void) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = crash;
  action.sa_flags = SA_RESETHAND | SA_NODEFER;
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
