#define _GNU_SOURCE
#include "CTerminalSupport.h"

#include "CProcessSupport.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <termios.h>
#include <unistd.h>
#include <sys/prctl.h>

// Milliseconds that the loop has to leave in order after a signal; then the handler leaves without it.
enum { patience = 250 };

static int pipe_ends[2] = {-1, -1};
static volatile sig_atomic_t termination_signal = 0;
static bool is_installed = false;

static void crash(int number) __attribute__((noreturn));
static void take_default(int number) __attribute__((noreturn));

// MARK: The terminal, without the loop

// What brings the terminal back, kept where a handler finds it.
static struct {
  // An open file of its own, so that writing to it never waits, while the loop's own writing still does.
  int descriptor;
  struct termios modes;
  char text[512];
  size_t length;
  volatile sig_atomic_t is_wanted;
} guarded = {.descriptor = -1};

void apikeys_terminal_guard(int descriptor, const char *restore, size_t length) {
  guarded.is_wanted = 0;
  if (guarded.descriptor >= 0) close(guarded.descriptor);
  guarded.descriptor = -1;
  if (descriptor < 0 || tcgetattr(descriptor, &guarded.modes) != 0) return;
  guarded.descriptor = open("/dev/tty", O_WRONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  apikeys_terminal_guard_text(restore, length);
  guarded.is_wanted = guarded.descriptor >= 0;
}

void apikeys_terminal_guard_text(const char *restore, size_t length) {
  guarded.length = length < sizeof guarded.text ? length : sizeof guarded.text;
  memcpy(guarded.text, restore, guarded.length);
}

void apikeys_terminal_guard_pause(bool is_paused) { guarded.is_wanted = !is_paused && guarded.descriptor >= 0; }

bool apikeys_terminal_is_guarded(void) { return guarded.is_wanted; }

bool apikeys_terminal_is_foreground(int descriptor) {
  pid_t foreground = tcgetpgrp(descriptor);
  return foreground < 0 || foreground == getpgrp();
}

void apikeys_terminal_set_guarded_modes(void) {
  if (guarded.descriptor < 0 || !apikeys_terminal_is_foreground(guarded.descriptor)) return;
  tcsetattr(guarded.descriptor, TCSADRAIN, &guarded.modes);
}

// Writes without waiting for a reader; true when everything was taken.
static bool write_at_once(const char *bytes, size_t length) {
  for (int tries = 0; length > 0 && tries < 20; tries++) {
    ssize_t count = write(guarded.descriptor, bytes, length);
    if (count > 0) {
      bytes += count;
      length -= (size_t)count;
    } else if (count < 0 && errno != EAGAIN && errno != EINTR) {
      return false;
    } else {
      // Full, or another thread is at it: a moment, once or twice.
      struct pollfd ready = {.fd = guarded.descriptor, .events = POLLOUT};
      if (tries > 1) return false;
      poll(&ready, 1, 10);
    }
  }
  return length == 0;
}

void apikeys_terminal_restore_now(void) {
  // Ends a sequence that was cut off, which would swallow the next one.
  static const char cancel = 0x18;
  if (!guarded.is_wanted) return;
  guarded.is_wanted = 0;
  const size_t begin = guarded.length > 0 && guarded.text[0] == 0x1B ? 1 : 0;
  // To the terminal of another job only what it needs to leave the second screen is written; its modes are the shell's.
  const bool is_ours = apikeys_terminal_is_foreground(guarded.descriptor);
  sigset_t stops, before;
  sigemptyset(&stops);
  sigaddset(&stops, SIGTTOU);
  pthread_sigmask(SIG_BLOCK, &stops, &before);
  if (!write_at_once(&cancel, begin) || !write_at_once(guarded.text, guarded.length)) {
    // Nobody reads: what waits there is dropped, and there is room. A stopped output is started.
    tcflush(guarded.descriptor, TCOFLUSH);
    tcflow(guarded.descriptor, TCOON);
    if (write_at_once(&cancel, begin)) write_at_once(guarded.text, guarded.length);
  }
  if (is_ours) tcsetattr(guarded.descriptor, TCSANOW, &guarded.modes);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
}

// MARK: Signals

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
    if (number == SIGSYS && information->si_code == SYS_SECCOMP) crash(number);
#endif
    if (number == SIGALRM && termination_signal != 0 && information->si_code > 0) {
      // The time is over. Wherever the loop is, in a write that nobody reads or in a long calculation, it is left there.
      apikeys_terminal_restore_now();
      take_default(termination_signal);
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
    // What this program was started to ignore, as nohup does with hang-ups, stays so; the loop sees the terminal's end by
    // itself.
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

// Whether the terminal is not waited for: it is this job's, or the program was asked to end. The signal that asks may be
// on its way through another thread, because a shell's `kill %1` lets the job go on right behind it; a stop before it
// arrives would keep the job for ever. So it is given some time.
static bool needs_no_wait(int descriptor, int milliseconds) {
  for (int waited = 0;; waited += 10) {
    if (termination_signal != 0 || apikeys_terminal_is_foreground(descriptor)) return true;
    if (waited >= milliseconds) return false;
    poll(NULL, 0, 10);
  }
}

void apikeys_terminal_wait_foreground(int descriptor) {
  // A job that was continued in the background must stop as it would by itself; the threads of the pool block the
  // signal that does it. Where no shell is left the stop is refused, and nothing is gained by asking for ever.
  for (int tries = 0; tries < 100; tries++) {
    // Not each time: where a stop is refused, all tries would last for seconds.
    if (needs_no_wait(descriptor, tries < 3 ? 200 : 0)) return;
    stop_thread(SIGTTOU);
  }
}

// The signal's own action, on this thread, now: a thread that blocks it would only wait there. The first process of a
// container is not ended by its own signals: it ends with the status that a shell gives to that.
static void take_default(int number) {
  sigset_t one;
  signal(number, SIG_DFL);
  sigemptyset(&one);
  sigaddset(&one, number);
  pthread_sigmask(SIG_UNBLOCK, &one, NULL);
  raise(number);
  _exit(128 + number);
}

void apikeys_signals_die(int number) { take_default(number); }

static void say(const char *text) {
  // A reader that has stopped reading does not keep the program.
  struct pollfd ready = {.fd = STDERR_FILENO, .events = POLLOUT};
  if (poll(&ready, 1, 100) == 0) return;
  ssize_t ignored = write(STDERR_FILENO, text, strlen(text));
  (void)ignored;
}

void apikeys_end_for_lack(enum apikeys_lack lack) {
  apikeys_terminal_restore_now();
  say("apikeys-tui: ");
  say(apikeys_lack_sentence(lack));
  say("\n");
  _exit(71);
}

static void crash(int number) {
  const char digits[] = {(char)('0' + number / 10 % 10), (char)('0' + number % 10), 0};
  // A library that traps where the system refuses a thread or a descriptor has not made a mistake of ours.
  const enum apikeys_lack lack = apikeys_resources_lacking_now();
  if (lack != APIKEYS_LACK_NOTHING) apikeys_end_for_lack(lack);
  apikeys_terminal_restore_now();
  say("apikeys-tui: internal error (signal ");
  say(digits + (number < 10));
  say("); please report what you did. Nothing was changed.\n");
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
  // The language's runtime takes QUIT for a crash and waits for a tracer, which this process does not let in.
  struct sigaction old;
  if (sigaction(SIGQUIT, NULL, &old) == 0 && old.sa_handler != SIG_IGN) signal(SIGQUIT, SIG_DFL);
}

void apikeys_harden_process(void) {
  const struct rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  signal(SIGPIPE, SIG_IGN);
  // A file that may not grow is an error of the write, which is told.
  signal(SIGXFSZ, SIG_IGN);
  // The deadline of a signal needs it, whoever ignored it before us.
  signal(SIGALRM, SIG_DFL);
  // Whoever started this may have blocked signals without knowing; none that ends a program is to wait here.
  sigset_t none_blocked;
  sigemptyset(&none_blocked);
  sigprocmask(SIG_SETMASK, &none_blocked, NULL);
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
