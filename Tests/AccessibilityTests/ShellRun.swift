import Foundation
import TestSupport

/// A line of shell with the real program as `$0`: what it prints, and its exit status.
struct ShellRun {
  let status: Int32
  let output: String

  init(_ script: String) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", script, try TestProducts.path("apikeys-tui")]
    process.environment = ["LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "TERM": "xterm-256color"]
      .merging(TestProducts.sanitizerEnvironment) { given, _ in given }
    process.standardInput = FileHandle.nullDevice
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    status = process.terminationStatus
  }
}

/// A file of keys whose every text attacks the terminal.
struct HostileKeys: ~Copyable {
  let folder: String
  let count: Int
  var path: String { "\(folder)/keys.ndjson" }

  private static let names = [
    "\\u001b[2J", "a\\rb", "tab\\tbed", "bell\\u0007", "back\\u0008", "two\\nlines", "\\u202edlrow", "\\u009b31m",
    "key prod", "=====", "Łukasz",
  ]

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("keys-\(UUID().uuidString)").path
    count = HostileKeys.names.count
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    let lines = HostileKeys.names.enumerated().map { number, name in
      "{\"id\":\"id \(number) \(name)\",\"name\":\"\(name)\",\"created_date\":\"\(name)\","
        + "\"last_four_digits\":\"\(name)\",\"creator_id\":\"\(name)\",\"restricted\":true,"
        + "\"permissions\":[\"\(name)\",\"calls.view\"]}\n"
    }
    try lines.joined().write(toFile: path, atomically: false, encoding: .utf8)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }  // What is left over harms nothing.

  func text(_ name: String) throws -> String { try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8) }
}
