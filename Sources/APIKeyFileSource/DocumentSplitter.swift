import APIKeyClient
import APIKeyWire
import Glibc

/// Cuts a file into the JSON texts that follow one another in it, with any white space between them, or none.
///
/// One text is in memory at a time, and each byte is looked at once. Between texts, byte order marks and the record
/// separators of RFC 7464 are passed over too.
final class DocumentReader {
  static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
  static let recordSeparator: UInt8 = 0x1E

  enum Step {
    /// A text begins at ``bytes`` and is so long; ``advance()`` moves past it.
    case text(length: Int)
    /// What begins at this line is no JSON, as the byte of this number shows; the next text is looked for.
    case broken(line: Int, byte: Int)
    /// A pipe has no whole text yet, or the wait for one was cancelled.
    case notYet
    case end
    /// The file ends inside a text, after so many bytes of it.
    case unfinished(line: Int, bytes: Int)
    case tooLong(line: Int)
  }

  private let reader: LineReader
  private let splitter: JSONSplitter
  private let limit: Int
  /// What was read ahead as lines, before it was known that lines are not enough.
  private var ahead: [(block: LineBlock, start: Int)]
  private let buffer = LineBlock(capacity: DocumentReader.piece)
  /// Where the text begins, how far it was looked at, and the number of its line.
  private var start = 1
  private var scanned = 1
  private(set) var line: Int
  private var state = State.between
  private var isAtEnd = false

  private enum State { case between, inside, found, skipping }

  private static let piece = 1 << 17

  /// `ahead` comes first, each block from its index on; no one changes these blocks any more. `limit` is the longest
  /// text, in bytes; `line` the number of the first line. Nil when memory is out.
  init?(_ reader: LineReader, ahead: [(block: LineBlock, start: Int)] = [], line: Int = 1, limit: Int) {
    guard let splitter = JSONSplitter() else { return nil }
    self.reader = reader
    self.splitter = splitter
    self.ahead = ahead.reversed()
    self.limit = limit
    self.line = line
  }

  /// The first byte of the text that was found; ``PageDecoder/padding`` readable bytes follow it.
  var bytes: UnsafePointer<UInt8> { UnsafePointer(buffer.bytes + start) }

  /// How many bytes of the file are here from ``bytes`` on.
  var available: Int { buffer.end - start }

  /// Finds the next text; with `mayWait` it waits for a pipe.
  func next(mayWait: Bool) -> Step {
    while true {
      switch state {
      case .found: return .text(length: scanned - start)
      case .between, .skipping:
        if state == .skipping ? skipBroken() : skipBlanks() {
          state = .inside
          scanned = start
          splitter.begin()
          continue
        }
      case .inside:
        switch splitter.scan(buffer.bytes, from: scanned, to: buffer.end) {
        case .end(let place):
          (scanned, state) = (place, .found)
          continue
        case .wrong(let place):
          let step = Step.broken(line: line, byte: place - start + 1)
          state = .skipping
          return step
        case .moreOrEnd where isAtEnd:
          (scanned, state) = (buffer.end, .found)
          continue
        case .more where isAtEnd: return .unfinished(line: line, bytes: buffer.end - start)
        case .more, .moreOrEnd: scanned = buffer.end
        }
      }
      if isAtEnd { return .end }
      if buffer.end - start > limit { return .tooLong(line: line) }
      switch readMore(mayWait: mayWait) {
      case .added: break
      case .notYet: return .notYet
      case .end: isAtEnd = true
      }
    }
  }

  /// Moves past the text that was found.
  func advance() {
    countLines(to: scanned)
    start = scanned
    state = .between
  }

  private func readMore(mayWait: Bool) -> LineReader.Addition {
    if start > buffer.capacity / 2 { moveToFront() }
    if let (block, place) = ahead.popLast() {
      buffer.append(block.bytes + place, block.end - place)
      return .added
    }
    return reader.read(into: buffer, most: DocumentReader.piece, mayWait: mayWait)
  }

  private func moveToFront() {
    let count = buffer.end - start
    (buffer.bytes + 1).update(from: buffer.bytes + start, count: count)
    scanned -= start - 1
    (start, buffer.end) = (1, 1 + count)
  }

  private func countLines(to end: Int) {
    var place = start
    while place < end, let found = memchr(buffer.bytes + place, 0x0A, end - place) {
      line += 1
      place = UnsafeMutableRawPointer(found) - UnsafeMutableRawPointer(buffer.bytes) + 1
    }
  }

  /// Goes to where the next text begins; false when more must be read to find it.
  private func skipBlanks() -> Bool {
    while start < buffer.end {
      switch buffer.bytes[start] {
      case 0x0A: line += 1
      case 0x20, 0x0D, 0x09, DocumentReader.recordSeparator: break
      case 0xEF:
        // A part of a mark at the end may become a whole one.
        let count = min(3, buffer.end - start)
        let isMark = DocumentReader.byteOrderMark.prefix(count).elementsEqual(
          UnsafeBufferPointer(start: buffer.bytes + start, count: count))
        guard isMark else { return true }
        if count < 3 { return isAtEnd }
        start += 2
      default: return true
      }
      start += 1
    }
    return false
  }

  /// Goes from a text that is broken to the next line that begins as a text does, without white space before it; false
  /// when more must be read to find it.
  private func skipBroken() -> Bool {
    while let found = memchr(buffer.bytes + start, 0x0A, buffer.end - start) {
      let next = UnsafeMutableRawPointer(found) - UnsafeMutableRawPointer(buffer.bytes) + 1
      // The first byte of the next line must be there before this one is left.
      guard next < buffer.end else {
        // Nothing before the break is needed.
        start = next - 1
        return false
      }
      start = next
      line += 1
      switch buffer.bytes[start] {
      case UInt8(ascii: "{"), UInt8(ascii: "["): return true
      case DocumentReader.recordSeparator, 0xEF: return skipBlanks()
      default: break
      }
    }
    start = buffer.end
    return false
  }
}
