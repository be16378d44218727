import APIKeyModel
import DashboardTestSupport
import KeyTable
import TestSupport
import Testing

@testable import DashboardCore

/// A row of counts asks its question within the filter that the counts are of.
@Suite(.timeLimit(.minutes(20))) struct DrillDownTests {
  /// Names that contain each other, differ in case alone, or need quotes.
  private static let permissions = [
    "calls.view", "calls.create", "members.view", "xmembers.view", "Calls.View", "calls.views", "a b", "a\"b", "x|y",
    "(x)", "/re/", "g*b", "ü", "Ü", "\\", ",", "~f",
  ]
  private static let creators: [KeyIdentifier] = [
    .uuid(UUID128(high: 1, low: 1)), .uuid(UUID128(high: 1, low: 2)), .opaque("me"), .opaque("Me"), .opaque("me too"),
    .opaque("x00000000-0000-0001-0000-000000000001"), .opaque("a|b"), .opaque("\""),
  ]
  private static let dates = [
    "1970-01-01T00:00:00Z", "1970-01-01T00:00:00+05:00", "1970-02-01T00:00:00Z", "2025-02-28T23:59:59Z",
    "2025-03-01T00:00:00Z", "2025-12-31T23:59:59.999Z", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59-05:00",
  ]
  private static let filters = [
    "", "is:full", "is:limited | is:full", "a|b", "name:a,b", "(name:a | name:b) -is:full", "-perm:calls.view  ",
    "perm:\"a b\" | perm:/^x/", "created:2025", "has:creator", "\"|\"", "/a|b/", "age>1y | -has:created", "nothing",
  ]

  private static func keys(_ random: inout SplitMix) -> [APIKey] {
    (0..<60).map { number in
      var key = Scenario.key(number, name: ["a", "b", "a|b", "c"][Int.random(in: 0..<4, using: &random)])
      key.created =
        Int.random(in: 0..<9, using: &random) == 0
        ? nil : CreatedDate(dates[Int.random(in: 0..<dates.count, using: &random)])
      key.creator =
        Int.random(in: 0..<9, using: &random) == 0
        ? nil : creators[Int.random(in: 0..<creators.count, using: &random)]
      key.restricted = [true, true, false, nil][Int.random(in: 0..<4, using: &random)]
      key.permissions = PermissionSet(permissions.filter { _ in Int.random(in: 0..<4, using: &random) == 0 })
      return key
    }
  }

  /// Whether a key is one of those that a row counts, read from its values.
  private static func isCounted(_ key: APIKey, _ question: DrillDown) -> Bool {
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

  private static func rows(_ scenario: Scenario) -> [OverlayRow] {
    scenario.overlayRows
  }

  /// The number of keys in a row: the first number behind its name.
  private static func number(_ row: OverlayRow) -> Int? {
    row.cells.count < 2 ? nil : Int(row.cells[1].string.filter { $0.isNumber })
  }

  @Test("The number on a row of counts is the number of keys that Enter shows", .tags(.t23), arguments: [UInt64(1), 2])
  func property(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    var scenario = Scenario(keys: 0, columns: 120, rows: 40)
    scenario.keys = Self.keys(&random)
    scenario.send(.start)
    scenario.settle()
    var (tried, wrong) = (0, 0)
    for filter in Self.filters {
      scenario.send(.invoke(.filter(try Filter(parsing: filter))))
      #expect(scenario.state.query.filter.text == filter)
      let before = scenario.state.query.visible.map { scenario.state.table[$0] }
      for key in ["p", "c", "H"] {
        scenario.press(key)
        let rows = Self.rows(scenario)
        for (index, row) in rows.enumerated() {
          guard case .drillDown(let question) = row.choice else { continue }
          let wanted = before.count { Self.isCounted($0, question) }
          #expect(Self.number(row) == wanted, "\(filter): \(row.plainText)")
          scenario.state.moveOverlay(to: index)
          scenario.press("Enter")
          #expect(!scenario.state.views.hasOverlay, "\(scenario.message)")
          #expect(scenario.state.query.visible.count == wanted, "\(scenario.state.query.filter.text): \(row.plainText)")
          let counts = [Self.number(row), scenario.state.query.visible.count]
          scenario.press("Esc")
          #expect(scenario.state.views.top?.selection == index && scenario.state.query.filter.text == filter)
          #expect(Self.rows(scenario).map(\.plainText) == rows.map(\.plainText))
          tried += 1
          wrong += counts == [wanted, wanted] ? 0 : 1
        }
        scenario.press("Esc")
        #expect(!scenario.state.views.hasOverlay && scenario.state.query.filter.text == filter)
      }
    }
    print("figure T23: seed \(seed), \(tried) rows asked, \(wrong) with another number")
  }

  @Test("Esc returns to the row, then to the list, each with its earlier filter", .tags(.t23))
  func back() throws {
    var scenario = Scenario(keys: 300, columns: 120, rows: 40)
    scenario.send(.start)
    scenario.run("filter is:full | name:key-1")
    scenario.settle()
    scenario.press("j", "j", "c", "j")
    let selected = scenario.state.list.selection
    #expect(scenario.grid[1].contains("of the \(scenario.state.query.visible.count) keys that match"))
    scenario.press("Enter")
    let creator = scenario.state.query.filter.text
    #expect(creator.hasPrefix("(is:full | name:key-1) creator:"))
    #expect(scenario.state.list.position == 0 && scenario.state.list.selection != nil)
    #expect(scenario.state.input.histories[.filter].last == creator)
    #expect(scenario.others.contains(.saveHistory(scenario.state.input.histories[.filter])))
    scenario.press("H", "j", "Enter")
    #expect(scenario.state.query.filter.text.hasPrefix(creator + " created:"))
    scenario.press("Esc")
    #expect(
      scenario.state.views.top?.overlay is MonthsOverlay && scenario.state.views.top?.selection == 1)
    #expect(scenario.state.query.filter.text == creator)
    scenario.press("Esc", "Esc")
    #expect(
      scenario.state.views.top?.overlay is CreatorsOverlay && scenario.state.views.top?.selection == 1)
    scenario.press("Esc")
    #expect(!scenario.state.views.hasOverlay && scenario.state.query.filter.text == "is:full | name:key-1")
    #expect(scenario.state.list.selection == selected)
    scenario.press("Esc")
    #expect(scenario.state.query.filter.isEmpty && !scenario.state.views.hasOverlay)
  }

  @Test("After another filter Esc clears that filter, and opens nothing", .tags(.t23))
  func otherFilter() {
    var scenario = Scenario(keys: 40)
    scenario.send(.start)
    scenario.settle()
    scenario.press("p", "Enter")
    scenario.run("filter key-1")
    scenario.press("Esc")
    #expect(!scenario.state.views.hasOverlay && scenario.state.query.filter.isEmpty)
    scenario.press("Esc")
    #expect(!scenario.state.views.hasOverlay)
  }

  @Test("The histogram of dates thousands of years apart has three months and two gaps", .tags(.t23))
  func farMonths() {
    var scenario = Scenario(keys: 3, columns: 80, rows: 24)
    for (index, text) in ["1970-01-01T00:00:00Z", "2025-03-02T08:00:00Z", "9999-12-31T23:59:59Z"].enumerated() {
      scenario.keys[index].created = CreatedDate(text)
    }
    scenario.keys.append(Scenario.key(9))
    scenario.keys[3].created = CreatedDate("2025-05-01T00:00:00Z")
    scenario.send(.start)
    scenario.settle()
    scenario.press("H")
    #expect(
      Self.rows(scenario).map { $0.cells.prefix(2).map(\.string).joined(separator: " ") } == [
        "1970-01 1 key", "661 months without keys", "2025-03 1 key", "2025-04 0 keys", "2025-05 1 key",
        "95,694 months without keys", "9999-12 1 key",
      ])
    scenario.press("j", "Enter")
    #expect(scenario.message == "There is nothing to choose on this line.")
    scenario.press("G", "Enter")
    #expect(scenario.state.query.filter.text == "created>=9999-12" && scenario.visibleNames == ["key-2"])
  }
}
