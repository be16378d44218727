import APIKeyClient
import APIKeyModel
import DashboardTestSupport
import KeyTable
import TerminalCore
import TestSupport
import Testing

@testable import DashboardCore

/// A message leaves when it is no longer true.
@Suite(.timeLimit(.minutes(5))) struct MessageTests {
  private func loaded(_ count: Int = 500, columns: Int = 120, rows: Int = 40) -> Scenario {
    var scenario = Scenario(keys: count, columns: columns, rows: rows)
    scenario.send(.start)
    scenario.run("load-all")
    scenario.settle()
    return scenario
  }

  /// A kind of message: how it comes about, how it begins, and whether it stays while the cursor moves.
  struct Kind: Sendable {
    let text: String
    let stays: Bool
    let cause: @Sendable (inout Scenario) -> Void

    init(_ text: String, stays: Bool = false, _ cause: @escaping @Sendable (inout Scenario) -> Void) {
      (self.text, self.stays, self.cause) = (text, stays, cause)
    }
  }

  private static let kinds = [
    Kind("This is the first key.") { $0.press("k") },
    Kind("This is the last key.") { $0.press("G", "j") },
    Kind("Nothing to go back from.") { $0.press("Esc") },
    Kind("Q does nothing here.") { $0.press("Q") },
    Kind("Pasted text") { $0.send(.keyPress(KeyPress(.paste("ls\n")))) },
    Kind("The detail is as small as it can be.") { scenario in for _ in 0..<40 { scenario.press("_") } },
    Kind("Key 1 of 500.") { $0.run("where") },
    Kind("Not found: zzz") { $0.run("find zzz") },
    Kind("There is no filter.") { $0.run("clear-filter") },
    Kind("Every key is loaded.") { $0.press("L") },
    Kind("No marked key after this one.") {
      $0.run("mark 1"); $0.press("}")
    },
    Kind("qit is not a command.", stays: true) { $0.run("qit") },
    Kind("Column 1: There is no field `foo`", stays: true) { $0.run("filter foo:1") },
    Kind("No key has the id, name or last four nobody", stays: true) { $0.run("go nobody") },
    Kind("colour is not a column", stays: true) { $0.run("columns colour") },
    Kind("colour is not a column", stays: true) { $0.run("sort colour") },
    Kind("Settings are:", stays: true) { $0.run("set nothing") },
    Kind("Compare needs two keys.", stays: true) { $0.run("compare 1") },
    Kind("No space.", stays: true) {
      $0.send(.exported(.failure(ExportProblem(sentence: "No space.", exitCode: 74))))
    },
    Kind("Id of the key sent", stays: true) { $0.run("copy id") },
    Kind("Created shows the date", stays: true) { $0.press("t") },
    Kind("Columns: ", stays: true) { $0.run("columns access") },
    Kind("The theme is mono now.", stays: true) { $0.run("set theme mono") },
    Kind("Marked: key-1.", stays: true) { $0.run("mark 2") },
    Kind("500 keys marked.", stays: true) { $0.press("*") },
    Kind("Range started.", stays: true) { $0.press("v") },
    Kind("Cursor focus is off.", stays: true) { $0.press("F", "F") },
    Kind("No new keys at", stays: true) {
      $0.press("r"); $0.settle()
    },
    Kind("No key differs since", stays: true) {
      $0.press("R"); $0.settle()
    },
  ]

  @Test(
    "Every kind of message stays until the next action that does something",
    .tags(.t25))
  func leave() {
    let actions: [(name: String, isMovement: Bool, act: @Sendable (inout Scenario) -> Void)] = [
      ("move", true, { $0.state.list.position > 0 ? $0.press("k") : $0.press("j") }),
      ("click", true, { $0.send(.mouse(row: $0.state.list.position > 0 ? 2 : 5, column: 5, scroll: 0)) }),
      ("detail", true, { $0.press("Enter") }), ("filter", false, { $0.run("filter key-1") }),
      ("overlay", false, { $0.press("p") }), ("prompt", false, { $0.press(":") }),
      ("sort", false, { $0.run("sort name") }), ("mark", false, { $0.press("Space") }),
    ]
    var outlived = 0
    for kind in Self.kinds {
      for action in actions {
        var scenario = loaded()
        kind.cause(&scenario)
        #expect(scenario.message.hasPrefix(kind.text), "\(scenario.message)")
        // Half a chord, and a new size, are no actions.
        scenario.press("g")
        scenario.send(.resized(columns: 119, rows: 40))
        #expect(scenario.message.hasPrefix(kind.text), "after nothing: \(scenario.message)")
        scenario.state.input.dropPresses()
        action.act(&scenario)
        let isThere = scenario.message.hasPrefix(kind.text)
        outlived += isThere && !(action.isMovement && kind.stays) ? 1 : 0
        #expect(isThere == (action.isMovement && kind.stays), "\(kind.text) after \(action.name)")
        // It can be read again.
        #expect(scenario.state.messages.log.contains { $0.text.hasPrefix(kind.text) })
      }
    }
    print("figure T25: \(Self.kinds.count) kinds of message, \(actions.count) actions each, \(outlived) outlived")
  }

  @Test("\"Last key\" is shown only while the selection is there", .tags(.t25))
  func lastKey() {
    var scenario = Scenario(keys: 500)
    scenario.send(.start)
    scenario.settle()
    scenario.press("G")
    scenario.settle()
    #expect(scenario.message == "All 500 keys loaded; this is the last.")
    scenario.press("gg")
    #expect(scenario.message.isEmpty)
  }

  @Test("A message about unreadable records stays until reread", .tags(.t25))
  func records() {
    var scenario = Scenario(keys: 50)
    scenario.send(.start)
    scenario.answer(unreadable: 1)
    scenario.settle()
    #expect(scenario.message == "1 record could not be read.")
    scenario.press("j")
    #expect(scenario.message == "1 record could not be read.")
    scenario.press("k", "k")
    #expect(scenario.message == "This is the first key.")
    scenario.press("j")
    #expect(scenario.message == "1 record could not be read.")
    scenario.press("R")
    scenario.settle()
    scenario.press("p", "Esc")
    #expect(scenario.message.isEmpty)
  }

  @Test("Differences are shown once, and do not return with the unreadable records", .tags(.t25))
  func differencesOnce() {
    var scenario = Scenario(keys: 50)
    scenario.send(.start)
    scenario.settle()
    scenario.keys.remove(at: 4)
    scenario.press("R")
    scenario.answer(unreadable: 1)
    scenario.settle()
    #expect(scenario.message.hasPrefix("1 gone since ") && scenario.message.hasSuffix("1 record could not be read."))
    scenario.press("gg", "k")
    #expect(scenario.message == "This is the first key.")
    scenario.press("j")
    #expect(scenario.message == "1 record could not be read.")
  }

  @Test("A lost connection is shown until the server responds, and a failed refresh until one succeeds", .tags(.t25))
  func loss() {
    var scenario = Scenario(keys: 500)
    scenario.send(.start)
    scenario.answer()
    scenario.press("L")
    scenario.fail(.notAllowed(message: ""))
    let failure = scenario.message
    #expect(scenario.state.messages.current?.kind == .error)
    scenario.press("j", "j", "p", "Esc")
    #expect(scenario.message == failure)
    scenario.press("r")
    scenario.settle()
    scenario.press("p", "Esc")
    #expect(scenario.message.isEmpty && scenario.state.load.completeness.isComplete)
    scenario.press("r")
    scenario.fail(.notAllowed(message: ""))
    let failedLook = scenario.message
    #expect(failedLook.hasPrefix("Nothing was changed."))
    scenario.press("j")
    #expect(scenario.message == failedLook)
    scenario.press("r")
    scenario.settle()
    #expect(scenario.message.hasPrefix("No new keys"))
    scenario.press("p", "Esc")
    #expect(scenario.message.isEmpty)
  }

  @Test("In plain mode messages are never cleared", .tags(.t25))
  func kept() {
    var scenario = Scenario(keys: 50) { $0.isPlain = true }
    scenario.send(.start)
    scenario.settle()
    scenario.run("previous")
    let message = scenario.message
    scenario.run("next")
    #expect(!message.isEmpty && scenario.message == message)
  }
}
