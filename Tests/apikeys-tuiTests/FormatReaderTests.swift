import Foundation
import TestSupport
import Testing

/// Exports of keys whose names are attacks, read by programs that share nothing with this one.
@Suite("Exports in other programs", .timeLimit(.minutes(5)))
struct FormatReaderTests {
  private static let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Independent/formats.py").path
  private static let shownColumns = ["--columns", "name,id,permissions,created,creator,last-four"]
  /// A filter that every key matches, and that is itself an attack on the lines of evidence.
  private static let filter = "-name:\"none;=1+1,=1+1|=1+1\""

  /// The last lines that the script prints, and whether it was content.
  private func check(
    _ arguments: [String], python: String = "/usr/bin/python3"
  ) async throws -> (isGood: Bool, text: String) {
    let run = try await ProgramRun(
      [FormatReaderTests.script] + arguments, environment: ["PYTHONIOENCODING": "utf-8"], program: python)
    return (run.status == 0, (run.output + run.errors).trimmingCharacters(in: .newlines))
  }

  /// A file of attacks, and where to put exports of it.
  private func corpus(_ scratch: Scratch, seed: UInt64, count: Int = 2000) async throws -> String {
    let made = try await check(["corpus", "--count", "\(count)", "--seed", "\(seed)"])
    try #require(made.isGood)
    return try scratch.write(made.text + "\n", to: "keys.ndjson")
  }

  private func export(_ keys: String, to path: String, _ arguments: [String]) async throws {
    let run = try await ProgramRun(["list", "--from", keys, "--output", path] + arguments)
    try #require(run.status == 0, "\(run.errors)")
  }

  @Test(
    "No cell is a formula with any separator, and the text can be recovered", .tags(.s12),
    arguments: ["csv", "tsv"])
  func cells(format: String) async throws {
    let scratch = try Scratch()
    let seed = UInt64.random(in: 0...UInt64(UInt32.max))
    let keys = try await corpus(scratch, seed: seed)
    try await export(keys, to: scratch.path("plain"), ["--format", "tsv", "--tsv-raw"])
    let out = scratch.path("out")
    try await export(
      keys, to: out, ["--format", format, "--evidence", "--filter", FormatReaderTests.filter])
    let read = try await check(["cells", out, "--plain", scratch.path("plain"), "--format", format])
    #expect(read.isGood, "seed \(seed): \(read.text.suffix(1000))")
    print("figure S12: \(read.text) (seed \(seed))")
    // The reader must be able to find something.
    let raw = scratch.path("raw")
    try await export(keys, to: raw, ["--format", format, "--\(format)-raw"])
    let control = try await check(["cells", raw, "--plain", scratch.path("plain"), "--format", format])
    #expect(!control.isGood)
  }

  /// Why the renderers are not here.
  static let absence: Comment = "needs renderers in .venv: `make deps` installs them from PyPI"
  private static let python = URL(filePath: script).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent(".venv/bin/python").path

  static var hasRenderers: Bool {
    let stamp = URL(filePath: python).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("independent-server").path
    return FileManager.default.contents(atPath: stamp).map { $0.range(of: Data("cmarkgfm".utf8)) != nil } ?? false
  }

  @Test(
    "Rendered Markdown has no active content and shows the same text", .tags(.s12),
    .enabled(if: FormatReaderTests.hasRenderers, FormatReaderTests.absence))
  func markdown() async throws {
    let scratch = try Scratch()
    let seed = UInt64.random(in: 0...UInt64(UInt32.max))
    let keys = try await corpus(scratch, seed: seed)
    let columns = FormatReaderTests.shownColumns
    try await export(keys, to: scratch.path("plain"), ["--format", "tsv", "--tsv-raw"] + columns)
    try await export(keys, to: scratch.path("out.md"), columns)
    let read = try await check(
      ["markdown", scratch.path("out.md"), "--plain", scratch.path("plain")], python: FormatReaderTests.python)
    #expect(read.isGood, "seed \(seed): \(read.text.suffix(2000))")
    for line in read.text.split(separator: "\n") { print("figure S12: \(line) (seed \(seed))") }
    // The same table with its code spans taken away is full of finds.
    let bare = try String(contentsOfFile: scratch.path("out.md"), encoding: .utf8).replacing("`", with: "")
    let control = try await check(
      ["markdown", try scratch.write(bare, to: "bare.md"), "--plain", scratch.path("plain")],
      python: FormatReaderTests.python)
    #expect(!control.isGood)
  }

  @Test("The report of permissions is guarded like other TSV", .tags(.s12))
  func permissions() async throws {
    let scratch = try Scratch()
    let record = PageBody.record(1).replacing("\"calls.view\"", with: "\"=1+1\",\"x;@a\",\"\\\"b\"")
    let keys = try scratch.write(record + "\n", to: "keys.ndjson")
    let run = try await ProgramRun(["permissions", "--from", keys, "--format", "tsv"])
    let names = run.output.split(separator: "\n").dropFirst().compactMap { $0.split(separator: "\t").first }
    #expect(Set(names).isSuperset(of: ["'=1+1", "x;'@a", "'\"b"]), "\(run.output)")
  }

  @Test("--output - is standard output, in the format of a pipe")
  func standardOutput() async throws {
    let file = try KeyFile(count: 3)
    let piped = try await ProgramRun(["list", "--from", file.path])
    let run = try await ProgramRun(["list", "--from", file.path, "--output", "-"])
    #expect(run.status == 0 && run.output == piped.output && !run.output.isEmpty)
    let csv = try await ProgramRun(["list", "--from", file.path, "--output", "-", "--format", "csv"])
    #expect(csv.output.hasPrefix("\"id\",\"name\""))
    #expect(try FileManager.default.contentsOfDirectory(atPath: file.directory.path) == ["keys.ndjson"])
  }
}
