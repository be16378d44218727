import DashboardTestSupport
import Testing

@testable import DashboardCore

@Suite(.timeLimit(.minutes(5))) struct MouseTests {
  @Test("A click selects the row under it")
  func clickedRow() {
    var scenario = Scenario.loaded(45, columns: 120, rows: 40)
    scenario.send(.mouse(row: 6, column: 5, scroll: 0))
    #expect(scenario.selectedName == "key-4")
  }

  @Test("The wheel moves the selection by three rows")
  func wheel() {
    var scenario = Scenario.loaded(45, columns: 120, rows: 40)
    scenario.send(.mouse(row: 6, column: 5, scroll: 0))
    scenario.send(.mouse(row: 6, column: 5, scroll: 1))
    #expect(scenario.selectedName == "key-7")
    scenario.send(.mouse(row: 0, column: 0, scroll: -1))
    #expect(scenario.selectedName == "key-4")
  }

  @Test("A click on a column heading sorts by it, a second click reverses the order, a click elsewhere does nothing")
  func heading() {
    var scenario = Scenario.loaded(45, columns: 120, rows: 40)
    scenario.send(.mouse(row: 1, column: 3, scroll: 0))
    #expect(scenario.state.settings.sort.text == "name" && scenario.visibleNames.first == "key-0")
    scenario.send(.mouse(row: 1, column: 3, scroll: 0))
    #expect(scenario.state.settings.sort.text == "name:desc" && scenario.visibleNames.first == "key-9")
    scenario.send(.mouse(row: 39, column: 3, scroll: 0))
    scenario.send(.mouse(row: 500, column: 500, scroll: 0))
    scenario.send(.mouse(row: -1, column: -1, scroll: 0))
    #expect(scenario.visibleNames.first == "key-9")
  }

  @Test("A click in the detail pane selects its line, and the wheel moves by three lines")
  func detail() {
    var scenario = Scenario.loaded(45, columns: 120, rows: 40)
    scenario.send(.mouse(row: 8, column: 100, scroll: 0))
    #expect(scenario.state.detail.pane == .detail && scenario.state.detail.line == 7)
    scenario.send(.mouse(row: 8, column: 100, scroll: 1))
    #expect(scenario.state.detail.line == 10)
  }

  @Test("A click in an overlay selects its row")
  func overlay() {
    var scenario = Scenario.loaded(45, columns: 120, rows: 40)
    scenario.press("?")
    scenario.send(.mouse(row: 7, column: 4, scroll: 0))
    #expect(scenario.state.views.top?.selection == 5)
  }

  @Test("A click beside an open prompt does nothing")
  func prompt() {
    var scenario = Scenario.loaded(45, columns: 120, rows: 40)
    scenario.press("/")
    let before = scenario.state.list.selection
    scenario.send(.mouse(row: 9, column: 4, scroll: 0))
    #expect(scenario.state.list.selection == before && scenario.state.input.prompt != nil)
  }
}
