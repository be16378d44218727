import CZlib

/// Decompresses a body as it arrives. One compressed member after another is one body; anything else after the last
/// one is damage.
final class Inflater {
  /// `deflate` is zlib's form, or the bare one that some servers send under that name.
  enum Form { case gzip, deflate }
  enum Problem: Error { case damaged, tooLarge, incomplete, noMemory }

  /// zlib keeps its address, so it has one of its own.
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private let output = UnsafeMutablePointer<UInt8>.allocate(capacity: Inflater.outputSize)
  private let form: Form
  private var isUsable: Bool
  /// Of `deflate`, the first byte shows which of the two it is.
  private var isBegun: Bool
  private var isBetweenMembers = false

  private static let outputSize = 1 << 16

  init(_ form: Form) {
    self.form = form
    stream.initialize(to: z_stream())
    isBegun = form == .gzip
    isUsable = form != .gzip || apikeys_inflate_begin(stream) == Z_OK
  }

  deinit {
    // Of no effect where nothing was begun.
    inflateEnd(stream)
    stream.deinitialize(count: 1)
    stream.deallocate()
    output.deallocate()
  }

  /// Adds what the bytes decompress to; stops as soon as `body` would be larger than `limit`.
  func append(_ bytes: UnsafeRawBufferPointer, to body: inout [UInt8], limit: Int) -> Problem? {
    guard isUsable else { return .noMemory }
    guard let start = bytes.bindMemory(to: UInt8.self).baseAddress, let first = bytes.first else { return nil }
    if !isBegun {
      isBegun = true
      // Zlib's first byte names its method in the low half; as the beginning of bare data it would be a block of an odd
      // kind that no compressor writes.
      let isWrapped = first & 0x0F == 8 && first >> 4 <= 7
      isUsable = (isWrapped ? apikeys_inflate_begin_zlib(stream) : apikeys_inflate_begin_bare(stream)) == Z_OK
      guard isUsable else { return .noMemory }
    }
    // zlib does not write to its input; its interface only does not declare it.
    stream.pointee.next_in = UnsafeMutablePointer(mutating: start)
    stream.pointee.avail_in = UInt32(bytes.count)
    while stream.pointee.avail_in > 0 {
      if isBetweenMembers {
        guard form == .gzip, inflateReset(stream) == Z_OK else { return .damaged }
        isBetweenMembers = false
      }
      repeat {
        stream.pointee.next_out = output
        stream.pointee.avail_out = UInt32(Inflater.outputSize)
        let status = inflate(stream, Z_NO_FLUSH)
        let count = Inflater.outputSize - Int(stream.pointee.avail_out)
        guard body.count + count <= limit else { return .tooLarge }
        body.append(contentsOf: UnsafeBufferPointer(start: output, count: count))
        switch status {
        case Z_OK, Z_BUF_ERROR: break
        case Z_STREAM_END: isBetweenMembers = true
        case Z_MEM_ERROR: return .noMemory
        default: return .damaged
        }
        // A full buffer may have more after it.
      } while stream.pointee.avail_out == 0 && !isBetweenMembers
    }
    return nil
  }

  /// What is wrong where the body ends now.
  var problemAtEnd: Problem? { isUsable ? isBetweenMembers ? nil : .incomplete : .noMemory }
}
