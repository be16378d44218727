import Foundation
import TestSupport
import Testing

/// The real program where the system refuses it something.
@Suite("Resource limits", .serialized, .timeLimit(.minutes(30)))
struct ResourceLimitTests {
  /// A limit for prlimit(1), and whether it is for an ordinary user: root may always start processes.
  struct Limit: CustomStringConvertible {
    let option: String
    var isForUser = false
    var description: String { option }
    var kind: Substring { option.prefix { $0 != "=" } }
  }

  /// The grammar of the limits: one of each kind, then pairs that a generator draws.
  static func limits(count: Int, seed: UInt64) -> [[Limit]] {
    var random = SplitMix(state: seed)
    func one() -> Limit {
      switch Int.random(in: 0..<7, using: &random) {
      case 0: Limit(option: "--nproc=\(Int.random(in: 0...16, using: &random))", isForUser: true)
      case 1: Limit(option: "--nofile=\(Int.random(in: 0...39, using: &random))")
      case 2: Limit(option: "--as=\(Int.random(in: 36...400, using: &random) << 20)")
      case 3: Limit(option: "--stack=\((Int.random(in: 2...64, using: &random)) * 32 << 10)")
      case 4: Limit(option: "--fsize=\(Int.random(in: 0...4096, using: &random))")
      case 5: Limit(option: "--data=\(Int.random(in: 1...200, using: &random) << 20)")
      default: Limit(option: "--sigpending=\(Int.random(in: 0...3, using: &random))")
      }
    }
    var all: [[Limit]] = []
    all += [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12].map { [Limit(option: "--nproc=\($0)", isForUser: true)] }
    all += (0...39).map { [Limit(option: "--nofile=\($0)")] }
    all += stride(from: 36, to: 300, by: 12).map { [Limit(option: "--as=\($0 << 20)")] }
    all += [64, 96, 128, 256, 512, 1024, 4096, 1 << 20].map { [Limit(option: "--stack=\($0 << 10)")] }
    all += [0, 1, 512, 4096].map { [Limit(option: "--fsize=\($0)")] }
    while all.count < count {
      // Two of a kind would be one.
      var limits = [one()]
      let other = one()
      if Bool.random(using: &random), other.kind != limits[0].kind { limits.append(other) }
      all.append(limits)
    }
    return all
  }

  @Test("Every system refusal is one message, never a hang or a crash", .tags(.s11))
  func combinations() async throws {
    let server = try await FaultServer { _, _ in .http(PageBody.page(0..<20, more: false)) }
    let file = try KeyFile(count: 20)
    let program = try OrdinaryUser.readable(TestProducts.path("apikeys-tui"))
    chmod(file.directory.path, 0o755)
    chmod(file.path, 0o644)
    let commands = [
      ["list", "--url", server.url, "--format", "csv"],
      ["list", "--from", file.path, "--format", "csv"],
      ["--plain", "--from", file.path],
      ["list", "--url", server.url, "--token-command", "/bin/echo tok"],
    ]
    var endings: [Int32: Int] = [:]
    var combinations = 0
    for (index, limits) in ResourceLimitTests.limits(count: 300, seed: 11).enumerated() {
      let command = commands[index % commands.count]
      let user = limits.contains { $0.isForUser } && getuid() == 0 ? OrdinaryUser.command : []
      let run = try await ProgramRun(
        ["-s", "KILL", "30", "/usr/bin/prlimit"] + limits.map(\.option) + user + [program.path] + command,
        program: "/usr/bin/timeout")
      combinations += 1
      endings[run.status, default: 0] += 1
      let what = "\(limits) \(command.joined(separator: " ")): \(run.status) \(run.errors)"
      // A system that cannot even load a program says so itself.
      if run.errors.contains("error while loading shared libraries") || run.errors.contains("failed to execute")
        || run.errors.contains("Cannot fork") || run.errors.contains("cannot fork")
      {
        continue
      }
      #expect([0, 69, 71, 74, 75, 78].contains(run.status), "\(what)")
      if run.status != 0 {
        let lines = run.errors.split(separator: "\n")
        #expect(lines.count == 1 && lines.first?.hasPrefix("apikeys-tui: ") == true, "\(what)")
      }
    }
    await server.close()
    print(
      "figure S11: \(combinations) combinations of limits, \(endings[137, default: 0]) hangs, "
        + "\(endings.filter { $0.key < 0 || $0.key > 128 && $0.key != 137 }.values.reduce(0, +)) crashes; exit codes "
        + endings.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", "))
  }

  @Test("A long list under a memory limit is read whole or refused with one message", .tags(.s11))
  func longList() async throws {
    let file = try KeyFile(count: 1)
    let name = String(repeating: "x", count: 250)
    try (0..<150_000).map { "{\"id\":\"key-\($0)\",\"name\":\"\(name)\"}\n" }.joined()
      .write(toFile: file.path, atomically: false, encoding: .utf8)
    var endings: [Int32] = []
    for megabytes in stride(from: 100, through: 500, by: 40) {
      let run = try await ProgramRun(
        [
          "-s", "KILL", "60", "/usr/bin/prlimit", "--as=\(megabytes << 20)", try TestProducts.path("apikeys-tui"),
          "list",
          "--from", file.path, "--format", "csv", "--columns", "name",
        ], program: "/usr/bin/timeout")
      endings.append(run.status)
      // Half of what the system allows is the program's own limit.
      #expect([0, 65, 71].contains(run.status), "\(megabytes) MB: \(run.status) \(run.errors)")
      if run.status == 65 { #expect(run.errors.contains("--max-memory"), "\(run.errors)") }
      if run.status != 0 { #expect(run.errors.split(separator: "\n").count == 1, "\(run.errors)") }
    }
    // Refused while it loads, too, and not only at the start.
    #expect(endings.count { $0 != 0 } > 1 && endings.contains(0))
    print("figure S11: 150,000 keys with long names under \(endings.count) limits of memory: exit codes \(endings)")
  }

  @Test("The dashboard reports what is refused and restores the terminal", .tags(.s11))
  func dashboard() async throws {
    let file = try KeyFile(count: 20)
    chmod(file.directory.path, 0o755)
    chmod(file.path, 0o644)
    let program = try OrdinaryUser.readable(TestProducts.path("apikeys-tui"))
    var refused = 0
    var shown = 0
    let options =
      [
        "nproc=1", "nproc=4", "nofile=5", "nofile=12", "nofile=20", "nofile=26", "nofile=28", "nofile=39",
        "stack=65536",
      ]
      + ["stack=131072", "stack=1048576"] + [80, 100, 120, 140, 160, 200].map { "as=\($0 << 20)" }
    for option in options {
      let user = option.hasPrefix("nproc") ? OrdinaryUser.command.joined(separator: " ") : ""
      let session = try PtySession(
        program: "/bin/sh",
        arguments: [
          "-c", "prlimit --\(option) \(user) \(program.path) --from \(file.path); echo \"ended $?\"; read stop",
        ])
      let modes = session.modes
      try session.waitUntil("an end or the keys with \(option)", timeout: .seconds(30)) { screen in
        screen.contains { $0.contains("ended") }
          || (session.isAlternateScreen
            && screen.contains { $0.contains("complete") || $0.contains("in the file;") })
      }
      if session.isAlternateScreen {
        shown += 1
        try session.send("q")
        try session.waitUntil("the end with \(option)") { $0.contains("ended 0") }
      } else {
        refused += 1
        // 126: the system refuses even to start it.
        #expect(
          session.screen.contains("ended 71") || session.screen.contains("ended 126")
            || session.screen.contains("ended 127"), "\(option): \(session.screen)")
      }
      Dashboard.expectRestored(session, modes: modes, option)
    }
    print("figure S11: the dashboard under \(options.count) limits: \(refused) sentences, \(shown) sessions")
  }
}
