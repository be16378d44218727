import APIKeyModel
import DashboardScreen
import DashboardTestSupport
import KeyTable
import TerminalCore
import Testing

@testable import DashboardCore

@Suite("The permission-pivot command", .timeLimit(.minutes(5)))
struct PermissionPivotTests {
  @Test("permission-pivot (p) counts listed permissions and full access, pivot-rarest sorts them, and Enter filters")
  func pivot() throws {
    var scenario = Scenario.loaded(30, columns: 120, rows: 40) {
      $0[4].permissions = PermissionSet(["calls.view", "phones.import"])
    }
    scenario.press("p")
    #expect(scenario.overlayRows.count == PermissionCatalog.count + 1)
    let view = try #require(scenario.overlayRows.first { $0.cells[0].string == "calls.view" })
    #expect(view.cells.map(\.string) == ["calls.view", "30 keys", "20 listed", "10 through full access"])
    #expect(scenario.overlayRows.contains { $0.cells[0].string == "phones.import (not in the catalogue)" })
    let usual = scenario.overlayRows.map(\.plainText)
    scenario.press("r")
    let rarest = scenario.overlayRows
    #expect(rarest.map(\.plainText) != usual && Set(rarest.map(\.plainText)) == Set(usual))
    // Full access counts for every name: only what is listed makes the difference.
    #expect(rarest.last?.cells[0].string == "calls.view")
    scenario.press("G", "Enter")
    #expect(!scenario.state.views.hasOverlay && scenario.state.query.filter.text == "perm:calls.view")
    #expect(scenario.state.query.visible.count == 30)
  }

  @Test("Counts over part of the list say so and load the rest")
  func partial() {
    var scenario = Scenario(keys: 500, columns: 120, rows: 40)
    scenario.send(.start)
    scenario.answer()
    scenario.press("p")
    #expect(scenario.grid[1].contains("loaded so far, still loading"))
    scenario.settle()
    #expect(!scenario.grid[1].contains("so far"))
    #expect(scenario.state.table.count == 500)
  }
}
