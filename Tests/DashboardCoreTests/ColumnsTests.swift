import DashboardTestSupport
import Testing

@testable import DashboardCore

@Suite("The columns command", .timeLimit(.minutes(5)))
struct ColumnsTests {
  @Test("columns chooses the table columns, and Name is always one of them")
  func chosen() {
    var scenario = Scenario.loaded(12)
    scenario.run("columns access,created")
    #expect(scenario.state.settings.columns == [.name, .access, .created])
  }

  @Test("columns refuses a name that is no column and keeps the columns")
  func unknownColumn() {
    var scenario = Scenario.loaded(12)
    scenario.run("columns access,created")
    scenario.run("columns nothing")
    #expect(scenario.state.settings.columns == [.name, .access, .created])
  }
}
