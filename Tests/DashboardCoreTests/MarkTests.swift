import APIKeyClient
import APIKeyModel
import DashboardTestSupport
import KeyTable
import Testing

@testable import DashboardCore

@Suite("Marks", .timeLimit(.minutes(5)))
struct MarkTests {
  @Test("mark takes a row number or a filter, and an invalid number changes nothing")
  func markByNumber() {
    var scenario = Scenario.loaded(30)
    scenario.run("mark 2")
    #expect(scenario.state.marks.ids == [scenario.keys[1].id])
    #expect(scenario.message == "Marked: \(scenario.keys[1].shownName).")
    scenario.run("mark 2")
    #expect(scenario.state.marks.isEmpty)
    scenario.run("mark 31")
    #expect(scenario.state.marks.isEmpty && scenario.message.contains("31"))
    scenario.run("mark \"2\"")
    #expect(scenario.state.marks.count > 1)
  }

  @Test("mark (Space) marks the selected key and goes to the next one")
  func marked() {
    var scenario = Scenario.loaded(20)
    scenario.press("Space", "j", "Space")
    #expect(scenario.state.marks.ids == [scenario.keys[0].id, scenario.keys[2].id])
  }

  @Test("next-marked (}) and previous-marked ({) go to the marked keys")
  func nextAndPrevious() {
    var scenario = Scenario.loaded(20)
    scenario.press("Space", "j", "Space", "gg", "}")
    #expect(scenario.selectedName == "key-2")
    scenario.press("{")
    #expect(scenario.selectedName == "key-0")
  }

  @Test("compare (=) opens the comparison of two marked keys")
  func compared() {
    var scenario = Scenario.loaded(20)
    scenario.press("Space", "j", "Space", "=")
    #expect(
      scenario.state.views.top?.overlay as? ComparisonOverlay
        == ComparisonOverlay(scenario.keys[0].id, scenario.keys[2].id))
  }

  @Test("mark-range (v) marks every row between its two ends")
  func range() {
    var scenario = Scenario.loaded(20)
    scenario.press("v", "j", "j", "j", "v")
    #expect(scenario.state.marks.ids == Set(scenario.keys[0...3].map(\.id)))
  }

  @Test("clear-marks (U) removes every mark")
  func cleared() {
    var scenario = Scenario.loaded(20)
    scenario.press("Space", "j", "Space", "U")
    #expect(scenario.state.marks.isEmpty)
  }

  @Test("mark-all (*) marks the keys that match the filter, and Space removes one mark")
  func all() {
    var scenario = Scenario.loaded(20)
    scenario.run("filter key-1")
    scenario.press("*")
    #expect(scenario.state.marks.count == 11)
    scenario.press("Space")
    #expect(scenario.state.marks.count == 10)
    scenario.run("filter is:marked")
    #expect(scenario.state.query.visible.count == 10)
  }
}
