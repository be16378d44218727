import APIKeyModel
import DashboardTestSupport
import KeyTable
import Testing

@testable import DashboardCore

@Suite("Fields of a key and their names", .timeLimit(.minutes(5)))
struct KeyFieldTests {
  /// Every name that a field answers to, as users may write it.
  static let names: [(field: KeyField, name: String)] = KeyField.allCases.flatMap { field in
    ([field.name, field.wireName] + field.aliases).flatMap { name in
      [name, name.uppercased(), String(name.map { $0 == "_" ? "-" : $0 }), String(name.map { $0 == "-" ? "_" : $0 })]
    }.map { (field, $0) }
  }

  @Test("A field's name means the same field in every use")
  func everyUse() throws {
    var uses = 0
    for (field, name) in KeyFieldTests.names {
      let isCount = ["count", "perms"].contains(name.lowercased())
      #expect(NamedField(typed: name) == NamedField(field, isCount: isCount), "\(name)")
      for use in KeyField.Use.allCases {
        uses += 1
        #expect(try KeyFieldTests.meaning(of: name, in: use) == (field.has(use) ? [field] : []), "\(name) in \(use)")
      }
    }
    #expect(uses > 300)
  }

  /// The fields that a use takes a name for, found by using it.
  private static func meaning(of name: String, in use: KeyField.Use) throws -> [KeyField] {
    var scenario = Scenario(keys: 6)
    scenario.send(.start)
    scenario.settle()
    switch use {
    case .sort: return (try? SortOrder(parsing: "\(name):desc").terms.map(\.column)) ?? []
    case .column:
      scenario.run("columns \(name)")
      guard scenario.state.messages.current?.kind == .note else { return [] }
      let columns = scenario.state.settings.columns
      return columns == [.name] ? [.name] : Array(columns.dropFirst())
    case .export: return NamedField(typed: name).map(\.field).map { $0.has(.export) ? [$0] : [] } ?? []
    case .copy:
      scenario.run("columns name")
      scenario.run("go 2")
      scenario.run("copy \(name)")
      guard case .copyToClipboard(let text)? = scenario.others.last else { return [] }
      let key = scenario.keys[1]
      let named = try #require(NamedField(typed: name))
      return text.string == key.text(of: named) ? [named.field] : []
    case .filter:
      // The same rows as by the field's own name, and the field is known to `has:`.
      let values: [KeyField: String] = [
        .id: scenario.keys[1].id.text, .name: "key-1", .created: "2026", .lastFour: "0001",
        .creator: scenario.keys[1].creator?.text ?? "", .access: "limited", .permissions: "calls.view",
      ]
      let named = try #require(NamedField(typed: name))
      let isRestricted = name.lowercased() == "restricted"
      let value = named.isCount ? "1" : isRestricted ? "yes" : try #require(values[named.field])
      let own = named.isCount ? "perms" : named.field == .permissions ? "perm" : named.field.name
      let found = try rows("\(name):\(value)", scenario)
      #expect(!found.isEmpty)
      let expected = try rows("\(own):\(isRestricted ? "limited" : value)", scenario)
      #expect(found == expected, "\(name)")
      #expect(try rows("has:\(name)", scenario) == rows("has:\(named.field.name)", scenario))
      return found == expected ? [named.field] : []
    }
  }

  private static func rows(_ filter: String, _ scenario: Scenario) throws -> [Int] {
    let query = KeyQuery(filter: try Filter(parsing: filter))
    return Array(scenario.state.table.rows(matching: query, context: scenario.state.filterContext) ?? RowList(count: 0))
  }

  @Test("A word with a hyphen before an operator stays a word unless it names a field")
  func hyphenatedWords() throws {
    var scenario = Scenario(keys: 0)
    scenario.keys = [Scenario.key(0, name: "prod-api:x"), Scenario.key(1, name: "other")]
    scenario.send(.start)
    scenario.settle()
    #expect(try KeyFieldTests.rows("prod-api:x", scenario) == [0])
    #expect(try KeyFieldTests.rows("last-four:0001", scenario) == [1])
  }
}
