import Foundation
import TestSupport
import Testing

/// Regular expressions in the real program: the same answer in every locale, and a dashboard that goes on answering.
@Suite("Regular expressions", .serialized, .timeLimit(.minutes(20)))
struct RegularExpressionTests {
  @Test("A regular expression finds the same keys in every locale", .tags(.s9))
  func locales() async throws {
    let scratch = try Scratch()
    let names = [
      "café-prod", "cafe-prod", "CAFÉ-PROD", "caf-prod", "ключ", "КЛЮЧ", "Bad-Name", "good-name", "中文", "a b",
    ]
    let path = try scratch.write(
      names.enumerated().map { PageBody.record($0, name: $1) + "\n" }.joined(), to: "keys.ndjson")
    let filters: [(String, [String])] = [
      ("name:/caf.-prod/", ["café-prod", "cafe-prod"]), ("name:/CAFÉ/i", ["café-prod", "CAFÉ-PROD"]),
      ("-name:/^[a-z0-9-]+$/", ["café-prod", "CAFÉ-PROD", "ключ", "КЛЮЧ", "Bad-Name", "中文", "a b"]),
      ("name:/^[[:alpha:]]+$/", ["ключ", "КЛЮЧ", "中文"]), ("name:/^[[:upper:]]+$/", ["КЛЮЧ"]),
      ("name:/^..$/", ["中文"]), ("name:/ключ/i", ["ключ", "КЛЮЧ"]), ("name:/\\s/", ["a b"]),
    ]
    for locale in ["C", "C.UTF-8", "POSIX", "none_such"] {
      for (filter, expected) in filters {
        let run = try await ProgramRun(
          ["list", "--from", path, "--format", "ndjson", "--filter", filter], environment: ["LC_ALL": locale])
        let found = try DemoKeys.decode(run.output).map { try #require($0["name"] as? String) }
        #expect(found == expected, "\(locale), \(filter): \(found) \(run.errors)")
      }
    }
  }

  @Test("An invalid expression is a usage error with its position", .tags(.s9))
  func refused() async throws {
    let run = try await ProgramRun(["list", "--from", "/dev/null", "--filter", "prod name:/a(?=b)/"])
    #expect(
      run.status == 64 && run.errors.contains("at character 13") && run.errors.contains("Look-ahead"), "\(run.errors)")
  }

  @Test("A key press is handled while a hostile page of long names is searched", .tags(.s9))
  func responsive() async throws {
    let scratch = try Scratch()
    // 200 names of 60,000 letters, and an expression that takes the engine its longest.
    let long = String(repeating: "ab", count: 30_000)
    let path = try scratch.write(
      (0..<200).map { PageBody.record($0, name: long + "\($0)") + "\n" }.joined(), to: "keys.ndjson")
    let session = try PtySession(
      program: TestProducts.path("apikeys-tui"), arguments: ["--from", path], columns: 120, rows: 30)
    try session.waitUntil("the keys", timeout: .seconds(60)) { $0.contains { $0.contains("200 keys") } }
    try session.send("/name:/(.{1,100}){1,9}z/\r")
    // The help opens and closes while the search runs: it would take minutes on the loop.
    try session.send("?")
    try session.waitUntil("the help", timeout: .seconds(30)) {
      $0.contains { $0.localizedCaseInsensitiveContains("help") }
    }
    try session.send("q")
    try session.send("q")
    #expect(try session.waitForExit(timeout: .seconds(30)) == 0)
  }
}
