import Foundation
import Synchronization
import TestSupport
import Testing

/// Where a token must not turn up: searched for as it is, in base64, and by its beginning.
private struct Canary {
  let token: String

  var needles: [String] { [token, Data(token.utf8).base64EncodedString(), String(token.prefix(8))] }

  func hits(in bytes: some Sequence<UInt8>) -> Int {
    let text = Data(bytes)
    return needles.filter { text.range(of: Data($0.utf8)) != nil }.count
  }

  func hits(in text: String) -> Int { hits(in: text.utf8) }

  /// Hits in every file below a directory, and the number of files.
  func hits(below directory: URL, except: Set<String>) throws -> (hits: Int, files: Int) {
    var (found, files) = (0, 0)
    let contents = FileManager.default.enumerator(at: directory, includingPropertiesForKeys: [.isRegularFileKey])
    while let file = contents?.nextObject() as? URL {
      guard try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true,
        !except.contains(file.lastPathComponent)
      else { continue }
      found += hits(in: try Data(contentsOf: file))
      files += 1
    }
    return (found, files)
  }
}

/// Reads the argument list of every process again and again.
private final class ArgumentWatch: Sendable {
  private struct Record {
    var scans = 0
    var programs: Set<String> = []
    var hits = 0
  }

  private let record = Mutex(Record())
  private let isOver = AtomicFlag()
  private let needles: [Data]

  init(_ canary: Canary) {
    needles = canary.needles.map { Data($0.utf8) }
    Thread.detachNewThread { [self] in
      while !isOver.isSet { scan() }
    }
  }

  private func scan() {
    // Processes end while they are read: what is gone cannot show anything.
    for name in (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? [] where Int(name) != nil {
      guard let arguments = FileManager.default.contents(atPath: "/proc/\(name)/cmdline") else { continue }
      let program = String(decoding: arguments.prefix { $0 != 0 }, as: UTF8.self)
      record.withLock { record in
        record.programs.insert(String(program.split(separator: "/").last ?? ""))
        record.hits += needles.filter { arguments.range(of: $0) != nil }.count
      }
    }
    record.withLock { $0.scans += 1 }
  }

  func stop() -> (scans: Int, programs: Set<String>, hits: Int) {
    isOver.set()
    return record.withLock { ($0.scans, $0.programs, $0.hits) }
  }
}

/// Runs the program against a real server in every way, and searches what comes out for the token.
private final class TokenSearch {
  let scratch: Scratch
  let canary: Canary
  private let service: PtySession
  private let tokenFile: String
  private let home: [String: String]
  private let common: [String]
  private(set) var searched = 0
  private(set) var hits = 0

  init() async throws {
    scratch = try Scratch()
    let program = try TestProducts.path("apikeys-server")
    let database = scratch.path("keys.sqlite")
    _ = try await ProgramRun(["seed", "--count", "300", "--database", database], program: program)
    let created = try await ProgramRun(["token", "create", "--database", database], program: program)
    canary = Canary(token: created.output.trimmingCharacters(in: .newlines))
    tokenFile = try scratch.write(canary.token + "\n", to: "token")
    service = try PtySession(program: program, arguments: ["serve", "--port", "0", "--database", database])
    try service.waitUntil("the server", timeout: .seconds(20)) { $0.contains { $0.contains("http://") } }
    let line = try #require(service.screen.first { $0.contains("http://") })
    let port = try #require(line.split { !$0.isNumber }.last)
    home = ["HOME": scratch.url.path, "XDG_STATE_HOME": scratch.path("state"), "TERM": "xterm-256color"]
    common = [
      "--url", "http://127.0.0.1:\(port)", "--token-file", tokenFile, "--log-file", scratch.path("log"),
    ]
  }

  private func search(_ bytes: some Collection<UInt8>) {
    searched += bytes.count
    hits += canary.hits(in: bytes)
  }

  /// Commands, in every format, to standard output and to files.
  func commands() async throws {
    var commands: [[String]] = [["permissions"], ["doctor"], ["show", "nobody"], ["--help"]]
    for format in ["table", "plain", "tsv", "csv", "json", "ndjson", "markdown"] {
      commands.append(["list", "--format", format])
      commands.append(["list", "--format", format, "--output", scratch.path("out.\(format)")])
    }
    for command in commands {
      let run = try await ProgramRun(command + (command == ["--help"] ? [] : common), environment: home)
      #expect([0, 1].contains(run.status), "\(command): \(run.errors)")
      search(Array(run.output.utf8) + Array(run.errors.utf8))
    }
  }

  func plainMode() async throws {
    let script = try scratch.write(
      "list\nshow 1\nfilter access:full\npermissions\nstatus\nexport \(scratch.path("plain.csv"))\nhelp\nquit\n",
      to: "script")
    let plain = try await ProgramRun(["--plain"] + common, environment: home, inputPath: script)
    #expect(plain.output.contains("Key"), "\(plain.output)\(plain.errors)")
    search(Array(plain.output.utf8) + Array(plain.errors.utf8))
  }

  /// A server that sends the token back, in a message, in a header, in a redirect.
  func echoes() async throws {
    for kind in 0..<4 {
      let parrot = try await FaultServer { _, head in
        let told = head.components(separatedBy: "\r\n").first { $0.lowercased().hasPrefix("authorization:") } ?? ""
        return switch kind {
        case 0: .http(401, "{\"detail\":\"bad token in \(told)\"}")
        case 1: .http(403, "{\"message\":\"\(told) may not\"}")
        case 2: .http(307, "", headers: "Location: /?\(told.split(separator: " ").last ?? "")\r\n")
        default: .http("no", type: "text/\(told.split(separator: " ").last ?? "")")
        }
      }
      let arguments = ["--url", parrot.url, "--token-file", tokenFile, "--log-file", scratch.path("log")]
      let run = try await ProgramRun(["list"] + arguments, environment: home)
      #expect(run.status > 1)
      search(Array(run.output.utf8) + Array(run.errors.utf8))
      await parrot.close()
    }
  }

  /// The dashboard, and a crash of it.
  func dashboard() throws {
    let session = try PtySession(
      program: TestProducts.path("apikeys-tui"), arguments: common, environment: home, columns: 120, rows: 30)
    try session.waitUntil("the keys", timeout: .seconds(20)) { $0.contains { $0.contains("50 loaded") } }
    for keys in ["?", "\u{1B}", "p", "\u{1B}", "i", "\u{1B}"] {
      try session.send(keys)
      try session.waitUntilQuiet()
    }
    session.signal(SIGSEGV)
    #expect(PtySession.exitCode(of: try session.waitForExit(timeout: .seconds(20))) == 128 + SIGSEGV)
    #expect(!session.isAlternateScreen)
    search(session.rawBytes)
  }

  /// Crashes of plain mode and of a command.
  func crashes() async throws {
    let silent = try await FaultServer { _, _ in .http("", toxics: [.timeout]) }
    for mode in ["--plain", "list"] {
      let crash = try PtySession(
        program: TestProducts.path("apikeys-tui"),
        arguments: (mode == "list" ? ["list"] : ["--plain"]) + ["--url", silent.url, "--token-file", tokenFile],
        environment: home)
      let before = silent.heads.count
      try await eventually { silent.heads.count > before }
      crash.signal(SIGSEGV)
      #expect(PtySession.exitCode(of: try crash.waitForExit(timeout: .seconds(20))) == 128 + SIGSEGV)
      #expect(crash.screen.contains { $0.contains("internal error") })
      search(crash.rawBytes)
    }
    await silent.close()
  }

  func stopServer() throws {
    service.signal(SIGTERM)
    _ = try service.waitForExit(timeout: .seconds(20))
    search(service.rawBytes)
  }
}

@Suite("Secrets of the program", .serialized, .timeLimit(.minutes(20)))
struct SecretsTests {
  @Test("The token is in no argument list, whatever its source", .tags(.b1))
  func arguments() async throws {
    let canary = Canary(token: "cnry7391-argument-list-token")
    let scratch = try Scratch()
    let file = try scratch.write(canary.token + "\n", to: "token")
    let server = try await FaultServer { _, head in
      .http(PageBody.page(for: head, of: 3), toxics: [.latency(milliseconds: 400)])
    }
    let watch = ArgumentWatch(canary)
    let url = ["--url", server.url]
    var runs = [
      try await ProgramRun(["list"] + url, environment: ["APIKEYS_TOKEN": canary.token]),
      try await ProgramRun(["list", "--token-file", file] + url),
      try await ProgramRun(["list", "--token-command", "sh -c 'sleep 0.3; cat \(file)'"] + url),
      try await ProgramRun(["list", "--token-file", "-"] + url, inputPath: file),
    ]
    runs.append(try await ProgramRun(["list", "--demo", "--demo-keys", "2000"]))
    let result = watch.stop()
    for run in runs { #expect(run.status == 0, "\(run.errors)") }
    // A whole list takes a second request, to its other end.
    #expect(server.heads.count == 8 && server.heads.allSatisfy { $0.contains("Bearer \(canary.token)") })
    #expect(result.programs.isSuperset(of: ["apikeys-tui", "apikeys-server", "sleep"]), "\(result.programs)")
    #expect(result.hits == 0)
    await server.close()
    print(
      "figure B1: 0 hits in \(result.scans) scans of every process, children included, for 4 ways to give the token")
  }

  @Test("No option takes the token itself", .tags(.b1))
  func options() async throws {
    for name in ["--token", "--api-key", "--bearer", "--password", "--header"] {
      #expect(try await ProgramRun(["list", name, "x"]).status == 64)
    }
  }

  @Test("The token command's environment has no token, and its messages are sanitized", .tags(.b4))
  func commandEnvironment() async throws {
    let server = try await FaultServer { _, head in .http(PageBody.page(for: head, of: 3)) }
    let command = #"sh -c 'printf "a\033]0;x\007b\n" >&2; printf %s "${APIKEYS_TOKEN:-absent}"'"#
    let run = try await ProgramRun(
      ["list", "--url", server.url, "--token-command", command], environment: ["APIKEYS_TOKEN": "sekrit-token-1"])
    await server.close()
    #expect(run.status == 0)
    #expect(server.heads.first?.contains("Bearer absent\r\n") == true)
    #expect(run.errors == "apikeys-tui: the token command says: a<U+001B>]0;x<U+0007>b\n")
  }

  @Test("The token is in no output, log, database, export or crash", .tags(.b5))
  func everywhere() async throws {
    let search = try await TokenSearch()
    #expect(search.canary.token.utf8.count > 20)
    try await search.commands()
    try await search.plainMode()
    try await search.echoes()
    try search.dashboard()
    try await search.crashes()
    try search.stopServer()

    let files = try search.canary.hits(below: search.scratch.url, except: ["token"])
    #expect(search.hits == 0 && files.hits == 0)
    #expect(search.searched > 50_000 && files.files > 8)
    #expect(try FileManager.default.contentsOfDirectory(atPath: search.scratch.url.path).contains("log"))
    print("figure B5: 0 hits in \(search.searched) bytes of output and \(files.files) files, 3 crashes included")
  }

  @Test("No core file, and nothing for other processes of the same user to read", .tags(.b6))
  func hardened() async throws {
    let server = try await FaultServer { _, head in .http(PageBody.page(for: head, of: 3)) }
    let program = try OrdinaryUser.readable(TestProducts.path("apikeys-tui"))
    let session = try PtySession(
      program: OrdinaryUser.command[0],
      arguments: OrdinaryUser.command.dropFirst() + [program.path, "--url", server.url],
      environment: ["APIKEYS_TOKEN": "sekrit-token-1"])
    try session.waitUntil("the keys", timeout: .seconds(20)) { $0.contains { $0.contains("3 keys, complete") } }
    let place = "/proc/\(session.processIdentifier)"
    let limits = try String(contentsOfFile: place + "/limits", encoding: .utf8)
    let core = try #require(limits.split(separator: "\n").first { $0.hasPrefix("Max core file size") })
    #expect(core.split(separator: " ").dropFirst(4).prefix(2) == ["0", "0"])
    // As the same user, but not root, who may read everything.
    let other = Process()
    other.executableURL = URL(filePath: OrdinaryUser.command[0])
    other.arguments = OrdinaryUser.command.dropFirst() + ["/bin/sleep", "60"]
    try other.run()
    defer { other.terminate() }
    // The control: what is not protected can be read.
    try await eventually { try OrdinaryUser.canRead("/proc/\(other.processIdentifier)/environ") }
    #expect(try !OrdinaryUser.canRead(place + "/environ"))
    #expect(try !OrdinaryUser.canRead(place + "/maps"))
    try session.send("q")
    _ = try session.waitForExit()
    await server.close()
    print("figure B6: core limit 0 and 0; environment and memory map closed to the same user, open in the control")
  }
}
