#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The right to change the files of a directory, which one process has at a time. Ends with this object.
///
/// A lock of the system on a file named `.lock`; where there are none, as on some network file systems, a file `.held` that
/// only one process can create.
final class StateLock {
  private static let lockName = ".lock"
  private static let heldName = ".held"
  /// Seconds after which a `.held` is what a killed process left: it is there for milliseconds.
  private static let staleAge = 30

  private let descriptor: Int32
  /// The file to remove at the end.
  private let held: String?

  private init(_ descriptor: Int32, held: String? = nil) {
    self.descriptor = descriptor
    self.held = held
  }

  deinit {
    close(descriptor)
    if let held { unlink(held) }
  }

  /// Waits for it at most so many milliseconds; nil if another process held it all the time, or if nothing can be created.
  static func take(in directory: String, milliseconds: Int = 1000) -> StateLock? {
    let end = ContinuousClock.now + .milliseconds(milliseconds)
    let flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
    let descriptor = open("\(directory)/\(lockName)", flags, 0o600)
    guard descriptor >= 0 else { return create(directory, until: end) }
    let lock = StateLock(descriptor)
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return create(directory, until: end)
    }
    // A umask may have taken the owner's own bits away.
    _ = fchmod(descriptor, 0o600)
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      switch errno {
      case EINTR: continue
      case EWOULDBLOCK:
        guard wait(until: end) else { return nil }
      default: return create(directory, until: end)
      }
    }
    return lock
  }

  private static func create(_ directory: String, until end: ContinuousClock.Instant) -> StateLock? {
    let path = "\(directory)/\(heldName)"
    while true {
      let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
      if descriptor >= 0 { return StateLock(descriptor, held: path) }
      guard errno == EEXIST || errno == EINTR else { return nil }
      var status = stat()
      if lstat(path, &status) == 0, time(nil) - status.st_mtim.tv_sec > staleAge {
        unlink(path)
        continue
      }
      guard wait(until: end) else { return nil }
    }
  }

  /// False where the time is over.
  private static func wait(until end: ContinuousClock.Instant) -> Bool {
    guard ContinuousClock.now < end else { return false }
    usleep(.random(in: 500...3000))
    return true
  }
}
