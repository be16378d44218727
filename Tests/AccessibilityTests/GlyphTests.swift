import TestSupport
import Testing

/// The signs on every screen of the real dashboard: what a braille display and a speech synthesizer have a word for.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct GlyphTests {
  private static let sizes: [(columns: Int, rows: Int)] = [(120, 40), (80, 24), (40, 12)]
  /// Each opens one screen, with a text that shows when it is there, and Esc leaves it.
  private static let screens = [
    ("\r", "Last four"), ("?", "Help"), ("p", "companies.delete"), ("c", "Creators"), ("H", "2023-11"), ("i", "About"),
    ("s", "Sort by"), ("C", "Columns:"), ("y", "Copy to"), ("e", "Messages"), ("/", "Filter:"), ("f", "Find:"),
    (":", "ommand"), ("x", "Export to:"),
  ]

  @Test(
    "Only line, arrow and block symbols are drawn, and none in cursor focus or with --ascii", .tags(.n13)
  )
  func signs() throws {
    let keys = try SpokenKeys(count: 500)
    let usual = try GlyphTests.signs(keys.path, [])
    let allowed: [ClosedRange<UInt32>] = [0x2500...0x257F, 0x2580...0x259F, 0x2190...0x2193, 0x2026...0x2026]
    #expect(usual.allSatisfy { sign in allowed.contains { $0.contains(sign.value) } }, "\(usual)")
    // The rule between the panes: the terminal did get signs, and the check saw them.
    #expect(usual.contains("\u{2502}") && usual.contains("\u{2500}"))
    print("figure N13: signs beside ASCII: \(usual.map(String.init).sorted().joined(separator: " "))")
    // The sign that a text was cut is no border: it stays in cursor focus.
    #expect(try GlyphTests.signs(keys.path, ["--cursor-focus"]).isSubset(of: ["\u{2026}"]))
    #expect(try GlyphTests.signs(keys.path, ["--ascii"]).isEmpty)
  }

  private static func isOnList(_ session: PtySession) -> Bool {
    let row = session.caretRow.drop { $0 == " " }
    return session.caret.column <= 2 && row.hasPrefix("key") && !row.contains("was created")
  }

  /// Every scalar beyond ASCII on any screen, at each size.
  private static func signs(_ path: String, _ arguments: [String]) throws -> Set<Unicode.Scalar> {
    var found: Set<Unicode.Scalar> = []
    let session = try PtySession(
      program: TestProducts.path("apikeys-tui"), arguments: ["--no-plain", "--from", path] + arguments,
      columns: sizes[0].columns, rows: sizes[0].rows)
    try session.waitUntil("the whole list") { $0.contains { $0.contains("500 keys in the file;") } }
    // The heading of a sorted column has an arrow. There is no home here to keep that in, and the program says so last.
    try session.send(":sort name:desc\r")
    try session.waitUntil("the order") { $0.contains { $0.contains("Settings are not kept") } }
    try session.send("j")
    func look() throws {
      try session.waitUntilQuiet(for: .milliseconds(60))
      for row in session.screen { found.formUnion(row.unicodeScalars.filter { !$0.isASCII }) }
    }
    for size in sizes {
      session.resize(columns: size.columns, rows: size.rows)
      try look()
      for (key, text) in screens {
        try session.send(key)
        try session.waitUntil("\(text) at \(size) with \(arguments)") { $0.contains { $0.contains(text) } }
        try look()
        try session.send("\u{1B}")
        try session.waitUntil("the list after \(text)") { _ in isOnList(session) }
        try look()
      }
    }
    return found
  }
}
