import Foundation
import TestSupport
import Testing

/// Copying, as terminals and multiplexers receive it.
@Suite("Clipboard", .serialized, .timeLimit(.minutes(5)))
struct ClipboardTests {
  static let tmux = "/usr/bin/tmux"
  static let screen = "/usr/bin/screen"

  /// Keys of which the first is nearly as long as the clipboard takes.
  private func longKey(_ file: borrowing KeyFile) throws -> String {
    let name = String(repeating: "long name, not cut: \u{E9}\u{4E16}\u{1F511} ", count: 1500)
    let row =
      "{\"id\":\"00000000-0000-4000-8000-00000000000a\",\"name\":\"\(name)\",\"restricted\":true,\"permissions\":[]}\n"
    try row.write(toFile: file.path, atomically: false, encoding: .utf8)
    return name
  }

  private func run(_ program: String, _ arguments: [String], _ environment: [String: String]) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }

  private func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

  @Test("The emulator receives the name whole, and nothing before the copy")
  func emulator() throws {
    let file = try KeyFile(count: 1)
    let name = try longKey(file)
    let session = try PtySession(
      program: TestProducts.path("apikeys-tui"), arguments: ["--from", file.path], columns: 120, rows: 40)
    try session.waitUntil("the key", timeout: .seconds(20)) { $0.contains { $0.contains("1 key in the file") } }
    #expect(session.emulator.operatingSystemCommands.isEmpty)
    try session.send(":copy name\r")
    try session.waitUntil("the copy", timeout: .seconds(20)) {
      $0.contains { $0.contains("sent to the terminal's clipboard") }
    }
    try session.waitUntilQuiet()
    // The emulator gives a long command in pieces, of which the last is kept: the whole is what the program wrote.
    let written = String(decoding: session.rawBytes, as: UTF8.self)
    let isWhole = written.contains("\u{1B}]52;c;\(base64(name))\u{7}")
    #expect(isWhole, "the name of \(name.utf8.count) bytes was not sent whole")
    let isReceived = session.emulator.operatingSystemCommands.last.map { base64(name).hasSuffix($0.suffix(40)) } == true
    #expect(isReceived)
    // The menu says what it sends, and never that it arrived.
    try session.send("y\r")
    try session.waitUntilQuiet()
    #expect(session.emulator.operatingSystemCommands.last == "52;c;\(base64("00000000-0000-4000-8000-00000000000a"))")
    #expect(!session.screen.contains { $0.contains("copied") })
    try session.send("q")
    _ = try session.waitForExit()
  }

  @Test(
    "tmux with set-clipboard on receives the name whole in its buffer",
    .enabled(if: FileManager.default.isExecutableFile(atPath: tmux), "needs /usr/bin/tmux"))
  func tmuxBuffer() throws {
    let file = try KeyFile(count: 1)
    let name = try longKey(file)
    let folder = file.directory.path
    let environment = ["HOME": folder, "TMUX_TMPDIR": folder, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"]
    let options = ["-L", "clipboard", "-f", "\(folder)/tmux.conf"]
    try "set -s set-clipboard on\nset -g default-terminal screen-256color\n"
      .write(toFile: "\(folder)/tmux.conf", atomically: false, encoding: .utf8)
    func tmux(_ arguments: String...) throws -> String { try run(Self.tmux, options + arguments, environment) }
    // In a terminal of its own: a server in the background would keep what it inherits open, and nobody could wait for
    // the command that started it.
    let session = try PtySession(
      program: Self.tmux,
      arguments: options + ["new-session", "\(TestProducts.path("apikeys-tui")) --from \(file.path)"],
      environment: environment, columns: 120, rows: 41, isOwnProgram: false)
    defer { _ = try? tmux("kill-server") }  // A server that is gone already is what is wanted.
    try session.waitUntil("the key", timeout: .seconds(20)) { $0.contains { $0.contains("1 key in the file") } }
    func copy(_ field: String, buffers: Int) throws {
      try session.send(":copy \(field)\r")
      try session.waitUntil("buffer \(buffers)", timeout: .seconds(20)) { _ in
        try tmux("list-buffers").split(separator: "\n").count == buffers
      }
    }
    try copy("name", buffers: 1)
    // Compared by itself: a difference of two such texts would take minutes to print.
    let isEqual = try tmux("show-buffer") == name
    #expect(isEqual, "the buffer is not the name of \(name.utf8.count) bytes")
    try copy("id", buffers: 2)
    #expect(try tmux("show-buffer") == "00000000-0000-4000-8000-00000000000a")
    print("figure OSC 52 through tmux: \(name.utf8.count) bytes received equal")
  }

  @Test(
    "Through screen the terminal outside receives the JSON whole",
    .enabled(if: FileManager.default.isExecutableFile(atPath: screen), "needs /usr/bin/screen"))
  func screenPassThrough() throws {
    let file = try KeyFile(count: 3)
    let folder = "\(file.directory.path)/sockets"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    let session = try PtySession(
      program: Self.screen,
      arguments: ["-U", "-c", "/dev/null", TestProducts.path("apikeys-tui"), "--from", file.path],
      environment: ["SCREENDIR": folder, "HOME": file.directory.path], columns: 120, rows: 40, isOwnProgram: false)
    try session.waitUntil("the keys", timeout: .seconds(20)) { $0.contains { $0.contains("3 keys in the file") } }
    try session.send(":copy json\r")
    try session.waitUntil("the copy") { $0.contains { $0.contains("sent to the terminal's clipboard") } }
    // It may come after the sentence about it.
    try session.waitUntil("the clipboard's sequence", timeout: .seconds(20)) { _ in
      session.emulator.operatingSystemCommands.contains { $0.hasPrefix("52;c;") }
    }
    let sent = try #require(session.emulator.operatingSystemCommands.last { $0.hasPrefix("52;c;") })
    let data = try #require(Data(base64Encoded: String(sent.dropFirst(5))))
    let key = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(key["name"] as? String == "key 0" && key["last_four_digits"] as? String == "ab12")
    #expect(data.count > 180, "one piece would do")
    try session.send("q")
    _ = try session.waitForExit()
  }
}
