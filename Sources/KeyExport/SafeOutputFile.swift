#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A file that is there whole or not at all, readable by its owner alone.
///
/// Bytes go to a new file beside the wanted one; ``commit()`` gives it its name. Ended without it, by an error or a
/// signal, the wanted name holds what it held before.
package final class SafeOutputFile {
  /// Where the contents go.
  package let writer: ByteWriter
  private let path: String
  private let name: String
  private let temporaryName: String
  private let force: Bool
  private let directory: Int32
  private let descriptor: Int32
  private var isCommitted = false

  /// Starts a file. Without `force` an existing file is never replaced; a link never is.
  package init(path: String, force: Bool) throws(OutputError) {
    let (folder, name) = SafeOutputFile.split(path)
    guard !name.isEmpty, name != ".", name != ".." else { throw .isNotAFile(path: path) }
    let directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard directory >= 0 else { throw .cannotCreate(path: path, reason: OutputError.reason(errno)) }
    do throws(OutputError) {
      try SafeOutputFile.checkTarget(directory, name, path: path, force: force)
    } catch {
      close(directory)
      throw error
    }
    var opened: Int32 = -1
    var temporaryName = ""
    for _ in 0..<16 where opened < 0 {
      temporaryName = ".\(name.prefix(200)).\(String(UInt64.random(in: 0...UInt64.max), radix: 36)).tmp"
      opened = openat(directory, temporaryName, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
      if opened < 0, errno != EEXIST { break }
    }
    guard opened >= 0 else {
      let reason = OutputError.reason(errno)
      close(directory)
      throw .cannotCreate(path: path, reason: reason)
    }
    // A umask may have taken the owner's own bits away.
    _ = fchmod(opened, 0o600)
    self.path = path
    self.name = name
    self.temporaryName = temporaryName
    self.force = force
    self.directory = directory
    descriptor = opened
    writer = ByteWriter(descriptor: opened, target: path)
  }

  deinit {
    close(descriptor)
    if !isCommitted { _ = unlinkat(directory, temporaryName, 0) }
    close(directory)
  }

  /// Writes what is left, makes it durable, and gives the file its name.
  package func commit() throws(OutputError) {
    try writer.flush()
    guard fsync(descriptor) == 0 else { throw .writeFailed(target: path, reason: OutputError.reason(errno)) }
    try SafeOutputFile.checkTarget(directory, name, path: path, force: force)
    if force {
      guard renameat(directory, temporaryName, directory, name) == 0 else {
        throw .cannotCreate(path: path, reason: OutputError.reason(errno))
      }
    } else {
      // A hard link fails where a name exists; a rename would replace it.
      guard linkat(directory, temporaryName, directory, name, 0) == 0 else {
        let code = errno
        if code == EEXIST { throw .exists(path: path) }
        throw .cannotCreate(path: path, reason: OutputError.reason(code))
      }
      _ = unlinkat(directory, temporaryName, 0)
    }
    isCommitted = true
    _ = fsync(directory)
  }

  private static func checkTarget(
    _ directory: Int32, _ name: String, path: String, force: Bool
  ) throws(OutputError) {
    var status = stat()
    guard fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return }
    let kind = status.st_mode & S_IFMT
    if kind == S_IFLNK { throw .isLink(path: path) }
    if kind != S_IFREG { throw .isNotAFile(path: path) }
    if !force { throw .exists(path: path) }
  }

  private static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return (".", path) }
    let name = String(path[path.utf8.index(after: slash)...])
    return (slash == path.utf8.startIndex ? "/" : String(path[..<slash]), name)
  }
}
