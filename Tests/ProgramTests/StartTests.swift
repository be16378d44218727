import Foundation
import TestSupport
import Testing

/// How the process starts, and what it gives up.
@Suite("The start of the process", .serialized)
struct StartTests {
  @Test("S17 without /proc the arguments still count", .enabled(if: OwnMounts.arePossible))
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
    #expect(demo.status == 78 && demo.errors.contains("/proc is missing"), "\(demo.errors)")
    // An export is whole all the same.
    let target = file.directory.appendingPathComponent("out.csv").path
    #expect(try await run("list --from \(file.path) --output \(target) --columns name").status == 0)
    #expect(try String(contentsOfFile: target, encoding: .utf8).contains("key 2"))
    print("figure S17: without /proc 5 command lines are obeyed")
  }

  @Test("S17 without a name of its own, and with odd words, the arguments are what was given")
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

  @Test("S13 the running program can get no new privileges")
  func privileges() throws {
    let file = try KeyFile(count: 3)
    let session = try Dashboard.open(file.path)
    let status = try String(contentsOfFile: "/proc/\(session.processIdentifier)/status", encoding: .utf8)
    #expect(status.contains("NoNewPrivs:\t1"))
    try session.send("q")
    _ = try session.waitForExit()
  }
}
