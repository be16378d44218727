import APIKeyClient
import CZlib
import Digests
import SystemIO

/// The bytes of a file or a pipe, decompressed where they are gzip data: as they come, never waiting for more than
/// there is.
final class FileInput {
  private let descriptor: Descriptor
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
  /// Of the file's own bytes, compressed or not; nil if it is not requested.
  var digest: SHA256?

  private enum Form { case unknown, uncompressed, gzip, betweenMembers, ended }

  private static let rawSize = 1 << 16

  init(path: String, wake: InputWake) throws(KeySourceError) {
    self.wake = wake
    stream.initialize(to: z_stream())
    descriptor = try FileInput.open(path)
  }

  /// Opens a file, or standard input for `-`. Other than files, pipes and terminals nothing is opened.
  private static func open(_ path: String) throws(KeySourceError) -> Descriptor {
    // Looked at before it is opened: to open a device can be an act of its own.
    if path != "-", let reason = refusal(path) { throw .unreadableFile(path: path, reason: reason) }
    let opened: Descriptor
    do throws(SystemError) {
      // Opening a named pipe would block until a writer opens it: it is waited for where waiting can be ended.
      opened =
        path == "-"
        ? try Descriptor.standardInput.duplicate()
        : try Descriptor.open(path, [.readOnly, .noControllingTerminal, .nonBlocking])
    } catch {
      throw error == .notFound ? .noSuchFile(path: path) : .unreadableFile(path: path, reason: error.text)
    }
    guard let reason = refusal(opened) else { return opened }
    opened.close()
    throw .unreadableFile(path: path == "-" ? "standard input" : path, reason: reason)
  }

  /// Nil also if nothing is known about it: opening or reading it reports why.
  private static func refusal(_ path: String) -> String? {
    do throws(SystemError) { return refusal(try FileStatus(path: path)) } catch { return nil }
  }

  private static func refusal(_ opened: Descriptor) -> String? {
    do throws(SystemError) { return refusal(try opened.status()) } catch { return nil }
  }

  /// Why a thing in the file system is not read; nil for files, pipes, terminals and what is always empty.
  private static func refusal(_ status: FileStatus) -> String? {
    switch status.kind {
    case .directory: "it is a directory"
    case .blockDevice: "it is a device"
    case .characterDevice: isTerminalOrNull(status) ? nil : "it is a device"
    default: nil
    }
  }

  /// Terminals by their numbers: those that are attached, consoles and serial lines, and pseudo-terminals.
  private static func isTerminalOrNull(_ status: FileStatus) -> Bool {
    let (major, minor) = status.device
    return [4, 5].contains(major) || (136...143).contains(major) || (major == 1 && minor == 3)
  }

  deinit {
    descriptor.close()
    // Of no effect where nothing was begun.
    inflateEnd(stream)
    stream.deinitialize(count: 1)
    stream.deallocate()
    raw.deallocate()
  }

  /// Whether reading now would not wait: there are bytes, or the end.
  var isReady: Bool {
    if stream.pointee.avail_in > 0 { return true }
    var wanted = PollSet([.readable(descriptor)])
    return wanted.wait(milliseconds: 0) == .ready
  }

  /// Reads up to `room` bytes, at least one; 0 at the end and after a failure (see ``problem``), nil when the
  /// task was cancelled while it waited.
  func read(_ target: UnsafeMutablePointer<UInt8>, room: Int) -> Int? {
    switch form {
    case .unknown: begin(target, room)
    case .uncompressed: readDescriptor(target, room)
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
      do throws(SystemError) {
        let count = try descriptor.read(into: UnsafeMutableRawBufferPointer(start: target, count: room))
        digest?.update(UnsafeBufferPointer(start: target, count: count))
        return count
      } catch {
        if error == .wouldBlock { continue }
        problem = error.text
        return 0
      }
    }
  }

  /// The first bytes show whether it is compressed.
  private func begin(_ target: UnsafeMutablePointer<UInt8>, _ room: Int) -> Int? {
    while rawCount < 2 {
      guard let more = readDescriptor(raw + rawCount, min(room, FileInput.rawSize) - rawCount) else { return nil }
      if more == 0 { break }
      rawCount += more
    }
    let count = rawCount
    guard count >= 2, raw[0] == 0x1F, raw[1] == 0x8B else {
      form = .uncompressed
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
        // One compressed file after another is one file; zeros after the last fill a block of a tape.
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

/// Ends the wait for a silent pipe: raised when its bytes are no longer wanted.
final class InputWake: Sendable {
  /// Nil without descriptors left: waiting cannot be ended early then; reading works all the same.
  private let pipe: PipeEnds?

  init() {
    do throws(SystemError) { pipe = try PipeEnds(waiting: .neither) } catch { pipe = nil }
  }

  deinit { pipe?.close() }

  func raise() { pipe?.writeEnd.wake() }
  func lower() { pipe?.readEnd.discardPending() }

  /// Waits for bytes or the end of a descriptor; false when woken instead.
  func waitForInput(of descriptor: Descriptor) -> Bool {
    var wanted = PollSet([.readable(descriptor), .readable(pipe?.readEnd)])
    while wanted.wait() == .interrupted {}
    return !wanted.isReady(1)
  }
}
