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
  private var start = 0
  private var end = 0
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
    gzbuffer(file, UInt32(LineReader.blockSize))
    buffer = [UInt8](repeating: 0, count: LineReader.blockSize + PageDecoder.padding)
  }

  deinit { gzclose(file) }

  /// Reads more behind what is there; false at the end.
  private func fill() -> Bool {
    guard !isAtEnd else { return false }
    if start > 0 {
      buffer.withUnsafeMutableBytes { bytes in
        guard let base = bytes.baseAddress else { return }
        memmove(base, base + start, end - start)
      }
      end -= start
      start = 0
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

  /// Calls `body` with the next line, without its break; true when there was none.
  func nextLine(_ body: (UnsafePointer<UInt8>?, Int) -> Void) -> Bool {
    var searched = start
    while true {
      if let stop = lineEnd(from: searched) {
        emit(until: stop, body)
        start = stop + 1
        return false
      }
      let pending = end - start
      guard fill() else {
        guard end > start else { return true }
        emit(until: end, body)
        start = end
        return false
      }
      searched = start + pending
    }
  }

  private func emit(until stop: Int, _ body: (UnsafePointer<UInt8>?, Int) -> Void) {
    var length = stop - start
    if length > 0, buffer[stop - 1] == 0x0D { length -= 1 }
    buffer.withUnsafeBufferPointer { bytes in body(bytes.baseAddress.map { $0 + start }, length) }
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
