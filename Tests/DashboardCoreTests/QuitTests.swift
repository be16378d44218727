import APIKeyClient
import APIKeyModel
import DashboardTestSupport
import TestSupport
import Testing

@testable import DashboardCore
@testable import KeyLoading

@Suite("Quitting", .timeLimit(.minutes(5)))
struct QuitTests {
  @Test("cancel (Ctrl-C) twice quits with 130")
  func interruptTwice() {
    var scenario = Scenario(keys: 10)
    scenario.send(.start)
    scenario.settle()
    scenario.press("Ctrl-c")
    #expect(scenario.others.isEmpty)
    scenario.press("j", "Ctrl-c")
    #expect(scenario.others.isEmpty)
    scenario.press("Ctrl-c")
    #expect(scenario.others == [.quit(status: 130)])
  }
}
