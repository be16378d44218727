#pragma once
#include <zlib.h>
// gzopen reads plain files as they are, and compressed ones decompressed.
static inline int apikeys_gz_read(gzFile file, void *buffer, unsigned length) { return gzread(file, buffer, length); }
