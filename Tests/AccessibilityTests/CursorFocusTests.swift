import TestSupport
import Testing

/// The dashboard with `--cursor-focus`: what two readers say, and what it writes.
@Suite(.serialized)
struct CursorFocusTests {
  /// Room for 28 keys.
  private static let size = (columns: 100, rows: 32)
  private static let down = "\u{1B}[B"
  private static let up = "\u{1B}[A"

  @Test(
    "N3 N4 N5 moves, marks and a filter are said once each, and nothing else",
    .enabled(if: !ScreenReader.installed.isEmpty, ScreenReader.howToInstall), arguments: ScreenReader.installed)
  func spoken(kind: ScreenReader.Kind) throws {
    let keys = try SpokenKeys(count: 500)
    let reader = try ScreenReader(
      kind, program: TestProducts.path("apikeys-tui"),
      arguments: ["--cursor-focus", "--no-plain", "--from", keys.path],
      columns: CursorFocusTests.size.columns, rows: CursorFocusTests.size.rows)
    var heard = try reader.hear("the list", timeout: .seconds(60)) { said in
      Heard(said).times("500 keys, complete at") == 1
    }
    func press(_ key: String, _ sentence: String) throws {
      try reader.session.send(key)
      let said = try reader.hear(sentence) { !$0.isEmpty }
      heard += said
      #expect(Heard(said).isOnly(sentence), "\(sentence): heard \(said)")
    }
    // Past the end of the page: the list moves up by one row, and that row alone is said.
    for number in 1...29 { try press(CursorFocusTests.down, keys.row(number)) }
    try press(CursorFocusTests.up, keys.row(28))
    try press(" ", keys.row(28, isMarked: true))
    try press(" ", keys.row(28))

    try press("/", "Filter:")
    try reader.type("key1")
    #expect(try reader.hear("the echo, which is not said") { _ in true }.isEmpty)
    try press("\r", "111 of 500 keys match key1.")
    #expect(reader.session.bytesWritten(within: .seconds(10)) == 0)
    #expect(try reader.hear("ten seconds of silence").isEmpty)
    try press(CursorFocusTests.down, keys.row(1))
    try press(CursorFocusTests.down, keys.row(10))
    try Transcript.write(heard, named: "cursor-focus.\(kind.rawValue)")
  }

  @Test("N3 N8 a move writes at most 16 bytes, and ten idle seconds none")
  func bytes() throws {
    let keys = try SpokenKeys(count: 500)
    for terminal in ["xterm-256color", "linux", "vt100"] {
      let session = try PtySession(
        program: TestProducts.path("apikeys-tui"), arguments: ["--cursor-focus", "--no-plain", "--from", keys.path],
        environment: ["TERM": terminal], columns: CursorFocusTests.size.columns, rows: CursorFocusTests.size.rows)
      try session.waitUntil("the whole list") { $0.contains { $0.contains("500 keys, complete at") } }
      try session.waitUntilQuiet()
      var most = 0
      for number in 1...20 {
        let before = session.rawBytes.count
        try session.send("j")
        try session.waitUntil("key \(number)") { _ in session.caretRow.hasPrefix("key\(number) ") }
        most = max(most, session.rawBytes.count - before)
      }
      #expect(most <= 16, "\(terminal)")
      print("figure N3: \(terminal): a move writes at most \(most) bytes")
      #expect(session.bytesWritten(within: .seconds(terminal == "linux" ? 10 : 1)) == 0)
    }
  }
}
