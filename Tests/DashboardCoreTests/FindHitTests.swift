import DashboardTestSupport
import Testing

@testable import DashboardCore

@Suite("The hits of find", .timeLimit(.minutes(5)))
struct FindHitTests {
  @Test("next-hit (n) and previous-hit (N) go from one hit to the other")
  func hits() {
    var scenario = Scenario.loaded(30)
    scenario.run("find key-2")
    let first = scenario.selectedName
    scenario.press("n")
    let second = scenario.selectedName
    #expect(first == "key-2" && second == "key-20")
    scenario.run("next-hit")
    #expect(scenario.selectedName == "key-21")
    scenario.press("N")
    #expect(scenario.selectedName == second)
    scenario.run("previous-hit")
    #expect(scenario.selectedName == first)
  }

  @Test("next-hit without a search is disabled")
  func withoutSearch() {
    var scenario = Scenario.loaded(30)
    scenario.press("n")
    #expect(scenario.selectedName == "key-0" && !scenario.message.isEmpty)
  }
}
