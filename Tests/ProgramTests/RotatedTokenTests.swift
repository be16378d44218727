import Foundation
import Synchronization
import TestSupport
import Testing

/// A token that is replaced while the real program runs.
@Suite("A token that is replaced", .serialized)
struct RotatedTokenTests {
  /// Takes any token for the first page, and the fresh one alone for those after it.
  private static func server() async throws -> FaultServer {
    try await FaultServer { _, head in
      let isFresh = head.contains("fresh-token-of-today")
      return PageBody.cursor(head) == nil || isFresh
        ? .http(PageBody.page(for: head, of: 300)) : .http(401, #"{"detail":"Token has expired"}"#)
    }
  }

  private func write(_ token: String, _ scratch: Scratch) throws {
    let path = scratch.path("token")
    try (token + "\n").write(toFile: path, atomically: false, encoding: .utf8)
    chmod(path, 0o600)
  }

  /// A command that prints the file, and notes that it ran; it asks at the terminal where there is a file `ask`.
  private func command(_ scratch: Scratch) throws -> String {
    let path = scratch.path("command")
    let folder = scratch.url.path
    try """
    #!/bin/sh
    echo run >>'\(folder)/runs'
    if [ -f '\(folder)/ask' ]; then printf 'Passphrase? ' >&2; read answer </dev/tty || exit 3; fi
    cat '\(folder)/token'
    """.write(toFile: path, atomically: false, encoding: .utf8)
    chmod(path, 0o700)
    return path
  }

  private func runs(_ scratch: Scratch) throws -> Int {
    try String(contentsOfFile: scratch.path("runs"), encoding: .utf8).split(separator: "\n").count
  }

  private func start(_ server: FaultServer, _ source: [String], plain: Bool = false) throws -> PtySession {
    try PtySession(
      program: TestProducts.path("apikeys-tui"),
      arguments: ["--url", server.url, "--page-size", "100"] + source + (plain ? ["--plain"] : []),
      environment: ["TZ": "UTC"], columns: 160, rows: 40)
  }

  private func expect(_ text: String, _ session: PtySession) throws {
    try session.waitUntil("'\(text)'", timeout: .seconds(30)) { screen in
      screen.joined(separator: " ").split(separator: " ").joined(separator: " ").contains(text)
    }
  }

  @Test(
    "T19 in the dashboard, r goes on with the token that is in the file or that the command prints by then",
    arguments: [false, true])
  func dashboard(usesCommand: Bool) async throws {
    let scratch = try Scratch()
    let server = try await RotatedTokenTests.server()
    try write("stale-token-of-yesterday", scratch)
    let source = usesCommand ? ["--token-command", try command(scratch)] : ["--token-file", scratch.path("token")]
    let session = try start(server, source)
    try expect("100 loaded", session)
    try session.send("G")
    try expect("does not accept the token (401), on page 2, after 100 keys: Token has expired", session)
    try expect("press r to resume", session)
    try write("fresh-token-of-today", scratch)
    try session.send("rG")
    try expect("300 keys, complete", session)
    #expect(!session.screen.joined().contains("-token-of-"))
    try session.send("q")
    #expect(PtySession.exitCode(of: try session.waitForExit()) == 0)
    await server.close()
  }

  @Test("T19 in plain mode, refresh does the same; R reads everything with it")
  func plain() async throws {
    let scratch = try Scratch()
    let server = try await RotatedTokenTests.server()
    try write("stale-token-of-yesterday", scratch)
    let session = try start(server, ["--token-file", scratch.path("token")], plain: true)
    try expect("100 keys loaded", session)
    try session.send("end\n")
    try expect("Token has expired.", session)
    try expect("the next try reads it again", session)
    try write("fresh-token-of-today", scratch)
    try session.send("refresh\n")
    try expect("The server answers again", session)
    try session.send("end\nwhere\n")
    try expect("300 keys, complete", session)
    try session.send("quit\n")
    #expect(PtySession.exitCode(of: try session.waitForExit()) == 0)
    await server.close()
  }

  @Test("T19 a command goes on by itself where the token was replaced meanwhile, and runs its program once more")
  func meanwhile() async throws {
    let scratch = try Scratch()
    let path = scratch.path("token")
    let server = try await FaultServer { _, head in
      if PageBody.cursor(head) == nil || head.contains("fresh-token-of-today") {
        return .http(PageBody.page(for: head, of: 300))
      }
      // What cannot be written is seen at the end.
      try? "fresh-token-of-today\n".write(toFile: path, atomically: false, encoding: .utf8)
      return .http(401, #"{"detail":"Token has expired"}"#)
    }
    for usesCommand in [false, true] {
      try write("stale-token-of-yesterday", scratch)
      let source = usesCommand ? ["--token-command", try command(scratch)] : ["--token-file", path]
      let before = server.heads.count
      let run = try await ProgramRun(
        ["list", "--url", server.url, "--page-size", "100", "--format", "ndjson"] + source)
      #expect(run.status == 0 && run.output.split(separator: "\n").count == 300, "\(run.errors)")
      // Three pages, the second of them asked for twice; what is asked from the other end is not counted here.
      #expect(server.heads.count - before <= 6)
      if usesCommand { #expect(try runs(scratch) == 2) }
    }
    await server.close()
  }

  @Test("T19 a command that has to ask at the terminal fails at once while that shows the keys, and is told")
  func asks() async throws {
    let scratch = try Scratch()
    let server = try await RotatedTokenTests.server()
    try write("stale-token-of-yesterday", scratch)
    let command = try command(scratch)
    let session = try start(server, ["--token-command", command])
    try expect("100 loaded", session)
    try "".write(toFile: scratch.path("ask"), atomically: false, encoding: .utf8)
    try session.send("G")
    try expect("does not accept the token (401)", session)
    // The terminal is still ours: keys work, and nothing of the question is on it.
    try session.send("?")
    try expect("Help", session)
    #expect(!session.screen.joined().contains("Passphrase? \n"))
    try session.send("\u{1B}")
    try session.waitUntilQuiet()
    try session.send("q")
    #expect(PtySession.exitCode(of: try session.waitForExit()) == 0)
    let list = try await ProgramRun(
      [
        "list", "--url", server.url, "--page-size", "100", "--token-command",
        "sh -c 'cat \(scratch.path("token")); [ ! -f \(scratch.path("first")) ] || exit 3; touch \(scratch.path("first"))'",
      ])
    #expect(list.status == 77 && list.errors.contains("ended with status 3"), "\(list.errors)")
    #expect(list.errors.contains("Token has expired"))
    await server.close()
  }

  @Test("T18 keys under another status of success are a list, and in neither the log nor standard error")
  func otherSuccess() async throws {
    let scratch = try Scratch()
    for status in [200, 201, 203, 226, 299] {
      let server = try await FaultServer { _, head in .http(status, PageBody.page(for: head, of: 3)) }
      let log = scratch.path("log")
      let run = try await ProgramRun(
        ["list", "--url", server.url, "--format", "ndjson", "--log-file", log],
        environment: ["APIKEYS_TOKEN": "token-for-a-test"])
      #expect(run.status == 0 && run.output.split(separator: "\n").count == 3, "\(status): \(run.errors)")
      #expect(!run.errors.contains("key 1"))
      let lines = try String(contentsOfFile: log, encoding: .utf8)
      #expect(lines.contains("status=\(status) ") && !lines.contains("key 1"), "\(lines)")
      await server.close()
    }
    for status in [206, 204] {
      let server = try await FaultServer { _, head in
        status == 204
          ? FaultServer.Answer(bytes: Array("HTTP/1.1 204 X\r\n\r\n".utf8))
          : .http(206, PageBody.page(for: head, of: 3))
      }
      let run = try await ProgramRun(["list", "--url", server.url], environment: ["APIKEYS_TOKEN": "token-for-a-test"])
      #expect(run.status == 65 && run.output.isEmpty && !run.errors.contains("key 1"), "\(run.errors)")
      await server.close()
    }
  }

  @Test("T20 mistakes on the command line have one form: the program's name, what is wrong, what to do")
  func oneForm() async throws {
    for (arguments, environment, status, words) in [
      (
        ["list", "--url", "keys.example.com"], [:], 78,
        "The address in --url has no scheme. Give https://keys.example.com."
      ),
      (
        ["list"], ["APIKEYS_URL": "localhost:3000"], 78,
        "The address in APIKEYS_URL has no scheme. Give http://localhost:3000."
      ),
      (
        ["list", "--url", "https://h"], ["APIKEYS_TOKEN": "\"tok\""], 78, "APIKEYS_TOKEN holds quotes around the token."
      ),
      (["list", "--nonsense"], [:], 64, "Unknown option '--nonsense'"),
      (["--nonsense"], [:], 64, "Unknown option '--nonsense'"),
      (["list", "--page-size", "0"], [:], 64, "--page-size must be a number from 1 to 1000."),
      (["list", "--pin", "abc"], [:], 64, "--pin is sha256//"),
      (["list", "--filter", "("], ["APIKEYS_URL": "https://h"], 64, "The filter is not understood"),
    ] as [([String], [String: String], Int32, String)] {
      let run = try await ProgramRun(arguments, environment: environment)
      #expect(run.status == status && run.errors.hasPrefix("apikeys-tui: \(words)"), "\(arguments): \(run.errors)")
      #expect(!run.errors.contains("Error: ") && run.output.isEmpty)
    }
  }
}
