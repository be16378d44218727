import Foundation
import TestSupport
import Testing

/// Token commands and questions at a real terminal.
@Suite("Token prompts", .serialized, .timeLimit(.minutes(5)))
struct TokenPromptTests {
  private static let page = "{\"data\":[],\"has_more\":false,\"first_id\":null,\"last_id\":null}"
  private static let token = "typed-SECRET-42"

  /// A server that takes any token, and a program that asks for one without showing it.
  private final class Stage {
    let server: FaultServer
    let directory: URL
    let asks: String

    init() async throws {
      server = try await FaultServer { _, _ in .http(TokenPromptTests.page) }
      directory = FileManager.default.temporaryDirectory.appendingPathComponent("ask-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: false)
      asks = directory.appendingPathComponent("ask").path
      let script = """
        #!/bin/bash
        echo $$ > \(directory.path)/pid
        read -r -s -p "Passphrase: " answer < /dev/tty 2> /dev/tty; echo > /dev/tty; echo "$answer"
        """
      try script.write(toFile: asks, atomically: false, encoding: .utf8)
      chmod(asks, 0o755)
    }

    var authorization: [String] {
      server.heads.compactMap { head in
        head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("authorization:") }.map(String.init)
      }
    }

    /// The process of the command, once it has said so.
    func command() throws -> pid_t {
      var found: pid_t?
      try blockUntil("the command") {
        found = (try? String(contentsOfFile: directory.path + "/pid", encoding: .utf8))
          .flatMap { pid_t($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
        return found != nil
      }
      return try #require(found)
    }

    func close() async {
      await server.close()
      try? FileManager.default.removeItem(at: directory)  // What is left over harms nothing.
    }
  }

  /// An interactive bash with its prompt.
  private func bash() throws -> (session: PtySession, modes: [UInt8]) {
    let session = try PtySession(
      program: "/bin/bash", arguments: ["--norc", "--noprofile", "-i"],
      environment: ["PS1": "ready> ", "PROGRAM": try TestProducts.path("apikeys-tui"), "HISTFILE": ""], columns: 160,
      rows: 30)
    try session.waitUntil("the shell") { $0.contains { $0.contains("ready>") } }
    try session.waitUntilQuiet(for: .milliseconds(100))
    return (session, session.modes)
  }

  private func waitForPrompt(_ session: PtySession) throws {
    try session.wait(for: "the shell's prompt", timeout: .seconds(20)) {
      String(decoding: session.rawBytes.suffix(30), as: UTF8.self).hasSuffix("ready> ")
        || String(decoding: session.rawBytes.suffix(30), as: UTF8.self).contains("ready> \u{1B}[?2004h")
        || session.caretRow.hasPrefix("ready>")
    }
    try session.waitUntilQuiet(for: .milliseconds(100))
  }

  private func isGone(_ process: pid_t) -> Bool {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return true }
    return text.contains(") Z")
  }

  @Test("A command that prompts gets its input in the foreground, and echo is restored", .tags(.s13))
  func asks() async throws {
    let stage = try await Stage()
    let (session, modes) = try bash()
    try session.send("\"$PROGRAM\" list --url \(stage.server.url) --token-command \(stage.asks); echo \"code $?\"\n")
    try session.waitUntil("the question", timeout: .seconds(20)) { $0.contains { $0.hasPrefix("Passphrase:") } }
    try session.send(TokenPromptTests.token + "\n")
    try session.waitUntil("the end", timeout: .seconds(20)) { $0.contains("code 1") }
    try waitForPrompt(session)
    #expect(stage.authorization.first?.hasSuffix(" " + TokenPromptTests.token) == true)
    #expect(!session.screen.contains { $0.contains(TokenPromptTests.token) })
    #expect(session.modes == modes)
    await stage.close()
  }

  @Test(
    "Ctrl-C at a command's prompt ends the command's group and the program",
    .tags(.s13))
  func interrupted() async throws {
    let stage = try await Stage()
    let (session, modes) = try bash()
    try session.send("\"$PROGRAM\" list --url \(stage.server.url) --token-command \(stage.asks); echo \"code $?\"\n")
    try session.waitUntil("the question", timeout: .seconds(20)) { $0.contains { $0.hasPrefix("Passphrase:") } }
    let command = try stage.command()
    try session.send("\u{3}")
    try blockUntil("the command's end") {
      _ = session.bytesWritten(within: .milliseconds(1))
      return isGone(command)
    }
    try waitForPrompt(session)
    try session.send("echo \"code $?\"\n")
    try session.waitUntil("the shell") { $0.contains("code 130") }
    try waitForPrompt(session)
    #expect(session.modes == modes)
    #expect(stage.server.heads.isEmpty)

    // One that does not heed it, nor anything else.
    try session.send(
      "\"$PROGRAM\" list --url \(stage.server.url) --token-command 'sh -c \"trap : INT TERM HUP; echo stub >/dev/tty; "
        + "while :; do sleep 1; done\"'\n")
    try session.waitUntil("the command") { $0.contains("stub") }
    try session.send("\u{3}")
    try waitForPrompt(session)
    try session.send("echo \"again $?\"\n")
    try session.waitUntil("the shell") { $0.contains("again 130") }
    print("figure S13: Ctrl-C at a token command: 130, its group gone, modes and the next line the shell's, 2 of 2")
    await stage.close()
  }

  @Test(
    "The command starts in its own group with default signals, and without our descriptors or token",
    .tags(.s13))
  func surroundings() async throws {
    let stage = try await Stage()
    let report = stage.directory.appendingPathComponent("report").path
    let script = stage.directory.appendingPathComponent("look").path
    try """
    #!/bin/bash
    { grep -E 'Sig(Blk|Ign)|NoNewPrivs' /proc/self/status; ls /proc/$$/fd | tr '\\n' ' '; echo
      echo "group $(($(ps -o pgid= -p $$)))" "$$"; env; readlink /proc/$$/fd/0; } > \(report)
    echo tok
    """.write(toFile: script, atomically: false, encoding: .utf8)
    chmod(script, 0o755)
    let run = try await ProgramRun(
      ["list", "--url", stage.server.url, "--token-command", script], environment: ["APIKEYS_TOKEN": "from-environment"]
    )
    #expect(run.status == 1, "\(run.errors)")
    let text = try String(contentsOfFile: report, encoding: .utf8)
    let masks = text.matches(of: /Sig(?:Blk|Ign):\s+([0-9a-f]+)/)
    #expect(masks.count == 2 && masks.allSatisfy { UInt64($0.1, radix: 16) == 0 }, "\(text)")
    #expect(text.contains(/NoNewPrivs:\s+0/))
    // The last two are bash's own: the script, and what `{ }` puts aside.
    #expect(text.contains("\n0 1 10 2 255 \n"), "\(text)")
    #expect(!text.contains("from-environment"))
    let group = try #require(text.firstMatch(of: /group (\d+) (\d+)/))
    #expect(group.1 == group.2)
    #expect(text.hasSuffix("/dev/null\n"), "\(text)")
    await stage.close()
  }

  @Test("Without a terminal a command has 10 seconds or the option's time, and its whole group is ended", .tags(.s13))
  func limits() async throws {
    let stage = try await Stage()
    let start = ContinuousClock.now
    let run = try await ProgramRun([
      "list", "--url", stage.server.url, "--token-command",
      "sh -c 'sleep 600 & echo $! > \(stage.directory.path)/pid; sleep 600'", "--token-command-timeout", "1",
    ])
    #expect(run.status == 78)
    #expect(run.errors.contains("did not end within 1 seconds"), "\(run.errors)")
    #expect(ContinuousClock.now - start < .seconds(9))
    let sleeper = try stage.command()
    try await eventually("its child's end") { isGone(sleeper) }
    await stage.close()
  }

  @Test(
    "A killed program leaves no command behind and restores echo", .tags(.s13), arguments: [SIGKILL, SIGTERM, SIGHUP])
  func killed(_ number: Int32) async throws {
    let stage = try await Stage()
    let session = try Dashboard.shell(
      "read start; \"$PROGRAM\" list --url \(stage.server.url) --token-command \(stage.asks); echo ended $?; read stop")
    let modes = session.modes
    try session.send("\n")
    try session.waitUntil("the question", timeout: .seconds(20)) { $0.contains { $0.hasPrefix("Passphrase:") } }
    let command = try stage.command()
    let program = try #require(
      String(
        contentsOfFile: "/proc/\(session.processIdentifier)/task/\(session.processIdentifier)/children", encoding: .utf8
      )
      .split(separator: " ").first.flatMap { pid_t(String($0)) })
    kill(program, number)
    try blockUntil("the command's end") {
      _ = session.bytesWritten(within: .milliseconds(1))
      return isGone(command)
    }
    try session.waitUntil("the shell") { $0.contains { $0.contains("ended \(128 + number)") } }
    try blockUntil("the modes") {
      _ = session.bytesWritten(within: .milliseconds(1))
      return session.modes == modes
    }
    await stage.close()
  }

  @Test("A killed helper ends the command, and the program reports it", .tags(.s13))
  func killedHelper() async throws {
    let stage = try await Stage()
    let seconds = "41\(getpid())"
    let url = stage.server.url
    async let run = ProgramRun(["list", "--url", url, "--token-command", "sleep \(seconds)"])
    func processes(_ test: (String, pid_t) -> Bool) -> [pid_t] {
      ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { pid_t($0) }.filter {
        process in
        let words = (try? String(contentsOfFile: "/proc/\(process)/cmdline", encoding: .utf8)) ?? ""
        return test(words, process) && !isGone(process)
      }
    }
    func commands() -> [pid_t] { processes { words, _ in words == "sleep\0\(seconds)\0" } }
    try await eventually { !commands().isEmpty }
    let command = try #require(commands().first)
    let status = try String(contentsOfFile: "/proc/\(command)/status", encoding: .utf8)
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("PPid:") })
    let helper = try #require(pid_t(line.dropFirst(5).trimmingCharacters(in: .whitespaces)))
    kill(helper, SIGKILL)
    #expect(try await run.status == 78)
    try await eventually { commands().isEmpty }
    await stage.close()
  }

  @Test("A lost terminal ends a stubborn command and the program", .tags(.s13))
  func lostTerminal() async throws {
    let stage = try await Stage()
    let (session, _) = try bash()
    try session.send(
      "\"$PROGRAM\" list --url \(stage.server.url) --token-command 'sh -c \"trap : INT TERM HUP; echo \\$\\$ >"
        + "\(stage.directory.path)/pid; while :; do sleep 1; done\"'\n")
    let command = try stage.command()
    session.hangUp()
    try await eventually("the command's end") { isGone(command) }
    await stage.close()
  }

  @Test("Ctrl-Z stops command and program together, and fg resumes the prompt", .tags(.s13))
  func stopped() async throws {
    let stage = try await Stage()
    let (session, modes) = try bash()
    try session.send("\"$PROGRAM\" list --url \(stage.server.url) --token-command \(stage.asks); echo\n")
    try session.waitUntil("the question", timeout: .seconds(20)) { $0.contains { $0.hasPrefix("Passphrase:") } }
    try session.send("\u{1A}")
    try session.waitUntil("the shell") { $0.contains { $0.contains("Stopped") } }
    try waitForPrompt(session)
    #expect(session.modes == modes)
    try session.send("fg\n")
    try session.waitUntil("the program") { $0.contains { $0.hasPrefix("\"$PROGRAM\"") } }
    try session.wait(for: "the command's modes") { session.modes != modes }
    try session.waitUntilQuiet(for: .milliseconds(200))
    try session.send(TokenPromptTests.token + "\n")
    try session.wait(for: "the request", timeout: .seconds(20)) { !stage.server.heads.isEmpty }
    #expect(stage.authorization.first?.hasSuffix(TokenPromptTests.token) == true)
    try waitForPrompt(session)
    #expect(session.modes == modes)
    await stage.close()
  }

  @Test("A program found through a relative or empty entry of PATH is refused", .tags(.s13))
  func relativePath() async throws {
    let stage = try await Stage()
    let tool = stage.directory.appendingPathComponent("ourpass").path
    try "#!/bin/sh\necho planted\n".write(toFile: tool, atomically: false, encoding: .utf8)
    chmod(tool, 0o755)
    let program = try TestProducts.path("apikeys-tui")
    var refused = 0
    for path in [".", ":/usr/bin", "/usr/bin:", "/usr/bin::/bin", "bin:.:/usr/bin", "./:/usr/bin"] {
      let run = try await ProgramRun(
        [
          "-C", stage.directory.path, "PATH=\(path)", program, "list", "--url", stage.server.url, "--token-command",
          "ourpass",
        ], program: "/usr/bin/env")
      #expect(run.status == 78 && run.errors.contains("relative or empty entry of PATH"), "\(path): \(run.errors)")
      refused += run.status == 78 ? 1 : 0
    }
    #expect(stage.server.heads.isEmpty)
    // With a slash it is what it says, and an absolute entry finds it.
    for (path, command) in [("/usr/bin", "./ourpass"), (".:\(stage.directory.path)", "ourpass")] {
      let run = try await ProgramRun(
        [
          "-C", stage.directory.path, "PATH=\(path)", program, "list", "--url", stage.server.url, "--token-command",
          command,
        ], program: "/usr/bin/env")
      #expect(run.status == 1, "\(run.errors)")
    }
    print("figure S13: \(refused) kinds of relative entry in PATH refused")
    await stage.close()
  }

  @Test("A command's error output is bounded and sanitized", .tags(.s13))
  func complaints() async throws {
    let stage = try await Stage()
    var worst = 0
    for complaint in [
      "yes", "yes ''", "yes $'\\e[31mx'", "yes $'\\xe2\\x80\\xae'", "cat /dev/zero", "cat /dev/urandom",
    ] {
      let run = try await ProgramRun([
        "list", "--url", stage.server.url, "--token-command",
        "bash -c \"{ \(complaint) | head -c 300000; } >&2; exit 3\"",
      ])
      #expect(run.status == 78)
      worst = max(worst, run.errors.utf8.count)
      #expect(!run.errors.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    }
    #expect(worst < 9000)
    print("figure S13: 300,000 bytes of complaint in 6 kinds become at most \(worst) bytes")
    await stage.close()
  }

  @Test("--token-file - prompts without echo and restores the modes in every case", .tags(.s13))
  func prompt() async throws {
    let stage = try await Stage()
    for way in ["answer", "end", "Ctrl-C", "Ctrl-Z"] {
      let (session, modes) = try bash()
      let before = stage.server.heads.count
      try session.send("\"$PROGRAM\" list --url \(stage.server.url) --token-file -\n")
      try session.waitUntil("the question", timeout: .seconds(20)) { $0.contains { $0.hasPrefix("Token:") } }
      try session.wait(for: "the modes") { session.modes != modes }
      switch way {
      case "answer": try session.send(TokenPromptTests.token + "\n")
      case "end": try session.send("\u{4}")
      case "Ctrl-C": try session.send("\u{3}")
      default:
        try session.send("\u{1A}")
        try session.waitUntil("the shell") { $0.contains { $0.contains("Stopped") } }
        try waitForPrompt(session)
        #expect(session.modes == modes, "\(way)")
        try session.send("fg\n")
        try session.waitUntil("the question again") { $0.filter { $0.hasPrefix("Token:") }.count == 2 }
        try session.send(TokenPromptTests.token + "\n")
      }
      try waitForPrompt(session)
      try session.send("echo \"code $?\"\n")
      let code = ["answer": 1, "Ctrl-Z": 1, "end": 78, "Ctrl-C": 130][way] ?? -1
      try session.waitUntil("the status of \(way)", timeout: .seconds(20)) { $0.contains("code \(code)") }
      try waitForPrompt(session)
      #expect(session.modes == modes, "\(way)")
      #expect(!session.screen.contains { $0.contains(TokenPromptTests.token) }, "\(way)")
      #expect(stage.server.heads.count == before + (code == 1 ? 2 : 0), "\(way)")
    }
    // A pipe is read as before.
    let file = stage.directory.appendingPathComponent("token").path
    try "piped\n".write(toFile: file, atomically: false, encoding: .utf8)
    let run = try await ProgramRun(["list", "--url", stage.server.url, "--token-file", "-"], inputPath: file)
    #expect(run.status == 1 && stage.authorization.last?.hasSuffix("piped") == true)
    print("figure S13: --token-file - at a terminal: 4 ways out, token never shown, modes right each time")
    await stage.close()
  }
}
