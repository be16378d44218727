import Foundation
import TestSupport
import Testing

/// Where the keys of a file are from goes with them, through every export and every face of the program.
@Suite("Provenance", .serialized, .timeLimit(.minutes(5)))
struct ProvenanceTests {
  private static let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Independent/files.py").path

  private func object(_ path: String) throws -> [String: Any] {
    let data = try Data(contentsOf: URL(filePath: path))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  private func digest(_ path: String) async throws -> String {
    String(try await ProgramRun([path], program: "/usr/bin/sha256sum").output.prefix(64))
  }

  /// Fifty made-up keys of a server, those with full access in `name`.
  private func export(_ scratch: Scratch, _ name: String, _ options: [String] = []) async throws -> String {
    let path = scratch.path(name)
    let run = try await ProgramRun(
      ["list", "--demo", "--demo-keys", "50", "--filter", "is:full", "--output", path] + options)
    try #require(run.status == 0, "\(run.errors)")
    return path
  }

  @Test("list prints of saved files what Python reads in them", .tags(.t7))
  func independentReader() async throws {
    let seed = UInt64.random(in: 0...UInt64(UInt32.max))
    let program = try TestProducts.path("apikeys-tui")
    let run = try await ProgramRun(
      [ProvenanceTests.script, program, "--seed", "\(seed)", "--count", "150"],
      environment: ["PYTHONIOENCODING": "utf-8"], program: "/usr/bin/python3")
    #expect(run.status == 0, "seed \(seed): \(run.output) \(run.errors)")
    print("figure T7: \(run.output.trimmingCharacters(in: .newlines)) (Python, seed \(seed))")
    // The comparison must be able to find something.
    let control = try await ProgramRun(
      [ProvenanceTests.script, program, "--seed", "\(seed)", "--count", "5", "--lie"],
      environment: ["PYTHONIOENCODING": "utf-8"], program: "/usr/bin/python3")
    #expect(control.status == 1)
  }

  @Test(
    "A filtered export, exported again, names its server, time, filter and source file",
    .tags(.t9),
    arguments: ["json", "ndjson"])
  func again(format: String) async throws {
    let scratch = try Scratch()
    let part = try await export(scratch, "part.\(format)")
    let first = try object(format == "json" ? part : part + ".evidence.json")
    let evidence = try #require(format == "json" ? first["evidence"] as? [String: Any] : first)
    let count = try #require(evidence["count"] as? Int)
    #expect(evidence["format"] as? Int == 1 && evidence["filter"] as? String == "is:full", "\(evidence)")
    let second = scratch.path("second.csv")
    let run = try await ProgramRun(["list", "--from", part, "--filter", "age>1d", "--output", second])
    #expect(
      run.status == 0 && run.errors.contains("snapshot of 20") && run.errors.contains("filter is:full"), "\(run.errors)"
    )
    let found = try object(second + ".evidence.json")
    #expect(found["source"] as? String == evidence["source"] as? String, "\(found)")
    #expect(found["fetched_at"] as? String == evidence["fetched_at"] as? String && found["file_read_at"] != nil)
    #expect(found["filter"] as? String == "is:full age>1d" && found["complete"] as? Bool == true)
    #expect(found["sha256"] as? String == (try await digest(second)) && found["file"] as? String == "second.csv")
    let chain = try #require(found["derived_from"] as? [[String: Any]])
    #expect(chain.count == 1 && chain[0]["file"] as? String == part && chain[0]["count"] as? Int == count, "\(chain)")
    #expect(
      chain[0]["filter"] as? String == "is:full" && chain[0]["sha256"] as? String == evidence["sha256"] as? String)
  }

  @Test(
    "The dashboard and plain mode show source, time and filter of a saved export, and never call it the whole list",
    .tags(.t8))
  func faces() async throws {
    let scratch = try Scratch()
    let part = try await export(scratch, "part.json")
    let session = try PtySession(
      program: TestProducts.path("apikeys-tui"), arguments: ["--no-plain", "--from", part], columns: 160, rows: 30)
    try session.waitUntil("the words of the file", timeout: .seconds(20)) { screen in
      screen.contains { $0.contains("keys, complete: snapshot of 20") && $0.contains("filter is:full") }
    }
    #expect(session.screen[0].contains(", from 127.0.0.1:"), "\(session.screen[0])")
    try session.send("q")
    _ = try session.waitForExit()
    let plain = try await ProgramRun(["--plain", "--from", part])
    #expect(plain.status == 0 && plain.output.contains("complete: snapshot of 20"), "\(plain.output)")
    let narrow = try PtySession(
      program: TestProducts.path("apikeys-tui"), arguments: ["--no-plain", "--from", part], columns: 40, rows: 12)
    try narrow.waitUntil("the completeness", timeout: .seconds(20)) {
      $0.contains { $0.contains("complete, filtered") }
    }
    try narrow.send("q")
    _ = try narrow.waitForExit()
  }

  @Test(
    "Unknown completeness exits 0 with a note and null in evidence",
    .tags(.t8))
  func states() async throws {
    let scratch = try Scratch()
    let key = "{\"id\":\"a\",\"name\":\"one\"}"
    // Deeper than evidence is read.
    let deep = String(repeating: "[", count: 100) + String(repeating: "]", count: 100)
    // The file; the completeness; what is said of it.
    let table: [(text: String, complete: Bool?, told: String)] = [
      (key, nil, "1 key in the file; it does not say whether that is all"),
      ("[\(key)]", nil, "does not say"), ("{\"data\":[\(key)]}", nil, "does not say"),
      ("{\"data\":[\(key)],\"has_more\":false}", true, "1 key in the file, complete: its last page says so"),
      ("{\"data\":[\(key)],\"has_more\":true}", false, "1 key in the file, which says it is a part"),
      ("{\"data\":[\(key)],\"has_more\":true}{\"data\":[],\"has_more\":false}", true, "complete"),
      (
        "{\"data\":[\(key)],\"complete\":false,\"evidence\":{\"filter\":\"is:full\"}}", false, "a part (filter is:full)"
      ),
      ("{\"data\":[\(key)],\"complete\":null}", nil, "does not say"),
      ("{\"data\":[\(key)],\"complete\":true,\"evidence\":{\"x\":\(deep)}}", nil, "does not say"),
      ("{\"data\":[\(key)],\"complete\":true,\"count\":2}", nil, "it was changed"),
      ("{\"data\":[\(key)],\"complete\":true,\"count\":1,\"evidence\":{\"sha256\":\"00\"}}", nil, "it was changed"),
    ]
    for row in table {
      let path = try scratch.write(row.text, to: "saved.json")
      let out = scratch.path("out.csv")
      let run = try await ProgramRun(["list", "--from", path, "--output", out, "--force", "--allow-partial"])
      #expect(run.status == (row.complete == false ? 65 : 0), "\(row.text): \(run.errors)")
      #expect(run.errors.contains(row.told), "\(row.text): \(run.errors)")
      let found = try object(out + ".evidence.json")
      #expect(found["complete"] as? Bool == row.complete && found["complete"] != nil, "\(row.text): \(found)")
      #expect(found["fetched_at"] is NSNull && found["file_read_at"] is String, "\(found)")
      let bare = try await ProgramRun(["list", "--from", path, "--format", "ndjson"])
      if row.complete == false {
        #expect(bare.status == 65 && bare.output.isEmpty && bare.errors.contains("--allow-partial"), "\(bare.errors)")
      } else {
        #expect(bare.status == 0 && bare.errors.contains(row.told) == (row.complete == nil), "\(bare.errors)")
      }
      let plain = try await ProgramRun(["--plain", "--from", path])
      #expect(plain.output.contains(row.complete == nil ? "does not say" : row.told), "\(row.text): \(plain.output)")
      #expect(plain.status == (row.complete == false ? 65 : 0), "\(row.text): \(plain.output)")
    }
    let newer = try scratch.write("{\"format\":2,\"data\":[\(key)],\"evidence\":{\"format\":2}}", to: "newer.json")
    let run = try await ProgramRun(["list", "--from", newer])
    #expect(run.status == 65 && run.errors.contains("which a newer version of apikeys-tui wrote"), "\(run.errors)")
  }

  @Test("show, permissions and load-all report the completeness that a file states", .tags(.t8))
  func lookups() async throws {
    let scratch = try Scratch()
    let keys = "{\"id\":\"a\",\"name\":\"one\"},{\"id\":\"b\",\"name\":\"two\"},{\"id\":\"c\",\"name\":\"two\"}"
    let script = try scratch.write("load-all\nquit\n", to: "script")
    for (text, isPart, told) in [
      ("[\(keys)]", false, "3 keys in the file; it does not say whether that is all."),
      ("{\"data\":[\(keys)],\"has_more\":true}", true, "3 keys in the file, which says it is a part."),
    ] {
      let path = try scratch.write(text, to: "saved.json")
      for (name, prints, status) in [("one", true, 0), ("nobody", false, 1), ("two", true, 1)] {
        let run = try await ProgramRun(["show", name, "--from", path, "--allow-partial"])
        #expect(
          run.status == (isPart ? 65 : Int32(status)) && run.output.isEmpty != prints, "\(run.output)\(run.errors)")
        #expect(run.errors.contains(told), "\(name): \(run.errors)")
        #expect(!run.errors.contains("Nothing was written") && !run.errors.contains("All 3"), "\(run.errors)")
        #expect(run.errors.contains("The 3 keys searched are a part.") == isPart, "\(run.errors)")
      }
      let permissions = try await ProgramRun(["permissions", "--from", path, "--allow-partial"])
      #expect(permissions.errors.contains(told) && !permissions.errors.contains("Nothing was written"))
      #expect(permissions.errors.contains("The 3 keys counted are a part.") == isPart, "\(permissions.errors)")
      let plain = try await ProgramRun(["--plain", "--from", path], inputPath: script)
      #expect(
        plain.output.contains("\n\(told)\n") && !plain.output.contains("Every key is loaded"), "\(plain.output)")
    }
  }

  @Test(
    "--allow-partial prints the rest of a damaged file and of a list that stops, with the status of what is missing",
    .tags(.t4))
  func allowPartial() async throws {
    let scratch = try Scratch()
    let key = "{\"id\":\"a\",\"name\":\"one\"}"
    for (text, told) in [
      ("\(key)\n{\"id\":\"b\",\"na", "ends too early"), ("\(key)\n7\n", "1 record could not be read"),
    ] {
      let path = try scratch.write(text, to: "saved.ndjson")
      let refused = try await ProgramRun(["list", "--from", path, "--format", "ndjson"])
      #expect(refused.status == 65 && refused.output.isEmpty && refused.errors.contains(told), "\(refused.errors)")
      let run = try await ProgramRun(["list", "--from", path, "--format", "json", "--allow-partial"])
      #expect(run.status == 65 && run.errors.contains(told) && run.errors.contains("is a part"), "\(run.errors)")
      #expect(run.output.contains("\"name\":\"one\"") && run.output.contains("\"complete\":false"), "\(run.output)")
    }
    let server = try await FaultServer { number, head in
      number == 0
        ? .http(PageBody.page(for: head, of: 250)) : .http(500, "{\"detail\":\"boom\"}", headers: "Retry-After: 0\r\n")
    }
    let run = try await ProgramRun(
      ["list", "--url", server.url, "--page-size", "50", "--format", "json", "--allow-partial"])
    await server.close()
    #expect(
      run.status == 69 && run.errors.contains("boom") && run.errors.contains("50 keys written are a part"),
      "\(run.errors)")
    #expect(run.output.contains("\"complete\":false,\"count\":50"), "\(run.output.suffix(300))")
  }

  @Test(
    "Every export but JSON has an evidence file, which replaces nothing and follows no link",
    .tags(.t9))
  func beside() async throws {
    let keys = try KeyFile(count: 25)
    let scratch = try Scratch()
    for ending in ["csv", "tsv", "md", "ndjson", "txt", "json"] {
      let path = scratch.path("out.\(ending)")
      let run = try await ProgramRun(["list", "--from", keys.path, "--output", path])
      #expect(run.status == 0, "\(run.errors)")
      let hasOne = FileManager.default.fileExists(atPath: path + ".evidence.json")
      #expect(hasOne == (ending != "json"), "\(ending)")
      if hasOne { #expect(try object(path + ".evidence.json")["sha256"] as? String == (try await digest(path))) }
      var status = stat()
      #expect(lstat(path + (hasOne ? ".evidence.json" : ""), &status) == 0 && status.st_mode & 0o777 == 0o600)
    }
    let bare = try await ProgramRun([
      "list", "--from", keys.path, "--output", scratch.path("bare.csv"), "--no-evidence",
    ])
    #expect(bare.status == 0 && !FileManager.default.fileExists(atPath: scratch.path("bare.csv.evidence.json")))
    // A name that is taken, by a file or by a link: nothing is written at all.
    try "old".write(toFile: scratch.path("taken.csv.evidence.json"), atomically: false, encoding: .utf8)
    try FileManager.default.createSymbolicLink(
      atPath: scratch.path("linked.csv.evidence.json"), withDestinationPath: scratch.path("victim"))
    for (name, force) in [("taken", []), ("linked", []), ("linked", ["--force"])] {
      let run = try await ProgramRun(["list", "--from", keys.path, "--output", scratch.path("\(name).csv")] + force)
      #expect(run.status == 73 && run.errors.contains(".evidence.json"), "\(run.errors)")
      #expect(!FileManager.default.fileExists(atPath: scratch.path("\(name).csv")))
    }
    #expect(!FileManager.default.fileExists(atPath: scratch.path("victim")))
    // The dashboard's key, and plain mode's command.
    let session = try PtySession(
      program: TestProducts.path("apikeys-tui"), arguments: ["--no-plain", "--from", keys.path], columns: 140, rows: 30)
    try session.waitUntil("the keys", timeout: .seconds(20)) { $0.contains { $0.contains("25 keys in the file") } }
    try session.send("x\(scratch.path("shown.csv"))\r")
    try session.waitUntil("the export", timeout: .seconds(20)) { $0.contains { $0.contains("evidence is beside it") } }
    try session.send("q")
    _ = try session.waitForExit()
    let script = try scratch.write("export \(scratch.path("plain.md"))\nexport -\nquit\n", to: "script")
    let plain = try await ProgramRun(["--plain", "--from", keys.path], inputPath: script)
    #expect(plain.output.contains("- is standard output, which is in use here"), "\(plain.output)")
    for name in ["shown.csv", "plain.md"] {
      let found = try object(scratch.path(name) + ".evidence.json")
      #expect(found["sha256"] as? String == (try await digest(scratch.path(name))) && found["complete"] is NSNull)
    }
    print("figure T9: 5 formats and 2 faces with evidence beside, json inside; 3 names that are taken, 0 replaced")
  }

  @Test("--evidence adds the same facts to Markdown as text", .tags(.t9))
  func markdown() async throws {
    let keys = try KeyFile(count: 2)
    let run = try await ProgramRun([
      "list", "--from", keys.path, "--format", "markdown", "--evidence", "--filter", "-name:\"`|<b>\"",
    ])
    #expect(run.output.hasPrefix("- format: `1`\n- source: `"), "\(run.output)")
    #expect(
      run.output.contains("- complete: `null`\n") && run.output.contains("- filter: `-name:\"`&#96;&#124;`<b>\"`\n"))
    #expect(run.output.contains("\n\n| NAME |"), "\(run.output)")
  }
}
