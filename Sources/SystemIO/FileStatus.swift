import Glibc

/// What the system reports about a file.
package struct FileStatus: Sendable {
  package enum Kind: Sendable { case regular, directory, link, blockDevice, characterDevice, pipe, socket, other }

  package let kind: Kind
  /// The permission bits with set-id and sticky: 0o7777 at most.
  package let mode: UInt32
  /// Numbers of the user and the group it belongs to.
  package let owner: UInt32
  package let group: UInt32
  /// Bytes.
  package let size: Int
  /// How many names it has.
  package let linkCount: Int
  /// Seconds since the epoch.
  package let modified: Int
  /// Of a device: the number of its driver, and its own.
  package let device: (major: Int, minor: Int)

  init(_ status: stat) {
    kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .regular
      case S_IFDIR: .directory
      case S_IFLNK: .link
      case S_IFBLK: .blockDevice
      case S_IFCHR: .characterDevice
      case S_IFIFO: .pipe
      case S_IFSOCK: .socket
      default: .other
      }
    mode = status.st_mode & 0o7777
    owner = status.st_uid
    group = status.st_gid
    size = Int(status.st_size)
    linkCount = Int(status.st_nlink)
    modified = status.st_mtim.tv_sec
    device = (Int(status.st_rdev >> 8 & 0xFFF), Int(status.st_rdev & 0xFF))
  }

  /// Of the file a path names. Links are followed unless `followsLinks` is false.
  package init(path: String, followsLinks: Bool = true) throws(SystemError) {
    var status = stat()
    _ = try retrying { followsLinks ? stat(path, &status) : lstat(path, &status) }
    self.init(status)
  }

  package var isRegular: Bool { kind == .regular }
  /// It belongs to the user this process acts as.
  package var isOurs: Bool { owner == geteuid() }
  /// Where others may delete and rename only what is theirs, as in `/tmp`.
  package var isSticky: Bool { mode & S_ISVTX != 0 }
}
