import APIKeyModel
import DashboardTestSupport
import KeyTable
import TestSupport
import Testing

@testable import DashboardCore
@testable import DashboardPlain

/// For any filter, the number on a row of counts is the number of keys that the row leads to.
@Suite(.timeLimit(.minutes(20))) struct DrillDownPropertyTests {
  private static let filtersOfList = 50

  /// A list that was read twice: with marks, and with new, changed and gone keys.
  private struct Fixture {
    var random: SplitMix
    let before: [APIKey]
    let after: [APIKey]
    let marked: Set<KeyIdentifier>
    let changed: Set<KeyIdentifier>

    init(seed: UInt64) {
      random = SplitMix(state: seed)
      var made: [APIKey] = []
      for number in 0..<36 { made.append(OddList.key(number, &random)) }
      before = made
      var next = Array(made.dropFirst(6))
      for index in 0..<3 { next[index].name = "renamed \(index)" }
      changed = Set(next[..<3].map(\.id))
      for number in 100..<104 { next.insert(OddList.key(number, &random), at: 0) }
      after = next
      marked = Set(next[2..<9].map(\.id))
    }

    var gone: [APIKey] { Array(before.prefix(6)) }

    /// Random filters with what they mean, some of them about gone keys.
    mutating func filters(_ count: Int, now: Int64) -> [(filter: RandomFilter, keys: [APIKey])] {
      let new = Set(after.prefix(4).map(\.id))
      var generator = FilterGenerator(
        random: SplitMix(state: random.next()), now: now, marked: marked, new: new, changed: changed)
      let words = ["not", "or", "-or", "and"].map { word in
        RandomFilter(text: word) { _ in false }
      }
      return (0..<count).map { index in
        // Operators of other languages, alone, are words; what matches them is counted among the keys that are shown.
        if index < words.count { return (words[index], []) }
        if index == words.count { return (RandomFilter(text: "") { _ in true }, after) }
        let filter = generator.filter()
        guard index % 10 == 9 else { return (filter, after) }
        return (RandomFilter(text: "is:gone (\(filter.text))", holds: filter.holds), gone)
      }
    }
  }

  /// Whether a key is one of those that a row counts, read from its values.
  static func isCounted(_ key: APIKey, _ question: DrillDown) -> Bool {
    switch question {
    case .permission(let name):
      return key.restricted == false
        || key.permissions?.list.contains { Array($0.utf8) == Array(name.utf8) } == true
    case .creator(let id): return key.creator.map { Array($0.text.utf8) } == id.map { Array($0.text.utf8) }
    case .month(let year, let month):
      guard let created = key.created else { return false }
      let date = CivilTime(seconds: created.seconds).date
      return date.year == year && date.month == month
    case .undated: return key.created == nil
    }
  }

  /// The keys that match in plain Swift; nothing matches a filter that cannot be meant. Where only the program knows what
  /// a filter means, the keys that it shows.
  private static func matching(
    _ entry: (filter: RandomFilter, keys: [APIKey]), _ state: DashboardState
  ) -> [APIKey] {
    if let doubt = state.query.doubt, doubt.kind != .hint { return [] }
    return entry.keys.isEmpty
      ? state.query.visible.map { state.table[$0] } : entry.keys.filter(entry.filter.holds)
  }

  private struct Figure: Sendable {
    var rows = 0
    var filters = 0
    var wrong = 0

    static func + (left: Figure, right: Figure) -> Figure {
      Figure(rows: left.rows + right.rows, filters: left.filters + right.filters, wrong: left.wrong + right.wrong)
    }
  }

  /// Several lists at once.
  private static func sum(
    _ seeds: ClosedRange<UInt64>, _ measure: @escaping @Sendable (UInt64) throws -> Figure
  ) async throws -> Figure {
    try await withThrowingTaskGroup(of: Figure.self) { group in
      for seed in seeds { group.addTask { try measure(seed) } }
      return try await group.reduce(Figure(), +)
    }
  }

  @Test("The number on every row of counts is the number of keys that Enter shows, and Esc returns to the row")
  func screen() async throws {
    let figure = try await Self.sum(1...4, Self.rowsOnScreen)
    print("figure: \(figure.rows) rows of \(figure.filters) filters, \(figure.wrong) differ")
    #expect(figure.filters == 200 && figure.rows > 10_000 && figure.wrong == 0)
  }

  private static func rowsOnScreen(seed: UInt64) throws -> Figure {
    var fixture = Fixture(seed: seed)
    var scenario = Scenario(keys: 0, columns: 120, rows: 40)
    scenario.keys = fixture.before
    scenario.send(.start)
    scenario.settle()
    scenario.keys = fixture.after
    scenario.press("R")
    scenario.settle()
    scenario.state.marks.insert(fixture.marked)
    var figure = Figure()
    for entry in fixture.filters(filtersOfList, now: scenario.now) {
      let text = entry.filter.text
      scenario.send(.invoke(.filter(try Filter(parsing: text))))
      try #require(scenario.state.query.filter.text == text, "\(scenario.message)")
      let keys = matching(entry, scenario.state)
      #expect(scenario.state.query.visible.count == keys.count, "\(text)")
      figure.filters += 1
      for chord in ["p", "c", "H"] {
        scenario.press(chord)
        for (index, row) in scenario.overlayRows.enumerated() {
          guard case .drillDown(let question) = row.choice else { continue }
          figure.rows += 1
          if !leadsToItsKeys(index, row, keys.count { isCounted($0, question) }, &scenario) { figure.wrong += 1 }
        }
        scenario.press("Esc")
      }
    }
    return figure
  }

  /// Chooses a row and goes back: its number, the keys shown and those counted are as many, and the row is selected again.
  private static func leadsToItsKeys(
    _ index: Int, _ row: OverlayRow, _ wanted: Int, _ scenario: inout Scenario
  ) -> Bool {
    let text = scenario.state.query.filter.text
    let said = Int(row.cells[1].string.filter(\.isNumber))
    scenario.state.moveOverlay(to: index)
    scenario.press("Enter")
    let shown = scenario.state.views.hasOverlay ? -1 : scenario.state.query.visible.count
    let asked = scenario.state.query.filter.text
    scenario.press("Esc")
    let returned = scenario.state.views.top?.selectedRow
    let isBack =
      returned?.choice == row.choice && returned?.plainText == row.plainText && scenario.state.query.filter.text == text
    if said == wanted, shown == wanted, isBack { return true }
    Issue.record("\(text) > \(asked): \(row.plainText), \(wanted) counted, \(shown) shown, back: \(isBack)")
    return false
  }

  // MARK: Plain mode

  @Test("The filter that plain mode says beside a count finds as many keys, and so does the number of a creator")
  func plain() async throws {
    let figure = try await Self.sum(11...14, Self.rowsInPlainMode)
    print("figure: \(figure.rows) rows of \(figure.filters) filters in plain mode, \(figure.wrong) differ")
    #expect(figure.filters > 150 && figure.wrong == 0)
  }

  private static func rowsInPlainMode(seed: UInt64) throws -> Figure {
    var fixture = Fixture(seed: seed)
    var driver = PlainDriver.started(HeldKeys(keys: fixture.before))
    driver.held.keys = fixture.after
    _ = driver.type("reread")
    _ = driver.type("page off")
    var figure = Figure()
    for entry in fixture.filters(filtersOfList, now: HeldKeys.now) where !entry.filter.text.contains("is:marked") {
      let text = entry.filter.text
      let base = text.isEmpty ? "clear-filter" : "filter \(text)"
      _ = driver.type(base)
      try #require(driver.session.state.query.filter.text == text)
      figure.filters += 1
      let keys = matching(entry, driver.session.state)
      for (word, command, rows) in tables(driver.session.state) {
        let printed = driver.type(word)
        let header = printed.first ?? ""
        let lines = Array(printed.dropFirst().dropLast())
        let table = CountTable(command, driver.session.state)?.rows.map(\.drillDown) ?? []
        #expect(lines.count == table.count && rows.starts(with: table), "\(word): \(header)")
        for (index, (line, question)) in zip(lines, table).enumerated() {
          let wanted = keys.count { isCounted($0, question) }
          let advice = advice(line, header: header, question) ?? ""
          let said = line.firstMatch(of: /: ([0-9,]+) keys?[,.]/).flatMap { Int($0.1) }
          _ = driver.type("filter \(advice)")
          var found = [driver.session.state.query.visible.count, said ?? -1]
          if word == "creators" {
            for line in [base, word, "\(index + 1)"] { _ = driver.type(line) }
            found.append(driver.session.state.query.visible.count)
          }
          figure.rows += 1
          guard found.contains(where: { $0 != wanted }) else { continue }
          figure.wrong += 1
          Issue.record("\(text) > \(advice): \(wanted) counted, \(found) found: \(line)")
        }
        _ = driver.type(base)
      }
    }
    return figure
  }

  /// The tables of plain mode, and what their rows ask.
  private static func tables(_ state: DashboardState) -> [(word: String, command: Command, rows: [DrillDown])] {
    let (table, rows) = (state.table, state.query.visible)
    let permissions = table.permissionPivot(within: rows).map { DrillDown.permission($0.name) }
    let creators = table.creatorGroups(within: rows).map { DrillDown.creator($0.creator.map(table.creatorID)) }
    let months = table.createdHistogram(within: rows).map { DrillDown.month(year: $0.year, month: $0.month) }
    return [
      ("permission-pivot", .permissionPivot, permissions), ("creators", .creatorGroups, creators),
      ("histogram", .histogram, months + [.undated]),
    ]
  }

  /// The filter that a row says for its keys: its own, or the header's with the row's name in it.
  private static func advice(_ line: String, header: String, _ question: DrillDown) -> String? {
    func between(_ start: String, _ end: String, _ text: String) -> String? {
      guard let from = text.firstRange(of: start), let to = text[from.upperBound...].firstRange(of: end) else {
        return nil
      }
      return String(text[from.upperBound..<to.lowerBound])
    }
    if let own = between("Type filter ", " to hear them.", line) { return own }
    let form = between("Type filter ", " to hear the keys of one.", header)
    switch question {
    case .permission(let name): return form?.replacing("NAME", with: name)
    case .creator(let id): return form?.replacing("ID", with: id?.text ?? "")
    case .month(let year, let month):
      return form?.replacing("YYYY-MM", with: MonthTally(year: year, month: month, keys: 0).text)
    case .undated: return nil
    }
  }
}
