import TerminalCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A file that lines are added to: regular, ours, with one name and no rights for others, never through a link.
final class RequestLog: Sendable {
  private let descriptor: Int32

  /// Opens the file, or makes it with mode 0600.
  init(path: String) throws(LogFileProblem) {
    // Looked at before it is opened, because to open a device may do something; and again after, on what was opened.
    var status = stat()
    if lstat(path, &status) == 0 { try RequestLog.check(status, path) }
    let flags = O_WRONLY | O_APPEND | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY | O_NONBLOCK
    var opened = open(path, flags | O_CREAT | O_EXCL, 0o600)
    let isNew = opened >= 0
    if !isNew, errno == EEXIST { opened = open(path, flags) }
    guard opened >= 0 else {
      throw errno == ELOOP ? .isLink(path: path) : .cannotOpen(path: path, reason: String(cString: strerror(errno)))
    }
    // A umask may have taken the owner's own bits away.
    if isNew { _ = fchmod(opened, 0o600) }
    do throws(LogFileProblem) {
      guard fstat(opened, &status) == 0 else {
        throw .cannotOpen(path: path, reason: String(cString: strerror(errno)))
      }
      try RequestLog.check(status, path)
    } catch {
      close(opened)
      throw error
    }
    descriptor = opened
  }

  deinit { close(descriptor) }

  private static func check(_ status: stat, _ path: String) throws(LogFileProblem) {
    if status.st_mode & S_IFMT == S_IFLNK { throw .isLink(path: path) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegular(path: path) }
    guard status.st_uid == geteuid() else { throw .wrongOwner(path: path, owner: status.st_uid) }
    guard status.st_mode & 0o077 == 0 else {
      throw .wrongMode(path: path, mode: String(status.st_mode & 0o7777, radix: 8))
    }
    guard status.st_nlink <= 1 else { throw .severalNames(path: path) }
  }

  /// Adds one line in one write, so that two programs never mix theirs.
  func write(_ text: String) {
    var line = "\(LocalTime.text(LocalTime.now())) \(DisplayText(text, charset: .ascii).string)\n"
    line.withUTF8 { bytes in
      // The log is beside the work: a full disk must not stop it.
      _ = Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    }
  }
}
