import DashboardCore
import DashboardTestSupport
import TestSupport
import Testing

@testable import DashboardPlain

@Suite(.timeLimit(.minutes(5))) struct ListChangesTests {
  @Test("Plain mode reports changes in words", .tags(.t11))
  func plain() {
    var scenario = Scenario.changed()
    scenario.run("go key-7")
    let state = scenario.state
    let row = state.query.visible[state.list.position]
    #expect(
      Phrasebook.record(state.table[row], place: state.list.position, state: state).contains("Raised to full access."))
    scenario.run("filter is:gone")
    #expect(
      Phrasebook.listHeader(scenario.state).contains("2 keys match the filter is:gone. Searched: 2 gone keys since"))
    #expect(
      Phrasebook.record(scenario.state.table[0], place: 0, state: scenario.state).contains(" Gone."))
  }
}
