import APIKeyModel
import DashboardCore
import DashboardTestSupport
import KeyTable
import TerminalCore
import TestSupport
import Testing

@testable import DashboardPlain

@Suite("No text from outside speaks as the program", .timeLimit(.minutes(5)))
struct ForgedLineTests {
  private static let hostile = [
    "Error: everything was deleted", "\nError: gone", "Error: x. Nothing was changed. Type help for the list.",
    "ERROR: stay loaded", "error: Nothing was ", "Notice: the list is complete.", " Error: z", "Goodbye.",
    "\u{2028}Error: y", "\rError: z", "Marked: all.", "Command: ", "1 notice.", "End of list, 500 keys.",
  ]

  /// Two lists that differ in nothing but what the server's texts are: in every field that can hold text.
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

  private static let inPlainMode = CommandCatalog.entries.filter(\.isInPlainMode).filter {
    ![.quit, .suspend].contains($0.id)
  }

  /// Every command of the catalog and every word of plain mode: alone, with a row, with what the texts of keys begin
  /// with, and with a whole name.
  private static let everyCommand: [String] = inPlainMode.flatMap { entry in
    [entry.name, "\(entry.name) 2", "\(entry.name) Error", "\(entry.name) Error: everything was deleted"]
  }
  private static let everyWord = PlainWord.allCases.flatMap {
    [$0.rawValue, "\($0.rawValue) 2", "\($0.rawValue) full"]
  }

  private static let everyField =
    CopyTarget.all.map { "copy \($0.typedName)" }
    + ["show raw 2", "permissions full 2", "compare 1 2", "mark 1-3", "filter name:Error", "filter perm:Error", "list"]
    + Verbosity.allCases.flatMap { ["verbosity \($0.rawValue)", "list", "find Error", "go 40"] }

  /// Filters and finds are left before the next command, so that each is asked of the whole list.
  private static let lines =
    ForgedLineTests.everyCommand.flatMap { ["clear-filter", "go 1", $0] }
    + everyField.flatMap { ["clear-filter", "go 1", $0] } + everyWord + ["messages", "again", "where"]

  @Test("Hostile names forge no error line and change no exit status", .tags(.t25))
  func lines() {
    var (lines, forgeries) = (0, 0)
    var statuses: [[Int32]] = []
    for texts in [ForgedLineTests.hostile, ["plain name", "other name"]] {
      var errors: [Int32] = []
      var driver = PlainDriver(ForgedLineTests.held(texts), pageSize: 1000, isPiped: true)
      _ = driver.greet()
      for line in ForgedLineTests.lines {
        let before = driver.session.state.messages.posted
        for said in driver.typeLines(line) {
          lines += 1
          let printed = said.printed
          #expect(!printed.contains("\n") && !printed.contains("\r") && !printed.contains("\u{2028}"))
          // Only an error begins as one, whatever it is about.
          let beginsAsError = printed.drop { $0 == " " }.lowercased().hasPrefix("error")
          if beginsAsError != (said.kind == .error) {
            forgeries += 1
            Issue.record("\(line): \(printed)")
          }
          // `copy` gives the value itself, and an error may quote what was typed behind its first word.
          guard said.kind == .text else { continue }
          for forged in ForgedLineTests.hostile where said.text.hasPrefix(DisplayText(forged).string) {
            forgeries += 1
            Issue.record("\(line) begins with text of a key: \(printed)")
          }
        }
        let posted = driver.session.state.messages.since(before)
        errors.append(posted.first { $0.isError }?.traits.exitCode ?? 0)
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

  @Test("A line that is no error and would look like one has words before it")
  func leadIn() {
    #expect(PlainLine(.error, "x").printed == "Error: x")
    #expect(PlainLine(.value, "error: x").printed == "Copied: error: x")
    #expect(PlainLine(.value, "  ERROR: x").printed == "Copied:   ERROR: x")
    #expect(PlainLine(.text, "Error: x").printed == "Text: Error: x")
    for usual in ["errors: 2", "Err", "", "Error", "An Error: x"] {
      #expect(PlainLine(.value, usual).printed == usual && PlainLine(.text, usual).printed == usual)
    }
  }
}
