import SystemIO

/// Lines of a descriptor, as they come; the terminal itself edits them.
struct LineReader {
  private let descriptor: Descriptor
  private var bytes: [UInt8] = []
  private(set) var isAtEnd = false

  /// Most bytes of one line; what comes after is dropped.
  static let maximumLength = 65_536

  init(descriptor: Descriptor) { self.descriptor = descriptor }

  var hasLine: Bool { bytes.contains(UInt8(ascii: "\n")) || (isAtEnd && !bytes.isEmpty) }

  /// The next whole line, without its end; at the end of input also one without an end. Nil: none yet.
  mutating func next() -> String? {
    if let end = bytes.firstIndex(of: UInt8(ascii: "\n")) {
      let line = String(decoding: bytes[..<min(end, LineReader.maximumLength)], as: UTF8.self)
      bytes.removeFirst(end + 1)
      return line
    }
    guard isAtEnd, !bytes.isEmpty else { return nil }
    defer { bytes = [] }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Reads what waits; called when the descriptor is readable.
  mutating func fill() {
    var buffer = [UInt8](repeating: 0, count: 4096)
    do throws(SystemError) {
      let count = try descriptor.read(into: &buffer)
      guard count > 0 else {
        isAtEnd = true
        return
      }
      // A line without end is cut: no memory is promised to it.
      if bytes.count < LineReader.maximumLength || buffer[..<count].contains(UInt8(ascii: "\n")) {
        bytes.append(contentsOf: buffer[..<count])
      }
    } catch {
      if error != .wouldBlock { isAtEnd = true }
    }
  }

  /// Forgets what was typed ahead.
  mutating func discard() { bytes = [] }
}
