/// What a file may hold; there may be any number of either.
struct FileLimits {
  /// Largest JSON text, in bytes after decompression.
  let document: Int
  /// Longest line of one, likewise.
  let line: Int
  /// What memory is needed for one byte of a document or of a line, at most: the text, and what it is decoded to.
  private static let memoryForByte = 8

  /// `memory` in bytes.
  init(memory: Int) {
    document = min(memory / FileLimits.memoryForByte, 1 << 30)
    line = min(memory / FileLimits.memoryForByte, 64 << 20)
  }
}
