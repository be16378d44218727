import APIKeyClient
import APIKeyModel
import DashboardTestSupport
import KeyLoading
import TestSupport
import Testing

@testable import DashboardCore

@Suite("Completeness of the list", .timeLimit(.minutes(5)))
struct CompletenessTests {
  @Test("A list whose other end is a different key is incomplete and is not exported", .tags(.t12))
  func contradicted() {
    var scenario = Scenario(keys: 120, columns: 120, rows: 24)
    scenario.send(.start)
    scenario.settle()
    scenario.press("G")
    // The pages end after 100 keys; from the other end there are more.
    let all = scenario.keys
    while let request = scenario.waiting.first?.request {
      scenario.keys = request.order == .descending ? Array(all.prefix(100)) : all
      scenario.answer()
    }
    #expect(scenario.status.contains("not complete: the other end of the list is another key"), "\(scenario.status)")
    #expect(scenario.message.hasPrefix("The list is not complete: the other end of the list is another key."))
    scenario.run("export keys.csv")
    #expect(scenario.others.isEmpty && scenario.state.messages.current?.exitCode == 65)
    scenario.run("filter nothing-has-this")
    #expect(!scenario.state.emptyListSentence.contains("No key matches"))
  }
}
