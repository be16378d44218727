#define _GNU_SOURCE
#include "CProcessSupport.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

extern char **environ;

// MARK: Messages between the two

enum operation { RUN = 1, CONTINUE, SIGNAL, END, RUN_APART };

struct request {
  uint32_t operation;
  int32_t value; // RUN, RUN_APART: the number of words. SIGNAL: its number.
  uint32_t length; // RUN, RUN_APART: bytes of words that follow.
};

// What a command line may be; the system's own limit of one argument.
enum { most_bytes = 131072, most_words = 4096 };

// Milliseconds that a group has between being asked to end and being killed.
enum { grace = 150 };

// And how long one that is killed is waited for by a helper that is to leave.
enum { patience = 1000 };

// MARK: The helper's own side
//
// After a fork only what is safe in a signal handler may be called, in the command's process above all: no memory is
// asked for, and nothing is printed.

static struct {
  int socket;
  // Readable when a child has changed.
  int wake_read, wake_write;
  pid_t owner;
  char **environment;
  char path[PATH_MAX];
  // The command that runs or ran last; 0 for none. Its group lives on as long as `witness` does.
  pid_t command, witness;
  bool is_running;
  int witness_pipe;
  int interrupted;
  // When the group is killed; 0 for never.
  int64_t deadline;
  int terminal;
  bool has_modes, is_stopped;
  struct termios modes, command_modes;
} state;

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static void note_child(int number) {
  (void)number;
  int saved = errno;
  ssize_t ignored = write(state.wake_write, "", 1);
  (void)ignored;
  errno = saved;
}

static void close_from(int first) {
#ifdef SYS_close_range
  if (syscall(SYS_close_range, (unsigned)first, ~0U, 0U) == 0) return;
#endif
  long most = sysconf(_SC_OPEN_MAX);
  if (most < 0 || most > 65536) most = 65536;
  for (int descriptor = first; descriptor < most; descriptor++) close(descriptor);
}

// Every signal's own action, nothing blocked: what a program expects that a shell starts.
static void reset_signals(void) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = SIG_DFL;
  for (int number = 1; number < NSIG; number++) sigaction(number, &action, NULL);
#ifdef SYS_rt_sigaction
  // The C library keeps two for itself and does not touch them; whoever started us may have.
  static const char own_action[64];
  for (int number = 32; number <= 33; number++) syscall(SYS_rt_sigaction, number, own_action, NULL, 8);
#endif
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
}

static void tell(enum apikeys_helper_kind kind, int value, int detail) {
  const struct apikeys_helper_event event = {kind, value, detail};
  ssize_t ignored = send(state.socket, &event, sizeof event, MSG_NOSIGNAL);
  (void)ignored;
}

// MARK: The terminal

// The terminal's foreground, where it is ours to give: -1 elsewhere.
static int open_foreground(void) {
  int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
  if (terminal >= 0 && tcgetpgrp(terminal) != getpgrp()) {
    close(terminal);
    return -1;
  }
  return terminal;
}

// Takes the terminal back from the command, its modes included. A shell that has taken it meanwhile keeps it as it is.
static void take_terminal(void) {
  if (state.terminal < 0 || tcgetpgrp(state.terminal) != state.command) return;
  if (state.has_modes) tcsetattr(state.terminal, TCSANOW, &state.modes);
  tcsetpgrp(state.terminal, getpgrp());
}

// MARK: The command

static bool is_program(const char *path) {
  struct stat status;
  return stat(path, &status) == 0 && S_ISREG(status.st_mode) && access(path, X_OK) == 0;
}

// Fills state.path. What lies in a relative or empty entry of PATH depends on the working directory, and anybody
// may have put it there; it is passed over.
static int find(const char *name, bool *is_only_relative) {
  *is_only_relative = false;
  if (strchr(name, '/') != NULL) {
    if (strlen(name) >= sizeof state.path) return ENAMETOOLONG;
    strcpy(state.path, name);
    return 0;
  }
  const char *list = getenv("PATH");
  if (list == NULL) list = "/usr/local/bin:/usr/bin:/bin";
  char relative[PATH_MAX];
  for (const char *entry = list;; ) {
    const char *end = strchr(entry, ':');
    const size_t length = end != NULL ? (size_t)(end - entry) : strlen(entry);
    if (length + strlen(name) + 2 < sizeof state.path) {
      char *target = entry[0] == '/' ? state.path : relative;
      memcpy(target, entry, length);
      target[length] = 0;
      if (length > 0) strcat(target, "/");
      strcat(target, name);
      if (is_program(target)) {
        if (entry[0] == '/') return 0;
        *is_only_relative = true;
      }
    }
    if (end == NULL) break;
    entry = end + 1;
  }
  return ENOENT;
}

// In the command's process. Never returns.
static void become(
    char *const words[], int output, int errors, int failure, const int start[2], bool has_terminal, bool is_apart) {
  char byte;
  ssize_t count;
  // In a session of its own it has no terminal at all: to ask there fails at once.
  if (is_apart) setsid();
  else setpgid(0, 0);
  // Held here, they would outlive the helper: its owner and this process would wait for each other for ever.
  close(state.socket);
  close(start[1]);
  // Should the helper be killed. Rights that are gained at the start of the program undo it.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  // Until every process is in the group: from now on keys are for this group.
  while ((count = read(start[0], &byte, 1)) < 0 && errno == EINTR) {}
  if (count != 1) _exit(127);
  int input = -1;
  if (has_terminal) {
    // While the signal is ignored, so that the new group is not stopped for taking what it does not have yet.
    tcsetpgrp(state.terminal, getpid());
    input = state.terminal;
  } else {
    input = open("/dev/null", O_RDONLY);
  }
  // Out of the way of the three first: each of them may be one of those that are copied.
  input = fcntl(input, F_DUPFD, 3);
  output = fcntl(output, F_DUPFD, 3);
  errors = fcntl(errors, F_DUPFD, 3);
  int report = fcntl(failure, F_DUPFD_CLOEXEC, 3);
  if (input >= 0 && output >= 0 && errors >= 0 && report >= 0 && dup2(input, 0) == 0 && dup2(output, 1) == 1 &&
      dup2(errors, 2) == 2 && dup2(report, 3) == 3) {
    fcntl(3, F_SETFD, FD_CLOEXEC);
    report = 3;
    close_from(4);
    reset_signals();
    execve(state.path, words, state.environment);
  }
  int code = errno;
  ssize_t ignored = write(report, &code, sizeof code);
  (void)ignored;
  _exit(127);
}

static int witness_write = -1;

static void note_key(int number) {
  char byte = (char)number;
  ssize_t ignored = write(witness_write, &byte, 1);
  (void)ignored;
}

// A process that is only a member of the command's group: it receives Ctrl-C also if the command ignores it, and the
// group's number cannot be reused while it is there. Never returns.
static void be_witness(pid_t group, int report, pid_t helper) {
  if (dup2(report, 0) < 0) _exit(1);
  witness_write = 0;
  close_from(1);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  // It may have gone before that.
  if (getppid() != helper) _exit(1);
  struct sigaction action;
  memset(&action, 0, sizeof action);
  for (int number = 1; number < NSIG; number++) {
    action.sa_handler = number == SIGINT || number == SIGQUIT ? note_key : SIG_IGN;
    sigaction(number, &action, NULL);
  }
  if (setpgid(0, group) != 0) _exit(1);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  // Ready.
  note_key(0);
  for (;;) pause();
}

static void start_witness(void) {
  int ends[2];
  if (pipe(ends) != 0) return;
  const pid_t self = getpid();
  state.witness = fork();
  if (state.witness == 0) be_witness(state.command, ends[1], self);
  close(ends[1]);
  if (state.witness < 0) {
    state.witness = 0;
    close(ends[0]);
    return;
  }
  // Whoever comes first: the group must be joined before the command can be waited for.
  setpgid(state.witness, state.command);
  char byte;
  while (read(ends[0], &byte, 1) < 0 && errno == EINTR) {}
  fcntl(ends[0], F_SETFL, O_NONBLOCK);
  state.witness_pipe = ends[0];
}

// Lets go of a group: everything in it is killed.
static void forget_group(void) {
  if (state.witness > 0) {
    kill(-state.command, SIGKILL);
    kill(state.witness, SIGKILL);
    while (waitpid(state.witness, NULL, 0) < 0 && errno == EINTR) {}
  }
  if (state.witness_pipe >= 0) close(state.witness_pipe);
  if (state.terminal >= 0) close(state.terminal);
  state.witness = 0;
  state.command = 0;
  state.witness_pipe = -1;
  state.terminal = -1;
}

// MARK: Requests

static void run(char *bytes, size_t length, int count, int output, int errors, bool is_apart) {
  // Beside the words, because the helper takes no memory.
  static char *words[most_words + 1];
  size_t start = 0;
  int found = 0;
  for (size_t i = 0; i < length && found < count && found < most_words; i++) {
    if (bytes[i] != 0) continue;
    words[found++] = bytes + start;
    start = i + 1;
  }
  words[found] = NULL;
  if (found == 0 || state.is_running) return tell(APIKEYS_HELPER_REFUSED, EINVAL, 0);
  forget_group();
  bool is_only_relative = false;
  int problem = find(words[0], &is_only_relative);
  if (is_only_relative && problem != 0) return tell(APIKEYS_HELPER_RELATIVE, 0, 0);
  if (problem != 0) return tell(APIKEYS_HELPER_REFUSED, problem, 0);

  int failure[2], begin[2];
  if (pipe(failure) != 0) return tell(APIKEYS_HELPER_REFUSED, errno, 0);
  if (pipe(begin) != 0) {
    const int code = errno;
    close(failure[0]);
    close(failure[1]);
    return tell(APIKEYS_HELPER_REFUSED, code, 0);
  }
  state.terminal = is_apart ? -1 : open_foreground();
  state.has_modes = state.terminal >= 0 && tcgetattr(state.terminal, &state.modes) == 0;
  state.interrupted = 0;
  state.deadline = 0;
  state.is_stopped = false;
  pid_t process = fork();
  if (process == 0) become(words, output, errors, failure[1], begin, state.terminal >= 0, is_apart);
  int code = process < 0 ? errno : 0;
  close(failure[1]);
  if (process > 0) {
    // Who leads a group cannot begin a session.
    if (!is_apart) setpgid(process, process);
    state.command = process;
    if (!is_apart) start_witness();
    if (write(begin[1], "", 1) != 1) kill(process, SIGKILL);
    // Its end is the start of the program.
    ssize_t read_count;
    while ((read_count = read(failure[0], &code, sizeof code)) < 0 && errno == EINTR) {}
    if (read_count != sizeof code) code = 0;
  }
  close(failure[0]);
  close(begin[0]);
  close(begin[1]);
  if (code != 0) {
    if (process > 0) {
      while (waitpid(process, NULL, 0) < 0 && errno == EINTR) {}
      take_terminal();
    }
    forget_group();
    return tell(APIKEYS_HELPER_REFUSED, code, 0);
  }
  state.is_running = true;
  tell(APIKEYS_HELPER_STARTED, process, state.terminal >= 0);
}

static void signal_group(int number) {
  if (state.is_running) kill(-state.command, number);
}

static void end_group(void) {
  if (!state.is_running || state.deadline != 0) return;
  signal_group(SIGTERM);
  signal_group(SIGCONT);
  state.deadline = now() + grace;
}

static void go_on(void) {
  if (!state.is_running || !state.is_stopped) return;
  state.is_stopped = false;
  if (state.terminal >= 0 && tcgetpgrp(state.terminal) == getpgrp()) {
    // The shell may have changed them meanwhile, and those are ours from now on.
    state.has_modes = tcgetattr(state.terminal, &state.modes) == 0;
    tcsetattr(state.terminal, TCSANOW, &state.command_modes);
    tcsetpgrp(state.terminal, state.command);
  }
  signal_group(SIGCONT);
}

static void look_after_command(void) {
  int status = 0;
  if (!state.is_running) return;
  pid_t changed = waitpid(state.command, &status, WNOHANG | WUNTRACED);
  if (changed != state.command) return;
  if (WIFSTOPPED(status)) {
    if (state.terminal < 0 || state.deadline != 0) return;
    state.is_stopped = true;
    tcgetattr(state.terminal, &state.command_modes);
    take_terminal();
    return tell(APIKEYS_HELPER_STOPPED, 0, 0);
  }
  state.is_running = false;
  // A key that ended it is heard by the witness at the same moment; a command may turn it into any status.
  if (state.terminal >= 0 && status != 0 && state.witness_pipe >= 0) {
    struct pollfd key = {.fd = state.witness_pipe, .events = POLLIN};
    char byte;
    if (poll(&key, 1, 50) > 0 && read(state.witness_pipe, &byte, 1) == 1) state.interrupted = byte;
  }
  // A command asked to end ends with all it started; what a command leaves running at its own end may stay while we do.
  if (state.deadline != 0 || state.interrupted != 0 || WIFSIGNALED(status)) kill(-state.command, SIGKILL);
  take_terminal();
  tell(APIKEYS_HELPER_ENDED, status, state.interrupted);
}

static void look_after_keys(void) {
  char byte;
  if (state.witness_pipe < 0) return;
  ssize_t count;
  while ((count = read(state.witness_pipe, &byte, 1)) == 1) {
    if (!state.is_running || state.interrupted != 0) continue;
    // The command has had the signal of the key too.
    state.interrupted = byte;
    if (state.deadline == 0) state.deadline = now() + grace;
  }
  if (count == 0) {
    close(state.witness_pipe);
    state.witness_pipe = -1;
  }
}

// Our owner is gone, or wants us to go.
static void leave(void) {
  if (state.is_running) {
    end_group();
    while (state.is_running) {
      struct pollfd wake = {.fd = state.wake_read, .events = POLLIN};
      const int64_t left = state.deadline - now();
      if (left <= 0) kill(-state.command, SIGKILL);
      // What has become another user's cannot be killed, and is not waited for without end.
      if (left < -patience) {
        take_terminal();
        break;
      }
      poll(&wake, 1, left > 0 ? (int)left : 20);
      char bytes[64];
      while (read(state.wake_read, bytes, sizeof bytes) > 0) {}
      look_after_command();
    }
    // Who read from the terminal before it was given back was stopped for that.
    if (state.terminal >= 0) kill(0, SIGCONT);
  }
  forget_group();
  _exit(0);
}

static bool receive(struct request *request, char *bytes, int descriptors[2]) {
  struct iovec place = {.iov_base = request, .iov_len = sizeof *request};
  union {
    struct cmsghdr header;
    char bytes[CMSG_SPACE(2 * sizeof(int))];
  } control;
  struct msghdr message = {
      .msg_iov = &place, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
  ssize_t count;
  while ((count = recvmsg(state.socket, &message, MSG_WAITALL | MSG_CMSG_CLOEXEC)) < 0 && errno == EINTR) {}
  if (count != sizeof *request) return false;
  for (struct cmsghdr *header = CMSG_FIRSTHDR(&message); header != NULL; header = CMSG_NXTHDR(&message, header)) {
    if (header->cmsg_type == SCM_RIGHTS && header->cmsg_len == CMSG_LEN(2 * sizeof(int)))
      memcpy(descriptors, CMSG_DATA(header), 2 * sizeof(int));
  }
  if (request->length > most_bytes) return false;
  size_t filled = 0;
  while (filled < request->length) {
    count = recv(state.socket, bytes + filled, request->length - filled, 0);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    filled += (size_t)count;
  }
  return true;
}

static void obey(void) {
  static char bytes[most_bytes];
  struct request request;
  int descriptors[2] = {-1, -1};
  if (!receive(&request, bytes, descriptors)) leave();
  switch (request.operation) {
  case RUN:
  case RUN_APART:
    if (descriptors[0] < 0) tell(APIKEYS_HELPER_REFUSED, EMFILE, 0);
    else run(bytes, request.length, request.value, descriptors[0], descriptors[1], request.operation == RUN_APART);
    break;
  case CONTINUE: go_on(); break;
  case SIGNAL: signal_group(request.value); break;
  case END: end_group(); break;
  default: leave();
  }
  for (int i = 0; i < 2; i++) {
    if (descriptors[i] >= 0) close(descriptors[i]);
  }
}

// No command may see the token; the pointers are compacted in place.
static void forget_token(void) {
  char **target = environ;
  for (char **entry = environ; *entry != NULL; entry++) {
    if (strncmp(*entry, "APIKEYS_TOKEN=", 14) == 0) memset(*entry + 14, 0, strlen(*entry + 14));
    else *target++ = *entry;
  }
  *target = NULL;
  state.environment = environ;
}

static void serve(int socket, pid_t owner) {
  // Should the socket's end ever be missed.
  prctl(PR_SET_PDEATHSIG, SIGHUP);
  prctl(PR_SET_NAME, "apikeys-helper");
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = SIG_IGN;
  // What ends our owner ends the socket, and that ends us, after the command. Signals of the whole group are not for
  // us.
  for (int number = 1; number < NSIG; number++) {
    const bool is_crash = number == SIGSEGV || number == SIGBUS || number == SIGILL || number == SIGFPE;
    action.sa_handler = is_crash ? SIG_DFL : SIG_IGN;
    sigaction(number, &action, NULL);
  }
  // Low and in a row: the socket, then the pipe. The three standard ones lead nowhere.
  int null = open("/dev/null", O_RDWR);
  int moved = fcntl(socket, F_DUPFD, 16);
  if (null < 0 || moved < 0 || dup2(null, 0) < 0 || dup2(null, 1) < 0 || dup2(null, 2) < 0 || dup2(moved, 3) < 0) _exit(1);
  close_from(4);
  int ends[2];
  if (pipe(ends) != 0) _exit(1);
  for (int i = 0; i < 2; i++) {
    fcntl(ends[i], F_SETFD, FD_CLOEXEC);
    fcntl(ends[i], F_SETFL, O_NONBLOCK);
  }
  fcntl(3, F_SETFD, FD_CLOEXEC);
  state.socket = 3;
  state.wake_read = ends[0];
  state.wake_write = ends[1];
  state.owner = owner;
  state.witness_pipe = -1;
  state.terminal = -1;
  forget_token();
  action.sa_handler = note_child;
  action.sa_flags = SA_RESTART;
  sigaction(SIGCHLD, &action, NULL);
  action.sa_handler = note_child;
  sigaction(SIGHUP, &action, NULL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);

  for (;;) {
    struct pollfd waiting[] = {
        {.fd = state.socket, .events = POLLIN},
        {.fd = state.wake_read, .events = POLLIN},
        {.fd = state.witness_pipe, .events = POLLIN},
        // Only its end is of interest.
        {.fd = state.is_running && state.interrupted == 0 ? state.terminal : -1, .events = 0},
    };
    int timeout = -1;
    if (state.is_running && state.deadline != 0) {
      const int64_t left = state.deadline - now();
      if (left <= 0) kill(-state.command, SIGKILL);
      timeout = left > 0 ? (int)left : 20;
    }
    if (poll(waiting, 4, timeout) < 0 && errno != EINTR) leave();
    if (getppid() != state.owner) leave();
    if (waiting[3].revents != 0 && state.interrupted == 0) {
      // No one is left to respond, and the system reports that to the command only.
      state.interrupted = SIGHUP;
      end_group();
    }
    look_after_keys();
    if (waiting[1].revents != 0) {
      char bytes[64];
      while (read(state.wake_read, bytes, sizeof bytes) > 0) {}
    }
    look_after_command();
    if (waiting[0].revents != 0) obey();
  }
}

// MARK: Our side

int apikeys_helper_start(struct apikeys_helper *helper) {
  int ends[2];
  helper->process = 0;
  helper->socket = -1;
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return errno;
  const pid_t owner = getpid();
  pid_t process = fork();
  if (process == 0) serve(ends[1], owner);
  int code = errno;
  close(ends[1]);
  if (process < 0) {
    close(ends[0]);
    return code;
  }
  helper->process = process;
  helper->socket = ends[0];
  return 0;
}

static int ask(
    const struct apikeys_helper *helper, const struct request *request, const char *bytes, const int *descriptors) {
  struct iovec place = {.iov_base = (void *)request, .iov_len = sizeof *request};
  union {
    struct cmsghdr header;
    char bytes[CMSG_SPACE(2 * sizeof(int))];
  } control;
  struct msghdr message = {.msg_iov = &place, .msg_iovlen = 1};
  if (descriptors != NULL) {
    message.msg_control = control.bytes;
    message.msg_controllen = sizeof control.bytes;
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(2 * sizeof(int));
    memcpy(CMSG_DATA(header), descriptors, 2 * sizeof(int));
  }
  ssize_t count;
  while ((count = sendmsg(helper->socket, &message, MSG_NOSIGNAL)) < 0 && errno == EINTR) {}
  if (count != sizeof *request) return errno;
  size_t sent = 0;
  while (sent < request->length) {
    count = send(helper->socket, bytes + sent, request->length - sent, MSG_NOSIGNAL);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return errno;
    sent += (size_t)count;
  }
  return 0;
}

int apikeys_helper_run(
    const struct apikeys_helper *helper, const char *words, size_t length, int count, int output, int errors,
    bool is_apart) {
  if (length > most_bytes || count > most_words) return E2BIG;
  const struct request request = {is_apart ? RUN_APART : RUN, count, (uint32_t)length};
  const int descriptors[2] = {output, errors};
  return ask(helper, &request, words, descriptors);
}

void apikeys_helper_continue(const struct apikeys_helper *helper) {
  const struct request request = {CONTINUE, 0, 0};
  ask(helper, &request, NULL, NULL);
}

void apikeys_helper_signal(const struct apikeys_helper *helper, int number) {
  const struct request request = {SIGNAL, number, 0};
  ask(helper, &request, NULL, NULL);
}

void apikeys_helper_end_command(const struct apikeys_helper *helper) {
  const struct request request = {END, 0, 0};
  ask(helper, &request, NULL, NULL);
}

bool apikeys_helper_next(const struct apikeys_helper *helper, struct apikeys_helper_event *event) {
  ssize_t count;
  while ((count = recv(helper->socket, event, sizeof *event, MSG_DONTWAIT)) < 0 && errno == EINTR) {}
  if (count == sizeof *event) return true;
  if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return false;
  *event = (struct apikeys_helper_event){APIKEYS_HELPER_GONE, 0, 0};
  return true;
}

void apikeys_helper_close(struct apikeys_helper *helper) {
  if (helper->socket >= 0) close(helper->socket);
  helper->socket = -1;
  if (helper->process > 0) {
    while (waitpid(helper->process, NULL, 0) < 0 && errno == EINTR) {}
  }
  helper->process = 0;
}
