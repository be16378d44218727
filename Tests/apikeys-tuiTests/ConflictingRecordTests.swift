import TestSupport
import Testing

/// Two records with one id: one of them cannot be shown, so nobody is told that these are all keys.
@Suite("Records with the same id", .timeLimit(.minutes(5))) struct ConflictingRecordTests {
  private static let one = #"{"id":"k1","name":"one","restricted":true,"permissions":[]}"#
  private static let twin = #"{"id":"k1","name":"twin","restricted":false}"#
  private static let two = #"{"id":"k2","name":"two"}"#

  @Test("A record with the id of another key makes a list incomplete, in a file and from a server", .tags(.t13))
  func conflict() async throws {
    let scratch = try Scratch()
    for text in ["\(Self.one)\n\(Self.two)\n\(Self.twin)\n", "[\(Self.one),\(Self.twin),\(Self.two)]"] {
      let path = try scratch.write(text, to: "keys.json")
      let refused = try await ProgramRun(["list", "--from", path, "--format", "ndjson"])
      #expect(refused.status == 65 && refused.output.isEmpty)
      #expect(refused.errors.contains("a second record has the id k1 and other fields"), "\(refused.errors)")
      let part = try await ProgramRun(["list", "--from", path, "--format", "json", "--allow-partial"])
      #expect(part.status == 65 && part.output.contains(#""complete":false,"count":2"#), "\(part.output)")
      let plain = try await ProgramRun(
        ["--plain", "--from", path], inputPath: try scratch.write("list\nquit\n", to: "input"))
      #expect(plain.output.contains("a second record has the id k1 and other fields"), "\(plain.output)")
      #expect(!plain.output.contains("complete."), "\(plain.output)")
    }
    let server = try await FaultServer { _, head in
      head.contains("order=asc")
        ? .http(#"{"data":[\#(Self.two)],"has_more":false,"last_id":"k2"}"#)
        : head.contains("after=k1")
          ? .http(#"{"data":[\#(Self.twin),\#(Self.two)],"has_more":false,"last_id":"k2"}"#)
          : .http(#"{"data":[\#(Self.one)],"has_more":true,"last_id":"k1"}"#)
    }
    let run = try await ProgramRun(["list", "--url", server.url])
    #expect(run.status == 65 && run.output.isEmpty && run.errors.contains("the id k1"), "\(run.errors)")
    await server.close()
  }

  @Test("The same record twice is one key, and the list stays complete", .tags(.t13))
  func sameRecord() async throws {
    let scratch = try Scratch()
    let path = try scratch.write("\(Self.one)\n\(Self.two)\n\(Self.one)\n", to: "keys.ndjson")
    let run = try await ProgramRun(["list", "--from", path, "--format", "ndjson"])
    #expect(run.status == 0 && run.output.split(separator: "\n").count == 2, "\(run.errors)")
    let plain = try await ProgramRun(
      ["--plain", "--strict", "--from", path], inputPath: try scratch.write("list\nquit\n", to: "input"))
    #expect(plain.status == 0 && plain.output.contains("in the file more than once"), "\(plain.output)")
  }
}
