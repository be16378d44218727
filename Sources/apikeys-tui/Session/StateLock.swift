import Glibc
import SystemIO

/// The right to change the files of a directory, which one process has at a time. Ends with this object.
///
/// A lock of the system on a file named `.lock`; where there are none, as on some network file systems, a file `.held` that
/// only one process can create.
final class StateLock {
  private static let lockName = ".lock"
  private static let heldName = ".held"
  /// Seconds after which a `.held` is what a killed process left: it is there for milliseconds.
  private static let staleAge = 30

  private let descriptor: Descriptor
  /// The file to remove at the end.
  private let held: String?

  private init(_ descriptor: Descriptor, held: String? = nil) {
    self.descriptor = descriptor
    self.held = held
  }

  deinit {
    descriptor.close()
    if let held { FileSystem.remove(held) }
  }

  /// Waits for it at most so many milliseconds; nil if another process held it all the time, or if nothing can be created.
  static func take(in directory: String, milliseconds: Int = 1000) -> StateLock? {
    let end = ContinuousClock.now + .milliseconds(milliseconds)
    let options: OpenOptions = [.readWrite, .create, .noFollow, .nonBlocking, .noControllingTerminal]
    do throws(SystemError) {
      let lock = StateLock(try Descriptor.open("\(directory)/\(lockName)", options))
      guard try lock.descriptor.status().isRegular else { return create(directory, until: end) }
      lock.giveToOwner()
      while try !lock.descriptor.lockWithoutWaiting() {
        guard wait(until: end) else { return nil }
      }
      return lock
    } catch {
      return create(directory, until: end)
    }
  }

  /// A umask may have taken the owner's own bits away. Another user's file is locked as it is.
  private func giveToOwner() {
    do throws(SystemError) { try descriptor.setMode(0o600) } catch { return }
  }

  private static func create(_ directory: String, until end: ContinuousClock.Instant) -> StateLock? {
    let path = "\(directory)/\(heldName)"
    while true {
      do throws(SystemError) {
        return StateLock(try Descriptor.open(path, [.writeOnly, .create, .exclusive, .noFollow]), held: path)
      } catch {
        guard error == .exists else { return nil }
      }
      if isStale(path) {
        FileSystem.remove(path)
        continue
      }
      guard wait(until: end) else { return nil }
    }
  }

  /// False where it is gone by now.
  private static func isStale(_ path: String) -> Bool {
    do throws(SystemError) {
      return time(nil) - (try FileStatus(path: path, followsLinks: false).modified) > staleAge
    } catch {
      return false
    }
  }

  /// False where the time is over.
  private static func wait(until end: ContinuousClock.Instant) -> Bool {
    guard ContinuousClock.now < end else { return false }
    usleep(.random(in: 500...3000))
    return true
  }
}
