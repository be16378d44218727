import APIKeyModel
import DashboardScreen
import DashboardTestSupport
import KeyTable
import TerminalCore
import Testing

@testable import DashboardCore

@Suite("The top line", .timeLimit(.minutes(5)))
struct TopLineTests {
  @Test("The top line shows program, source, filter, order and plain mode, and truncates the filter first")
  func topLine() {
    var scenario = Scenario.loaded(45, columns: 120, rows: 40)
    #expect(scenario.grid[0].hasPrefix("apikeys-tui  keys.example.com  newest first"))
    #expect(scenario.grid[0].hasSuffix("read-only  ? help  --plain: plain mode"))
    scenario.run("filter \(String(repeating: "key ", count: 30))")
    #expect(scenario.grid[0].contains("filter: key key") && scenario.grid[0].contains("  newest first"))
    #expect(scenario.grid[0].hasSuffix("--plain"))
    #expect(Scenario.loaded(45, columns: 40, rows: 12).grid[0].hasSuffix("--plain"))
    #expect(Scenario.loaded(45, columns: 80, rows: 24).grid[0].hasSuffix("--plain: plain mode"))
  }
}
