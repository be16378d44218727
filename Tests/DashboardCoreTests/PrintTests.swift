import DashboardTestSupport
import Testing

@testable import DashboardCore

@Suite("The print command", .timeLimit(.minutes(5)))
struct PrintTests {
  @Test("print asks for the lines of the selected key and changes nothing")
  func printed() {
    var scenario = Scenario.loaded(20)
    scenario.press("j")
    scenario.run("print")
    #expect(scenario.others.count == 1 && scenario.selectedName == "key-1")
    guard case .printLines(let lines)? = scenario.others.last else {
      Issue.record("\(scenario.others)")
      return
    }
    #expect(lines.contains { $0.string.contains("key-1") })
  }
}
