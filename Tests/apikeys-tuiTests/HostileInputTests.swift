import Foundation
import TestSupport
import Testing

/// What is typed and pasted, by a cat on the keyboard or by somebody who filled the clipboard.
@Suite("Hostile input", .serialized, .timeLimit(.minutes(5)))
struct HostileInputTests {
  /// An empty directory to run in, and to find empty afterwards.
  private final class Home {
    let directory: URL
    init() throws {
      directory = FileManager.default.temporaryDirectory.appendingPathComponent("home-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: false)
    }
    deinit { try? FileManager.default.removeItem(at: directory) }  // What is left over harms nothing.
    /// Files only, and not what every session keeps for the next: its settings and filters, in their own directory.
    func files() throws -> [String] {
      try FileManager.default.subpathsOfDirectory(atPath: directory.path).filter {
        var isDirectory: ObjCBool = false
        return FileManager.default.fileExists(
          atPath: directory.appendingPathComponent($0).path, isDirectory: &isDirectory)
          && !isDirectory.boolValue && !$0.hasPrefix(".local/state/apikeys-tui/")
      }
    }
  }

  private func open(_ home: Home, keys: String) throws -> PtySession {
    let session = try Dashboard.shell(
      "cd \"$HOME\" && exec \"$PROGRAM\" --from \(keys)", environment: ["HOME": home.directory.path])
    try Dashboard.waitUntilReady(session)
    return session
  }

  @Test("A mebibyte of random bytes crashes nothing and writes no file", .tags(.d8))
  func randomBytes() throws {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SplitMix(state: seed)
    let file = try KeyFile(count: 30)
    let home = try Home()
    var session = try open(home, keys: file.path)
    var sent = 0
    var starts = 1
    let total = 1 << 20
    while sent < total {
      var bytes: [UInt8] = (0..<1024).flatMap { _ in withUnsafeBytes(of: random.next()) { Array($0) } }
      // The ways out are left out, or the rest would never be read: q, Ctrl-C, and Ctrl-\ while a page is printed. So is
      // Ctrl-S: between a suspension and its end the terminal is not the program's, and holds all output at that key.
      let left: [UInt8] = [UInt8(ascii: "q"), 0x03, 0x1C, 0x13]
      for index in bytes.indices where left.contains(bytes[index]) { bytes[index] = 0x20 }
      do {
        try session.send(bytes: bytes)
        _ = session.bytesWritten(within: .zero)
        sent += bytes.count
      } catch {
        // `:x` and the like can still leave in order: that is no crash.
        #expect(PtySession.exitCode(of: try session.waitForExit()) == 0, "seed \(seed)")
        session = try open(home, keys: file.path)
        starts += 1
      }
    }
    // It still answers, wherever the bytes have led it.
    try session.waitUntilQuiet(for: .milliseconds(200), timeout: .seconds(60))
    for key in ["\r", "\u{1B}", "\u{1B}", "\u{1B}", "\u{3}"] {
      try session.send(key)
      try session.waitUntilQuiet(for: .milliseconds(100))
    }
    try session.send("\u{3}\u{3}")
    let status = PtySession.exitCode(of: try session.waitForExit(timeout: .seconds(20)))
    #expect([0, 130].contains(status), "seed \(seed): \(status)")
    #expect(try home.files() == [], "seed \(seed)")
    print("figure D8: \(sent) random bytes in \(starts) session(s), 0 crashes, 0 files written (seed \(seed))")
  }

  @Test("Pasted text runs no command, in the list or in a prompt", .tags(.d8))
  func paste() throws {
    let file = try KeyFile(count: 30)
    let home = try Home()
    let session = try open(home, keys: file.path)
    let evil = "x\(home.directory.path)/evil.csv\rq:export evil.csv\r\u{1B}[2J\u{3}\u{3}"
    try session.send("\u{1B}[200~\(evil)\u{1B}[201~")
    try session.waitUntil("a sentence about it") { $0.contains { $0.contains("Pasted text is not taken as keys") } }
    #expect(try home.files() == [])
    // In the filter's prompt it is text of that line, its line ends spaces.
    try session.send("/")
    try session.waitUntilQuiet(for: .milliseconds(100))
    try session.send("\u{1B}[200~key\r1\u{1B}[201~")
    try session.waitUntil("the pasted filter") { $0.contains { $0.contains("key 1") } && session.isAlternateScreen }
    try session.send("\u{1B}")
    // A megabyte of it is no more than its beginning. The sentence may stand there from before: the key behind tells.
    let start = ContinuousClock.now
    let row = session.caret.row
    try session.send("\u{1B}[200~" + String(repeating: "abcdefghijklmno\n", count: 65_536) + "\u{1B}[201~j")
    try session.waitUntil("the next row", timeout: .seconds(120)) { _ in session.caret.row != row }
    print("figure D8: a paste of 1 MiB is taken in \(Int((ContinuousClock.now - start) / .milliseconds(1))) ms")
    // A beginning without an end does not lock the keyboard.
    try session.send("\u{1B}[200~abc")
    #expect(session.bytesWritten(within: .milliseconds(1200)) >= 0)
    try session.send("q")
    #expect(PtySession.exitCode(of: try session.waitForExit()) == 0)
    #expect(try home.files() == [])
  }
}
