import APIKeyClient
import APIKeyModel
import DashboardTestSupport
import TestSupport
import Testing

@testable import DashboardCore
@testable import KeyLoading

@Suite("Errors while loading", .timeLimit(.minutes(5)))
struct ConnectionLossTests {
  @Test("An error stays visible with its next step, the loaded keys stay, and refresh (r) recovers")
  func errors() {
    var scenario = Scenario(keys: 200)
    scenario.send(.start)
    scenario.fail(.notAuthenticated(message: "Not authenticated", tokenWasSent: true))
    #expect(scenario.grid.joined(separator: "\n").contains("The server does not accept the token"))
    #expect(scenario.message.contains("APIKEYS_TOKEN"))
    scenario.press("r")
    scenario.settle()
    #expect(scenario.state.table.count == 50)
    scenario.press("G")
    scenario.fail(.serverFailed(status: 500, message: "boom"))
    #expect(scenario.state.table.count == 50)
    #expect(scenario.status.contains("stopped after 50: The server failed (500): boom, press r to resume"))
    scenario.press("j")
    #expect(scenario.status.contains("stopped after 50"))
    scenario.press("r")
    scenario.settle()
    #expect(scenario.state.table.count == 200 && scenario.state.load.completeness.isComplete)
  }

  @Test("The dashboard shows one line when the server is lost and one when it returns", .tags(.p29))
  func lossAndReturn() {
    var scenario = Scenario(keys: 200)
    scenario.send(.start)
    scenario.settle()
    scenario.press("G")
    var said = scenario.state.messages.log.count
    func new() -> [String] {
      defer { said = scenario.state.messages.log.count }
      return scenario.state.messages.log.dropFirst(said).map(\.text)
    }
    // The server asks to wait, and fails each time the dashboard tries again by itself.
    scenario.fail(.rateLimited(retryAfter: 2, message: "slow down"))
    #expect(new().count == 1)
    for seconds in 1...3 {
      scenario.wakeAfterWaiting()
      #expect(scenario.waiting.count == 1)
      scenario.fail(.rateLimited(retryAfter: seconds, message: "slow down"))
      #expect(new().isEmpty)
      #expect(scenario.status.contains("stopped after 50"))
    }
    // Another reason is news, and so is the answer to a key.
    scenario.wakeAfterWaiting()
    scenario.fail(.connectionLost(host: "keys.example.com"))
    #expect(new() == ["The connection to keys.example.com was lost. Try again."])
    scenario.press("r")
    scenario.fail(.connectionLost(host: "keys.example.com"))
    #expect(new() == ["Resuming after 50 keys.", "The connection to keys.example.com was lost. Try again."])
    scenario.press("r")
    scenario.settle()
    #expect(new() == ["Resuming after 50 keys.", "The server answers again."])
    #expect(scenario.message == "The server answers again.")
  }
}
