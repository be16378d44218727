import APIKeyModel
import DashboardTestSupport
import Foundation
import KeyTable
import Synchronization
import TestSupport
import Testing

@testable import DashboardCore

/// Overlays and the lists made from their rows, in one order; Esc goes back through them.
@Suite(.timeLimit(.minutes(20))) struct ViewStackTests {
  private static func scenario(_ count: Int = 60, columns: Int = 120, rows: Int = 40) -> Scenario {
    var scenario = Scenario(keys: count, columns: columns, rows: rows)
    scenario.send(.start)
    scenario.settle()
    return scenario
  }

  /// Selects the row of a question in the open overlay.
  private static func select(_ question: DrillDown, _ scenario: inout Scenario) throws {
    let index = try #require(scenario.overlayRows.firstIndex { $0.choice == .drillDown(question) })
    scenario.state.moveOverlay(to: index)
  }

  private static func question(_ scenario: Scenario) -> DrillDown? {
    if case .drillDown(let question)? = scenario.state.views.top?.selectedRow?.choice { question } else { nil }
  }

  private static let creators = (0..<3).map { KeyIdentifier.uuid(UUID128(high: 0xC, low: $0)) }

  @Test("Permissions, creators and months lead into each other, and Esc goes back through each to the first filter")
  func nested() throws {
    var scenario = Self.scenario(400)
    scenario.run("filter key-1 | key-2")
    let first = scenario.state.query.visible.count
    scenario.press("p")
    try Self.select(.permission("calls.view"), &scenario)
    scenario.press("Enter", "c")
    let creator = try #require(Self.question(scenario))
    scenario.press("Enter", "H", "j")
    let month = try #require(Self.question(scenario))
    scenario.press("Enter", "p", "G")
    let last = try #require(Self.question(scenario))
    scenario.press("Enter")
    #expect(scenario.state.views.depth == 4 && !scenario.state.views.hasOverlay)
    var counts = [scenario.state.query.visible.count]
    for question in [last, month, creator, .permission("calls.view")] {
      scenario.press("Esc")
      #expect(Self.question(scenario) == question)
      scenario.press("Esc")
      #expect(!scenario.state.views.hasOverlay)
      counts.append(scenario.state.query.visible.count)
    }
    #expect(scenario.state.query.filter.text == "key-1 | key-2" && scenario.state.views.depth == 0)
    #expect(counts == counts.sorted() && counts.last == first)
  }

  @Test("An overlay below another one does not cover the list of the upper one's row")
  func overlayBelow() {
    var scenario = Self.scenario()
    scenario.press("c")
    scenario.run("histogram")
    scenario.press("Enter")
    #expect(!scenario.state.views.hasOverlay && scenario.state.views.depth == 2)
    scenario.press("Esc")
    #expect(scenario.state.views.top?.overlay is MonthsOverlay)
    scenario.press("Esc")
    #expect(scenario.state.views.top?.overlay is CreatorsOverlay)
    scenario.press("Esc", "Esc")
    #expect(scenario.state.views.depth == 0)
  }

  @Test("The way back has the search text, the order and the first row of the overlay")
  func searchTextAndOrder() throws {
    var scenario = Self.scenario(rows: 16)
    scenario.press("p", "r", "/")
    scenario.type("voices")
    scenario.press("Enter", "n")
    let before = try #require(scenario.state.views.top)
    scenario.press("Enter")
    #expect(!scenario.state.views.hasOverlay)
    scenario.press("Esc")
    let after = try #require(scenario.state.views.top)
    #expect(after.overlay as? PermissionsOverlay == PermissionsOverlay(rarestFirst: true))
    #expect(after.searchText == "voices" && after.selection == before.selection && after.top == before.top)
    #expect(after.top > 0)
  }

  @Test("From the detail, a row leads to the list", arguments: [(120, 40), (60, 20)])
  func fromTheDetail(size: (Int, Int)) {
    var scenario = Self.scenario(columns: size.0, rows: size.1)
    scenario.press("Enter", "c", "Enter")
    #expect(scenario.state.scope == .list && scenario.state.layout.list.rows > 0)
    scenario.press("Esc")
    #expect(scenario.state.views.top?.overlay is CreatorsOverlay)
  }

  // MARK: What changes meanwhile

  @Test("R while a drill-down is open: Esc returns to the same thing where its row is now")
  func rereadMovesTheRow() throws {
    var scenario = Self.scenario()
    scenario.press("c")
    try Self.select(.creator(Self.creators[2]), &scenario)
    #expect(scenario.state.views.top?.selection == 2)
    scenario.press("Enter")
    for number in 0..<30 {
      var key = Scenario.key(3 * number + 1001)
      key.name = "fresh"
      scenario.keys.insert(key, at: 0)
    }
    scenario.press("R")
    scenario.settle()
    #expect(scenario.state.query.visible.count == 50)
    scenario.press("Esc")
    #expect(Self.question(scenario) == .creator(Self.creators[2]) && scenario.state.views.top?.selection == 0)
    #expect(scenario.overlayRows[0].cells[1].string.contains("50 keys"))
  }

  @Test("R takes the last keys of a row: Esc returns to its neighbour")
  func rereadRemovesTheRow() throws {
    var scenario = Self.scenario()
    scenario.press("c")
    try Self.select(.creator(Self.creators[1]), &scenario)
    scenario.press("Enter")
    scenario.keys.removeAll { $0.creator == Self.creators[1] }
    scenario.press("R")
    scenario.settle()
    #expect(scenario.state.query.visible.isEmpty)
    scenario.press("Esc")
    #expect(Self.question(scenario) == .creator(Self.creators[2]) && scenario.state.views.top?.selection == 1)
  }

  @Test("Rows that come later than Esc move the bar with its row, and no count of the other filter is shown")
  func lateRows() throws {
    var scenario = Self.scenario(300)
    scenario.run("filter is:limited")
    scenario.press("c", "j")
    let (row, title) = (scenario.state.views.top?.selectedRow?.plainText, scenario.state.views.top?.content?.title)
    let question = Self.question(scenario)
    scenario.press("Enter")
    scenario.holdsEvaluations = true
    scenario.press("Esc")
    #expect(scenario.state.query.evaluation != nil)
    #expect(
      scenario.state.views.top?.selectedRow?.plainText == row && scenario.state.views.top?.content?.title == title)
    scenario.answerEvaluation()
    #expect(scenario.state.views.top?.selectedRow?.plainText == row && Self.question(scenario) == question)
  }

  @Test("r while a drill-down is open: the new keys are counted when Esc returns")
  func lookForNewKeys() throws {
    var scenario = Self.scenario()
    scenario.press("c", "Enter")
    let question = try #require(scenario.state.views.depth == 1 ? scenario.state.query.filter.text : nil)
    var key = Scenario.key(0, name: "fresh")
    key.id = .uuid(UUID128(high: 0xF, low: 1))
    scenario.keys.insert(key, at: 0)
    scenario.press("r")
    scenario.settle()
    #expect(scenario.state.query.filter.text == question && scenario.state.query.visible.count == 21)
    scenario.press("Esc")
    #expect(scenario.state.views.top?.selectedRow?.cells[1].string == "21 keys")
  }

  @Test("Another order while a drill-down is open keeps the way back, and the rest is loaded for the counts")
  func otherOrder() throws {
    var scenario = Self.scenario(300)
    scenario.press("c")
    try Self.select(.creator(Self.creators[1]), &scenario)
    scenario.press("Enter", "o")
    scenario.press("Esc")
    scenario.settle()
    #expect(Self.question(scenario) == .creator(Self.creators[1]) && scenario.state.table.count == 300)
    #expect(scenario.state.views.top?.selectedRow?.cells[1].string == "100 keys")
    // And while the counts themselves are open.
    scenario.run("order desc")
    scenario.settle()
    #expect(scenario.state.load.completeness.isComplete && scenario.state.table.count == 300)
    #expect(scenario.state.views.top?.selectedRow?.cells[1].string == "100 keys")
  }

  @Test("Another sort while a drill-down is open keeps the way back")
  func otherSort() throws {
    var scenario = Self.scenario()
    scenario.press("c", "j", "Enter")
    scenario.run("sort name")
    scenario.press("Esc")
    #expect(scenario.state.views.top?.selection == 1 && scenario.state.settings.sort.text == "name")
  }

  @Test("A filter typed in a list that a row made ends the way back; one given up in the prompt does not")
  func typedFilter() {
    var scenario = Self.scenario()
    scenario.press("c", "Enter", "/")
    scenario.type(" key-1")
    scenario.press("Esc")
    #expect(scenario.state.views.depth == 1)
    scenario.press("Esc")
    #expect(scenario.state.views.top?.overlay is CreatorsOverlay && scenario.state.query.filter.isEmpty)
    scenario.press("Enter")
    scenario.run("filter key-2")
    scenario.press("p", "Esc", "Esc")
    #expect(scenario.state.views.depth == 0 && scenario.state.query.filter.isEmpty)
  }

  @Test("A filter typed over counts is what they count, and what Enter asks within")
  func typedFilterOverCounts() throws {
    var scenario = Self.scenario()
    scenario.press("c")
    scenario.run("filter is:full")
    #expect(scenario.state.views.top?.content?.title.string.contains("20 keys that match") == true)
    scenario.press("Enter")
    #expect(scenario.state.query.filter.text.hasPrefix("is:full creator:") && scenario.state.query.visible.count == 20)
    scenario.press("Esc")
    #expect(scenario.state.query.filter.text == "is:full" && scenario.state.views.top?.overlay is CreatorsOverlay)
  }

  @Test("Gone keys are counted and asked for among themselves")
  func goneKeys() throws {
    var scenario = Self.scenario()
    scenario.keys.removeFirst(9)
    scenario.press("R")
    scenario.settle()
    scenario.run("filter is:gone")
    scenario.press("c")
    try Self.select(.creator(Self.creators[1]), &scenario)
    #expect(scenario.state.views.top?.selectedRow?.cells[1].string == "3 keys")
    scenario.press("Enter")
    #expect(scenario.visibleNames == ["key-1", "key-4", "key-7"])
    // A reading that finds nothing gone: there is nothing left to count.
    scenario.press("R")
    scenario.settle()
    #expect(scenario.state.query.visible.isEmpty)
    scenario.press("Esc")
    #expect(scenario.state.query.filter.text == "is:gone" && scenario.state.views.top?.selectedRow?.choice == nil)
    scenario.press("Esc", "Esc")
    #expect(scenario.state.query.filter.isEmpty && scenario.state.views.depth == 0)
  }

  @Test("A record that comes twice is counted once, and shown once")
  func duplicates() {
    var scenario = Scenario(keys: 30, columns: 120, rows: 40)
    scenario.keys.insert(scenario.keys[3], at: 9)
    scenario.send(.start)
    scenario.settle()
    scenario.press("c")
    #expect(scenario.overlayRows.map { $0.cells[1].string } == ["10 keys", "10 keys", "10 keys"])
    scenario.press("Enter")
    #expect(scenario.state.query.visible.count == 10)
  }

  // MARK: When rows are made

  /// Counts how often its rows are made.
  private final class Counter: Sendable {
    let made = Mutex(0)
  }

  private struct ProbeOverlay: Overlay {
    let counter: Counter
    let dependencies: OverlayDependencies
    func title(_ input: OverlayInput, _ rows: [OverlayRow]) -> String { "" }
    func rows(_ input: OverlayInput) -> [OverlayRow] {
      counter.made.withLock { $0 += 1 }
      return (0..<100).map { OverlayRow(["\($0)"]) }
    }
    static func == (left: ProbeOverlay, right: ProbeOverlay) -> Bool { left.counter === right.counter }
  }

  @Test("The rows of an overlay are made when something that they depend on changes, and not for a key press")
  func rowsAreKept() {
    var scenario = Scenario(keys: 500, columns: 120, rows: 40)
    scenario.send(.start)
    scenario.answer()
    for dependencies: OverlayDependencies in [.keys, .settings, .width, .messages, .time, .searchText] {
      let counter = Counter()
      _ = scenario.state.openOverlay(ProbeOverlay(counter: counter, dependencies: dependencies))
      var made = 0
      func changes(_ by: OverlayDependencies, _ what: String, _ change: (inout Scenario) -> Void) {
        change(&scenario)
        let now = counter.made.withLock { $0 }
        #expect((now > made) == dependencies.isSubset(of: by), "\(what), \(dependencies): \(now - made)")
        made = now
      }
      scenario.press("j")
      made = counter.made.withLock { $0 }
      #expect(made == 1)
      changes([], "keys") { for _ in 0..<50 { $0.press("j", "k", "PageDown", "G", "g g") } }
      changes(.width, "width") { $0.send(.resized(columns: 119 - Int(dependencies.rawValue), rows: 40)) }
      changes(.messages, "message") { $0.send(.notice(.note, "A note.")) }
      changes(.settings, "settings") { $0.run("set time \($0.state.settings.absoluteTime ? "age" : "date")") }
      changes(.keys, "filter") { $0.run("filter key-\(dependencies.rawValue)") }
      changes(.time, "time") {
        $0.advance(by: 1)
        $0.press("j")
      }
      scenario.press("Esc")
    }
  }

  @Test("The rows follow a list that grows while they are open, and the bar stays on its row once it was moved")
  func growingList() throws {
    var scenario = Scenario(keys: 500, columns: 120, rows: 40)
    for index in 0..<500 { scenario.keys[index].creator = Self.creators[index < 60 ? 0 : index < 200 ? 1 : 2] }
    scenario.send(.start)
    scenario.answer()
    scenario.press("c")
    #expect(scenario.overlayRows.count < 3)
    scenario.settle()
    #expect(scenario.overlayRows.map { $0.cells[1].string } == ["300 keys", "140 keys", " 60 keys"])
    #expect(scenario.state.views.top?.selection == 0)
    scenario = Scenario(keys: 500, columns: 120, rows: 40)
    for index in 0..<500 { scenario.keys[index].creator = Self.creators[index < 60 ? 0 : index < 200 ? 1 : 2] }
    scenario.send(.start)
    scenario.answer()
    scenario.press("c", "j", "k")
    #expect(Self.question(scenario) == .creator(Self.creators[0]))
    scenario.settle()
    #expect(Self.question(scenario) == .creator(Self.creators[0]) && scenario.state.views.top?.selection == 2)
  }

  @Test(
    "The number of lines of the detail is that of its lines", arguments: [(40, 12), (80, 24), (120, 40), (200, 60)])
  func detailLineCount(size: (Int, Int)) {
    var random = SplitMix(state: 7)
    var scenario = Scenario(keys: 0, columns: size.0, rows: size.1)
    scenario.keys = (0..<80).map { OddList.key($0, &random) }
    scenario.keys[5].permissions = PermissionSet([String(repeating: "long name ", count: 30), "x"])
    scenario.keys[6].name = String(repeating: "a very long name ", count: 20)
    scenario.send(.start)
    scenario.settle()
    for _ in scenario.keys {
      #expect(
        DetailViewModel.lineCount(state: scenario.state) == DetailViewModel(state: scenario.state).lines.count)
      scenario.press("j")
    }
    scenario.run("filter nothing-at-all")
    #expect(DetailViewModel.lineCount(state: scenario.state) == 0)
  }
}
