import APIKeyModel
import DashboardScreen
import DashboardTestSupport
import KeyTable
import TerminalCore
import Testing

@testable import DashboardCore

@Suite("The compare command", .timeLimit(.minutes(5)))
struct CompareTests {
  @Test("compare (=) lists what only the first key, only the second, and both can do")
  func comparison() {
    var scenario = Scenario.loaded(10, columns: 120, rows: 40) {
      $0[1].permissions = PermissionSet(["calls.view", "calls.create"])
      $0[2].permissions = PermissionSet(["calls.view", "voices.view", "phones.import"])
    }
    scenario.run("mark name=key-1,key-2")
    scenario.press("=")
    #expect(
      scenario.overlayRows.dropFirst(6).map(\.plainText) == [
        "Only key-1: 1 permission", "calls.create  granted  not granted", "Only key-2: 2 permissions",
        "voices.view  not granted  granted", "phones.import  not granted  granted", "Both: 1 permission",
        "calls.view  granted  granted",
      ])
    #expect(scenario.overlayRows[0].cells.map(\.string) == ["Name", "key-1", "key-2"])
    #expect(scenario.overlayRows[1].cells.map(\.string) == ["Access", "limited", "limited"])
    for columns in [120, 80, 40] {
      scenario.send(.resized(columns: columns, rows: 24))
      let grid = scenario.grid
      #expect(grid.contains { $0.contains("key-1") && $0.contains("key-2") && $0.hasPrefix("  Name") })
      #expect(grid.contains { $0.hasPrefix("  calls.create") && $0.contains("not granted") == (columns > 50) })
    }
  }
}
