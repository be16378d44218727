import APIKeyClient
import APIKeyModel
import DashboardTestSupport
import KeyLoading
import TestSupport
import Testing

@testable import DashboardCore

@Suite("Lost cursors", .timeLimit(.minutes(5)))
struct LostCursorTests {
  @Test("A deleted cursor is reported in the server's words, and the list is read from the top", .tags(.t13))
  func placeLost() {
    var scenario = Scenario.loadedWhole(0)
    scenario.keys = (0..<500).map { Scenario.key($0) }
    scenario.press("R")
    scenario.settle()
    var broken = Scenario(keys: 500, columns: 120, rows: 24)
    broken.send(.start)
    broken.settle()
    broken.press("G")
    for _ in 0..<4 { broken.fail(.rejected(status: 404, message: "no such key")) }
    #expect(
      broken.message
        == "The place in the list was lost (404), on a later page: no such key. Reading the list again from the top.")
    #expect(broken.status.contains("loading..."))
    broken.settle()
    #expect(broken.status.contains("500 keys, complete at "))
    #expect(broken.state.load.duplicates == 0)
  }
}
