import APIKeyClient
import APIKeyWire
import CZlib

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Lines of a plain or gzip file, with the padding a parser wants behind each.
final class LineReader {
  private let file: gzFile
  private var buffer: [UInt8]
  /// The byte before what is left to read is the parser's to write.
  private var start = 1
  private var end = 1
  private var isAtEnd = false
  /// What went wrong while reading.
  private(set) var problem: String?

  private static let blockSize = 1 << 18

  init(path: String) throws(KeySourceError) {
    let descriptor = path == "-" ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw errno == ENOENT
        ? .noSuchFile(path: path) : .unreadableFile(path: path, reason: String(cString: strerror(errno)))
    }
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      Glibc.close(descriptor)
      throw .unreadableFile(path: path, reason: "it is a directory")
    }
    guard let opened = gzdopen(descriptor, "rb") else {
      Glibc.close(descriptor)
      throw .unreadableFile(path: path, reason: "there is not enough memory")
    }
    file = opened
    // A quarter of what is asked for at a time: zlib then reads a plain file straight into our buffer.
    gzbuffer(file, UInt32(LineReader.blockSize / 4))
    buffer = [UInt8](repeating: 0, count: LineReader.blockSize + PageDecoder.padding)
  }

  deinit { gzclose(file) }

  /// Reads more behind what is there; false at the end.
  private func fill() -> Bool {
    guard !isAtEnd else { return false }
    if start > 1 {
      buffer.withUnsafeMutableBytes { bytes in
        guard let base = bytes.baseAddress else { return }
        memmove(base + 1, base + start, end - start)
      }
      end -= start - 1
      start = 1
    }
    let room = buffer.count - PageDecoder.padding - end
    if room < LineReader.blockSize / 2 {
      buffer.append(contentsOf: repeatElement(0, count: max(buffer.count, LineReader.blockSize)))
    }
    let space = buffer.count - PageDecoder.padding - end
    let offset = end
    let count = buffer.withUnsafeMutableBytes { bytes in
      apikeys_gz_read(file, bytes.baseAddress.map { $0 + offset }, UInt32(min(space, 1 << 30)))
    }
    if count <= 0 {
      isAtEnd = true
      if count < 0 { problem = "the file is damaged or cannot be read" }
      return false
    }
    end += Int(count)
    return true
  }

  private func lineEnd(from position: Int) -> Int? {
    buffer.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress, end > position else { return nil }
      return memchr(base + position, 0x0A, end - position).map { UnsafeRawPointer($0) - base }
    }
  }

  /// Calls `body` with lines that are whole, as many as are at hand, at least one; false when there are none left.
  ///
  /// The lines stand in `bytes[1...length - 1]`, with breaks between them. `bytes[0]` and `bytes[length]` may be
  /// overwritten, the lines too, and ``PageDecoder/padding`` readable bytes follow.
  func nextBlock(_ body: (_ bytes: UnsafeMutablePointer<UInt8>, _ length: Int) -> Void) -> Bool {
    var searched = start
    while true {
      if let stop = lastBreak(from: searched) {
        emit(until: stop, body)
        start = stop + 1
        return true
      }
      let pending = end - start
      guard fill() else {
        guard end > start else { return false }
        emit(until: end, body)
        start = end
        return true
      }
      searched = start + pending
    }
  }

  /// Whether nothing is left; waits for a pipe to say so.
  var isExhausted: Bool { start == end && !fill() }

  /// Whether one line is left that has no break behind it; waits for a pipe to say so.
  var isOnLastLine: Bool { start < end && !fill() }

  private func lastBreak(from position: Int) -> Int? {
    var stop = end
    while stop > position {
      stop -= 1
      if buffer[stop] == 0x0A { return stop }
    }
    return nil
  }

  private func emit(until stop: Int, _ body: (UnsafeMutablePointer<UInt8>, Int) -> Void) {
    let first = start
    buffer.withUnsafeMutableBufferPointer { bytes in
      // There is always a byte before the first line: the break before it, or the one kept free.
      if let base = bytes.baseAddress { body(base + (first - 1), stop - first + 1) }
    }
  }

  /// The first byte that is no blank; nil for an empty file.
  func peekByte() -> UInt8? {
    while true {
      for position in start..<end where buffer[position] > 0x20 { return buffer[position] }
      if !fill() { return nil }
    }
  }

  /// The first line, left in place; nil when it is longer than a block.
  func peekLine() -> [UInt8]? {
    while lineEnd(from: start) == nil, end - start < LineReader.blockSize, fill() {}
    let stop = lineEnd(from: start) ?? (isAtEnd ? end : nil)
    return stop.map { Array(buffer[start..<$0]) }
  }

  /// Whether the file begins as an object with `data`, over several lines.
  var startsWithPage: Bool {
    let head = String(decoding: buffer[start..<min(end, start + 200)], as: UTF8.self)
    return head.filter { !$0.isWhitespace }.hasPrefix("{\"data\":")
  }

  /// Everything that is left.
  func readAll(limit: Int) -> [UInt8] {
    while end - start < limit, fill() {}
    let rest = Array(buffer[start..<end])
    start = end
    return rest
  }
}
