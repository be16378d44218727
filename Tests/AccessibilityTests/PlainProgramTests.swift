import DashboardCore
import Foundation
import TestSupport
import Testing

/// The real program in plain mode: at a terminal, as a script, and how it is found.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct PlainProgramTests {
  // MARK: At a terminal

  /// What the commands of the catalog need after them.
  private static func line(_ entry: CommandEntry, folder: String) -> String {
    switch entry.id {
    case .goTo: "go 3"
    case .find: "find key"
    case .compare: "compare 2 3"
    case .set: "set theme mono"
    case .export: "export \(folder)/keys.csv"
    default: entry.name
    }
  }

  @Test("No command writes control bytes at a terminal, and the terminal modes stay unchanged", .tags(.p5, .p8))
  func bytes() throws {
    let hostile = try HostileKeys()
    let session = try PtySession(
      program: "/bin/sh",
      arguments: [
        "-c",
        "stty -a >\(hostile.folder)/before; \"$0\" --plain --from \(hostile.path); stty -a >\(hostile.folder)/after",
        TestProducts.path("apikeys-tui"),
      ], columns: 100)
    var prompts = 0
    func answer() throws {
      prompts += 1
      try session.waitUntil("prompt \(prompts)", timeout: .seconds(30)) { _ in
        session.rawBytes.occurrences(of: "Command: ") + session.rawBytes.occurrences(of: "default 1: ") == prompts
      }
    }
    try answer()
    let modes = session.modes
    // suspend stops the job, which nothing here would wake; quit comes last.
    let entries = CommandCatalog.entries.filter { $0.isInPlainMode && $0.id != .suspend && $0.id != .quit }
    var lines = entries.map { PlainProgramTests.line($0, folder: hostile.folder) }
    for number in 1...hostile.count { lines += ["show \(number)", "show raw", "permissions", "copy row", "explain"] }
    lines += [
      "list", "verbosity full", "list", "verbosity brief", "page off", "list", "permissions full", "again", "where",
      "help all", "nonsense", "show 900", "filter (", "filter prod", "clear-filter", "sort", "2", "copy", "",
      "creators",
    ]
    for line in lines {
      try session.send(line + "\n")
      try answer()
    }
    #expect(session.modes == modes)
    try session.send("quit\n")
    #expect(PtySession.exitCode(of: try session.waitForExit()) == 0)
    let bytes = session.rawBytes
    for (index, byte) in bytes.enumerated() {
      let isLineEnd = byte == 0x0A || (byte == 0x0D && index + 1 < bytes.count && bytes[index + 1] == 0x0A)
      let isText = (0x20...0x7E).contains(byte) || byte >= 0xA0 || isContinuation(bytes, index)
      #expect(
        isLineEnd || isText,
        "byte \(byte) at \(index): \(String(decoding: bytes[max(index - 40, 0)..<index], as: UTF8.self))")
      if !isLineEnd, !isText { break }
    }
    print("figure P5: \(lines.count) commands, \(bytes.count) bytes: none of ESC, BEL, bare CR, BS or TAB")
    #expect(try hostile.text("before") == (try hostile.text("after")))
    #expect(try hostile.text("before").contains("icanon"))
  }

  /// A byte inside a letter of UTF-8.
  private func isContinuation(_ bytes: [UInt8], _ index: Int) -> Bool {
    (0x80...0xBF).contains(bytes[index]) && index > 0 && bytes[index - 1] >= 0x80
  }

  @Test(
    "A narrow terminal wraps sentences at spaces and leaves text to be copied unwrapped", .tags(.p9, .p17))
  func folding() throws {
    let keys = try SpokenKeys(count: 30)
    let session = try PtySession(
      program: TestProducts.path("apikeys-tui"), arguments: ["--plain", "--from", keys.path], columns: 50)
    var prompts = 0
    func answer(to line: String?) throws -> [String] {
      let start = session.rawBytes.count
      if let line { try session.send(line + "\n") }
      prompts += 1
      try session.waitUntil("prompt \(prompts)") { _ in session.rawBytes.occurrences(of: "Command: ") == prompts }
      return String(decoding: session.rawBytes[start...], as: UTF8.self).split(separator: "\r\n").map(String.init)
    }
    _ = try answer(to: nil)
    let list = try answer(to: "list")
    #expect(list.count > 30)
    #expect(list.allSatisfy { $0.count < 50 })
    let text = list.joined(separator: " ")
    #expect(text.contains("Key 2 of 30: key1. Limited, 2 permissions. Created 7 November 2023, "))
    #expect(try answer(to: "copy json").contains { $0.hasPrefix("{") && $0.hasSuffix("}") && $0.count > 200 })
    #expect(try answer(to: "show raw").contains("permissions none") == false)
    #expect(try answer(to: "again").contains { $0 == "id 00000000-0000-4000-8000-000000000000" })
  }

  // MARK: As a script

  @Test("A piped script runs line by line, and --strict exits with the status of the first error", .tags(.p2))
  func strict() throws {
    let keys = try SpokenKeys(count: 30)
    let table: [(script: String, arguments: String, status: Int32)] = [
      ("show 3\\nwhere\\n", "--strict", 0),
      ("show 900\\nwhere\\n", "", 0),
      ("show 900\\nwhere\\n", "--strict", 64),
      ("nonsense\\nquit\\n", "--strict", 64),
      ("show nobody\\nnonsense\\n", "--strict", 1),
      ("export /nowhere/at/all.csv\\nnonsense\\n", "--strict", 73),
      ("filter (\\nlist\\nquit\\n", "--strict", 64),
      ("", "--strict", 0),
    ]
    for (script, arguments, status) in table {
      let run = try ShellRun("printf '\(script)' | \"$0\" --plain --from \(keys.path) \(arguments)")
      #expect(run.status == status, "\(script) \(arguments): \(run.output)")
      #expect(!run.output.contains("Command: "))
      #expect(run.output.hasSuffix(script.isEmpty ? "End of list, 30 keys.\n" : "Goodbye.\n"))
    }
    let unreachable = try ShellRun("printf 'list\\n' | \"$0\" --plain --strict --url http://127.0.0.1:1")
    #expect(unreachable.status == 69)
    #expect(unreachable.output.contains("Error: 127.0.0.1 refused the connection on port 1."))
  }

  // MARK: How it is found

  @Test("Help names plain mode in its first ten lines", .tags(.p3), arguments: ["--help", "browse --help", "help"])
  func help(arguments: String) throws {
    let run = try ShellRun("\"$0\" \(arguments)")
    #expect(run.status == 0)
    #expect(
      run.output.split(separator: "\n", omittingEmptySubsequences: false).prefix(10).contains { $0.contains("--plain") }
    )
  }

  @Test("doctor reports which mode would be chosen, and why", .tags(.p1))
  func mode() throws {
    let keys = try SpokenKeys(count: 3)
    let table: [(environment: [String: String], arguments: [String], finding: String)] = [
      ([:], [], "the dashboard, because the terminal can show it; --plain or APIKEYS_PLAIN=1 chooses plain mode"),
      ([:], ["--plain"], "plain mode, because --plain was given"),
      (["ACCESSIBLE": "1"], [], "plain mode, because ACCESSIBLE is set"),
      (["ACCESSIBLE": "1"], ["--no-plain"], "the dashboard, because --no-plain was given"),
      (["ACCESSIBLE": "0"], [], "the dashboard, because the terminal can show it"),
      (["ACCESSIBLE": "false", "TERM": "dumb"], [], "plain mode, because TERM is dumb"),
      (["ACCESSIBLE": ""], [], "the dashboard, because the terminal can show it"),
      (["APIKEYS_PLAIN": "0", "ACCESSIBLE": "1"], [], "the dashboard, because the terminal can show it"),
      (["APIKEYS_PLAIN": "yes", "NO_COLOR": "1"], [], "plain mode, because APIKEYS_PLAIN is set"),
      (["NO_COLOR": "1"], [], "the dashboard, because the terminal can show it"),
      (["TERM": ""], [], "plain mode, because TERM is not set"),
    ]
    for (environment, arguments, finding) in table {
      let session = try PtySession(
        program: TestProducts.path("apikeys-tui"), arguments: ["doctor", "--from", keys.path] + arguments,
        environment: environment, columns: 200)
      #expect(PtySession.exitCode(of: try session.waitForExit()) == 0)
      #expect(
        session.screen.contains { $0.contains("Mode: \(finding)") }, "\(environment) \(arguments): \(session.screen)")
    }
  }

  @Test("The first row of the dashboard names plain mode", .tags(.p3), arguments: [(120, 40), (80, 24), (40, 12)])
  func firstRow(columns: Int, rows: Int) throws {
    let keys = try SpokenKeys(count: 3)
    let session = try PtySession(
      program: TestProducts.path("apikeys-tui"), arguments: ["--no-plain", "--from", keys.path], columns: columns,
      rows: rows)
    try session.waitUntil("the list") { $0.contains { $0.contains("3 keys in the file") } }
    #expect(session.screen[0].contains("--plain"))
  }
}

extension [UInt8] {
  fileprivate func occurrences(of text: String) -> Int { ranges(of: Array(text.utf8)).count }
}
