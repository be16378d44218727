import APIKeyClient

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Cuts a file into blocks of whole lines.
final class LineReader {
  private let input: FileInput
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
  /// A line that is longer than allowed: nothing is read behind it.
  private(set) var isTooLong = false
  /// The part of ``readAll(limit:)`` that was read before it was cancelled.
  private var whole: [UInt8] = []

  /// `longestLine` in bytes.
  init(path: String, longestLine: Int, wake: InputWake, pool: LineBlockPool) throws(KeySourceError) {
    self.longestLine = longestLine
    input = try FileInput(path: path, wake: wake)
    self.pool = pool
    pending = pool.take(capacity: LineReader.size)
  }

  /// Why the system would not let it be read to its end.
  var problem: String? { input.problem }
  /// What is wrong with its compressed data.
  var damage: String? { input.damage }

  /// Whether everything was given out.
  var isExhausted: Bool { isTooLong || isAtEnd && pending.end == 1 }

  /// Reads more behind what is there; false at the end, and when cancelled while waiting for a pipe. With `isOneLine`,
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
  /// The lines stand in `bytes[1..<end]`, with breaks between them and maybe one at the end. What is behind a file's
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

  /// The first byte that is no blank; nil for an empty file.
  func peekByte() -> UInt8? {
    var position = 1
    while true {
      while position < pending.end {
        if pending.bytes[position] > 0x20 { return pending.bytes[position] }
        position += 1
      }
      if !fill(upTo: position + LineReader.firstSize) { return nil }
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

  /// Whether the file begins as an object with `data`, over several lines.
  var startsWithPage: Bool {
    let head = UnsafeBufferPointer(start: pending.bytes + 1, count: min(pending.end - 1, 200))
    return String(decoding: head, as: UTF8.self).filter { !$0.isWhitespace }.hasPrefix("{\"data\":")
  }

  /// Everything that is left, and one byte more than `limit` where it is longer; nil, with nothing lost, when cancelled
  /// while waiting for a pipe.
  func readAll(limit: Int) -> [UInt8]? {
    while true {
      whole.append(contentsOf: UnsafeBufferPointer(start: pending.bytes + 1, count: pending.end - 1))
      pending.end = 1
      if whole.count > limit || isAtEnd { break }
      if !fill(upTo: min(LineReader.size, limit + 2 - whole.count)), !isAtEnd { return nil }
    }
    defer { whole = [] }
    return whole
  }
}
