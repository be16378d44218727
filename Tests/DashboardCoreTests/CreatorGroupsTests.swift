import APIKeyModel
import DashboardScreen
import DashboardTestSupport
import KeyTable
import TerminalCore
import Testing

@testable import DashboardCore

@Suite("The creator-groups command", .timeLimit(.minutes(5)))
struct CreatorGroupsTests {
  @Test("creator-groups (c) shows each creator's keys, full access, oldest and newest, and Enter filters")
  func groups() throws {
    var scenario = Scenario.loaded(31, columns: 120, rows: 40)
    scenario.press("c")
    #expect(scenario.overlayRows.count == 3)
    let first = try #require(scenario.overlayRows.first)
    #expect(
      first.cells.map(\.string).prefix(3) == ["00000000-0000-000c-0000-000000000000", "11 keys", "11 full access"])
    #expect(first.cells[3].string == "2026-10-25 to 2026-11-24")
    scenario.press("Enter")
    #expect(scenario.state.query.visible.count == 11)
    #expect(scenario.visibleNames.allSatisfy { Int($0.dropFirst(4)).map { $0.isMultiple(of: 3) } == true })
  }
}
