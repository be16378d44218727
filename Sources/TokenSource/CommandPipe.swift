import Glibc

/// A pipe that a command writes to and this process reads without waiting.
final class CommandPipe {
  private let readEnd: Int32
  private(set) var writeEnd: Int32
  private(set) var bytes: [UInt8] = []
  private var isAtEnd = false
  /// There is as much as is wanted: not polled, or it would not let anybody sleep.
  private var isFull = false

  init(_ program: String) throws(TokenProblem) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw .commandFailed(command: program, reason: TokenReader.reason(errno)) }
    (readEnd, writeEnd) = (ends[0], ends[1])
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(readEnd, F_SETFL, O_NONBLOCK)
  }

  deinit {
    close(readEnd)
    closeWriteEnd()
  }

  func closeWriteEnd() {
    guard writeEnd >= 0 else { return }
    close(writeEnd)
    writeEnd = -1
  }

  /// Reads what is there; stops once there are `limit` bytes.
  func read(limit: Int?) {
    var buffer = [UInt8](repeating: 0, count: 4096)
    while !isAtEnd, bytes.count < limit ?? 65_536 {
      let count = systemRead(readEnd, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        isAtEnd = count == 0
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
  static func wait(_ first: CommandPipe, _ second: CommandPipe, _ others: [Int32], milliseconds: Int32) -> Bool {
    var waiting = [first, second].map {
      pollfd(fd: $0.isAtEnd || $0.isFull ? -1 : $0.readEnd, events: Int16(POLLIN), revents: 0)
    }
    waiting += others.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    return poll(&waiting, nfds_t(waiting.count), milliseconds) != 0
  }
}

/// What a command says on standard error, line by line and no more than a user would read.
struct ComplaintLines {
  /// Bytes in all, bytes of a line, and lines.
  private static let limits = (bytes: 8192, line: 1024, lines: 1000)

  private var line: [UInt8] = []
  private var bytesLeft = limits.bytes
  private var linesLeft = limits.lines

  /// Something stands there that no line's end has followed yet.
  var hasUnfinished: Bool { !line.isEmpty }

  mutating func take(_ bytes: [UInt8], _ complain: (String) -> Void) {
    for byte in bytes.prefix(bytesLeft) {
      if byte == 0x0A { end(complain) } else if line.count < ComplaintLines.limits.line { line.append(byte) }
    }
    bytesLeft -= min(bytesLeft, bytes.count)
  }

  mutating func end(_ complain: (String) -> Void) {
    if line.last == 0x0D { line.removeLast() }
    if !line.isEmpty, linesLeft > 0 {
      complain(String(decoding: line, as: UTF8.self))
      linesLeft -= 1
    }
    line = []
  }
}

/// `read` of the system, out of the way of the method of that name.
func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer, _ count: Int) -> Int {
  read(descriptor, buffer, count)
}
