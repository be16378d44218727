import Foundation

/// A file that does not exist yet, in a directory that goes with the test.
struct ScratchFile: ~Copyable {
  let path: String
  private let directory: URL

  init(_ name: String) throws {
    directory = FileManager.default.temporaryDirectory.appendingPathComponent("scratch-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: false)
    path = directory.appendingPathComponent(name).path
  }

  func lines() throws -> [String] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
  }

  deinit { try? FileManager.default.removeItem(at: directory) }  // What is left over harms nothing.
}
