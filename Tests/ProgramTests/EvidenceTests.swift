import Foundation
import Testing

/// Exports that say where they come from, and lists sorted by several columns.
@Suite("Evidence", .serialized)
struct EvidenceTests {
  @Test("--evidence begins csv and tsv with the facts, and the hash is that of the NDJSON", arguments: ["csv", "tsv"])
  func evidence(format: String) async throws {
    let file = try KeyFile(count: 25)
    let filter = ["--from", file.path, "--filter", "is:full"]
    let bare = try await ProgramRun(["list", "--format", format] + filter)
    let run = try await ProgramRun(["list", "--format", format, "--evidence"] + filter)
    #expect(run.status == 0, "\(run.errors)")
    let end = format == "csv" ? "\r\n" : "\n"
    let lines = run.output.components(separatedBy: end)
    let comments = lines.prefix { $0.hasPrefix("# ") }
    #expect(lines.dropFirst(comments.count).joined(separator: end) == bare.output)
    #expect(!bare.output.contains("#"))
    var facts: [String: String] = [:]
    for line in comments {
      let sides = line.dropFirst(2).components(separatedBy: ": ")
      facts[sides[0]] = sides.dropFirst().joined(separator: ": ")
    }
    #expect(facts["filter"] == "is:full" && facts["count"] == "5" && facts["complete"] == "true")
    #expect(facts["source"]?.contains("keys.ndjson") == true && facts["requests"] != nil && facts["order"] == "desc")
    #expect(facts["tool_version"]?.isEmpty == false)
    #expect(facts["fetched_at"].map { ISO8601DateFormatter().date(from: $0) != nil } == true)

    let ndjson = file.directory.appendingPathComponent("out.ndjson").path
    _ = try await ProgramRun(["list", "--output", ndjson] + filter)
    let sum = Process()
    sum.executableURL = URL(filePath: "/usr/bin/sha256sum")
    sum.arguments = [ndjson]
    let output = Pipe()
    sum.standardOutput = output
    try sum.run()
    let digest = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self).prefix(64)
    sum.waitUntilExit()
    #expect(facts["sha256"] == String(digest))
  }

  @Test("--evidence with another format is refused, and says which take it")
  func refused() async throws {
    let file = try KeyFile(count: 1)
    for format in ["ndjson", "markdown", "table"] {
      let run = try await ProgramRun(["list", "--from", file.path, "--format", format, "--evidence"])
      #expect(run.status == 64 && run.errors.contains("--evidence goes with csv and tsv"), "\(run.errors)")
    }
  }

  @Test("list sorts by several columns, and says what is wrong with an order")
  func severalColumns() async throws {
    let file = try KeyFile(count: 12)
    let run = try await ProgramRun([
      "list", "--from", file.path, "--sort", "access,name:desc", "--columns", "name", "--limit", "5",
    ])
    #expect(run.output == "name\nkey 5\nkey 10\nkey 0\nkey 9\nkey 8\n", "\(run.errors)")
    let wrong = try await ProgramRun(["list", "--from", file.path, "--sort", "name,colour"])
    #expect(wrong.status == 64 && wrong.errors.contains("colour is not a column to sort by"))
  }
}
