import SystemIO
import TerminalCore

/// A file that lines are added to: regular, ours, with one name and no rights for others, never through a link.
final class RequestLog: Sendable {
  private let descriptor: Descriptor

  /// Opens the file, or makes it with mode 0600.
  init(path: String) throws(LogFileProblem) {
    // Looked at before it is opened, because to open a device may do something; and again after, on what was opened.
    if let status = RequestLog.status(path) { try RequestLog.check(status, path) }
    let opened: Descriptor
    do throws(SystemError) {
      opened = try RequestLog.open(path)
    } catch {
      throw error == .isLink ? .isLink(path: path) : .cannotOpen(path: path, reason: error.text)
    }
    do throws(LogFileProblem) {
      try RequestLog.check(opened, path)
    } catch {
      opened.close()
      throw error
    }
    descriptor = opened
  }

  deinit { descriptor.close() }

  /// Opens the file to add to it; makes it with mode 0600 where it is not there.
  private static func open(_ path: String) throws(SystemError) -> Descriptor {
    let options: OpenOptions = [.writeOnly, .append, .noFollow, .noControllingTerminal, .nonBlocking]
    let made: Descriptor
    do throws(SystemError) {
      made = try Descriptor.open(path, options.union([.create, .exclusive]))
    } catch {
      guard error == .exists else { throw error }
      return try Descriptor.open(path, options)
    }
    // A umask may have taken the owner's own bits away. What cannot be set is refused by the check that follows.
    do throws(SystemError) { try made.setMode(0o600) } catch { return made }
    return made
  }

  /// Of what the path names, links not followed; nil where there is nothing to see.
  private static func status(_ path: String) -> FileStatus? {
    do throws(SystemError) { return try FileStatus(path: path, followsLinks: false) } catch { return nil }
  }

  private static func check(_ opened: Descriptor, _ path: String) throws(LogFileProblem) {
    let status: FileStatus
    do throws(SystemError) {
      status = try opened.status()
    } catch {
      throw .cannotOpen(path: path, reason: error.text)
    }
    try check(status, path)
  }

  private static func check(_ status: FileStatus, _ path: String) throws(LogFileProblem) {
    if status.kind == .link { throw .isLink(path: path) }
    guard status.isRegular else { throw .notRegular(path: path) }
    guard status.isOurs else { throw .wrongOwner(path: path, owner: status.owner) }
    guard status.mode & 0o077 == 0 else { throw .wrongMode(path: path, mode: String(status.mode, radix: 8)) }
    guard status.linkCount <= 1 else { throw .severalNames(path: path) }
  }

  /// Adds one line in one write, so that two programs never mix theirs.
  func write(_ text: String) {
    let line = "\(LocalTime.text(LocalTime.now())) \(DisplayText(text, charset: .ascii).string)\n"
    // The log is beside the work: a full disk must not stop it.
    descriptor.writeOnce(ignoringErrors: line)
  }
}
