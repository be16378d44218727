import APIKeyModel
import DashboardScreen
import KeyTable
import TerminalCore
import Testing

@testable import DashboardCore

/// The pivot, the groups, the histogram, the comparison and the explanation say what is true of the keys.
@Suite struct OverlayTests {
  private func loaded(_ count: Int, keys: ((inout [APIKey]) -> Void)? = nil) -> Scenario {
    var scenario = Scenario(keys: count, columns: 120, rows: 40)
    keys?(&scenario.keys)
    scenario.send(.start)
    scenario.settle()
    return scenario
  }

  private func rows(_ scenario: Scenario) -> [OverlayRow] {
    scenario.overlayRows
  }

  @Test("The pivot counts who lists a permission and who can through full access; Enter filters by it")
  func pivot() throws {
    var scenario = loaded(30) { $0[4].permissions = PermissionSet(["calls.view", "phones.import"]) }
    scenario.press("p")
    #expect(rows(scenario).count == PermissionCatalog.count + 1)
    let view = try #require(rows(scenario).first { $0.cells[0].string == "calls.view" })
    #expect(view.cells.map(\.string) == ["calls.view", "30 keys", "20 listed", "10 through full access"])
    #expect(rows(scenario).contains { $0.cells[0].string == "phones.import (not in the catalogue)" })
    let usual = rows(scenario).map(\.plainText)
    scenario.press("r")
    let rarest = rows(scenario)
    #expect(rarest.map(\.plainText) != usual && Set(rarest.map(\.plainText)) == Set(usual))
    // Full access counts for every name: only what is listed makes the difference.
    #expect(rarest.last?.cells[0].string == "calls.view")
    scenario.press("G", "Enter")
    #expect(!scenario.state.views.hasOverlay && scenario.state.query.filter.text == "perm:calls.view")
    #expect(scenario.state.query.visible.count == 30)
  }

  @Test("The groups give each creator's keys, full access, oldest and newest; Enter filters by one")
  func groups() throws {
    var scenario = loaded(31)
    scenario.press("c")
    #expect(rows(scenario).count == 3)
    let first = try #require(rows(scenario).first)
    #expect(
      first.cells.map(\.string).prefix(3) == ["00000000-0000-000c-0000-000000000000", "11 keys", "11 full access"])
    #expect(first.cells[3].string == "2026-10-25 to 2026-11-24")
    scenario.press("Enter")
    #expect(scenario.state.query.visible.count == 11)
    #expect(scenario.visibleNames.allSatisfy { Int($0.dropFirst(4)).map { $0.isMultiple(of: 3) } == true })
  }

  @Test("The histogram says each month in words, with a bar in scale, also where only ASCII can be shown")
  func histogram() throws {
    var scenario = loaded(60)
    scenario.press("H")
    func bars() -> [Int] { rows(scenario).map { $0.cells[2].width } }
    let counts = rows(scenario).map { Int($0.cells[1].string.filter(\.isNumber)) ?? 0 }
    #expect(counts.reduce(0, +) == 60)
    let longest = try #require(counts.max())
    for (count, bar) in zip(counts, bars()) {
      #expect(bar == (count * 60 + longest - 1) / longest)
    }
    #expect(rows(scenario)[0].cells[2].string.allSatisfy { $0 == "\u{2588}" })
    DisplayCharset.current = .ascii
    defer { DisplayCharset.current = .utf8 }
    scenario.send(.resized(columns: 121, rows: 40))
    #expect(rows(scenario)[0].cells[2].string.allSatisfy { $0 == "#" })
    scenario.press("Enter")
    #expect(scenario.state.query.filter.text.hasPrefix("created:") && scenario.state.query.visible.count == counts[0])
  }

  @Test("The comparison says what only the one can do, only the other, and both")
  func comparison() {
    var scenario = loaded(10) {
      $0[1].permissions = PermissionSet(["calls.view", "calls.create"])
      $0[2].permissions = PermissionSet(["calls.view", "voices.view", "phones.import"])
    }
    scenario.run("mark name=key-1,key-2")
    scenario.press("=")
    #expect(
      rows(scenario).dropFirst(6).map(\.plainText) == [
        "Only key-1: 1 permission", "calls.create  granted  not granted", "Only key-2: 2 permissions",
        "voices.view  not granted  granted", "phones.import  not granted  granted", "Both: 1 permission",
        "calls.view  granted  granted",
      ])
    #expect(rows(scenario)[0].cells.map(\.string) == ["Name", "key-1", "key-2"])
    #expect(rows(scenario)[1].cells.map(\.string) == ["Access", "limited", "limited"])
    for columns in [120, 80, 40] {
      scenario.send(.resized(columns: columns, rows: 24))
      let grid = scenario.grid
      #expect(grid.contains { $0.contains("key-1") && $0.contains("key-2") && $0.hasPrefix("  Name") })
      #expect(grid.contains { $0.hasPrefix("  calls.create") && $0.contains("not granted") == (columns > 50) })
    }
  }

  @Test("The explanation is made of what the server reported, and says what it did not")
  func explanation() {
    var scenario = loaded(10) { $0[1].permissions = PermissionSet(["api_keys.create", "calls.view"]) }
    func text(_ key: String) -> String {
      scenario.run("explain \(key)")
      defer { scenario.press("Esc") }
      return rows(scenario).map(\.plainText).joined(separator: " ")
    }
    let limited = text("key-1")
    for part in [
      "The key key-1 was created on 23 November 2026, 24 hours ago.", "has 3 keys.", "It is limited to 2 permissions.",
      "calls: view.", "It can create or change keys.", "It cannot create or change members.",
    ] {
      #expect(limited.contains(part), "\(part) is not in: \(limited)")
    }
    #expect(text("key-0").contains("It has full access: every permission, now and in future."))
    for word in ["unused", "stale", "never expires", "inactive"] { #expect(!limited.contains(word)) }
  }

  @Test("Counts over a part say so, and load the rest")
  func partial() {
    var scenario = Scenario(keys: 500, columns: 120, rows: 40)
    scenario.send(.start)
    scenario.answer()
    scenario.press("p")
    #expect(scenario.grid[1].contains("loaded so far, still loading"))
    scenario.settle()
    #expect(!scenario.grid[1].contains("so far"))
    #expect(scenario.state.table.count == 500)
  }
}
