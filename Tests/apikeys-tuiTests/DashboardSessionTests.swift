import TestSupport
import Testing

/// The real dashboard over the demonstration server, as a person would use it.
@Suite("Dashboard sessions", .serialized, .timeLimit(.minutes(5)))
struct DashboardSessionTests {
  private func start(columns: Int, rows: Int) throws -> PtySession {
    let session = try PtySession(
      program: TestProducts.path("apikeys-tui"), arguments: ["--demo", "--demo-keys", "60"], columns: columns,
      rows: rows)
    try session.waitUntil("the keys, with the cursor on one", timeout: .seconds(20)) { _ in
      session.isAlternateScreen && session.isCursorVisible && session.caret.row > 0 && !session.caretRow.isEmpty
        && session.screen.contains { $0.contains("50 loaded") || $0.contains("60 keys, complete") }
    }
    try session.waitUntilQuiet()
    return session
  }

  @Test("A dashboard session opens, moves, shows help, idles and quits", arguments: [(120, 40), (80, 24), (40, 12)])
  func session(columns: Int, rows: Int) throws {
    let session = try start(columns: columns, rows: rows)
    // At rest it writes nothing.
    #expect(session.bytesWritten(within: .milliseconds(1500)) == 0)
    let first = session.caret
    #expect(session.emulator.scalars(row: first.row, column: first.column).first.map { $0 > 0x20 } == true)
    try session.send("j")
    try session.waitUntil("the cursor one row down") { _ in session.caret.row == first.row + 1 }
    #expect(session.caret.column == first.column)
    try session.waitUntilQuiet()
    let list = session.screen
    try session.send("?")
    try session.waitUntil("the help") { $0 != list && $0.contains { $0.localizedHelp } }
    try session.send("\u{1B}")
    try session.waitUntil("the list again") { _ in session.caret.row == first.row + 1 }
    try session.send("q")
    #expect(PtySession.exitCode(of: try session.waitForExit()) == 0)
    #expect(!session.isAlternateScreen)
    #expect(session.isCursorVisible)
  }
}

extension String {
  fileprivate var localizedHelp: Bool { contains("Help") || contains("help") || contains("Keys") }
}
