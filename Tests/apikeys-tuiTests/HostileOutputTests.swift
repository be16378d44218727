import Foundation
import TestSupport
import Testing

/// What a hostile server or name can put into the output of the commands: nothing but visible text.
@Suite("Hostile text in output", .serialized, .timeLimit(.minutes(5)))
struct HostileOutputTests {
  /// The formats of `list`, with the control characters that belong to the format itself.
  static let formats: [(name: String, own: Set<UInt32>)] = [
    ("table", []), ("plain", []), ("tsv", [0x09]), ("csv", [0x0D]), ("json", []), ("ndjson", []), ("markdown", []),
  ]

  @Test("No control byte of a key reaches any output of a command", .tags(.a1))
  func commands() async throws {
    let file = try HostileKeyFile()
    var runs: [(arguments: [String], own: Set<UInt32>)] = HostileOutputTests.formats.map {
      (["list", "--from", file.path, "--format", $0.name], $0.own)
    }
    runs += [
      (["--from", file.path, "--plain"], []),
      (["permissions", "--from", file.path], []),
      (["permissions", "--from", file.path, "--format", "tsv"], [0x09]),
      (["permissions", "--from", file.path, "--format", "json"], []),
      (["doctor", "--from", file.path], []),
      // One key in full, several that match, and none.
      (["show", "qz\u{1B}[2Jzq", "--from", file.path], []),
      (["show", "qz\u{9B}2Jzq", "--from", file.path], []),
      (["show", "\u{1B}]0;x\u{07}\r\nforged", "--from", file.path], []),
      // What was typed comes back in complaints.
      (["list", "--from", file.path, "--filter", "\u{1B}[2Jcolour:red"], [0x09]),
      (["list", "--from", file.path, "--columns", "\u{9B}31m"], []),
      (["list", "--from", file.path, "--format", "\u{1B}[2J"], []),
      (["list", "--from", "\u{1B}[2J\u{07}"], []),
      (["list", "--\u{1B}]0;x\u{07}"], []),
      (["list", "--from", file.path, "--output", "/nowhere/\u{1B}[2J.csv"], []),
      (["list", "--url", "http://\u{1B}[2J"], []),
    ]
    var bytes = 0
    for run in runs {
      let result = try await ProgramRun(run.arguments)
      bytes += result.output.utf8.count + result.errors.utf8.count
      #expect(
        HostileText.violations(in: Array(result.output.utf8), allowing: run.own) == [], "output of \(run.arguments)")
      #expect(HostileText.violations(in: Array(result.errors.utf8)) == [], "errors of \(run.arguments)")
      #expect(!(result.output + result.errors).isEmpty, "\(run.arguments)")
    }
    print(
      "figure A1: 0 control bytes in \(bytes) bytes of \(runs.count) commands, with \(HostileText.controls.count) "
        + "controls and \(HostileText.attacks.count) attacks in every field")
  }

  @Test("No control byte of a response reaches standard error, the log or plain mode", .tags(.a1))
  func answers() async throws {
    let texts =
      [HostileText.controls.map { HostileText.marked(String($0)) }.joined()]
      + HostileText.attacks.map { HostileText.marked($0) }
    let fixture = try HostileKeyFile()
    let log = fixture.file("log")
    var tried = 0
    for (number, text) in texts.enumerated() {
      // A header cannot hold line ends or NUL: those would end it.
      let header = text.unicodeScalars.filter { ![0x0A, 0x0D, 0x00].contains($0.value) }.map { String($0) }.joined()
      let json = HostileText.json(text)
      let answers: [FaultServer.Answer] = [
        .http(403, "{\"detail\":\(json)}"),
        // Tried three times, which takes seconds: with one text in ten.
        number % 20 == 0
          ? .http(500, text, type: "text/plain")
          : number % 20 == 10
            ? .http(429, "", headers: "Retry-After: \(header)\r\n") : .http(404, "{\"detail\":\(json)}"),
        .http(422, "{\"detail\":[{\"loc\":[\"query\",\(json)],\"msg\":\(json),\"type\":\"x\"}]}"),
        .http(400, "{\"message\":\(json)}"),
        .http(302, "", headers: "Location: http://x/\(header)\r\n"),
        .http(200, "x", type: header),
        .http(200, "{\"data\":[{\"id\":\(json)}],\"has_more\":\(json)}"),
      ]
      // Each text with two of the answers: all pairs would take minutes, and the sinks do not know which it was.
      for answer in [answers[number % 10 == 0 ? 1 : number % answers.count], answers[(number / 2 + 3) % answers.count]]
      {
        let server = try await FaultServer { _, _ in answer }
        let arguments =
          number.isMultiple(of: 2)
          ? ["list", "--url", server.url, "--log-file", log] : ["--plain", "--url", server.url, "--log-file", log]
        let run = try await ProgramRun(arguments, environment: ["APIKEYS_TOKEN": "t"])
        await server.close()
        tried += 1
        #expect(HostileText.violations(in: Array(run.output.utf8)) == [], "\(text.debugDescription)")
        #expect(HostileText.violations(in: Array(run.errors.utf8)) == [], "\(text.debugDescription)")
        #expect(run.status != 0, "\(text.debugDescription)")
      }
    }
    let logged = try Data(contentsOf: URL(filePath: log))
    #expect(logged.allSatisfy { $0 == 0x0A || (0x20...0x7E).contains($0) })
    #expect(logged.filter { $0 == 0x0A }.count >= tried / 2)
    print("figure A1: 0 control bytes from \(tried) hostile answers in standard error, plain mode and the log")
  }

  @Test("plain, list, TSV and CSV output have as many rows as keys", .tags(.a3))
  func rows() async throws {
    let file = try HostileKeyFile()
    for (format, head) in [("plain", 0), ("table", 1), ("tsv", 1), ("ndjson", 0), ("markdown", 2)] {
      let run = try await ProgramRun(["list", "--from", file.path, "--format", format])
      #expect(run.output.utf8.filter { $0 == 0x0A }.count == file.count + head, "\(format)")
    }
    let columns = try await ProgramRun(["list", "--from", file.path, "--format", "tsv"])
    #expect(columns.output.split(separator: "\n").allSatisfy { $0.utf8.filter { $0 == 0x09 }.count == 6 })
    let csv = try await ProgramRun(["list", "--from", file.path, "--output", file.file("out.csv")])
    #expect(csv.status == 0)
    let raw = try await ProgramRun(["list", "--from", file.path, "--csv-raw", "--output", file.file("raw.csv")])
    #expect(raw.status == 0)
    let shapes = try Python.run(
      """
      import csv, sys
      for name in sys.argv[1:]:
        rows = list(csv.reader(open(name, newline='', encoding='utf-8'), strict=True))
        print(len(rows) - 1, sorted(set(map(len, rows))))
      """, [file.file("out.csv"), file.file("raw.csv")])
    #expect(shapes == "\(file.count) [7]\n\(file.count) [7]\n")
    // In plain mode each key of the list is one line with its number.
    let plain = try await ProgramRun(["--plain", "--from", file.path])
    let numbered = plain.output.split(separator: "\n").filter { $0.contains("qz") }
    #expect(numbered.count == file.count)
    print("figure A3: \(file.count) keys, \(file.count) rows in plain, list, tsv, ndjson, markdown and parsed csv")
  }
}

/// A second reader, in another language.
enum Python {
  /// Standard output of a program that must succeed.
  static func run(_ program: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", program] + arguments
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return String(decoding: data, as: UTF8.self)
  }
}
