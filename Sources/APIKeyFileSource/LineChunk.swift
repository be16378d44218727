import APIKeyModel
import APIKeyWire

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The lines of one block, decoded.
struct LineChunk: Sendable {
  private(set) var keys = KeyBatch()
  private(set) var lineCount = 0
  /// Lines that hold no key.
  private(set) var unreadable = 0
  /// What is wrong with the first of them; lines count from 1 in the block.
  private(set) var problem: (line: Int, text: String)?

  /// A key in the usual shape takes about this many bytes of a file.
  private static let bytesPerKey = 300

  init(_ block: LineBlock, _ decoder: PageDecoder) {
    keys.reserveCapacity(block.end / LineChunk.bytesPerKey)
    let bytes = block.bytes
    var start = 1
    while start < block.end {
      let found = memchr(bytes + start, 0x0A, block.end - start)
      let stop = found.map { UnsafeMutableRawPointer($0) - UnsafeMutableRawPointer(bytes) } ?? block.end
      lineCount += 1
      let hasReturn = stop > start && bytes[stop - 1] == 0x0D
      let size = stop - start - (hasReturn ? 1 : 0)
      if size > 0, let text = decoder.decodeLine(bytes + start, length: size, to: &keys) {
        unreadable += 1
        problem = problem ?? (lineCount, text)
      }
      start = stop + 1
    }
  }
}
