import APIKeyModel
import DashboardScreen
import DashboardTestSupport
import KeyTable
import TerminalCore
import Testing

@testable import DashboardCore

@Suite("The list header", .timeLimit(.minutes(5)))
struct ListHeaderTests {
  @Test("right and left scroll the columns, Name stays, and the header shows where more are")
  func sideways() {
    var scenario = Scenario.loaded(45, columns: 80, rows: 24)
    scenario.send(.resized(columns: 60, rows: 24))
    #expect(scenario.grid[1].contains("Created") && !scenario.grid[1].contains("Last four"))
    #expect(scenario.grid[1].contains("2 more >"))
    scenario.press("l")
    #expect(scenario.grid[1].contains("< 1  1 >"))
    scenario.press("l")
    #expect(scenario.grid[1].hasPrefix("  Name") && scenario.grid[1].contains("Last four"))
    #expect(!scenario.grid[1].contains("Access") && scenario.grid[1].contains("< 2 more"))
    #expect(scenario.grid[2].hasPrefix("  key-0"))
    scenario.press("l")
    #expect(scenario.message == "Every column is shown.")
    scenario.press("h", "h")
    #expect(scenario.grid[1].contains("Access"))
  }

  @Test("A sorted column has an arrow, and its rank where there are several")
  func sortArrows() {
    var scenario = Scenario.loaded(45, columns: 120, rows: 40)
    scenario.run("sort access:desc,name")
    #expect(scenario.grid[1].contains("Access\u{2193}1") && scenario.grid[1].contains("Name\u{2191}2"))
    #expect(scenario.grid[0].contains("sorted by Access descending, then Name"))
    DisplayCharset.current = .ascii
    defer { DisplayCharset.current = .utf8 }
    #expect(scenario.grid[1].contains("Accessv1") && scenario.grid[1].contains("Name^2"))
  }
}
