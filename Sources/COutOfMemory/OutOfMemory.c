#include "COutOfMemory.h"

#include <errno.h>
#include <stddef.h>

static void (*out_of_memory)(void) = NULL;

void apikeys_set_out_of_memory(void (*action)(void)) { out_of_memory = action; }

// The language's runtime, and several libraries, print a report and abort when there is no memory; others continue with
// a null pointer. These replace the C library's functions in this program, and call them: a refusal is
// then one sentence and an exit code, whoever asked. Sanitizers bring their own.
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define HAS_OWN_ALLOCATOR 1
#endif
#endif

#if defined(__GLIBC__) && !defined(HAS_OWN_ALLOCATOR)
void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);

static void *checked(void *place) {
  if (__builtin_expect(place == NULL, 0) && out_of_memory != NULL) out_of_memory();
  return place;
}

void *malloc(size_t size) { return checked(__libc_malloc(size)); }

void *calloc(size_t count, size_t size) { return checked(__libc_calloc(count, size)); }

void *realloc(void *place, size_t size) {
  void *moved = __libc_realloc(place, size);
  // Nothing is the right result of making something as small as that.
  return size == 0 ? moved : checked(moved);
}

void *memalign(size_t alignment, size_t size) { return checked(__libc_memalign(alignment, size)); }

void *aligned_alloc(size_t alignment, size_t size) { return checked(__libc_memalign(alignment, size)); }

int posix_memalign(void **place, size_t alignment, size_t size) {
  if (alignment % sizeof(void *) != 0 || alignment == 0 || (alignment & (alignment - 1)) != 0) return EINVAL;
  void *found = checked(__libc_memalign(alignment, size));
  if (found == NULL) return ENOMEM;
  *place = found;
  return 0;
}
#endif
