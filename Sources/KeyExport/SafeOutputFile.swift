import Glibc

/// A file that is there whole or not at all, readable by its owner alone.
///
/// Bytes go to a new file without a name; ``commit()`` gives it the wanted one. Ended without it, by an error, a signal
/// or a lost machine, the wanted name holds what it held before, and nothing is left over. Where the file system has no
/// nameless files, a hidden one beside the wanted one is used, which only a killed process leaves behind.
package final class SafeOutputFile {
  /// Where the contents go.
  package let writer: ByteWriter
  private let path: String
  private let name: String
  /// The hidden file's name while there is one.
  private var temporaryName: String?
  private let force: Bool
  private let isDurable: Bool
  private var isPrepared = false
  private let directory: Int32
  private let descriptor: Int32

  /// Starts a file. Without `force` an existing file is never replaced; a link never is. `isDurable` waits for the disk
  /// at the end, so that a loss of power leaves a whole file as well.
  package init(path: String, force: Bool, isDurable: Bool = true) throws(OutputError) {
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
    var opened = SafeOutputFile.openNameless(directory)
    var temporaryName: String?
    for _ in 0..<16 where opened < 0 {
      let candidate = SafeOutputFile.hiddenName()
      opened = openat(directory, candidate, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
      if opened >= 0 { temporaryName = candidate } else if errno != EEXIST { break }
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
    self.isDurable = isDurable
    self.directory = directory
    descriptor = opened
    writer = ByteWriter(descriptor: opened, target: path)
  }

  deinit {
    close(descriptor)
    if let temporaryName { _ = unlinkat(directory, temporaryName, 0) }
    close(directory)
  }

  /// Writes what is left, makes it durable, and gives the file its name.
  package func commit() throws(OutputError) {
    if !isPrepared { try prepare() }
    // A link fails where the name exists; a rename would replace it.
    if !force {
      guard link(as: name) == 0 else {
        let code = errno
        throw code == EEXIST ? .exists(path: path) : .cannotCreate(path: path, reason: OutputError.reason(code))
      }
    } else {
      let source = temporaryName ?? SafeOutputFile.hiddenName()
      if temporaryName == nil {
        guard link(as: source) == 0 else { throw .cannotCreate(path: path, reason: OutputError.reason(errno)) }
        temporaryName = source
      }
      guard renameat(directory, source, directory, name) == 0 else {
        throw .cannotCreate(path: path, reason: OutputError.reason(errno))
      }
      temporaryName = nil
    }
    if isDurable { _ = fsync(directory) }
  }

  /// Does of ``commit()`` what can fail before the file has its name.
  package func prepare() throws(OutputError) {
    try writer.flush()
    guard !isDurable || fsync(descriptor) == 0 else {
      throw .writeFailed(target: path, reason: OutputError.reason(errno))
    }
    try SafeOutputFile.checkTarget(directory, name, path: path, force: force)
    isPrepared = true
  }

  /// Whether a file system takes a name of this length; true where that is not known.
  package static func canBeNamed(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 || errno != ENAMETOOLONG
  }

  /// Gives the file one more name.
  private func link(as newName: String) -> Int32 {
    if let temporaryName { return linkat(directory, temporaryName, directory, newName, 0) }
    return linkat(AT_FDCWD, SafeOutputFile.selfPath(descriptor), directory, newName, AT_SYMLINK_FOLLOW)
  }

  /// A file without a name, which goes away with this process; -1 where there are none, or none that can be named later.
  private static func openNameless(_ directory: Int32) -> Int32 {
    // O_TMPFILE, which is a macro that Swift does not import.
    let opened = openat(directory, ".", O_WRONLY | O_CLOEXEC | 0o20_000_000 | O_DIRECTORY, 0o600)
    guard opened >= 0 else { return -1 }
    if access(selfPath(opened), F_OK) == 0 { return opened }
    close(opened)
    return -1
  }

  private static func selfPath(_ descriptor: Int32) -> String { "/proc/self/fd/\(descriptor)" }

  private static func hiddenName() -> String {
    // Short, and without the wanted name: that may be as long as a name can be.
    ".apikeys-\(String(UInt64.random(in: 0...UInt64.max), radix: 36)).tmp"
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
