import APIKeyClient
import APIKeyModel
import DashboardTestSupport
import KeyTable
import TestSupport
import Testing

@testable import DashboardCore

@Suite("Hints about filters", .timeLimit(.minutes(5)))
struct FilterHintTests {
  @Test("A mistake in the first filter is reported when the list is complete", .tags(.t24))
  func judgedLate() {
    var scenario = Scenario(keys: 600)
    scenario.send(.start)
    scenario.answer()
    scenario.run("filter perm:billing.viw")
    scenario.settle()
    #expect(scenario.state.load.completeness.isComplete && scenario.state.query.visible.isEmpty)
    #expect(scenario.message.contains("no permission `billing.viw`"), "\(scenario.message)")
  }
}
