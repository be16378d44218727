import SystemIO

/// A pipe that a command writes to and this process reads without waiting.
final class CommandPipe {
  private let readEnd: Descriptor
  /// Nil once it is closed here, and the command's alone.
  private(set) var writeEnd: Descriptor?
  private(set) var bytes: [UInt8] = []
  private var isAtEnd = false
  /// There is as much as is wanted: not polled, or it would prevent sleeping.
  private var isFull = false

  init(_ program: String) throws(TokenProblem) {
    do throws(SystemError) {
      let pipe = try PipeEnds(waiting: .writerOnly)
      (readEnd, writeEnd) = (pipe.readEnd, pipe.writeEnd)
    } catch {
      throw .commandFailed(command: program, reason: error.text)
    }
  }

  deinit {
    readEnd.close()
    closeWriteEnd()
  }

  func closeWriteEnd() {
    writeEnd?.close()
    writeEnd = nil
  }

  /// Reads what is there; stops once there are `limit` bytes.
  func read(limit: Int?) {
    var buffer = [UInt8](repeating: 0, count: 4096)
    while !isAtEnd, bytes.count < limit ?? 65_536 {
      let count: Int
      // Nothing more for now.
      do throws(SystemError) { count = try readEnd.read(into: &buffer) } catch { return }
      guard count > 0 else {
        isAtEnd = true
        return
      }
      bytes += buffer[..<count]
    }
    if let limit, bytes.count >= limit { isFull = true }
  }

  func takeBytes() -> [UInt8] {
    defer { bytes = [] }
    return bytes
  }

  /// Sleeps until one of the pipes or of the other descriptors has something: false when the time is over first.
  ///
  /// `milliseconds` is nil for no limit. A signal counts as something.
  static func wait(
    _ first: CommandPipe, _ second: CommandPipe, _ others: [Descriptor], milliseconds: Int32?
  ) -> Bool {
    let pipes = [first, second].map { $0.isAtEnd || $0.isFull ? nil : $0.readEnd }
    var waiting = PollSet((pipes + others).map { .readable($0) })
    return waiting.wait(milliseconds: milliseconds) != .timedOut
  }
}

/// What a command writes to standard error, line by line and no more than a user would read.
struct ErrorLines {
  /// Bytes in all, bytes of a line, and lines.
  private static let limits = (bytes: 8192, line: 1024, lines: 1000)

  private var line: [UInt8] = []
  private var bytesLeft = limits.bytes
  private var linesLeft = limits.lines

  /// There is text that no line end has followed yet.
  var hasUnfinished: Bool { !line.isEmpty }

  mutating func take(_ bytes: [UInt8], _ report: (String) -> Void) {
    for byte in bytes.prefix(bytesLeft) {
      if byte == 0x0A { end(report) } else if line.count < ErrorLines.limits.line { line.append(byte) }
    }
    bytesLeft -= min(bytesLeft, bytes.count)
  }

  mutating func end(_ report: (String) -> Void) {
    if line.last == 0x0D { line.removeLast() }
    if !line.isEmpty, linesLeft > 0 {
      report(String(decoding: line, as: UTF8.self))
      linesLeft -= 1
    }
    line = []
  }
}
