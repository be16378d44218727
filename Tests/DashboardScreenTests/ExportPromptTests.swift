import APIKeyModel
import DashboardScreen
import DashboardTestSupport
import KeyTable
import TerminalCore
import Testing

@testable import DashboardCore

@Suite("The export prompt", .timeLimit(.minutes(5)))
struct ExportPromptTests {
  @Test("The export prompt shows what is written and how the format is chosen, but not in cursor focus")
  func exportHelp() throws {
    var scenario = Scenario.loaded(45, columns: 120, rows: 40)
    scenario.press("Space", "x")
    #expect(scenario.grid[37].hasPrefix("Writes 1 key, the one marked, to a new file; its ending says how: .csv"))
    #expect(scenario.grid[38].hasPrefix("Export to:"))
    scenario.press("Esc", "F", "x")
    #expect(!scenario.grid.contains { $0.contains("its ending says") })
  }
}
