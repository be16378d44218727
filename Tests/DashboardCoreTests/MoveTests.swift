import DashboardTestSupport
import Testing

@testable import DashboardCore

@Suite("Moving in the list", .timeLimit(.minutes(5)))
struct MoveTests {
  @Test("down (j) and up (k) move by one row and stop at the ends")
  func rows() {
    var scenario = Scenario.loaded(3)
    scenario.press("j")
    #expect(scenario.selectedName == "key-1")
    scenario.press("j", "j", "j")
    #expect(scenario.selectedName == "key-2")
    scenario.press("k", "k", "k")
    #expect(scenario.selectedName == "key-0")
  }

  @Test("half-page-down (Ctrl-d) and half-page-up (Ctrl-u) move by half of page-down (Ctrl-f) and page-up (Ctrl-b)")
  func pages() throws {
    var scenario = Scenario.loaded(100)
    scenario.press("Ctrl-f")
    let page = scenario.state.list.position
    #expect(page > 2)
    scenario.press("Ctrl-b")
    #expect(scenario.state.list.position == 0)
    scenario.run("page-down")
    #expect(scenario.state.list.position == page)
    scenario.run("page-up")
    #expect(scenario.state.list.position == 0)
    scenario.press("Ctrl-d")
    let half = scenario.state.list.position
    #expect(half > 0 && abs(half * 2 - page) <= 1, "\(half) \(page)")
    scenario.press("Ctrl-u")
    #expect(scenario.state.list.position == 0)
    scenario.run("half-page-down")
    scenario.run("half-page-down")
    scenario.run("half-page-up")
    #expect(scenario.state.list.position == half)
  }

  @Test("first (gg) and last (G) go to the ends of the list")
  func ends() {
    var scenario = Scenario.loaded(20)
    scenario.press("G")
    scenario.settle()
    #expect(scenario.selectedName == "key-19")
    scenario.press("gg")
    #expect(scenario.selectedName == "key-0")
  }
}
