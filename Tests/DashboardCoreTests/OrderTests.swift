import APIKeyClient
import APIKeyModel
import DashboardTestSupport
import KeyTable
import Testing

@testable import DashboardCore

@Suite("The order command", .timeLimit(.minutes(5)))
struct OrderTests {
  @Test("order (o) is refused for a file")
  func fileOrder() {
    var scenario = Scenario(keys: 5) { $0.isFile = true }
    scenario.send(.start)
    scenario.settle()
    scenario.press("o")
    #expect(scenario.message.hasPrefix("A file has one order"))
    scenario.run("order asc")
    #expect(scenario.requests.count == 1 && scenario.visibleNames.first == "key-0")
  }

  @Test("order (o) reads the list again from its other end")
  func otherEnd() {
    var scenario = Scenario.loaded(12)
    scenario.press("o")
    scenario.settle()
    // The last request of all asks for the other end.
    #expect(
      scenario.requests.suffix(2).map(\.order) == [.ascending, .descending] && scenario.visibleNames.first == "key-11")
  }
}
