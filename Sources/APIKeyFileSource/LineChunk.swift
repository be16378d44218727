import APIKeyModel
import APIKeyWire
import Glibc

/// The lines of one block, decoded.
struct LineChunk: Sendable {
  /// Lines count from 1 in the block.
  private(set) var content = FileChunk()
  private(set) var lineCount = 0
  /// Where the first line begins that is not one JSON text on its own: it and all after it are still to be read.
  private(set) var stop: Int?

  /// A key in the usual shape takes about this many bytes of a file.
  private static let bytesPerKey = 300

  init(_ block: LineBlock, _ decoder: PageDecoder) {
    content.reserveCapacity(block.end / LineChunk.bytesPerKey)
    let bytes = block.bytes
    var start = 1
    while start < block.end {
      let found = memchr(bytes + start, 0x0A, block.end - start)
      let end = found.map { UnsafeMutableRawPointer($0) - UnsafeMutableRawPointer(bytes) } ?? block.end
      let hasReturn = end > start && bytes[end - 1] == 0x0D
      let size = end - start - (hasReturn ? 1 : 0)
      if size > 0 {
        // What is longer than a page is read as a text of its own, with other limits.
        guard size <= PageDecoder.maximumBytes,
          case .taken = content.take(bytes + start, length: size, line: lineCount + 1, decoder)
        else {
          stop = start
          return
        }
      }
      lineCount += 1
      start = end + 1
    }
  }
}
