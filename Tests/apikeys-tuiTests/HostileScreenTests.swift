import TestSupport
import Testing

/// The dashboard on hostile names: what reaches the terminal is ours.
@Suite("Hostile text on the screen", .serialized, .timeLimit(.minutes(5)))
struct HostileScreenTests {
  /// What curses sends to an xterm, and nothing else: see `infocmp xterm-256color`.
  static let ours: Set<String> = [
    "8", "9", "a", "d", "CSI m", "CSI H", "CSI J", "CSI K", "CSI d", "CSI G", "CSI A", "CSI B", "CSI C", "CSI D",
    "CSI X",
    "CSI P", "CSI @", "CSI L", "CSI M", "CSI S", "CSI T", "CSI b", "CSI r", "CSI l", "CSI h", "CSI ?h", "CSI ?l",
    "CSI t",
    "CSI Z", "ESC (B", "ESC =", "ESC >", "ESC M", "ESC 7", "ESC 8",
  ]

  @Test("No command but copy sends an OSC, and none sends a key's control bytes", .tags(.a8))
  func everyCommand() throws {
    let file = try HostileKeyFile()
    let session = try Dashboard.open(file.path, columns: 160, rows: 50)
    // Each key in turn, its detail beside it, to the end.
    for _ in 0..<file.count { try session.send("j") }
    try session.waitUntil("the last key") {
      $0.contains { $0.contains("\(file.count)/\(file.count)") || $0.contains("\(file.count) of") }
    }
    // What a control became is there to be read.
    try session.send("gg")
    try session.waitUntilQuiet(for: .milliseconds(100))
    #expect(session.screen.contains { $0.contains("qz<U+0000>zq") }, "\(session.screen)")
    #expect(session.screen.contains { $0.contains("qz<U+001B>zq") })
    let steps = [
      "p", "jjjr", "\u{1B}", "c", "jj", "\u{1B}", "H", "\u{1B}", " j =", "\u{1B}", "i", "\u{1B}", "w", "t", "s",
      "\u{1B}",
      "S", "C", "\u{1B}", "?", "/qz\r", "n", "\u{1B}\u{1B}", "e", "\u{1B}", "/qz\r", "\u{1B}", "fqz\rnN", "*", "U", "v",
      "Y", "\r",
      "\t", "jjjj", "+", "_", "h", "F", "F", ":show qz\r", "\u{1B}", ":go 31337\r", "r", "R", "\u{0C}", "x\u{1B}[2J\r",
      "\u{1B}",
      ":set mouse on\r", ":set mouse off\r", ":set theme high-contrast\r",
    ]
    for step in steps {
      try session.send(step)
      try session.waitUntilQuiet(for: .milliseconds(60))
    }
    try session.waitUntil("the dashboard") { _ in session.isAlternateScreen }
    let before = session.systemCommands
    #expect(before.isEmpty, "\(before)")
    let controls = PtyLog.controls(session.rawBytes)
    #expect(controls.subtracting(HostileScreenTests.ours).isEmpty, "\(controls)")
    let log = String(decoding: session.rawBytes, as: UTF8.self)
    #expect(!log.contains("\u{1B}[31337"), "a parameter of an attack was sent as one")
    #expect(
      log.unicodeScalars.allSatisfy { !(0x80...0x9F).contains($0.value) && !(0x202A...0x202E).contains($0.value) })
    print(
      "figure A1: \(session.rawBytes.count) bytes of the dashboard hold our own \(controls.count) kinds of control and no other"
    )
    print("figure A8: 0 OSC in \(session.rawBytes.count) bytes of a session of \(steps.count) commands")

    // The user's own copy is the one exception, and sends the value alone.
    try session.send("gg")
    try session.send("y")
    try session.waitUntilQuiet(for: .milliseconds(60))
    try session.send("\r")
    try session.wait(for: "the clipboard's sequence") { !session.systemCommands.isEmpty }
    try session.waitUntil("the sentence about it") { $0.contains { $0.contains("sent to the terminal's clipboard") } }
    #expect(session.systemCommands.count == 1)
    #expect(session.systemCommands.allSatisfy { $0.hasPrefix("52;c;") })
  }

  @Test("The longest name of combining marks is drawn with four, within a frame's time", .tags(.a4))
  func marks() throws {
    let name = "e" + String(repeating: "\u{301}", count: 32_000)
    let file = try HostileKeyFile([
      "{\"id\":\"a\",\"name\":\"first\",\"restricted\":true}",
      "{\"id\":\"b\",\"name\":\"\(name)\",\"restricted\":true}",
    ])
    let session = try Dashboard.open(file.path)
    let clock = ContinuousClock()
    var slowest = Duration.zero
    for press in ["j", "k", "j", "k", "j"] {
      let row = session.caret.row
      let took = try clock.measure {
        try session.send(press)
        try session.waitUntil("the next row") { _ in session.caret.row != row }
      }
      slowest = max(slowest, took)
    }
    #expect(session.screen.contains { $0.unicodeScalars.filter { $0 == "\u{301}" }.count >= 4 })
    for row in session.screen {
      var run = 0
      for scalar in row.unicodeScalars {
        run = scalar == "\u{301}" ? run + 1 : 0
        #expect(run <= 4)
      }
    }
    print(
      """
      figure A4: 4 of 32,000 marks drawn; slowest of 5 key presses with them on screen: \
      \(slowest / .milliseconds(1)) ms (\(TestProducts.buildKind) build, test machinery included)
      """)
  }
}
