import Foundation
import TestSupport
import Testing

@Suite("Display settings of scripts", .timeLimit(.minutes(5)))
struct ScriptStateTests {
  @Test("Scripts neither read nor save display settings", .tags(.t22))
  func untouched() async throws {
    let keys = try KeyFile(count: 20)
    let state = keys.directory.appendingPathComponent("state")
    try FileManager.default.createDirectory(at: state, withIntermediateDirectories: false)
    let environment = ["XDG_STATE_HOME": state.path, "HOME": keys.directory.path]
    func contents() -> [String: Data] {
      let files = FileManager.default.enumerator(atPath: keys.directory.path)?.allObjects as? [String] ?? []
      return Dictionary(
        uniqueKeysWithValues: files.map {
          ($0, FileManager.default.contents(atPath: keys.directory.path + "/" + $0) ?? Data())
        })
    }
    func plain(_ script: String) async throws -> ProgramRun {
      try await ProgramRun(
        ["--plain", "--from", keys.path], environment: environment, inputPath: try LocaleTests.script(script))
    }
    let before = contents()
    let scripts: [[String]] = [
      ["list", "--from", keys.path, "--filter", "key"], ["show", "key 3", "--from", keys.path],
      ["permissions", "--from", keys.path],
    ]
    for arguments in scripts { _ = try await ProgramRun(arguments, environment: environment) }
    let first = try await plain("show 1\nquit\n")
    _ = try await plain("sort name:desc\ncolumns name\nset theme mono\nfilter is:full\nset time date\nquit\n")
    #expect(contents() == before)
    #expect(try await plain("show 1\nquit\n").output == first.output)

    // A look that was saved by a session at a terminal is of no consequence for them.
    let folder = state.appendingPathComponent("apikeys-tui/file")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try "sort = name:desc\ncolumns = name\ntheme = mono\n".write(
      to: folder.appendingPathComponent("settings"), atomically: false, encoding: .utf8)
    let kept = contents()
    #expect(try await plain("show 1\nquit\n").output == first.output)
    for arguments in scripts { _ = try await ProgramRun(arguments, environment: environment) }
    #expect(contents() == kept)
  }
}
