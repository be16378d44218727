import Foundation
import TestSupport
import Testing

/// How the process starts, and what it gives up.
@Suite("The start of the process", .serialized, .timeLimit(.minutes(5)))
struct ProcessStartTests {
  @Test("Without /proc the arguments still count", .tags(.s17), .enabled(if: OwnMounts.arePossible))
  func withoutProc() async throws {
    let file = try KeyFile(count: 3)
    let program = try TestProducts.path("apikeys-tui")
    func run(_ arguments: String) async throws -> ProgramRun {
      try await ProgramRun(
        ["-c", "\(OwnMounts.command) sh -c 'umount -l /proc; \"$0\" \(arguments)' \(program)"], program: "/bin/sh")
    }
    let list = try await run("list --from \(file.path) --format csv --columns name")
    #expect(list.status == 0 && list.output == "\"name\"\r\n\"key 0\"\r\n\"key 1\"\r\n\"key 2\"\r\n", "\(list)")
    #expect(try await run("--version").output == "0.1.0\n")
    let unknown = try await run("list --no-such-option")
    #expect(unknown.status == 64 && unknown.errors.contains("no-such-option"))
    // What needs /proc says so.
    let demo = try await run("list --demo")
    #expect(demo.status == 78 && demo.errors.contains("/proc is not mounted"), "\(demo.errors)")
    // An export is whole all the same.
    let target = file.directory.appendingPathComponent("out.csv").path
    #expect(try await run("list --from \(file.path) --output \(target) --columns name").status == 0)
    #expect(try String(contentsOfFile: target, encoding: .utf8).contains("key 2"))
    print("figure S17: without /proc 5 command lines are obeyed")
  }

  @Test(
    "Without /proc no program runs on defaults that it was not given", .tags(.t26), .enabled(if: OwnMounts.arePossible))
  func noDefaultsWithoutProc() async throws {
    func run(_ program: String, _ arguments: String, _ environment: [String: String] = [:]) async throws -> ProgramRun {
      let path = try TestProducts.path(program)
      return try await ProgramRun(
        ["-c", "\(OwnMounts.command) sh -c 'umount -l /proc; \"$0\" \(arguments)' \(path)"], environment: environment,
        program: "/bin/sh")
    }
    let token = ["APIKEYS_TOKEN": "made-up-token"]
    let cases: [(program: String, arguments: String, status: Int32, words: String)] = [
      ("apikeys-tui", "list --url https://127.0.0.1:1", 69, "127.0.0.1 refused the connection on port 1"),
      ("apikeys-tui", "--plain --strict --url https://127.0.0.1:1", 69, "127.0.0.1 refused the connection on port 1"),
      ("apikeys-tui", "show x --url https://127.0.0.1:1", 69, "127.0.0.1 refused"),
      ("apikeys-tui", "permissions --url https://127.0.0.1:1", 69, "127.0.0.1 refused"),
      ("apikeys-tui", "doctor --url https://127.0.0.1:1", 69, "127.0.0.1 refused"),
      ("apikeys-server", "serve --port 99999 --database x", 64, "--port is a number"),
      ("apikeys-server", "seed --count -3 --database x", 64, "count"),
      ("apikeys-server", "token revoke none --database :memory:", 64, "There is no token none"),
      ("apikeys-server", "nonsense", 64, "nonsense"),
    ]
    for (program, arguments, status, words) in cases {
      let run = try await run(program, arguments, token)
      #expect(run.status == status && (run.errors + run.output).contains(words), "\(program) \(arguments): \(run)")
      #expect(!(run.errors + run.output).contains("localhost:3000"))
    }
    print("figure T26: without /proc \(cases.count) command lines of two programs are obeyed")
  }

  @Test("Without argv[0] and with unusual arguments, the arguments are what was given", .tags(.s17))
  func oddArguments() async throws {
    let program = try TestProducts.path("apikeys-tui")
    let file = try KeyFile(count: 1)
    for name in ["", "x y", "\u{1B}[31m", String(repeating: "n", count: 5000)] {
      let run = try await ProgramRun(
        ["-c", "exec -a \"$1\" \"$0\" list --from \"$2\" --format csv --columns name", program, name, file.path],
        program: "/bin/bash")
      #expect(run.status == 0 && run.output == "\"name\"\r\n\"key 0\"\r\n", "\(name.prefix(10)): \(run)")
    }
  }

  @Test("The running program can get no new privileges", .tags(.s13))
  func privileges() throws {
    let file = try KeyFile(count: 3)
    let session = try Dashboard.open(file.path)
    let status = try String(contentsOfFile: "/proc/\(session.processIdentifier)/status", encoding: .utf8)
    #expect(status.contains("NoNewPrivs:\t1"))
    try session.send("q")
    _ = try session.waitForExit()
  }
}
