#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A pipe that a command writes to and this process reads without waiting.
final class CommandPipe {
  private let readEnd: Int32
  private(set) var writeEnd: Int32
  private(set) var bytes: [UInt8] = []
  private var isAtEnd = false

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
  }

  func takeBytes() -> [UInt8] {
    defer { bytes = [] }
    return bytes
  }

  /// Sleeps until one of the pipes has something, or the time is over.
  static func wait(_ first: CommandPipe, _ second: CommandPipe, milliseconds: Int32) {
    var waiting = [first, second].map { pollfd(fd: $0.isAtEnd ? -1 : $0.readEnd, events: Int16(POLLIN), revents: 0) }
    poll(&waiting, nfds_t(waiting.count), milliseconds)
  }
}

/// What a command says on standard error, line by line and no more than a user would read.
struct ComplaintLines {
  private var line: [UInt8] = []
  private var left = 8192

  mutating func take(_ bytes: [UInt8], _ complain: (String) -> Void) {
    for byte in bytes.prefix(left) {
      if byte == 0x0A { end(complain) } else { line.append(byte) }
    }
    left -= min(left, bytes.count)
  }

  mutating func end(_ complain: (String) -> Void) {
    if line.last == 0x0D { line.removeLast() }
    if !line.isEmpty { complain(String(decoding: line, as: UTF8.self)) }
    line = []
  }
}

/// `read` of the system, out of the way of the method of that name.
private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer, _ count: Int) -> Int {
  read(descriptor, buffer, count)
}
