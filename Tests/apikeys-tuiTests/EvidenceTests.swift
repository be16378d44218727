import Foundation
import Testing

/// Exports that say where they come from, and lists sorted by several columns.
@Suite("Evidence", .serialized, .timeLimit(.minutes(5)))
struct EvidenceTests {
  @Test("--evidence adds the facts to CSV and TSV, with the hash of the NDJSON", arguments: ["csv", "tsv"])
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
      let sides = line.dropFirst(2).components(separatedBy: format == "csv" ? ",\"" : "\t")
      facts[sides[0]] = String(sides[1].prefix { $0 != "\"" })
    }
    // Lines of keys say neither when a server was read nor whether they are all.
    #expect(facts["filter"] == "is:full" && facts["count"] == "5" && facts["complete"] == "null")
    #expect(facts["source"]?.contains("keys.ndjson") == true && facts["requests"] != nil && facts["order"] == "file")
    #expect(facts["tool_version"]?.isEmpty == false && facts["format"] == "1" && facts["fetched_at"] == "")
    #expect(facts["file_read_at"].map { ISO8601DateFormatter().date(from: $0) != nil } == true)

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

  @Test("An export of marked keys is labelled as part of a list, and one of a filtered list names its filter")
  func exports() async throws {
    let file = try KeyFile(count: 25)
    let folder = file.directory.path
    // The fifth of those shown is key 0, which the file has first.
    let lines = [
      "sort access,name:desc", "filter is:full", "export \(folder)/shown.json", "mark 5", "mark 1",
      "export \(folder)/marked.json", "clear-marks", "clear-filter", "sort server", "export \(folder)/all.json", "quit",
    ]
    try lines.map { $0 + "\n" }.joined().write(toFile: "\(folder)/script", atomically: false, encoding: .utf8)
    let run = try await ProgramRun(
      ["--plain", "--from", file.path], environment: ["HOME": folder], inputPath: "\(folder)/script")
    #expect(run.status == 0, "\(run.errors)")
    let table: [(name: String, keys: [String]?, count: Int, isComplete: Bool?, filter: String, order: String)] = [
      ("shown", ["key 5", "key 20", "key 15", "key 10", "key 0"], 5, nil, "is:full", "access,name:desc"),
      ("marked", ["key 5", "key 0"], 2, false, "", "access,name:desc"), ("all", nil, 25, nil, "", "file"),
    ]
    for row in table {
      let data = try Data(contentsOf: URL(filePath: "\(folder)/\(row.name).json"))
      let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any], "\(run.output)")
      let evidence = try #require(object["evidence"] as? [String: Any])
      let names = (object["data"] as? [[String: Any]])?.compactMap { $0["name"] as? String } ?? []
      if let keys = row.keys { #expect(names == keys, "\(row.name)") }
      #expect(names.count == row.count && object["count"] as? Int == row.count, "\(row.name)")
      #expect(object["complete"] as? Bool == row.isComplete, "\(row.name)")
      #expect(evidence["filter"] as? String == row.filter, "\(row.name)")
      #expect(evidence["order"] as? String == row.order, "\(row.name)")
    }
  }

  @Test("--evidence with another format is refused, naming the formats that take it")
  func refused() async throws {
    let file = try KeyFile(count: 1)
    for format in ["ndjson", "plain", "table"] {
      let run = try await ProgramRun(["list", "--from", file.path, "--format", format, "--evidence"])
      #expect(run.status == 64 && run.errors.contains("--evidence goes with csv, tsv and markdown"), "\(run.errors)")
    }
  }
}
