import DashboardTestSupport
import Testing

@testable import DashboardCore

@Suite("The set command", .timeLimit(.minutes(5)))
struct SetTests {
  @Test("set mouse on turns the mouse on")
  func mouse() {
    var scenario = Scenario.loaded(12)
    scenario.run("set mouse on")
    #expect(scenario.state.settings.mouse && scenario.others.contains(.setMouse(true)))
  }

  @Test("set refuses an unknown value and lists the settings")
  func unknownValue() {
    var scenario = Scenario.loaded(12)
    scenario.run("set mouse maybe")
    #expect(scenario.message.hasPrefix("Settings are:"))
    #expect(!scenario.others.contains(.setMouse(true)) && !scenario.others.contains(.setMouse(false)))
  }
}
