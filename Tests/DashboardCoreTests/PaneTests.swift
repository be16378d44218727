import DashboardTestSupport
import Testing

@testable import DashboardCore

@Suite("The list and the detail pane", .timeLimit(.minutes(5)))
struct PaneTests {
  @Test("next-pane (Tab) moves the focus between the list and the detail pane")
  func nextPane() {
    var scenario = Scenario.loaded(20, columns: 120, rows: 40)
    #expect(scenario.state.detail.pane == .list)
    scenario.press("Tab")
    #expect(scenario.state.detail.pane == .detail)
    scenario.run("next-pane")
    #expect(scenario.state.detail.pane == .list)
  }

  @Test("grow-detail (+) and shrink-detail (_) change the width of the detail pane and are saved")
  func width() {
    var scenario = Scenario.loaded(20, columns: 120, rows: 40)
    let before = scenario.grid
    scenario.press("+")
    #expect(scenario.grid != before)
    #expect(scenario.others.contains(.saveSettings(scenario.state.settings)))
    scenario.press("_")
    #expect(scenario.grid == before)
    scenario.run("shrink-detail")
    #expect(scenario.grid != before)
    scenario.run("grow-detail")
    #expect(scenario.grid == before)
  }

  @Test("grow-detail is disabled where only one pane fits")
  func onePane() {
    let scenario = Scenario.loaded(20, columns: 40, rows: 12)
    guard case .disabled(let reason) = scenario.state.availability(of: .growDetail) else {
      Issue.record("grow-detail is enabled at width 40")
      return
    }
    #expect(reason.sentence(scenario.state.wording).hasSuffix("."))
  }
}
