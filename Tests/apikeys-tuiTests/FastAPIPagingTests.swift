import Foundation
import TestSupport
import Testing

/// The program against a server that was written by others' rules: FastAPI, from the API's description alone.
@Suite(
  "Paging against FastAPI", .serialized,
  .enabled(if: IndependentServer.isPrepared, Comment(rawValue: IndependentServer.absence)), .timeLimit(.minutes(5)))
struct FastAPIPagingTests {
  private func list(_ server: IndependentServer, _ options: [String] = []) async throws -> ProgramRun {
    try await ProgramRun(
      ["list", "--url", server.url, "--format", "ndjson"] + options, environment: ["APIKEYS_TOKEN": server.token])
  }

  /// Each line as field names and values; numbers, booleans and strings compared by their bytes.
  private func records(_ text: String) throws -> [String] {
    try text.split(separator: "\n").map { line in
      let value = try JSONSerialization.jsonObject(with: Data(line.utf8))
      let bytes = try JSONSerialization.data(withJSONObject: value, options: [.sortedKeys])
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  @Test("5,000 keys are read once each, in order, with every field as Python wrote it")
  func everyField() async throws {
    let server = try IndependentServer(["--keys", "5000"])
    let run = try await list(server)
    #expect(run.status == 0, "\(run.errors)")
    let (ours, theirs) = (try records(run.output), try records(try IndependentServer.keys(["--keys", "5000"])))
    #expect(theirs.count == 5000)
    #expect(ours.count == theirs.count)
    let different = zip(ours, theirs).filter { Array($0.utf8) != Array($1.utf8) }
    #expect(different.isEmpty, "\(different.count) differ, the first: \(different.first.map { "\($0)" } ?? "")")
  }

  @Test("A server that reports totals gives the same keys")
  func totals() async throws {
    let server = try IndependentServer(["--keys", "2345", "--with-totals"])
    let run = try await list(server)
    #expect(run.status == 0, "\(run.errors)")
    #expect(try records(run.output) == records(IndependentServer.keys(["--keys", "2345"])))
  }

  @Test("Other cursor parameter names work if given, and their absence is reported with the cause")
  func otherNames() async throws {
    let arguments = ["--keys", "1500", "--after-name", "starting_after", "--before-name", "ending_before"]
    let server = try IndependentServer(arguments)
    let refused = try await list(server)
    #expect(refused.status == 65)
    #expect(refused.output.isEmpty)
    #expect(refused.errors.contains("ignored `after`") && refused.errors.contains("--after-param"), "\(refused.errors)")
    let run = try await list(server, ["--after-param", "starting_after", "--before-param", "ending_before"])
    #expect(run.status == 0, "\(run.errors)")
    #expect(try records(run.output) == records(IndependentServer.keys(["--keys", "1500"])))
  }

  @Test("A server that ignores the cursor is an error that names the cause")
  func ignoredCursor() async throws {
    let server = try IndependentServer(["--keys", "1500", "--ignore-cursor"])
    let run = try await list(server)
    #expect(run.status == 65)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains("ignored `after`"), "\(run.errors)")
  }

  @Test("Invalid tokens and a missing permission have their errors")
  func tokens() async throws {
    let server = try IndependentServer(["--keys", "3"])
    for (token, words) in [
      ("", "wants a token"), ("wrong", "does not accept the token"),
      ("independent-token-without-permission", "may not list keys"),
    ] {
      let environment = token.isEmpty ? [:] : ["APIKEYS_TOKEN": token]
      let run = try await ProgramRun(["list", "--url", server.url], environment: environment)
      #expect(run.status == 77, "\(token): \(run.errors)")
      #expect(run.errors.contains(words), "\(token): \(run.errors)")
      #expect(run.output.isEmpty)
    }
  }
}
