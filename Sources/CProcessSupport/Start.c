#include "CProcessSupport.h"

#include <stdlib.h>

static int start_count = 0;
static char *const *start_arguments = 0;

// The C library hands the arguments to every function that runs before main. The language's own list comes from
// /proc/self/cmdline, which a container or a chroot may not have: the options would be lost without a word.
__attribute__((constructor)) static void remember(int count, char **arguments) {
  start_count = count;
  start_arguments = arguments;
}

char *const *apikeys_start_arguments(int *count) {
  *count = start_count;
  return start_arguments;
}
