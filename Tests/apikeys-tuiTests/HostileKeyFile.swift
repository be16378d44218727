import Foundation
import TestSupport

/// A directory with a file of hostile keys: see ``HostileText/keys()``.
struct HostileKeyFile: ~Copyable {
  let directory: URL
  let count: Int
  var path: String { directory.appendingPathComponent("keys.ndjson").path }

  init(_ keys: [String] = HostileText.keys()) throws {
    count = keys.count
    directory = FileManager.default.temporaryDirectory.appendingPathComponent("hostile-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: false)
    try (keys.joined(separator: "\n") + "\n").write(toFile: path, atomically: false, encoding: .utf8)
  }

  deinit { try? FileManager.default.removeItem(at: directory) }  // What is left over harms nothing.

  func file(_ name: String) -> String { directory.appendingPathComponent(name).path }
}
