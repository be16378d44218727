#define _GNU_SOURCE
#include "CTerminalSupport.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

// How the terminal is brought back without the loop. Everything that a handler calls here is safe in a handler.

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
    // No one reads: pending output is dropped, and there is room. A stopped output is started.
    tcflush(guarded.descriptor, TCOFLUSH);
    tcflow(guarded.descriptor, TCOON);
    if (write_at_once(&cancel, begin)) write_at_once(guarded.text, guarded.length);
  }
  if (is_ours) tcsetattr(guarded.descriptor, TCSANOW, &guarded.modes);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
}
