import Foundation
import TestSupport
import Testing

/// What the program keeps between sessions, where, and who may read it.
@Suite("State files", .serialized, .timeLimit(.minutes(5)))
struct StateFileTests {
  /// One line of plain mode changes a setting; the environment is only what is given.
  private func changeSetting(
    _ file: borrowing KeyFile, _ environment: [String: String], umask: String = "022"
  ) throws -> (status: Int32, text: String) {
    // Where HOME is to be absent, the terminal's own is taken away.
    let isHomeless = environment["HOME"] == nil
    return try PlainConversation(
      shell: "umask \(umask); cd \"$2\"; \(isHomeless ? "unset HOME; " : "")\"$0\" --plain --from \"$1\" 2>&1",
      [file.path, file.directory.path], lines: ["sort name", "where", "quit"], environment: environment
    ).end()
  }

  private func mode(_ path: String) -> Int {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)  // Nil is compared as -1.
    return (attributes?[.posixPermissions] as? Int) ?? -1
  }

  /// What a look at `/tmp` finds of the program's name.
  private func inTemporaryDirectory() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "/tmp").filter { $0.contains("apikeys-tui") }.sorted()
  }

  @Test("State is kept in the XDG directory: eight environments", .tags(.c6))
  func environments() throws {
    let file = try KeyFile(count: 2)
    let root = file.directory.path
    let before = try inTemporaryDirectory()
    let state = "apikeys-tui/file/settings"
    let table: [(name: String, environment: [String: String], kept: String?)] = [
      ("absolute XDG_STATE_HOME", ["XDG_STATE_HOME": "\(root)/1/xdg", "HOME": "\(root)/1"], "1/xdg/\(state)"),
      ("relative XDG_STATE_HOME", ["XDG_STATE_HOME": "relative", "HOME": "\(root)/2"], "2/.local/state/\(state)"),
      ("empty XDG_STATE_HOME", ["XDG_STATE_HOME": "", "HOME": "\(root)/3"], "3/.local/state/\(state)"),
      ("HOME alone", ["HOME": "\(root)/4"], "4/.local/state/\(state)"),
      ("both relative", ["XDG_STATE_HOME": "./here", "HOME": "there"], nil),
      ("neither", [:], nil),
      ("XDG_STATE_HOME is a file", ["XDG_STATE_HOME": file.path, "HOME": "\(root)/7"], nil),
      ("others may write", ["XDG_STATE_HOME": "\(root)/8", "HOME": "\(root)/8"], nil),
    ]
    for number in 1...8 {
      try FileManager.default.createDirectory(atPath: "\(root)/\(number)", withIntermediateDirectories: false)
    }
    let shared = "\(root)/8/apikeys-tui"
    try FileManager.default.createDirectory(atPath: shared, withIntermediateDirectories: false)
    try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: shared)
    for entry in table {
      let run = try changeSetting(file, entry.environment)
      #expect(run.status == 0, "\(entry.name): \(run.text)")
      #expect(run.text.contains("Goodbye."), "\(entry.name): \(run.text)")
      if let kept = entry.kept {
        let text = try String(contentsOfFile: "\(root)/\(kept)", encoding: .utf8)
        #expect(text.contains("sort = name\n"), "\(entry.name)")
        #expect(!run.text.contains("not kept"), "\(entry.name): \(run.text)")
      } else {
        // Said once, with what to do; the session goes on.
        #expect(run.text.components(separatedBy: "Settings are not kept").count == 2, "\(entry.name): \(run.text)")
      }
    }
    // A relative value creates nothing where the program was started, and nothing is left in /tmp.
    let names = try FileManager.default.contentsOfDirectory(atPath: root)
    #expect(Set(names) == Set((1...8).map(String.init) + ["keys.ndjson"]))
    #expect(try FileManager.default.contentsOfDirectory(atPath: shared).isEmpty)
    #expect(try inTemporaryDirectory() == before)
    print("figure C6: 8 of 8 environments; relative values ignored; nothing in /tmp")
  }

  @Test("State is readable by its owner alone under any umask", .tags(.c6), arguments: ["000", "022", "077", "777"])
  func modes(umask: String) throws {
    let file = try KeyFile(count: 2)
    let home = file.directory.path
    _ = try changeSetting(file, ["HOME": home], umask: umask)
    for path in [".local", ".local/state", ".local/state/apikeys-tui", ".local/state/apikeys-tui/file"] {
      #expect(mode("\(home)/\(path)") == 0o700, "\(path)")
    }
    let folder = "\(home)/.local/state/apikeys-tui/file"
    #expect(mode("\(folder)/settings") == 0o600)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == [".lock", "settings"])
  }

  @Test("A symbolic link in place of a state file is not followed", .tags(.c6))
  func links() throws {
    let file = try KeyFile(count: 2)
    let folder = "\(file.directory.path)/.local/state/apikeys-tui/file"
    _ = try changeSetting(file, ["HOME": file.directory.path])
    let victim = "\(file.directory.path)/victim"
    try "theme = mono\n".write(toFile: victim, atomically: false, encoding: .utf8)
    try FileManager.default.removeItem(atPath: "\(folder)/settings")
    try FileManager.default.createSymbolicLink(atPath: "\(folder)/settings", withDestinationPath: victim)
    let run = try changeSetting(file, ["HOME": file.directory.path])
    #expect(run.text.contains("Settings are not kept"))
    #expect(try String(contentsOfFile: victim, encoding: .utf8) == "theme = mono\n")
  }

  @Test("Theme, sort, columns and filters are restored in the next session for the same host")
  func comesBack() throws {
    let file = try KeyFile(count: 12)
    let environment = ["HOME": file.directory.path]
    func start(_ source: [String]) throws -> PtySession {
      let session = try PtySession(
        program: TestProducts.path("apikeys-tui"), arguments: source, environment: environment, columns: 120, rows: 40)
      try session.waitUntil("the keys", timeout: .seconds(20)) {
        $0.contains { $0.contains("12 keys, complete") || $0.contains("12 keys in the file;") }
      }
      return session
    }
    let first = try start(["--from", file.path])
    for line in [":sort name:desc\r", ":columns access\r", ":set theme mono\r", "/key 1\r"] {
      try first.send(line)
      try first.waitUntilQuiet()
    }
    try first.waitUntil("the filter") { $0[0].contains("filter: key 1") }
    try first.send("q")
    #expect(PtySession.exitCode(of: try first.waitForExit()) == 0)

    let second = try start(["--from", file.path])
    #expect(second.screen[0].contains("sorted by Name descending"))
    #expect(second.screen[1].contains("Access") && !second.screen[1].contains("Created"))
    try second.send("/\u{1B}[A")
    try second.waitUntil("the filter of the session before") { $0[38].hasPrefix("Filter: key 1") }
    try second.send("\r")
    try second.waitUntil("its matches") { $0[39].contains("match of 12 searched") }
    try second.send("q")
    _ = try second.waitForExit()

    let other = try start(["--demo", "--demo-keys", "12"])
    #expect(other.screen[0].contains("newest first") && other.screen[1].contains("Created"))
    try other.send("q")
    _ = try other.waitForExit()
  }
}
