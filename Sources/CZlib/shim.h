#pragma once
#include <zlib.h>
// For gzip data: the windows of every size, and the header and trailer checked.
static inline int apikeys_inflate_begin(z_stream *stream) { return inflateInit2(stream, 15 + 16); }
// For zlib data, which HTTP calls deflate.
static inline int apikeys_inflate_begin_zlib(z_stream *stream) { return inflateInit(stream); }
// For zlib's data without its header and trailer, which some servers send as deflate.
static inline int apikeys_inflate_begin_bare(z_stream *stream) { return inflateInit2(stream, -15); }
