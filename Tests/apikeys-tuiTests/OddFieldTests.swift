import Foundation
import TestSupport
import Testing

/// Keys with odd fields, half of them listed and half from a grammar: `reference/odd_fields.py` makes them, and reads what
/// the program says of them with Python's json and csv.
@Suite(
  "Odd fields", .serialized, .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")),
  .timeLimit(.minutes(5)))
struct OddFieldTests {
  /// What the script prints.
  private static func python(_ arguments: String...) async throws -> String {
    let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "reference/odd_fields.py")
    let run = try await ProgramRun([script.path()] + arguments, program: "/usr/bin/python3")
    try #require(run.status == 0, "\(run.errors)")
    return run.output
  }

  /// A file of the keys of a seed.
  private static func keys(_ seed: Int, in scratch: borrowing Scratch) throws -> String {
    let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "reference/odd_fields.py")
    let path = scratch.path("odd.ndjson")
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/python3")
    process.arguments = [script.path(), "make", String(seed)]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    // Bytes that are not UTF-8 among them.
    let data = try #require(try output.fileHandleForReading.readToEnd())
    process.waitUntilExit()
    try data.write(to: URL(filePath: path))
    return path
  }

  private static func ids(_ seed: Int) async throws -> [String] {
    try await python("ids", String(seed)).split(separator: "\n").map(String.init)
  }

  @Test(
    "An NDJSON export is equal to what was read, field by field, and reads back as itself", .tags(.t1, .t2),
    arguments: [1, 2, 3])
  func roundTrip(seed: Int) async throws {
    let scratch = try Scratch()
    let path = try Self.keys(seed, in: scratch)
    let (first, second) = (scratch.path("first.ndjson"), scratch.path("second.ndjson"))
    let list = try await ProgramRun(["list", "--from", path, "--output", first])
    #expect(list.status == 0, "\(list.errors)")
    #expect(list.errors.contains("damaged text") && list.errors.contains("not understood"))
    let fields = try await Self.python("check", String(seed), first).trimmingCharacters(in: .whitespacesAndNewlines)
    let again = try await ProgramRun(["list", "--from", first, "--output", second])
    #expect(again.status == 0, "\(again.errors)")
    #expect(try Data(contentsOf: URL(filePath: first)) == Data(contentsOf: URL(filePath: second)))
    print("figure T2: \(fields) fields equal after Python's json, and the export reads back as itself (seed \(seed))")
  }

  @Test(
    "list shows every key with an id in every format", .tags(.t1),
    arguments: ["table", "tsv", "csv", "json", "ndjson", "markdown", "plain"])
  func list(format: String) async throws {
    let scratch = try Scratch()
    let path = try Self.keys(7, in: scratch)
    let ids = try await Self.ids(7)
    let columns = ["table", "tsv", "csv", "markdown"].contains(format) ? ["--columns", "id,name,access"] : []
    let list = try await ProgramRun(["list", "--from", path, "--format", format] + columns)
    #expect(list.status == 0, "\(list.errors)")
    let missing = ids.filter { !list.output.contains($0) }
    #expect(missing.isEmpty, "\(missing)")
    print("figure T1: list as \(format) shows \(ids.count - missing.count) of \(ids.count) keys with an odd field")
  }

  @Test("Plain mode shows every key with an id", .tags(.t1))
  func plain() async throws {
    let scratch = try Scratch()
    let path = try Self.keys(8, in: scratch)
    let ids = try await Self.ids(8)
    let more = String(repeating: "more\n", count: ids.count / 5)
    let script = try scratch.write("verbosity full\nload-all\nlist\n\(more)quit\n", to: "script")
    let run = try await ProgramRun(["--plain", "--from", path], inputPath: script)
    #expect(run.status == 0, "\(run.errors)")
    let missing = ids.filter { !run.output.contains("Id: \($0)") }
    #expect(missing.isEmpty, "\(missing)")
    print("figure T1: plain mode shows \(ids.count - missing.count) of \(ids.count) keys with an odd field")
  }

  @Test("The dashboard shows every key with an id, and counts those with odd fields", .tags(.t1))
  func dashboard() async throws {
    let scratch = try Scratch()
    let path = try Self.keys(9, in: scratch)
    let ids = try await Self.ids(9)
    let session = try PtySession(
      program: TestProducts.path("apikeys-tui"), arguments: ["--from", path], columns: 160, rows: 50)
    try session.waitUntil("the first keys", timeout: .seconds(30)) {
      $0.contains { $0.contains("loaded") || $0.contains("complete") }
    }
    try session.send("G")
    try session.waitUntil("all keys", timeout: .seconds(30)) { screen in
      screen.contains { $0.contains("\(ids.count) of \(ids.count)") && $0.contains(" odd") }
    }
    try session.send("gg")
    var shown = 0
    for (number, id) in ids.enumerated() {
      if number > 0 { try session.send("j") }
      // The detail pane has the whole id.
      try session.waitUntil("\(id)", timeout: .seconds(30)) { screen in
        screen.contains { $0.contains("\(number + 1) of \(ids.count)") } && screen.contains { $0.contains(id) }
      }
      shown += 1
    }
    try session.send("q")
    _ = try session.waitForExit()
    print("figure T1: the dashboard shows \(shown) of \(ids.count) keys with an odd field")
  }

  @Test("Copied and printed JSON equals that of an export, byte for byte", .tags(.t2))
  func oneWriter() async throws {
    let scratch = try Scratch()
    let path = try Self.keys(5, in: scratch)
    let count = try await Self.ids(5).count
    let exported = try await ProgramRun(["list", "--from", path, "--format", "ndjson"]).output.split(separator: "\n")
    let script = (1...count).map { "\($0)\ncopy json\n" }.joined()
    let plain = try await ProgramRun(
      ["--plain", "--from", path], inputPath: try scratch.write("load-all\n\(script)quit\n", to: "script"))
    let copied = plain.output.split(separator: "\n").filter { $0.hasPrefix(#"{"id":"#) }
    try #require(copied.count == count && exported.count == count)
    let different = zip(copied, exported).filter { $0 != $1 }
    #expect(different.isEmpty, "\(different.first.map { "\($0)" } ?? "")")
    print("figure T2: \(count - different.count) of \(count) keys have one JSON, exported and copied")
  }

  @Test("A cell of CSV is absent, empty, not understood or a value, and never two of them", .tags(.t2))
  func cells() async throws {
    let scratch = try Scratch()
    let path = try Self.keys(4, in: scratch)
    let csv = scratch.path("keys.csv")
    let list = try await ProgramRun(["list", "--from", path, "--output", csv])
    #expect(list.status == 0, "\(list.errors)")
    let rows = try await Self.python("cells", "4", csv)
    print(
      "figure T2: \(rows.trimmingCharacters(in: .whitespacesAndNewlines)) rows of CSV keep four states apart in Python's csv"
    )
  }

  @Test("show, the detail pane and filters keep the three states apart", .tags(.t2))
  func states() async throws {
    let scratch = try Scratch()
    let lines = #"""
      {"id":"absent","created_date":"2024-02-29T01:02:03Z"}
      {"id":"null","name":null,"created_date":null}
      {"id":"empty","name":"","created_date":"soon"}
      {"id":"object","name":{"a":1},"created_date":1709168523}
      {"id":"usual","name":"usual","created_date":"2024-02-29"}
      """#
    let path = try scratch.write(lines, to: "keys.ndjson")
    func matching(_ filter: String) async throws -> String {
      try await ProgramRun(["list", "--from", path, "--format", "tsv", "--columns", "id", "--filter", filter]).output
        .split(separator: "\n").dropFirst().joined(separator: " ")
    }
    #expect(try await matching("has:name") == "empty usual")
    #expect(try await matching("is:odd") == "empty object")
    #expect(try await matching("name:/^/") == "empty usual")
    #expect(try await matching("name:name").isEmpty)
    #expect(try await matching("has:created") == "absent usual")
    let dated = try await ProgramRun(["list", "--from", path, "--filter", "created:2024-02"])
    #expect(dated.errors.contains("3 keys have no date that can be judged."), "\(dated.errors)")
    let sorted = try await ProgramRun(["list", "--from", path, "--sort", "created"])
    #expect(sorted.errors.contains("3 keys have no date that can be judged."), "\(sorted.errors)")
    let other = try await ProgramRun(["list", "--from", path, "--filter", "has:name"])
    #expect(!other.errors.contains("judged"), "\(other.errors)")
    for (id, name) in [
      ("absent", "(no name)"), ("null", "(no name)"), ("empty", "(empty name)"),
      ("object", #"not understood: {"a":1}"#),
    ] {
      let show = try await ProgramRun(["show", id, "--from", path])
      #expect(show.status == 0 && show.output.contains("Name:        \(name)\n"), "\(show.output)")
    }
    let script = try scratch.write("filter age>1d\nwhere\nsort created\nwhere\nquit\n", to: "script")
    let plain = try await ProgramRun(["--plain", "--from", path], inputPath: script)
    #expect(plain.output.contains("3 keys have no date that can be judged."), "\(plain.output)")
  }

  @Test("--allow-partial writes what can be read, with status 65, and evidence says so", .tags(.t4))
  func allowPartial() async throws {
    let scratch = try Scratch()
    let page = #"{"data":[{"id":"a","name":"one"},{"id":"b","name":"two"},{"name":"no id"},7],"has_more":false}"#
    let path = try scratch.write(page, to: "page.json")
    let refused = try await ProgramRun(["list", "--from", path, "--format", "tsv"])
    #expect(refused.status == 65 && refused.output.isEmpty)
    #expect(
      refused.errors.contains("2 records could not be read beside 2 keys (line 1: record 3: id is missing)")
        && refused.errors.contains("--allow-partial"), "\(refused.errors)")
    let part = try await ProgramRun(["list", "--from", path, "--format", "tsv", "--columns", "id", "--allow-partial"])
    #expect(part.status == 65 && part.output == "id\na\nb\n", "\(part.output)")
    #expect(part.errors.contains("record 3: id is missing") && !part.errors.contains("complete at"), "\(part.errors)")
    let json = try await ProgramRun(["list", "--from", path, "--format", "json", "--allow-partial"])
    #expect(json.status == 65 && json.output.contains(#""complete":false,"count":2"#), "\(json.output)")
    #expect(
      json.output.contains(#""unreadable":2"#)
        && json.output.contains(#""unreadable_reason":"line 1: record 3: id is missing""#))
    let none = try await ProgramRun(["list", "--from", path, "--filter", "nobody", "--allow-partial"])
    #expect(none.status == 65, "\(none.errors)")
    let show = try await ProgramRun(["show", "a", "--from", path, "--allow-partial"])
    #expect(show.status == 65 && show.output.contains("one"), "\(show.output)")
    let count = try await ProgramRun(["permissions", "--from", path, "--allow-partial"])
    #expect(count.status == 65 && count.output.contains("PERMISSION") && !count.errors.contains("complete at"))
    let empty = try scratch.write(#"{"data":[{},null],"has_more":false}"#, to: "none.json")
    let all = try await ProgramRun(["list", "--from", empty])
    #expect(all.status == 65 && !all.errors.contains("There are no keys"), "\(all.errors)")
  }

  @Test("A UUID in capitals is the same key and is written as received", .tags(.t6))
  func capitals() async throws {
    let scratch = try Scratch()
    let upper = "ABCDEF00-0000-4000-8000-00000000000A"
    let lines = """
      {"id":"\(upper)","name":"one","creator_id":"\(upper)"}
      {"id":"\(upper.lowercased())","name":"one","creator_id":"\(upper.lowercased())"}
      {"id":"Other","name":"two","creator_id":"ABCDEF00-0000-4000-8000-00000000000a"}
      {"id":"other","name":"three"}
      """
    let path = try scratch.write(lines, to: "keys.ndjson")
    let list = try await ProgramRun(["list", "--from", path, "--format", "tsv", "--columns", "id,name,creator"])
    #expect(
      list.output
        == "id\tname\tcreator\n\(upper)\tone\t\(upper)\nOther\ttwo\tABCDEF00-0000-4000-8000-00000000000a\nother\tthree\t\n",
      "\(list.output)")
    // Letters of UUIDs have no case in filters either; those of other ids have.
    for (filter, count) in [
      ("id:ABCDEF00", 1), ("id=\(upper)", 1), ("creator:abcdef00", 2), ("creator:ABCDEF00", 2), ("id:ABC*A", 1),
      ("id=Other", 1), ("id=other", 2),
    ] {
      let found = try await ProgramRun(["list", "--from", path, "--format", "ndjson", "--filter", filter])
      #expect(found.output.split(separator: "\n").count == count, "\(filter): \(found.output)")
    }
    for id in [upper, upper.lowercased()] {
      let show = try await ProgramRun(["show", id, "--from", path])
      #expect(show.status == 0 && show.output.contains(upper) && show.output.contains("one"), "\(show.output)")
    }
  }
}
