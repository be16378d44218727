import DashboardTestSupport
import Testing

@testable import DashboardCore

@Suite("The time-format command", .timeLimit(.minutes(5)))
struct TimeFormatTests {
  @Test("time-format (t) switches between ages and dates")
  func switched() {
    var scenario = Scenario.loaded(12)
    scenario.press("t")
    #expect(scenario.state.settings.absoluteTime)
    scenario.press("t")
    #expect(!scenario.state.settings.absoluteTime)
  }
}
