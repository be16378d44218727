import APIKeyClient
import APIKeyModel
import DashboardTestSupport
import KeyLoading
import TestSupport
import Testing

@testable import DashboardCore

@Suite("The reread command", .timeLimit(.minutes(5)))
struct RereadTests {
  @Test("reread (R) keeps rows, marks, selection and filter, and shows the new list when it is complete", .tags(.t10))
  func keeps() {
    var scenario = Scenario.loadedWhole(3_000)
    scenario.run("filter is:full")
    scenario.press("gg", "j", "Space", "j")
    let selected = scenario.selectedName
    let marks = scenario.state.marks.ids
    let rows = scenario.visibleNames
    scenario.keys.removeAll { $0.name == "key-0" }
    scenario.press("R")
    while !scenario.waiting.isEmpty {
      #expect(scenario.visibleNames == rows && scenario.status.contains("3,000 keys, complete at "))
      #expect(scenario.status.contains("reading again: "))
      scenario.answer()
    }
    #expect(scenario.selectedName == selected && scenario.state.marks.ids == marks)
    #expect(scenario.visibleNames == Array(rows.dropFirst()) && scenario.state.query.filter.text == "is:full")
    #expect(scenario.message.hasPrefix("1 gone since "))
  }

  @Test("reread during a filter evaluation never shows rows of another table", .tags(.t10))
  func lateEvaluation() {
    var scenario = Scenario.loadedWhole(300)
    scenario.holdsEvaluations = true
    scenario.run("sort name")
    scenario.press("R")
    scenario.keys.removeFirst(250)
    scenario.settle()
    #expect(scenario.state.table.count == 50)
    while !scenario.evaluations.isEmpty { scenario.answerEvaluation() }
    #expect(scenario.visibleNames == scenario.keys.map(\.shownName).sorted())
  }

  @Test("A failed or stopped reread says which list is still shown", .tags(.t10))
  func fails() {
    var scenario = Scenario.loadedWhole(300)
    let time = MomentText.clock(scenario.now)
    scenario.advance(by: 60)
    scenario.press("R")
    scenario.fail(.connectionLost(host: "keys.example.com"))
    #expect(
      scenario.message == "Reading again failed: The connection to keys.example.com was lost. Try again. "
        + "The list is still that of \(time).")
    #expect(scenario.status.contains("300 keys, complete at \(time)"))
    scenario.press("R", "Ctrl-c")
    #expect(scenario.message == "Stopped reading again. The list is still that of \(time).")
    #expect(scenario.status.contains("300 keys, complete at \(time)") && scenario.waiting.isEmpty)
  }
}
