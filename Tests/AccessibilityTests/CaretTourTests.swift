import TestSupport
import Testing

/// The hardware cursor and the text of every screen, in the real dashboard in a pseudo-terminal.
@Suite("The caret on a tour of the dashboard", .serialized, .timeLimit(.minutes(20)))
struct CaretTourTests {
  /// One screen of the tour: rows, and the cursor.
  private struct Seen: Equatable {
    let rows: [String]
    let row: Int
    let column: Int
  }

  @Test(
    "The cursor is on the focused item after each key, and no terminal or color changes the text", .tags(.n1, .n10))
  func tour() throws {
    let keys = try SpokenKeys(count: 500)
    let session = try CaretTourTests.start(keys.path, "xterm-256color", [])
    var screens: [Seen] = [try CaretTourTests.reference(session, .on("key0 "), "the start")]
    for (number, step) in CaretTour.steps.enumerated() {
      try CaretTourTests.send(step.key, to: session)
      screens.append(try CaretTourTests.reference(session, step.place, "step \(number + 1), \(step.key)"))
    }
    print("figure N1: \(CaretTour.steps.count) keys, the cursor on the focused item after each")

    // N10: the same keys elsewhere; each screen has to become the one above.
    var compared = 0
    for terminal in ["xterm-256color", "vt100", "linux"] {
      for arguments in [[], ["--no-color"]] where terminal != "xterm-256color" || !arguments.isEmpty {
        let other = try CaretTourTests.start(keys.path, terminal, arguments)
        for (number, screen) in screens.enumerated() {
          if number > 0 { try CaretTourTests.send(CaretTour.steps[number - 1].key, to: other) }
          let what = "the screen of step \(number) on \(terminal) \(arguments):\n\(screen.rows.joined(separator: "\n"))"
          try other.waitUntil(what) { _ in CaretTourTests.seen(other) == screen }
          compared += 1
        }
      }
    }
    print("figure N10: \(compared) screens on 3 terminals, with and without colour: the same text and cursor")
  }

  private static func start(_ path: String, _ terminal: String, _ arguments: [String]) throws -> PtySession {
    let session = try PtySession(
      program: TestProducts.path("apikeys-tui"), arguments: ["--no-plain", "--from", path] + arguments,
      environment: ["TERM": terminal])
    try session.waitUntil("the whole list") { $0.contains { $0.contains("500 keys in the file;") } }
    return session
  }

  private static func send(_ key: CaretTour.Key, to session: PtySession) throws {
    switch key {
    case .press(let text): try session.send(text)
    case .resize(let columns, let rows): session.resize(columns: columns, rows: rows)
    }
  }

  /// Waits until the cursor is where it has to be and nothing more is drawn.
  private static func reference(_ session: PtySession, _ place: CaretTour.Place, _ what: String) throws -> Seen {
    try session.waitUntil("\(what): the cursor \(place)") { _ in isAt(place, session) }
    try session.waitUntilQuiet(for: .milliseconds(80))
    #expect(isAt(place, session), "\(what): the cursor \(place)")
    return seen(session)
  }

  /// On the first letter of an item: the place before it is blank, and itself is not.
  private static func isAt(_ place: CaretTour.Place, _ session: PtySession) -> Bool {
    let row = session.caretRow.unicodeScalars.map { Character($0) }
    let column = session.caret.column
    guard session.isCursorVisible else { return false }
    switch place {
    case .on(let text):
      guard column < row.count, row[column] != " ", column == 0 || row[column - 1] == " " || row[column - 1] == "│"
      else {
        return false
      }
      return String(row[column...]).hasPrefix(text)
    case .after(let text):
      // Blanks at the end of a row are not in its text.
      let before = String(row.prefix(column)) + String(repeating: " ", count: max(column - row.count, 0))
      return before == text
    }
  }

  /// The screen without the time of day, which differs between two runs.
  private static func seen(_ session: PtySession) -> Seen {
    Seen(
      rows: session.screen.map { $0.replacing(/\d\d:\d\d:\d\dZ/, with: "hh:mm:ssZ") }, row: session.caret.row,
      column: session.caret.column)
  }
}
