import Glibc

/// Names in the file system: made, given, changed and taken away.
package enum FileSystem {
  /// Makes a directory with exactly these permissions; throws ``SystemError/exists`` where there is something already.
  package static func makeDirectory(_ path: String, mode: UInt32) throws(SystemError) {
    _ = try retrying { mkdir(path, mode) }
    // A umask may have taken the owner's own bits away.
    _ = chmod(path, mode)
  }

  /// Takes a name away; that it is not there is no error.
  package static func remove(_ path: String) { _ = unlink(path) }

  /// The path without links; nil where it names nothing.
  package static func resolved(_ path: String) -> String? {
    guard let found = realpath(path, nil) else { return nil }
    defer { free(found) }
    return String(cString: found)
  }

  /// Whether this process may start the file as a program.
  package static func isExecutable(_ path: String) -> Bool { access(path, X_OK) == 0 }
}

/// Of a directory that is open, so that no one can change what its path names meanwhile.
extension Descriptor {
  /// What a name in the directory refers to; links are not followed.
  package func status(of name: String) throws(SystemError) -> FileStatus {
    var status = stat()
    _ = try retrying { fstatat(number, name, &status, AT_SYMLINK_NOFOLLOW) }
    return FileStatus(status)
  }

  /// Gives a file one more name, both in this directory; throws ``SystemError/exists`` rather than to replace one.
  package func link(_ name: String, as newName: String) throws(SystemError) {
    _ = try retrying { linkat(number, name, number, newName, 0) }
  }

  /// Gives an open file without a name (see ``OpenOptions/nameless``) its first one; throws ``SystemError/exists``
  /// rather than to replace one.
  package func link(_ file: Descriptor, as name: String) throws(SystemError) {
    _ = try retrying { linkat(AT_FDCWD, file.processPath, number, name, AT_SYMLINK_FOLLOW) }
  }

  /// Renames within the directory, replacing what has the new name.
  package func rename(_ name: String, to newName: String) throws(SystemError) {
    _ = try retrying { renameat(number, name, number, newName) }
  }

  /// Takes a name away; that it is not there is no error.
  package func remove(_ name: String) { _ = unlinkat(number, name, 0) }

  /// Whether ``link(_:as:)`` can reach the open file: it needs `/proc`.
  package var hasProcessPath: Bool { access(processPath, F_OK) == 0 }

  private var processPath: String { "/proc/self/fd/\(number)" }
}
