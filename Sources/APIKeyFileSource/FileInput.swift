import APIKeyClient
import CZlib
import Digests
import Glibc

/// The bytes of a file or a pipe, decompressed where they are gzip data: as they come, never waiting for more than there is.
final class FileInput {
  private let descriptor: Int32
  private let wake: InputWake
  private var form = Form.unknown
  /// What was read and is not passed on yet; only for gzip data, and for the first bytes.
  private var rawCount = 0
  private let raw = UnsafeMutablePointer<UInt8>.allocate(capacity: FileInput.rawSize)
  /// zlib keeps its address, so it has one of its own.
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  /// Why the system would not let it be read to its end.
  private(set) var problem: String?
  /// What is wrong with its compressed data.
  private(set) var damage: String?
  /// Of the file's own bytes, compressed or not; nil where nobody wants it.
  var digest: SHA256?

  private enum Form { case unknown, plain, gzip, betweenMembers, ended }

  private static let rawSize = 1 << 16

  init(path: String, wake: InputWake) throws(KeySourceError) {
    self.wake = wake
    stream.initialize(to: z_stream())
    var status = stat()
    // Looked at before it is opened: to open a device can be an act of its own.
    if path != "-", stat(path, &status) == 0, let reason = FileInput.refusal(status) {
      descriptor = -1
      throw .unreadableFile(path: path == "-" ? "standard input" : path, reason: reason)
    }
    // A pipe by name would keep the call until somebody writes: it is waited for where waiting can be ended.
    descriptor = path == "-" ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw errno == ENOENT
        ? .noSuchFile(path: path) : .unreadableFile(path: path, reason: String(cString: strerror(errno)))
    }
    if fstat(descriptor, &status) == 0, let reason = FileInput.refusal(status) {
      throw .unreadableFile(path: path == "-" ? "standard input" : path, reason: reason)
    }
  }

  /// Why a thing in the file system is not read; nil for files, pipes, terminals and what is always empty.
  private static func refusal(_ status: stat) -> String? {
    switch status.st_mode & S_IFMT {
    case S_IFDIR: "it is a directory"
    case S_IFBLK: "it is a device"
    case S_IFCHR: isTerminalOrNull(status) ? nil : "it is a device"
    default: nil
    }
  }

  /// Terminals by their numbers: those that are attached, consoles and serial lines, and pseudo-terminals.
  private static func isTerminalOrNull(_ status: stat) -> Bool {
    let major = status.st_rdev >> 8 & 0xFFF
    let minor = status.st_rdev & 0xFF
    return [4, 5].contains(major) || (136...143).contains(major) || (major == 1 && minor == 3)
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    // Of no effect where nothing was begun.
    inflateEnd(stream)
    stream.deinitialize(count: 1)
    stream.deallocate()
    raw.deallocate()
  }

  /// Whether reading now would not wait: there are bytes, or the end.
  var isReady: Bool {
    if stream.pointee.avail_in > 0 { return true }
    var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&wanted, 1, 0) > 0
  }

  /// Reads up to `room` bytes, at least one; 0 at the end and after a failure (see ``problem``), nil when the
  /// task was cancelled while it waited.
  func read(_ target: UnsafeMutablePointer<UInt8>, room: Int) -> Int? {
    switch form {
    case .unknown: begin(target, room)
    case .plain: readDescriptor(target, room)
    case .gzip, .betweenMembers: inflate(target, room)
    case .ended: 0
    }
  }

  private func readDescriptor(_ target: UnsafeMutablePointer<UInt8>, _ room: Int) -> Int? {
    while true {
      guard wake.waitForInput(of: descriptor) else {
        if Task.isCancelled { return nil }
        wake.lower()
        continue
      }
      let count = Glibc.read(descriptor, target, room)
      if count >= 0 {
        digest?.update(UnsafeBufferPointer(start: target, count: count))
        return count
      }
      if errno == EINTR || errno == EAGAIN { continue }
      problem = String(cString: strerror(errno))
      return 0
    }
  }

  /// The first bytes say whether it is compressed.
  private func begin(_ target: UnsafeMutablePointer<UInt8>, _ room: Int) -> Int? {
    while rawCount < 2 {
      guard let more = readDescriptor(raw + rawCount, min(room, FileInput.rawSize) - rawCount) else { return nil }
      if more == 0 { break }
      rawCount += more
    }
    let count = rawCount
    guard count >= 2, raw[0] == 0x1F, raw[1] == 0x8B else {
      form = .plain
      target.update(from: raw, count: count)
      return count
    }
    guard apikeys_inflate_begin(stream) == Z_OK else { return fail("there is not enough memory") }
    form = .gzip
    stream.pointee.next_in = raw
    stream.pointee.avail_in = UInt32(count)
    return inflate(target, room)
  }

  private func inflate(_ target: UnsafeMutablePointer<UInt8>, _ room: Int) -> Int? {
    stream.pointee.next_out = target
    stream.pointee.avail_out = UInt32(min(room, 1 << 30))
    let wanted = stream.pointee.avail_out
    while stream.pointee.avail_out == wanted {
      if stream.pointee.avail_in == 0 {
        guard let count = readDescriptor(raw, FileInput.rawSize) else { return nil }
        if count == 0 {
          if form == .gzip, problem == nil { return fail("its compressed data ends too early") }
          form = .ended
          return 0
        }
        stream.pointee.next_in = raw
        stream.pointee.avail_in = UInt32(count)
      }
      if form == .betweenMembers {
        // One compressed file after another is one file; zeros behind the last fill a block of a tape.
        let byte = stream.pointee.next_in[0]
        if byte == 0 {
          stream.pointee.next_in += 1
          stream.pointee.avail_in -= 1
          continue
        }
        guard byte == 0x1F else { return fail("something else stands behind its compressed data") }
        guard inflateReset(stream) == Z_OK else { return fail("there is not enough memory") }
        form = .gzip
      }
      switch CZlib.inflate(stream, Z_NO_FLUSH) {
      case Z_OK, Z_BUF_ERROR: break
      case Z_STREAM_END: form = .betweenMembers
      default: return fail("its compressed data is damaged")
      }
    }
    return Int(wanted - stream.pointee.avail_out)
  }

  private func fail(_ reason: String) -> Int {
    damage = reason
    form = .ended
    return 0
  }
}

/// Ends the wait for a pipe that says nothing: raised when nobody wants its bytes any more.
final class InputWake: Sendable {
  private let readEnd: Int32
  private let writeEnd: Int32

  init() {
    var ends: [Int32] = [-1, -1]
    // Without descriptors left, waiting cannot be ended early; reading works all the same.
    if pipe(&ends) == 0 {
      for end in ends {
        _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        _ = fcntl(end, F_SETFL, O_NONBLOCK)
      }
    }
    (readEnd, writeEnd) = (ends[0], ends[1])
  }

  deinit {
    if readEnd >= 0 {
      close(readEnd)
      close(writeEnd)
    }
  }

  func raise() {
    var byte: UInt8 = 1
    if writeEnd >= 0 { _ = write(writeEnd, &byte, 1) }
  }

  func lower() {
    var bytes = [UInt8](repeating: 0, count: 16)
    while readEnd >= 0, read(readEnd, &bytes, bytes.count) > 0 {}
  }

  /// Waits for bytes or the end of a descriptor; false when woken instead.
  func waitForInput(of descriptor: Int32) -> Bool {
    var wanted = [
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0), pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0),
    ]
    // A negative descriptor is passed over by poll.
    while poll(&wanted, 2, -1) < 0, errno == EINTR {}
    return wanted[1].revents == 0
  }
}
