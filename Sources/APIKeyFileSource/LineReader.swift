import APIKeyClient
import Glibc

/// Cuts a file into blocks of whole lines.
final class LineReader {
  private let input: TextInput
  private let pool: LineBlockPool
  /// What was read and not given out yet.
  private var pending: LineBlock
  private var isAtEnd = false

  /// The first block is small, so that the first rows are soon there; the others fit the caches.
  private static let firstSize = 1 << 16
  private static let size = 1 << 19
  private static let longestPage = 1 << 24
  private var isFirst = true
  private let longestLine: Int
  /// A line that is longer than allowed: nothing after it is read.
  private(set) var isTooLong = false

  /// `longestLine` in bytes.
  init(_ input: FileInput, longestLine: Int, pool: LineBlockPool) {
    self.longestLine = longestLine
    self.input = TextInput(input)
    self.pool = pool
    pending = pool.take(capacity: LineReader.size)
  }

  /// Why the system would not let it be read to its end.
  var problem: String? { input.problem }
  /// What is wrong with its compressed data.
  var damage: String? { input.damage }

  /// Whether everything was given out.
  var isExhausted: Bool { isTooLong || isAtEnd && pending.end == 1 }

  /// Reads more after what is there; false at the end, and when cancelled while waiting for a pipe. With `isOneLine`,
  /// what is there has no break, and may not be longer than a line.
  private func fill(upTo size: Int, isOneLine: Bool = true) -> Bool {
    guard !isAtEnd, !isTooLong else { return false }
    if isOneLine, pending.end > longestLine {
      isTooLong = true
      return false
    }
    if pending.room == 0 { pending.grow(to: pending.capacity * 2) }
    let room = min(pending.room, max(size - pending.end, 1))
    guard let count = input.read(pending.bytes + pending.end, room: room) else { return false }
    isAtEnd = count == 0
    pending.end += count
    return count > 0
  }

  enum Block {
    case lines(LineBlock)
    /// A pipe has no whole line yet.
    case notYet
    case end
  }

  /// The next lines, as many as there are without waiting; with `mayWait`, at least one.
  ///
  /// The lines are in `bytes[1..<end]`, with breaks between them and maybe one at the end. What is behind a file's
  /// last break is a line too. It is also `notYet` when cancelled while waiting.
  func nextBlock(mayWait: Bool) -> Block {
    let size = isFirst ? LineReader.firstSize : LineReader.size
    var searched = 1
    while true {
      if isTooLong { return .end }
      let lastBreak = lastBreak(from: searched)
      if isAtEnd { return pending.end > 1 ? .lines(give(until: pending.end)) : .end }
      let isReady = input.isReady
      if let lastBreak, pending.end >= size || !isReady { return .lines(give(until: lastBreak + 1)) }
      if !isReady, !mayWait { return .notYet }
      searched = lastBreak ?? pending.end
      // A line longer than a block: as much again each time.
      let wanted = lastBreak == nil ? max(size, min(pending.end * 2, longestLine + 2)) : size
      if !fill(upTo: wanted, isOneLine: lastBreak == nil), !isAtEnd, !isTooLong { return .notYet }
    }
  }

  private func give(until end: Int) -> LineBlock {
    isFirst = false
    let block = pending
    pending = pool.take(capacity: LineReader.size)
    pending.append(block.bytes + end, block.end - end)
    block.end = end
    return block
  }

  private func lastBreak(from position: Int) -> Int? {
    var stop = pending.end
    while stop > position {
      stop -= 1
      if pending.bytes[stop] == 0x0A { return stop }
    }
    return nil
  }

  // MARK: Looking ahead

  /// The first byte that is neither blank nor part of a byte order mark; nil for an empty file.
  func peekByte() -> UInt8? {
    var position = 1
    while true {
      while position < pending.end {
        let byte = pending.bytes[position]
        if byte > 0x20, !DocumentReader.byteOrderMark.contains(byte) { return byte }
        position += 1
      }
      if !fill(upTo: position + LineReader.firstSize) { return nil }
    }
  }

  /// Which other format the file has, by its first bytes; nil if they show none.
  var foreignForm: String? {
    let forms: [(signature: [UInt8], name: String)] = [
      ([0x28, 0xB5, 0x2F, 0xFD], "zstd"), ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "xz"), (Array("BZh".utf8), "bzip2"),
      ([0x50, 0x4B, 0x03, 0x04], "zip"), ([0x1F, 0x8B], "gzip, twice"),
    ]
    while pending.end < 8, fill(upTo: LineReader.firstSize) {}
    let start = UnsafeBufferPointer(start: pending.bytes + 1, count: pending.end - 1)
    return forms.first { start.starts(with: $0.signature) }.map {
      "it is compressed with \($0.name): decompress it first"
    }
  }

  /// The first line, left in place; nil when it is longer than any page.
  func peekLine() -> [UInt8]? {
    var searched = 1
    while true {
      if let found = memchr(pending.bytes + searched, 0x0A, pending.end - searched) {
        let length = UnsafeRawPointer(found) - UnsafeRawPointer(pending.bytes) - 1
        return Array(UnsafeBufferPointer(start: pending.bytes + 1, count: length))
      }
      searched = pending.end
      if pending.end > LineReader.longestPage { return nil }
      if !fill(upTo: pending.end + LineReader.firstSize) { break }
    }
    return Array(UnsafeBufferPointer(start: pending.bytes + 1, count: pending.end - 1))
  }

  // MARK: Reading on as one text

  enum Addition { case added, notYet, end }

  /// Adds what comes next after what is in `block`: what is here already, else one more piece, at most `most` bytes. It
  /// is `notYet` where a pipe has nothing more and must not be waited for, and when cancelled while waiting.
  func read(into block: LineBlock, most: Int, mayWait: Bool) -> Addition {
    if pending.end > 1 {
      block.append(pending.bytes + 1, pending.end - 1)
      pending.end = 1
      return .added
    }
    if isAtEnd { return .end }
    if !mayWait, !input.isReady { return .notYet }
    if block.room < most { block.grow(to: max(block.capacity * 2, block.end + most)) }
    guard let count = input.read(block.bytes + block.end, room: most) else { return .notYet }
    isAtEnd = count == 0
    block.end += count
    return isAtEnd ? .end : .added
  }
}
