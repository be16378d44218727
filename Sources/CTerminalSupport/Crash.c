#define _GNU_SOURCE
#include "Crash.h"

#include "CTerminalSupport.h"

#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

// The last message of the program when it cannot continue. None of this takes memory or waits for a reader.

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

void apikeys_crash(int number) {
  const char digits[] = {(char)('0' + number / 10 % 10), (char)('0' + number % 10), 0};
  // A library that traps where the system refuses a thread or a descriptor has not made a mistake of ours.
  const enum apikeys_lack lack = apikeys_resources_lacking_now();
  if (lack != APIKEYS_LACK_NOTHING) apikeys_end_for_lack(lack);
  apikeys_terminal_restore_now();
  say("apikeys-tui: internal error (signal ");
  say(digits + (number < 10));
  say("); please report what you did. Nothing was changed.\n");
  apikeys_signals_die(number);
}

void apikeys_crash_install(void) {
  // A stack that overflowed has no room for the handler: it runs on one of its own, on the thread that calls this.
  static char stack[64 * 1024];
  const stack_t own = {.ss_sp = stack, .ss_size = sizeof stack};
  sigaltstack(&own, NULL);
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = apikeys_crash;
  action.sa_flags = SA_RESETHAND | SA_NODEFER | SA_ONSTACK;
  sigemptyset(&action.sa_mask);
  const int numbers[] = {SIGILL, SIGTRAP, SIGFPE, SIGSEGV, SIGBUS, SIGABRT};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) sigaction(numbers[i], &action, NULL);
  // The language's runtime takes QUIT for a crash and waits for a tracer, which this process does not let in.
  struct sigaction old;
  if (sigaction(SIGQUIT, NULL, &old) == 0 && old.sa_handler != SIG_IGN) signal(SIGQUIT, SIG_DFL);
}
