import APIKeyClient
import APIKeyModel
import DashboardTestSupport
import KeyLoading
import TestSupport
import Testing

@testable import DashboardCore

@Suite("Waiting to retry", .timeLimit(.minutes(5)))
struct RetryWaitTests {
  @Test("During a retry wait G reports it, and the clock wakes once a second, then not at all", .tags(.t16))
  func waits() {
    var scenario = Scenario(keys: 200, columns: 120, rows: 24)
    scenario.send(.start)
    scenario.settle()
    scenario.press("G")
    scenario.fail(.rateLimited(retryAfter: 90, message: "slow down"))
    #expect(scenario.status.contains("trying again in 90 s, r tries now"))
    #expect(scenario.state.wakeTime == scenario.now + 1)
    scenario.press("G")
    #expect(scenario.message.hasPrefix("Waiting until \(MomentText.clock(scenario.now + 90)) as the server asks"))
    scenario.advance(by: 1)
    scenario.send(.clock)
    #expect(scenario.status.contains("trying again in 89 s") && scenario.waiting.isEmpty)
    scenario.state.settings.cursorFocus = true
    #expect(scenario.state.wakeTime == scenario.now + 89)
    scenario.state.settings.cursorFocus = false
    scenario.wakeAfterWaiting()
    scenario.settle()
    #expect(scenario.status.contains("200 keys, complete at ") && scenario.selectedName == "key-199")
    #expect(scenario.state.wakeTime == nil)
    // Where the server names no time, nothing is waited for.
    var other = Scenario(keys: 200)
    other.send(.start)
    other.settle()
    other.press("G")
    other.fail(.rateLimited(retryAfter: nil, message: "slow down"))
    #expect(other.state.wakeTime == nil)
  }
}
