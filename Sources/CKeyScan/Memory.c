#include "CKeyScan.h"

#include <fcntl.h>
#include <malloc.h>
#include <stdio.h>
#include <unistd.h>

void ck_return_memory(void) { malloc_trim(0); }

size_t ck_memory_in_use(void) {
  // Asked for each page of a load: the second number is the pages that are in memory.
  int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  if (file >= 0) {
    char text[128];
    unsigned long size, resident;
    ssize_t count = read(file, text, sizeof text - 1);
    close(file);
    text[count > 0 ? count : 0] = 0;
    if (sscanf(text, "%lu %lu", &size, &resident) == 2) return resident * (size_t)sysconf(_SC_PAGESIZE);
  }
  struct mallinfo2 info = mallinfo2();
  return info.uordblks + info.hblkhd;
}
