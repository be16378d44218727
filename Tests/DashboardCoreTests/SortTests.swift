import APIKeyClient
import APIKeyModel
import DashboardTestSupport
import KeyTable
import Testing

@testable import DashboardCore

@Suite("The sort command", .timeLimit(.minutes(5)))
struct SortTests {
  @Test("sort orders the list by a field, and sort server restores the server's order")
  func sort() {
    var scenario = Scenario.loaded(12)
    scenario.run("sort name")
    #expect(scenario.visibleNames.prefix(3) == ["key-0", "key-1", "key-10"])
    scenario.run("sort server")
    #expect(scenario.visibleNames.first == "key-0" && scenario.visibleNames.last == "key-11")
  }

  @Test("sort refuses a field that does not exist and keeps the order")
  func unknownField() {
    var scenario = Scenario.loaded(12)
    scenario.run("sort name:desc")
    #expect(scenario.visibleNames.first == "key-9")
    scenario.run("sort colour")
    #expect(scenario.message.contains("is not a column") && scenario.visibleNames.first == "key-9")
  }

  @Test("A sorted load that is stopped shows every key it has")
  func stoppedSort() {
    var scenario = Scenario(keys: 4000)
    scenario.send(.start)
    scenario.settle()
    scenario.holdsEvaluations = true
    scenario.run("sort name")
    scenario.answer()
    scenario.answer()
    scenario.answerEvaluation()
    scenario.press("Ctrl-c")
    while !scenario.evaluations.isEmpty { scenario.answerEvaluation() }
    #expect(scenario.state.query.visible.count == scenario.state.table.count)
  }
}
