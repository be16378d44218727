import Foundation

/// A user that is not root: `nobody` where the tests run as root, else who runs them.
enum OrdinaryUser {
  static let identifier: uid_t = getuid() == 0 ? 65_534 : getuid()

  /// The words before a command that is to run as that user.
  static let command =
    getuid() == 0
    ? ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"] : ["/usr/bin/env"]

  /// The program where every user can run it: a copy, where it lies in a directory that is closed to others.
  final class Readable: Sendable {
    let path: String
    private let copy: URL?

    init(_ program: String) throws {
      if getuid() != 0 || (try? OrdinaryUser.run(["/usr/bin/test", "-x", program])) == 0 {
        (path, copy) = (program, nil)
        return
      }
      let directory = FileManager.default.temporaryDirectory.appendingPathComponent("copy-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: false)
      chmod(directory.path, 0o755)
      let target = directory.appendingPathComponent("apikeys-tui")
      try FileManager.default.copyItem(at: URL(filePath: program), to: target)
      (path, copy) = (target.path, directory)
    }

    deinit { if let copy { try? FileManager.default.removeItem(at: copy) } }  // What is left over harms nothing.
  }

  static func readable(_ program: String) throws -> Readable { try Readable(program) }

  /// The exit status of a command run as that user, its output dropped.
  static func run(_ words: [String]) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: command[0])
    process.arguments = command.dropFirst() + words
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }

  static func canRead(_ path: String) throws -> Bool { try run(["/usr/bin/head", "-c", "1", path]) == 0 }
}
