#define _GNU_SOURCE
#include "CTerminalSupport.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

// What the process is from its first moment on.

void apikeys_harden_process(void) {
  const struct rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  signal(SIGPIPE, SIG_IGN);
  // A file that may not grow is an error of the write, which is reported.
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
