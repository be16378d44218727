import DashboardTestSupport
import Testing

@testable import DashboardCore

@Suite("The reverse-sort command", .timeLimit(.minutes(5)))
struct ReverseSortTests {
  @Test("reverse-sort (S) reverses the order of a sorted list")
  func reversed() {
    var scenario = Scenario.loaded(12)
    scenario.run("sort name")
    scenario.press("S")
    #expect(scenario.visibleNames.first == "key-9" && scenario.visibleNames.last == "key-0")
    scenario.run("reverse-sort")
    #expect(scenario.visibleNames.first == "key-0" && scenario.visibleNames.last == "key-9")
  }
}
