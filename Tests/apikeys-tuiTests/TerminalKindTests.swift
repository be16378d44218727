import Foundation
import TestSupport
import Testing

/// Terminals of every kind, the unknown and the hostile included.
@Suite("Terminal types", .serialized, .timeLimit(.minutes(5)))
struct TerminalKindTests {
  @Test("Each TERM gets the dashboard, another type with a notice, or plain mode", .tags(.d5))
  func table() throws {
    enum Face {
      case dashboard
      case notice
      case plain
    }
    let file = try KeyFile(count: 30)
    let rows: [(term: String, face: Face)] = [
      ("xterm-256color", .dashboard), ("xterm", .dashboard), ("screen", .dashboard), ("screen-256color", .dashboard),
      ("tmux-256color", .dashboard), ("linux", .dashboard), ("vt100", .dashboard), ("vt220", .dashboard),
      ("rxvt", .dashboard), ("ansi", .dashboard), ("no-such-terminal", .notice), ("unknown", .notice),
      ("../../../etc/passwd", .notice), ("\u{1B}[31337m", .notice), (String(repeating: "x", count: 5000), .notice),
      ("dumb", .plain), ("", .plain),
    ]
    for (term, face) in rows {
      let session = try PtySession(
        program: TestProducts.path("apikeys-tui"), arguments: ["--from", file.path], environment: ["TERM": term],
        columns: 120, rows: 30)
      let modes = session.modes
      switch face {
      case .plain:
        try session.waitUntil("plain mode", timeout: .seconds(30)) { $0.contains { $0.contains("30 keys") } }
        #expect(!session.isAlternateScreen)
        #expect(session.screen.contains { $0.contains(term.isEmpty ? "TERM is not set" : "TERM is dumb") })
        try session.waitUntilQuiet(for: .milliseconds(100))
        try session.send("quit\n")
      case .dashboard, .notice:
        try session.waitUntil("the keys of \(term.prefix(30))", timeout: .seconds(30)) { screen in
          screen.contains { $0.contains("key 0") }
            && screen.contains { $0.contains("complete") || $0.contains("in the file;") }
        }
        try session.waitUntilQuiet(for: .milliseconds(100))
        let notices = session.screen.filter { $0.contains("is not known here") }.count
        #expect(notices == (face == .notice ? 1 : 0), "\(term.prefix(30)): \(session.screen)")
        #expect(!String(decoding: session.rawBytes, as: UTF8.self).contains("[31337m") || term.hasPrefix("\u{1B}"))
        #expect(!String(decoding: session.rawBytes, as: UTF8.self).contains("\u{1B}[31337m"))
        // Said once: the next message takes its place.
        try session.send("w")
        try session.waitUntil("another message") { !$0.contains { $0.contains("is not known here") } }
        try session.send("q")
      }
      #expect(PtySession.exitCode(of: try session.waitForExit()) == 0, "\(term.prefix(30))")
      #expect(session.modes == modes)
    }
    print("figure D5: \(rows.count) values of TERM, each with its face; an unknown one is said once")
  }

  @Test(
    "Without xterm-256color vt100 is used, and without any terminal type the error gives the next step", .tags(.d5),
    .enabled(if: OwnMounts.arePossible))
  func fallbacks() throws {
    let file = try HostileKeyFile(["{\"id\":\"a\",\"name\":\"first\"}"])
    let known = ["/lib/terminfo", "/usr/share/terminfo", "/usr/lib/terminfo"].map { $0 + "/v/vt100" }
    let vt100 = try #require(known.first { FileManager.default.fileExists(atPath: $0) })
    let directory = file.file("terminfo")
    try FileManager.default.createDirectory(atPath: directory + "/v", withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: vt100, toPath: directory + "/v/vt100")
    // The system's own descriptions are hidden from the program, and from nobody else.
    let hidden = """
      \(OwnMounts.command) sh -c '
        for place in /etc/terminfo /lib/terminfo /usr/share/terminfo /usr/lib/terminfo; do
          if test -d $place; then mount -t tmpfs none $place; fi
        done
        exec "$PROGRAM" --from \(file.path)'
      """
    let variables = ["TERM": "no-such-terminal", "TERMINFO_DIRS": directory]
    let session = try Dashboard.shell(hidden, environment: variables, columns: 120)
    try session.waitUntil("the keys", timeout: .seconds(30)) {
      $0.contains { $0.contains("complete") || $0.contains("in the file;") }
    }
    #expect(session.screen.contains { $0.contains("no-such-terminal is not known here; vt100 is used") })
    try session.send("q")
    #expect(PtySession.exitCode(of: try session.waitForExit()) == 0)

    try FileManager.default.removeItem(atPath: directory + "/v/vt100")
    let without = try Dashboard.shell(hidden, environment: variables, columns: 120)
    #expect(PtySession.exitCode(of: try without.waitForExit()) == 78)
    #expect(without.screen.contains { $0.contains("Use --plain") })
  }
}

/// Terminal types that cannot place their cursor, and so get another type's sequences.
@Suite("Terminal types without cup", .serialized, .timeLimit(.minutes(5)))
struct TerminalsWithoutCursorAddressTests {
  /// Every installed type without `cup`, by the system's own listing, and one made for this.
  private func types(_ directory: URL) throws -> [String] {
    let list = Process()
    list.executableURL = URL(filePath: "/bin/sh")
    list.arguments = [
      "-c",
      "printf 'made-up|no cup,\\n\\tam, cols#80, lines#24, clear=^L,\\n' | tic -x -o \(directory.path)/types -; "
        + "toe -a 2>/dev/null | cut -f1 | sort -u | while read -r name; do "
        + "infocmp -1 \"$name\" 2>/dev/null | grep -q '^.cup=' || echo \"$name\"; done; echo made-up",
    ]
    let output = Pipe()
    list.standardOutput = output
    try list.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    list.waitUntilExit()
    return text.split(separator: "\n").map(String.init).filter { $0 != "dumb" }
  }

  @Test("A terminal type without cup leaves the terminal modes unchanged", .tags(.s16))
  func modes() throws {
    let file = try KeyFile(count: 3)
    let types = try types(file.directory)
    #expect(types.contains("made-up"))
    for start in stride(from: 0, to: types.count, by: 8) {
      let sessions = try types[start..<min(start + 8, types.count)].map { type in
        let session = try PtySession(
          program: "/bin/sh",
          arguments: [
            "-c", "read start; \"$0\" --no-plain --from \"$1\"; echo \"ended $?\"; read stop",
            TestProducts.path("apikeys-tui"), file.path,
          ],
          environment: [
            "TERM": type,
            "TERMINFO_DIRS": "\(file.directory.path)/types:/etc/terminfo:/lib/terminfo:/usr/share/terminfo",
          ])
        let modes = session.modes
        try session.send("\n")
        return (type: type, session: session, modes: modes)
      }
      for (type, session, modes) in sessions {
        try session.waitUntil("the keys with \(type)", timeout: .seconds(30)) { screen in
          screen.contains { $0.contains("complete") || $0.contains("in the file;") || $0.contains("ended") }
        }
        // Typed before curses reads, it may be taken as a line's part by those modes; so once it is at rest.
        try session.waitUntilQuiet(for: .milliseconds(20))
        try session.send("q")
        try session.waitUntil("the end with \(type)", timeout: .seconds(20)) { $0.contains { $0.contains("ended 0") } }
        #expect(session.modes == modes, "\(type)")
      }
    }
    print("figure S16: \(types.count) terminal types without cup: modes as before after each")
  }
}

/// Mounts that one command alone sees; not everybody may have them.
enum OwnMounts {
  static let command = geteuid() == 0 ? "unshare -m" : "unshare -rm"
  static let arePossible: Bool = {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "\(command) mount -t tmpfs none /mnt 2>/dev/null"]
    do { try process.run() } catch { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()
}
