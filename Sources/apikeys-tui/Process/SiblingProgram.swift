import Glibc
import SystemIO

/// A program installed beside this one, which is started only where nobody else can have put it there.
enum SiblingProgram {
  /// The path of a program that lies beside this one.
  ///
  /// It, its folder and every folder above must belong to root or to this user, and be writable by nobody else; a folder
  /// above may be a shared one where only owners can rename (sticky, like `/tmp`).
  static func path(_ name: String) throws(CommandFailure) -> String {
    guard let own = FileSystem.resolved("/proc/self/exe") else {
      throw .demo("/proc is missing, which tells where apikeys-tui itself is")
    }
    let wanted = folder(of: own) + "/" + name
    guard let path = FileSystem.resolved(wanted), FileSystem.isExecutable(path) else {
      throw .demo("\(wanted) is not there; install it beside apikeys-tui")
    }
    var place = path
    var depth = 0
    while true {
      let status: FileStatus
      do throws(SystemError) {
        status = try FileStatus(path: place, followsLinks: false)
      } catch {
        throw .demo("\(place): \(error.text)")
      }
      if let danger = danger(status, mayBeShared: depth > 1) {
        throw .demo(
          "\(path) may be somebody else's: \(place) \(danger). Install both programs where only root can write")
      }
      if place == "/" { return path }
      place = folder(of: place)
      if place.isEmpty { place = "/" }
      depth += 1
    }
  }

  /// Who but root and this user could change what the name stands for.
  private static func danger(_ status: FileStatus, mayBeShared: Bool) -> String? {
    if status.owner != 0, !status.isOurs { return "belongs to another user" }
    if mayBeShared, status.isSticky { return nil }
    if status.mode & 0o002 != 0 { return "is writable by everybody" }
    if status.mode & 0o020 != 0, !isOursAlone(status.group) { return "is writable by a group" }
    return nil
  }

  /// A group of one's own is how some systems set up users; it is one only while nobody was added to it.
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
