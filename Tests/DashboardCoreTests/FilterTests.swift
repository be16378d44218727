import APIKeyClient
import APIKeyModel
import DashboardTestSupport
import KeyTable
import Testing

@testable import DashboardCore

@Suite("The filter command", .timeLimit(.minutes(5)))
struct FilterTests {
  @Test("filter (/) on part of a list loads the rest before it reports no match")
  func filterLoadsTheRest() {
    var scenario = Scenario.loaded(3_000)
    scenario.run("filter name:=key-2999")
    #expect(scenario.requests.last?.limit == 1000)
    #expect(scenario.state.emptyListSentence == "No match among the 50 keys searched so far.")
    #expect(scenario.status.contains("0 match of 50 searched, still loading"))
    scenario.settle()
    #expect(scenario.visibleNames == ["key-2999"])
    #expect(scenario.status.contains("1 match of 3,000 searched"))
    scenario.run("filter nothing-has-this")
    #expect(scenario.state.emptyListSentence == "No key matches the filter.")
  }

  @Test("A filter reports no match only after the search, not after the load")
  func loadedIsNotSearched() {
    var scenario = Scenario.loaded(100)
    scenario.run("filter zzz")
    scenario.holdsEvaluations = true
    scenario.settle()
    #expect(scenario.state.load.completeness.isComplete)
    #expect(!scenario.state.emptyListSentence.contains("No key matches"))
    scenario.answerEvaluation()
    #expect(scenario.state.emptyListSentence == "No key matches the filter.")
  }

  @Test("A mistake in a filter names its column, and the last valid filter stays")
  func filterMistake() {
    var scenario = Scenario.loaded(10)
    scenario.run("filter key-1")
    scenario.run("filter perm:(")
    #expect(scenario.message.hasPrefix("Column ") && scenario.message.hasSuffix("Nothing was changed."))
    #expect(scenario.state.query.filter.text == "key-1" && scenario.visibleNames == ["key-1"])
  }

  @Test(
    "A filter on marks follows the marks, however it is spelled",
    arguments: ["is:marked", "is=marked", "is!=marked", "IS:Marked", "-is:marked", "(zzz | is:marked)"])
  func filterOnMarks(_ text: String) throws {
    #expect(try Filter(parsing: text).usesMarks)
    var scenario = Scenario.loaded(10)
    scenario.run("mark 2")
    scenario.run("filter \(text)")
    let before = scenario.visibleNames.count
    #expect(before == 1 || before == 9)
    scenario.run("mark name:=key-7")
    #expect(scenario.visibleNames.count == (before == 1 ? 2 : 8))
  }

  @Test(
    "A filter that only resembles is:marked does not follow the marks",
    arguments: ["\"is:marked\"", "is:full -mark", ""])
  func filterWithoutMarks(_ text: String) throws {
    let usesMarks = try Filter(parsing: text).usesMarks
    #expect(!usesMarks)
  }

  @Test(
    "A value that the program quotes for a filter is parsed back unchanged",
    arguments: [
      "plain", "two words", "a\"b", "a\"\u{301}b", "\\\u{301}", "(x|y)", "-no", "a,b", "/re/", "g*b", "~f",
    ])
  func quoting(_ name: String) throws {
    let quoted = Filter.quotedIfNeeded(name)
    let filter = try Filter(parsing: "name=\(quoted)")
    var batch = KeyBatch()
    for (number, text) in [name, name + "x", "other"].enumerated() {
      batch.append(APIKey(id: .uuid(UUID128(high: 1, low: UInt64(number))), name: text))
    }
    var table = KeyTable()
    table.append(batch)
    let rows = table.rows(matching: KeyQuery(filter: filter), context: FilterContext(now: 0))
    #expect(rows.map { Array($0) } == [0], "\(quoted)")
  }
}
