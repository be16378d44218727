import DashboardTestSupport
import Testing

@testable import DashboardCore

@Suite("The clear-filter command", .timeLimit(.minutes(5)))
struct ClearFilterTests {
  @Test("clear-filter and Esc in the list show every key again", arguments: [true, false])
  func cleared(isTyped: Bool) {
    var scenario = Scenario.loaded(20)
    scenario.run("filter key-1")
    #expect(scenario.visibleNames.count == 11)
    if isTyped { scenario.run("clear-filter") } else { scenario.press("Esc") }
    #expect(scenario.visibleNames.count == 20 && scenario.state.query.filter.text.isEmpty)
  }
}
