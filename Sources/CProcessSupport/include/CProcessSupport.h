#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// MARK: Arguments

// The arguments as the system gave them when the process started; never read from /proc, which a
// container may lack.
char *const *apikeys_start_arguments(int *count);

// MARK: Resources

enum apikeys_lack {
  APIKEYS_LACK_NOTHING = 0, APIKEYS_LACK_DESCRIPTORS, APIKEYS_LACK_THREADS, APIKEYS_LACK_MEMORY, APIKEYS_LACK_STACK,
  APIKEYS_LACK_PROCESSES
};

// Raises the limit of the stack where it is too low to run, and keeps the stacks and heaps of threads within what the
// limits allow; called first.
enum apikeys_lack apikeys_stacks_prepare(void);

// Takes what a session needs and gives it back: so many descriptors, so many threads at once with their stacks, an
// epoll set, an event and a timer descriptor, a socket, and some memory. Returns what the system refuses first.
// Libraries that trap on such a refusal are called after this.
enum apikeys_lack apikeys_resources_check(int descriptors, int threads);

// What the system refuses at this moment, asked with system calls alone, so that a crash handler may ask.
enum apikeys_lack apikeys_resources_lacking_now(void);

// A sentence for the user: what is refused, and what to do.
const char *apikeys_lack_sentence(enum apikeys_lack lack);

// No program that is started from now on gets rights that this one does not have.
void apikeys_refuse_new_privileges(void);

// MARK: The helper process

// A process of ours, forked before there are threads, that starts programs for us and ends with us. It is C alone and
// takes no memory, because after a fork nothing else is safe.
struct apikeys_helper {
  pid_t process;
  int socket;
};

enum apikeys_helper_kind {
  // value: the process id of the command, which leads a process group of its own. detail: 1 where it has the terminal.
  APIKEYS_HELPER_STARTED = 1,
  // value: an errno.
  APIKEYS_HELPER_REFUSED,
  // There is such a program only where a relative entry of PATH points to.
  APIKEYS_HELPER_RELATIVE,
  // The command was stopped at the terminal; the terminal is ours again until it is continued.
  APIKEYS_HELPER_STOPPED,
  // value: the wait status. detail: the signal of the key that interrupted it, or 0.
  APIKEYS_HELPER_ENDED,
  // The helper is gone.
  APIKEYS_HELPER_GONE
};

struct apikeys_helper_event {
  uint32_t kind;
  int32_t value;
  int32_t detail;
};

// Forks the helper; 0 or an errno. Nothing of the caller's but the environment without APIKEYS_TOKEN, the working
// directory and the terminal is left to it.
int apikeys_helper_start(struct apikeys_helper *helper);

// Starts a command: `words` has `count` texts that each end with NUL. Its output goes to the two descriptors. Where we
// have the terminal, it gets the terminal's foreground and reads it; else, and in any case where `is_apart` is set, it
// reads nothing. Apart, it has a session of its own and cannot open the terminal. 0 or an errno.
int apikeys_helper_run(
    const struct apikeys_helper *helper, const char *words, size_t length, int count, int output, int errors,
    bool is_apart);

// Continues a stopped command in the terminal's foreground.
void apikeys_helper_continue(const struct apikeys_helper *helper);

// Sends a signal to the command's whole group.
void apikeys_helper_signal(const struct apikeys_helper *helper, int number);

// Ends the command's whole group: asked first, killed after a moment. The event `ENDED` follows.
void apikeys_helper_end_command(const struct apikeys_helper *helper);

// The next event; false when there is none yet.
bool apikeys_helper_next(const struct apikeys_helper *helper, struct apikeys_helper_event *event);

// Ends the helper and whatever it started, and waits for that.
void apikeys_helper_close(struct apikeys_helper *helper);
