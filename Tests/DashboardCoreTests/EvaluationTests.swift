import APIKeyModel
import DashboardTestSupport
import KeyTable
import Testing

@testable import DashboardCore

@Suite("Effects carry what they need", .timeLimit(.minutes(5)))
struct EvaluationTests {
  private func grown() -> Scenario {
    var scenario = Scenario(keys: 3_000)
    scenario.holdsEvaluations = true
    scenario.send(.start)
    scenario.answer()
    scenario.run("filter is:full")
    scenario.answer()
    return scenario
  }

  @Test("An evaluation reads the table as it was when it began, however much the list grew since")
  func snapshot() throws {
    let scenario = grown()
    let evaluation = try #require(scenario.evaluations.first)
    #expect(evaluation.table.count < scenario.state.table.count)
    let expected = (0..<evaluation.table.count).filter { $0 % 3 == 0 }
    #expect(evaluation.rows().map { Array($0) } == expected)
  }

  @Test("An evaluation of new rows keeps the known ones, and searches only what came since")
  func newRows() throws {
    var scenario = grown()
    scenario.answerEvaluation()
    let known = scenario.state.query.searched
    let evaluation = try #require(scenario.evaluations.last)
    #expect(evaluation.known?.firstNewRow == known)
    #expect(evaluation.known?.rows == scenario.state.query.visible)
    #expect(evaluation.rows().map { Array($0) } == (0..<evaluation.table.count).filter { $0 % 3 == 0 })
  }

  @Test("An export has its rows and the filter, whatever is shown when it is written")
  func export() throws {
    var scenario = Scenario(keys: 12)
    scenario.send(.start)
    scenario.settle()
    scenario.run("filter is:full")
    scenario.run("export keys.csv")
    guard case .export(let request)? = scenario.others.last else {
      Issue.record("nothing is exported")
      return
    }
    scenario.run("filter name:key-1")
    let contents = request.contents
    #expect(contents.rows.map { contents.table.shownName(at: $0) } == ["key-0", "key-3", "key-6", "key-9"])
    #expect(contents.filter == "is:full")
    #expect(contents.isComplete == true)
    #expect(contents.source == "keys.example.com")
  }

  @Test("Marked keys are exported as a part of the list, hidden ones too, and no filter is named")
  func marked() throws {
    var scenario = Scenario(keys: 12)
    scenario.send(.start)
    scenario.settle()
    scenario.run("mark name:=key-5")
    scenario.run("filter is:full")
    scenario.run("export keys.csv")
    guard case .export(let request)? = scenario.others.last else {
      Issue.record("nothing is exported")
      return
    }
    #expect(request.contents.rows.map { request.contents.table.shownName(at: $0) } == ["key-5"])
    #expect(request.contents.filter.isEmpty)
    #expect(request.contents.isComplete == false)
  }
}
