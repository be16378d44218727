import TestSupport
import Testing

/// The dashboard with `--cursor-focus`: what two readers say, and what it writes.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct CursorFocusTests {
  /// Room for 28 keys.
  private static let size = (columns: 100, rows: 32)
  private static let down = "\u{1B}[B"
  private static let up = "\u{1B}[A"

  @Test(
    "Moves, marks and a filter are each spoken once, and nothing else is", .tags(.n3, .n4, .n5),
    .enabled(if: !ScreenReader.installed.isEmpty, ScreenReader.howToInstall), arguments: ScreenReader.installed)
  func spoken(kind: ScreenReader.Kind) async throws {
    let keys = try SpokenKeys(count: 500)
    let reader = try ScreenReader(
      kind, program: TestProducts.path("apikeys-tui"),
      arguments: ["--cursor-focus", "--no-plain", "--from", keys.path],
      columns: CursorFocusTests.size.columns, rows: CursorFocusTests.size.rows)
    var heard = try reader.hear("the list", timeout: .seconds(60)) { said in
      Heard(said).times("500 keys in the file;") == 1
    }
    func press(_ key: String, _ sentence: String) throws {
      try reader.session.send(key)
      let said = try reader.hear(sentence) { !$0.isEmpty }
      heard += said
      #expect(Heard(said).isOnly(sentence), "\(sentence): heard \(said)")
    }
    // Past the end of the page: the list moves up by one row each time, and that row alone is said.
    for number in 1...32 { try press(CursorFocusTests.down, keys.row(number)) }
    try press(CursorFocusTests.up, keys.row(31))
    try press(" ", keys.row(31, isMarked: true))
    try press(" ", keys.row(31))

    try press("/", "Filter:")
    try reader.type("key1")
    #expect(try reader.hear("the echo, which is not said") { _ in true }.isEmpty)
    try press("\r", "111 of 500 keys match key1.")
    #expect(reader.session.bytesWritten(within: .seconds(10)) == 0)
    #expect(try reader.hear("ten seconds of silence").isEmpty)
    try press(CursorFocusTests.down, keys.row(1))
    try press(CursorFocusTests.down, keys.row(10))
    try Transcript.write(heard, named: "cursor-focus.\(kind.rawValue)")
    try await reader.end()
  }

  @Test("A move writes at most 16 bytes, and ten idle seconds none", .tags(.n3, .n8))
  func bytes() throws {
    let keys = try SpokenKeys(count: 500)
    for terminal in ["xterm-256color", "linux", "vt100"] {
      let session = try PtySession(
        program: TestProducts.path("apikeys-tui"), arguments: ["--cursor-focus", "--no-plain", "--from", keys.path],
        environment: ["TERM": terminal], columns: CursorFocusTests.size.columns, rows: CursorFocusTests.size.rows)
      try session.waitUntil("the whole list") { $0.contains { $0.contains("500 keys in the file;") } }
      try session.waitUntilQuiet()
      @discardableResult
      func move(to number: Int) throws -> Int {
        let before = session.rawBytes.count
        try session.send("j")
        try session.waitUntil("key \(number)") { _ in session.caretRow.hasPrefix("key\(number) ") }
        try session.waitUntilQuiet(for: .milliseconds(20))
        return session.rawBytes.count - before
      }
      var most = 0
      for number in 1...20 { most = max(most, try move(to: number)) }
      #expect(most <= 16, "\(terminal)")
      // Past the end of the page a row comes that was not on the screen: it costs its own text besides.
      for number in 21...27 { try move(to: number) }
      var mostBesides = 0
      for number in 28...60 { mostBesides = max(mostBesides, try move(to: number) - keys.row(number).utf8.count) }
      #expect(mostBesides <= 32, "\(terminal)")
      print(
        "figure N3: \(terminal): a move writes at most \(most) bytes; where the list scrolls, the new row and at most "
          + "\(mostBesides) bytes")
      #expect(session.bytesWritten(within: .seconds(terminal == "linux" ? 10 : 1)) == 0)
    }
  }
}
