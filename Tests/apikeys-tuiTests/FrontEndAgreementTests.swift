import Foundation
import TestSupport
import Testing

/// A file of the demonstration's keys: realistic, and the same each time.
struct DemoKeys: ~Copyable {
  let file: KeyFile
  let keys: [[String: Any]]

  static func make(count: Int) async throws -> DemoKeys {
    let file = try KeyFile(count: 0)
    let run = try await ProgramRun(["list", "--demo", "--demo-keys", "\(count)", "--format", "ndjson"])
    try #require(run.status == 0, "\(run.errors)")
    try run.output.write(toFile: file.path, atomically: false, encoding: .utf8)
    let keys = try DemoKeys.decode(run.output)
    try #require(keys.count == count)
    return DemoKeys(file: file, keys: keys)
  }

  static func decode(_ lines: String) throws -> [[String: Any]] {
    try lines.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
  }

  static func ids(_ lines: String) throws -> [String] {
    try decode(lines).map { try #require($0["id"] as? String) }
  }
}

/// One question, asked in every way there is, has one answer.
@Suite("Front ends agree", .serialized, .timeLimit(.minutes(5)))
struct FrontEndAgreementTests {
  static let filters = [
    "prod", "is:full", "-is:full perms>=5", "perm:billing.*", "perm:=calls.create | name:~ivr", "created:2025 -prod",
    "(staging | dev) age>200d", "name:/-[0-9]+$/", "last4:a last4:3", "creator:404513",
  ]

  @Test("Commands refuse filter words that only a session knows", .tags(.t24))
  func wordsOfSessions() async throws {
    for word in ["is:marked", "-is:new", "is:full is:changed", "is:gone"] {
      for command in [["list"], ["permissions"], ["show", "worker"]] {
        let run = try await ProgramRun(command + ["--demo", "--demo-keys", "5", "--filter", word])
        #expect(run.status == 64 && run.output.isEmpty, "\(command) \(word): \(run.output)")
        #expect(run.errors.contains("in the dashboard and in plain mode only"), "\(run.errors)")
      }
    }
  }

  @Test("The dashboard, plain mode, `list --filter` and `mark` find the same keys")
  func sameAnswers() async throws {
    let demo = try await DemoKeys.make(count: 400)
    let folder = demo.file.directory.path
    func exported(_ name: String) throws -> [String] {
      try DemoKeys.ids(String(contentsOfFile: "\(folder)/\(name).ndjson", encoding: .utf8))
    }
    // Plain mode: the filter, and then the mark without one.
    var lines = ["load-all"]
    for (number, filter) in Self.filters.enumerated() {
      lines += ["filter \(filter)", "export \(folder)/plain\(number).ndjson", "clear-filter", "mark \(filter)"]
      lines += ["export \(folder)/mark\(number).ndjson", "clear-marks"]
    }
    let script = "\(folder)/script"
    try (lines + ["quit"]).map { $0 + "\n" }.joined().write(toFile: script, atomically: false, encoding: .utf8)
    let plain = try ProgramRun.process(["--plain", "--from", demo.file.path])
    plain.standardInput = try FileHandle(forReadingFrom: URL(filePath: script))
    let output = Pipe()
    plain.standardOutput = output
    try plain.run()
    let spoken = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    plain.waitUntilExit()
    try #require(plain.terminationStatus == 0, "\(spoken)")

    let session = try PtySession(
      program: TestProducts.path("apikeys-tui"), arguments: ["--from", demo.file.path], columns: 120, rows: 40)
    try session.waitUntil("the keys", timeout: .seconds(20)) { $0.contains { $0.contains("400 keys in the file") } }
    var found = 0
    for (number, filter) in Self.filters.enumerated() {
      try session.send("/\u{15}\(filter)\r")
      try session.waitUntil("the filter \(filter)") {
        $0[0].contains("filter: \(filter.prefix(12))") && $0[39].contains("match of 400 searched")
          && !$0[38].hasPrefix("Filter")
      }
      try session.send("x\(folder)/screen\(number).ndjson\r")
      try session.waitUntil("the export") { $0[38].contains("Wrote") && $0[38].contains("screen\(number)") }

      let run = try await ProgramRun(["list", "--from", demo.file.path, "--filter", filter, "--format", "ndjson"])
      try #require(run.status == 0, "\(filter): \(run.errors)")
      let wanted = try DemoKeys.ids(run.output)
      found += wanted.count
      #expect(!wanted.isEmpty && wanted.count < 400, "\(filter) shows nothing")
      #expect(try exported("screen\(number)") == wanted, "dashboard: \(filter)")
      #expect(try exported("plain\(number)") == wanted, "plain mode: \(filter)")
      #expect(try exported("mark\(number)") == wanted, "mark: \(filter)")
    }
    try session.send("q")
    _ = try session.waitForExit()
    print("figure one question, four ways: \(Self.filters.count) filters, \(found) keys, the same ids in each")
  }
}
