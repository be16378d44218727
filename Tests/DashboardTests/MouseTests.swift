import Testing

@testable import DashboardCore

@Suite struct MouseTests {
  private func loaded(_ columns: Int, _ rows: Int) -> Scenario {
    var scenario = Scenario(keys: 45, columns: columns, rows: rows)
    scenario.send(.start)
    scenario.settle()
    return scenario
  }

  @Test("A click selects the row, the wheel goes on by three, a click on a heading sorts and turns round")
  func list() {
    var scenario = loaded(120, 40)
    scenario.send(.mouse(row: 6, column: 5, scroll: 0))
    #expect(scenario.selectedName == "key-4")
    scenario.send(.mouse(row: 6, column: 5, scroll: 1))
    #expect(scenario.selectedName == "key-7")
    scenario.send(.mouse(row: 0, column: 0, scroll: -1))
    #expect(scenario.selectedName == "key-4")
    scenario.send(.mouse(row: 1, column: 3, scroll: 0))
    #expect(scenario.state.settings.sort.text == "name" && scenario.visibleNames.first == "key-0")
    scenario.send(.mouse(row: 1, column: 3, scroll: 0))
    #expect(scenario.state.settings.sort.text == "name:desc" && scenario.visibleNames.first == "key-9")
    scenario.send(.mouse(row: 39, column: 3, scroll: 0))
    scenario.send(.mouse(row: 500, column: 500, scroll: 0))
    scenario.send(.mouse(row: -1, column: -1, scroll: 0))
    #expect(scenario.visibleNames.first == "key-9")
  }

  @Test("A click in the detail goes there; in what is open it chooses the line; beside a prompt it does nothing")
  func elsewhere() {
    var scenario = loaded(120, 40)
    scenario.send(.mouse(row: 8, column: 100, scroll: 0))
    #expect(scenario.state.detail.pane == .detail && scenario.state.detail.line == 7)
    scenario.send(.mouse(row: 8, column: 100, scroll: 1))
    #expect(scenario.state.detail.line == 10)
    scenario.press("Esc", "?")
    scenario.send(.mouse(row: 7, column: 4, scroll: 0))
    #expect(scenario.state.views.top?.selection == 5)
    scenario.press("Esc", "/")
    let before = scenario.state.list.selection
    scenario.send(.mouse(row: 9, column: 4, scroll: 0))
    #expect(scenario.state.list.selection == before && scenario.state.input.prompt != nil)
  }
}
