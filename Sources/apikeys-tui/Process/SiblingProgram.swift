import Glibc
import SystemIO

/// A program installed beside this one, which is started only if no other user can have put it there.
enum SiblingProgram {
  /// The path of a program that lies beside this one.
  ///
  /// It, its folder and every folder above must belong to root or to this user, and not be writable by others; a folder
  /// above may be a shared one where only owners can rename (sticky, like `/tmp`).
  static func path(_ name: String) throws(CommandFailure) -> String {
    guard let own = FileSystem.resolved("/proc/self/exe") else {
      throw .demo("/proc is not mounted, so the path of apikeys-tui is unknown")
    }
    let wanted = folder(of: own) + "/" + name
    guard let path = FileSystem.resolved(wanted), FileSystem.isExecutable(path) else {
      throw .demo("\(wanted) is not there; install it beside apikeys-tui")
    }
    var current = path
    var depth = 0
    while true {
      let status: FileStatus
      do throws(SystemError) {
        status = try FileStatus(path: current, followsLinks: false)
      } catch {
        throw .demo("\(current): \(error.text)")
      }
      if let danger = danger(status, mayBeShared: depth > 1) {
        throw .demo(
          "\(path) may belong to another user: \(current) \(danger). Install both programs where only root can write")
      }
      if current == "/" { return path }
      current = folder(of: current)
      if current.isEmpty { current = "/" }
      depth += 1
    }
  }

  /// Why a user other than root and this one could replace the file; nil if none could.
  private static func danger(_ status: FileStatus, mayBeShared: Bool) -> String? {
    if status.owner != 0, !status.isOurs { return "belongs to another user" }
    if mayBeShared, status.isSticky { return nil }
    if status.mode & 0o002 != 0 { return "is writable by all users" }
    if status.mode & 0o020 != 0, !isOursAlone(status.group) { return "is writable by a group" }
    return nil
  }

  /// A group of one's own is how some systems set up users; it is one only while it has no other member.
  private static func isOursAlone(_ number: gid_t) -> Bool {
    if number == 0 { return true }
    guard number == getegid() else { return false }
    var entry = group()
    var found: UnsafeMutablePointer<group>?
    var buffer = [CChar](repeating: 0, count: 65_536)
    guard getgrgid_r(number, &entry, &buffer, buffer.count, &found) == 0, let found else { return false }
    return found.pointee.gr_mem?.pointee == nil
  }

  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }
}
