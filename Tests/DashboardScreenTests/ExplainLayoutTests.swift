import APIKeyModel
import DashboardScreen
import DashboardTestSupport
import KeyTable
import TerminalCore
import Testing

@testable import DashboardCore

@Suite("The layout of explain", .timeLimit(.minutes(5)))
struct ExplainLayoutTests {
  @Test("explain wraps its text", arguments: [120, 80, 40])
  func explanation(columns: Int) {
    var scenario = Scenario.loaded(45, columns: columns, rows: 24)
    scenario.press("i")
    let text = scenario.grid.joined(separator: " ").split(separator: " ").joined(separator: " ")
    #expect(text.contains("whether it expires, or the creator's name."))
  }
}
