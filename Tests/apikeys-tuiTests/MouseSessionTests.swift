import TestSupport
import Testing

/// The mouse in a real terminal: off until it is asked for, so that text can be selected.
@Suite("Mouse sessions", .serialized, .timeLimit(.minutes(5)))
struct MouseSessionTests {
  /// What an xterm sends for a button at a place, both from 1: 0 is the left button, 64 and 65 the wheel.
  private func report(_ button: Int, column: Int, row: Int) -> String {
    "\u{1B}[<\(button);\(column);\(row)M" + (button < 64 ? "\u{1B}[<\(button);\(column);\(row)m" : "")
  }

  @Test("Clicks and the wheel work only while the mouse is on")
  func mouse() throws {
    let file = try KeyFile(count: 60)
    let session = try PtySession(
      program: TestProducts.path("apikeys-tui"), arguments: ["--from", file.path], columns: 120, rows: 40)
    try session.waitUntil("the keys", timeout: .seconds(20)) { $0.contains { $0.contains("60 keys in the file") } }
    try session.waitUntilQuiet()
    func text() -> String { String(decoding: session.rawBytes, as: UTF8.self) }
    #expect(!text().contains("\u{1B}[?1000") && !text().contains("\u{1B}[?1006"))
    try session.send(":set mouse on\r")
    try session.waitUntil("the mouse") { _ in text().contains("\u{1B}[?1006;1000h") }
    try session.waitUntilQuiet()
    try session.send(report(0, column: 6, row: 11))
    try session.waitUntil("the cursor on the row clicked") { _ in session.caret.row == 10 }
    #expect(session.caretRow.contains("key 8"))
    try session.send(report(65, column: 6, row: 20))
    try session.waitUntil("three rows further") { _ in session.caret.row == 13 }
    try session.send(report(64, column: 6, row: 20))
    try session.waitUntil("three rows back") { _ in session.caret.row == 10 }
    try session.send(report(0, column: 4, row: 2))
    try session.waitUntil("the order of names") { $0[0].contains("sorted by Name") }
    try session.send(report(0, column: 4, row: 2))
    try session.waitUntil("the order turned round") { $0[0].contains("sorted by Name descending") }
    try session.send(":set mouse off\r")
    try session.waitUntil("the mouse off") { _ in text().contains("\u{1B}[?1006;1000l") }
    try session.send("q")
    #expect(PtySession.exitCode(of: try session.waitForExit()) == 0)
  }
}
