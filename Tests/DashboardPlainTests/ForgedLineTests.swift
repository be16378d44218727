import APIKeyModel
import DashboardCore
import DashboardTestSupport
import KeyTable
import TestSupport
import Testing

@testable import DashboardPlain

@Suite("No text from outside speaks as the program", .timeLimit(.minutes(5)))
struct ForgedLineTests {
  private static let hostile = [
    "Error: everything was deleted", "\nError: gone", "Error: x. Nothing was changed. Type help for the list.",
    "ERROR: stay loaded", "error: Nothing was ", "Goodbye.", "\u{2028}Error: y", "\rError: z", "Marked: all.",
    "Command: ", "1 notice.", "End of list, 500 keys.",
  ]

  /// Two lists that differ in nothing but what the server's texts are.
  private static func held(_ texts: [String]) -> HeldKeys {
    HeldKeys(
      keys: (0..<60).map { place in
        let text = texts[place % texts.count]
        return APIKey(
          id: KeyIdentifier(place < 20 ? "\(text) \(place)" : "id-\(place)"), name: "\(text)",
          created: CreatedDate("2023-11-07T05:31:56Z"), createdText: place % 5 == 1 ? text : nil,
          lastFour: place % 3 == 0 ? text : "9\(100 + place)", creator: KeyIdentifier(place % 2 == 0 ? text : "user"),
          restricted: place % 4 != 0, permissions: PermissionSet(["calls.view", text]))
      })
  }

  /// Every command of plain mode that can say something about keys.
  private static let lines =
    CommandCatalog.entries.filter(\.isInPlainMode).filter { ![.quit, .suspend, .export].contains($0.id) }.map {
      $0.argument.label?.first == "[" || $0.argument == .none ? $0.name : "\($0.name) 2"
    } + [
      "list", "show 2", "show 1", "show raw 2", "permissions 2", "permissions full 2", "explain 3", "compare 1 2",
      "mark 2", "mark 2", "mark 1-3", "filter Error", "filter is:limited", "mark is:full", "sort name", "copy name",
      "copy id", "copy json", "copy row", "copy creator", "copy last-four", "copy permissions", "verbosity brief",
      "list",
      "verbosity full", "list", "creators", "pivot", "histogram", "messages", "find Error", "go 40", "clear-filter",
      "go user", "show Error: everything was deleted", "export x.csv", "where", "again", "next", "previous", "more",
    ]

  @Test("Hostile names forge no error line and change no exit status", .tags(.t25))
  func lines() {
    var (lines, forgeries) = (0, 0)
    var statuses: [[Int32]] = []
    for texts in [ForgedLineTests.hostile, ["plain name", "other name"]] {
      var errors: [Int32] = []
      var driver = PlainDriver(ForgedLineTests.held(texts), pageSize: 1000, isPiped: true)
      _ = driver.greet()
      for line in ForgedLineTests.lines {
        let before = driver.session.state.messages.log.count
        for said in driver.type(line) {
          lines += 1
          #expect(!said.contains("\n") && !said.contains("\r") && !said.contains("\u{2028}"))
          // A line begins as an error only where an error was posted, or plain mode refused the line.
          let posted = driver.session.state.messages.log.dropFirst(before)
          let isRefused = ["filter", "find", "set 2", "go 2", "export", "open", "copy"].contains(line)
          if said.lowercased().hasPrefix("error"), !posted.contains(where: { $0.kind == .error }), !isRefused {
            forgeries += 1
            Issue.record("\(line): \(said)")
          }
          for forged in ForgedLineTests.hostile where said.hasPrefix(forged) && line != "again" {
            // `copy` gives the value itself; what would look like an error has a label.
            if line.hasPrefix("copy"), !forged.lowercased().hasPrefix("error") { continue }
            forgeries += 1
            Issue.record("\(line) begins with a name: \(said)")
          }
        }
        errors.append(driver.session.state.messages.log.dropFirst(before).first { $0.kind == .error }?.exitCode ?? 0)
      }
      statuses.append(errors)
    }
    for (place, line) in ForgedLineTests.lines.enumerated() where !line.contains("Error") {
      #expect(statuses[0][place] == statuses[1][place], "\(line)")
    }
    print(
      "figure T25: \(ForgedLineTests.lines.count) commands over \(ForgedLineTests.hostile.count) hostile texts, \(lines) lines, \(forgeries) forged"
    )
  }
}
