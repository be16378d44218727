#define _GNU_SOURCE
#include "CProcessSupport.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>

// A stack that every thread of ours is content with.
static const rlim_t least_stack = 1 << 20;
static const rlim_t usual_stack = 8 << 20;
// What the first page of a list takes, with room to spare.
static const size_t least_memory = 24 << 20;

static const rlim_t many_addresses = (rlim_t)4 << 30;

enum { most_descriptors = 64, most_threads = 256 };

static bool can_map(size_t size) {
  void *place = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (place == MAP_FAILED) return false;
  munmap(place, size);
  return true;
}

// The first thread's stack grows up to the limit of the moment; other threads get the size that the limit had when the
// program started, which may be too small to run in, or so large that a few of them take all the address space.
enum apikeys_lack apikeys_stacks_prepare(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_STACK, &limit) != 0) return APIKEYS_LACK_NOTHING;
  if (limit.rlim_cur != RLIM_INFINITY && limit.rlim_cur < least_stack) {
    struct rlimit raised = limit;
    raised.rlim_cur = limit.rlim_max == RLIM_INFINITY || limit.rlim_max > usual_stack ? usual_stack : limit.rlim_max;
    if (raised.rlim_cur < least_stack || setrlimit(RLIMIT_STACK, &raised) != 0) return APIKEYS_LACK_STACK;
  }
  pthread_attr_t attributes;
  size_t size = 0;
  if (pthread_getattr_default_np(&attributes) != 0) return APIKEYS_LACK_NOTHING;
  pthread_attr_getstacksize(&attributes, &size);
  if (size < least_stack || size > usual_stack) {
    pthread_attr_setstacksize(&attributes, size < least_stack ? least_stack : usual_stack);
    pthread_setattr_default_np(&attributes);
  }
  pthread_attr_destroy(&attributes);
  // Each thread's own heap begins with 64 MB of addresses. Where those are limited it would get none, and every small
  // piece of memory would cost several system calls: the program would crawl and not end.
  if (getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur < many_addresses) mallopt(M_ARENA_MAX, 1);
  return APIKEYS_LACK_NOTHING;
}

static enum apikeys_lack check_descriptors(int count) {
  int taken[most_descriptors + 5];
  int number = 0;
  bool isRefused = false;
  const int kinds[] = {
      epoll_create1(EPOLL_CLOEXEC), eventfd(0, EFD_CLOEXEC), timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC),
      socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    if (kinds[i] >= 0) taken[number++] = kinds[i];
    else isRefused = true;
  }
  while (!isRefused && number < count && number < most_descriptors) {
    // Not a copy of a standard descriptor: those may be closed.
    int one = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (one >= 0) taken[number++] = one;
    else isRefused = true;
  }
  while (number > 0) close(taken[--number]);
  return isRefused ? APIKEYS_LACK_DESCRIPTORS : APIKEYS_LACK_NOTHING;
}

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;

static void *pass_gate(void *unused) {
  pthread_mutex_lock(&gate);
  pthread_mutex_unlock(&gate);
  return unused;
}

// All at once, so that what they take together is asked for.
static enum apikeys_lack check_threads(int count) {
  pthread_t threads[most_threads];
  int started = 0;
  enum apikeys_lack lack = APIKEYS_LACK_NOTHING;
  pthread_mutex_lock(&gate);
  while (started < count && started < most_threads) {
    if (pthread_create(&threads[started], NULL, pass_gate, NULL) != 0) {
      lack = can_map(usual_stack) ? APIKEYS_LACK_THREADS : APIKEYS_LACK_MEMORY;
      break;
    }
    started++;
  }
  if (lack == APIKEYS_LACK_NOTHING && !can_map(least_memory)) lack = APIKEYS_LACK_MEMORY;
  pthread_mutex_unlock(&gate);
  for (int i = 0; i < started; i++) pthread_join(threads[i], NULL);
  return lack;
}

enum apikeys_lack apikeys_resources_check(int descriptors, int threads) {
  enum apikeys_lack lack = check_descriptors(descriptors);
  if (lack == APIKEYS_LACK_NOTHING) lack = check_threads(threads);
  return lack;
}

enum apikeys_lack apikeys_resources_lacking_now(void) {
  if (!can_map(usual_stack + (1 << 20))) return APIKEYS_LACK_MEMORY;
  int one = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (one < 0 && (errno == EMFILE || errno == ENFILE)) return APIKEYS_LACK_DESCRIPTORS;
  if (one >= 0) close(one);
  // A process counts as a thread does, and needs no stack of its own.
  long child = syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
  if (child == 0) syscall(SYS_exit_group, 0);
  if (child < 0 && errno == EAGAIN) return APIKEYS_LACK_THREADS;
  if (child > 0) waitpid((pid_t)child, NULL, 0);
  return APIKEYS_LACK_NOTHING;
}

const char *apikeys_lack_sentence(enum apikeys_lack lack) {
  switch (lack) {
  case APIKEYS_LACK_DESCRIPTORS:
    return "The system refuses a file descriptor. Close some programs, or raise the limit: ulimit -n 256";
  case APIKEYS_LACK_THREADS:
    return "The system refuses a thread: too many processes are running. End some, or raise the limit: ulimit -u 256";
  case APIKEYS_LACK_MEMORY:
    return "The system refuses memory. Close some programs, raise the limit (ulimit -v), or read fewer keys.";
  case APIKEYS_LACK_STACK:
    return "The limit of the stack is too low. Raise it: ulimit -s 1024";
  case APIKEYS_LACK_PROCESSES:
    return "The system refuses a process: too many are running. End some, or raise the limit: ulimit -u 256";
  default: return "";
  }
}

void apikeys_refuse_new_privileges(void) {
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}
