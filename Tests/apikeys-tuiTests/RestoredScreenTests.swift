import TestSupport
import Testing

/// What is on the terminal after the dashboard was left.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct RestoredScreenTests {
  private static let ways: [(name: String, keys: [String], status: Int)] = [
    ("q", ["q"], 0), ("Ctrl-C twice", ["\u{3}", "\u{3}"], 130),
    ("q from help and a key", ["\r", "?", "q", "\u{1B}", "q"], 0),
    ("a resize, then q", ["resize", "q"], 0),
  ]

  @Test(
    "On exit the earlier screen is restored, and the shell continues below it", .tags(.n16),
    arguments: [[], ["--cursor-focus"]])
  func restored(arguments: [String]) throws {
    let file = try KeyFile(count: 30)
    let browse = "\"$PROGRAM\" --no-plain --from \(file.path) \(arguments.joined(separator: " "))"
    for way in RestoredScreenTests.ways {
      let session = try Dashboard.shell(
        "echo first line; echo second line; read start; \(browse); echo \"ended $?\"; read stop")
      try session.waitUntil("the lines before") { $0.contains("second line") }
      let modes = session.modes
      let before = session.screen
      try session.send("\n")
      try Dashboard.waitUntilReady(session)
      #expect(!session.screen.contains("second line"))
      for key in way.keys {
        if key == "resize" { session.resize(columns: 90, rows: 28) } else { try session.send(key) }
        try session.waitUntilQuiet(for: .milliseconds(100))
      }
      try session.waitUntil("the end by \(way.name)") { $0.contains("ended \(way.status)") }
      let after = session.screen.filter { !$0.isEmpty }
      #expect(after == before.filter { !$0.isEmpty } + ["ended \(way.status)"], "\(way.name)")
      #expect(
        session.caret.column == 0 && session.screen[session.caret.row - 1] == "ended \(way.status)", "\(way.name)")
      Dashboard.expectRestored(session, modes: modes, way.name)
      try session.send("\n")
      _ = try session.waitForExit()
    }
  }

  @Test(
    "On a terminal without an alternate screen the shell continues below the last frame", .tags(.n16),
    arguments: ["linux", "vt100"])
  func oneScreen(terminal: String) throws {
    let file = try KeyFile(count: 30)
    let session = try Dashboard.shell(
      "\"$PROGRAM\" --no-plain --from \(file.path); echo \"ended $?\"; read stop", environment: ["TERM": terminal])
    let modes = session.modes
    try session.waitUntil("the keys") { $0.contains { $0.contains("complete") || $0.contains("in the file;") } }
    try session.waitUntilQuiet(for: .milliseconds(100))
    try session.send("q")
    try session.waitUntil("the end") { $0.contains("ended 0") }
    #expect(session.caret.column == 0 && session.screen[session.caret.row - 1] == "ended 0")
    #expect(session.isCursorVisible && session.modes == modes)
    try session.send("\n")
    _ = try session.waitForExit()
  }
}
