import Foundation
import TestSupport
import Testing

/// Plain mode as two console screen readers speak it: one visit, every sentence once, in a bounded time.
@Suite(.serialized, .enabled(if: !ScreenReader.installed.isEmpty, ScreenReader.howToInstall), .timeLimit(.minutes(20)))
struct SpokenVisitTests {
  @Test(
    "In a session over 500 keys every sentence is spoken once", .tags(.p9, .p10, .p13, .p24, .p26, .p28),
    arguments: ScreenReader.installed)
  func visit(kind: ScreenReader.Kind) async throws {
    let reader = try ScreenReader(
      kind, program: TestProducts.path("apikeys-tui"), arguments: ["--demo", "--demo-keys", "500", "--plain"])
    var session = ReaderSession(reader)
    let opening = try session.hear("the opening")
    #expect(opening.times("Plain mode, on because --plain was given.") == 1)
    #expect(opening.times("50 keys loaded, more on the server.") == 1)
    #expect(opening.times("Type help for commands, quit to leave.") == 1)

    let list = try session.command("list")
    for number in 1...10 { #expect(list.times("Key \(number) of 50 loaded:") == 1, "key \(number)") }
    #expect(list.times("40 more keys. Type more, or another command.") == 1)

    let more = try session.command("more")
    for number in 11...20 { #expect(more.times("Key \(number) of 50 loaded:") == 1, "key \(number)") }
    #expect(more.times("30 more keys. Type more, or another command.") == 1)

    let detail = try session.command("show 3")
    for label in ["Name:", "Access:", "Permissions:", "Created:", "Last four:", "Marked:", "Creator:", "Id:"] {
      #expect(detail.times(label) == 1, "\(label)")
    }

    let filter = try session.command("filter is:limited prod")
    #expect(filter.times("match the filter is:limited prod. Searched: 500 keys, complete.") == 1)

    let permissions = try session.command("permissions")
    for resource in ["Companies:", "Calls:", "API keys:", "Integrations:"] {
      #expect(permissions.times(resource) == 1, "\(resource)")
    }

    let error = try session.command("show 900")
    #expect(error.times("Error: 900 is not a key number. Nothing was changed. Choose 1 to") == 1)

    #expect(try session.command("quit").times("Goodbye.") == 1)
    #expect(reader.exitStatus == 0)
    session.checkPunctuation()

    let seconds = SpeechLog.seconds(session.heard)
    print("figure P9: \(kind.rawValue): the visit costs \(Int(seconds.rounded())) s of speech")
    let budget = try SpeechBudget.seconds(kind)
    #expect(seconds <= budget * 1.1, "\(seconds) s, where docs/accessibility.md allows \(budget)")
    try Transcript.write(session.heard, named: "visit.\(kind.rawValue)")
    try await reader.end()
  }
}

/// The seconds of speech a visit may cost, from docs/accessibility.md: its table says it to people and to this test.
enum SpeechBudget {
  static func seconds(_ kind: ScreenReader.Kind) throws -> Double {
    let page = try String(contentsOf: Repository.file("docs/accessibility.md"), encoding: .utf8)
    let section = try #require(page.range(of: "### The length of a session"))
    let rows = page[section.upperBound...].split(separator: "\n")
    let row = try #require(rows.first { $0.hasPrefix("| \(kind.rawValue) |") })
    let cell = String(row.split(separator: "|")[1]).filter { $0.isNumber || $0 == "." }
    return try #require(Double(cell))
  }
}

/// What was heard, kept for people where SPEECH_TRANSCRIPTS names a folder.
enum Transcript {
  static func write(_ utterances: [String], named name: String) throws {
    guard let folder = ProcessInfo.processInfo.environment["SPEECH_TRANSCRIPTS"] else { return }
    let lines = utterances.map { $0 + "\n" }.joined()
    try lines.write(to: URL(filePath: folder).appendingPathComponent("\(name).txt"), atomically: true, encoding: .utf8)
  }
}

/// Files of the source tree that tests read.
enum Repository {
  static func file(_ path: String) -> URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent(path)
  }
}
