import APIKeyModel
import DashboardCore
import DashboardTestSupport
import KeyTable
import TestSupport
import Testing

@Suite("Odd keys", .timeLimit(.minutes(5))) struct OddKeyTests {
  /// Thirty keys, of which three have no date, one no name, and one a permission list that is a number.
  private func loaded(columns: Int = 120) -> Scenario {
    var scenario = Scenario(keys: 30, columns: columns)
    for number in [3, 7] { scenario.keys[number].created = nil }
    scenario.keys[9].created = nil
    scenario.keys[9].createdText = "soon"
    scenario.keys[0].name = nil
    scenario.keys[1].name = ""
    scenario.keys[2].permissions = nil
    scenario.keys[2].notUnderstood[.permissions] = NotUnderstood(json: "5", bytes: 1)
    scenario.send(.start)
    scenario.settle()
    return scenario
  }

  @Test("A filter or sort on dates reports how many keys have no date", .tags(.t5))
  func undated() {
    var scenario = loaded()
    #expect(!scenario.grid.joined().contains("without a date"))
    scenario.run("filter age>1d")
    scenario.settle()
    #expect(scenario.status.contains("match of 30 searched, 3 without a date"), "\(scenario.status)")
    scenario.run("filter is:full")
    scenario.settle()
    #expect(!scenario.status.contains("without a date"), "\(scenario.status)")
    scenario.run("clear-filter")
    scenario.run("sort created")
    scenario.settle()
    #expect(scenario.grid[0].contains("sorted by Created, 3 without a date"), "\(scenario.grid[0])")
  }

  @Test("The list and the detail pane name missing and invalid values, and count such keys", .tags(.t2))
  func words() {
    var scenario = loaded(columns: 160)
    let rows = scenario.grid
    #expect(rows.contains { $0.contains("(no name)") } && rows.contains { $0.contains("(empty name)") })
    #expect(rows.contains { $0.contains("key-2") && $0.contains("odd") }, "\(rows)")
    #expect(rows.contains { $0.contains("key-3") && $0.contains("not reported") })
    #expect(rows.contains { $0.contains("key-9") && $0.contains("not understo") })
    #expect(scenario.status.contains("2 odd"), "\(scenario.status)")
    scenario.press("j", "j")
    scenario.settle()
    let detail = DetailViewModel(state: scenario.state).lines.map(\.plainText.string)
    #expect(detail.contains("Permissions: not understood: 5"), "\(detail)")
    scenario.run("filter is:odd")
    scenario.settle()
    #expect(scenario.visibleNames == ["key-2", "key-9"])
  }
}
