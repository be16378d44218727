import APIKeyModel
import DashboardTestSupport
import KeyTable
import TerminalCore
import TestSupport
import Testing

@testable import DashboardCore

/// What is said and shown after the list was read again.
@Suite(.timeLimit(.minutes(5))) struct ListChangesTests {
  @Test("reread (R) reports what differs since the last full load", .tags(.t11))
  func summary() {
    var scenario = Scenario.changed()
    let time = MomentText.clock(Scenario.now)
    #expect(
      scenario.message
        == "2 gone, 1 renamed, 1 raised to full access, 8 new since \(time). is:gone, is:changed, is:new show them.")
    #expect(scenario.status.contains("506 keys, complete at"))
    scenario.press("R")
    scenario.settle()
    #expect(scenario.message == "No key differs since \(time).")
    #expect(scenario.state.loading.newKeys.isEmpty && scenario.state.changeWordWidth == 0)
  }

  @Test("A key that changed in two ways is in both counts, and the number of changed keys is shown", .tags(.t11))
  func twoWays() {
    var scenario = Scenario(keys: 50)
    scenario.send(.start)
    scenario.settle()
    scenario.keys[4].name = "other-name"
    scenario.keys[4].permissions = PermissionSet(["calls.create"])
    scenario.press("R")
    scenario.settle()
    #expect(
      scenario.message.hasPrefix(
        "1 renamed, 1 with other permissions, 1 changed key in all since "))
    scenario.run("filter is:changed")
    #expect(scenario.visibleNames == ["other-name"])
  }

  @Test("reread (R) keeps marks, selection, filter, sort and the row's position on the screen", .tags(.t11))
  func keeps() {
    var scenario = Scenario.changed { scenario in
      for _ in 0..<60 { scenario.press("j") }
      scenario.run("mark name:=key-2,key-3,key-30")
    }
    #expect(scenario.selectedName == "key-60")
    #expect(scenario.state.list.position == 66 && scenario.state.list.position - scenario.state.list.top == 35)
    #expect(scenario.state.marks.ids == [scenario.keys[8 + 1].id, scenario.keys[8 + 2].id])
    #expect(scenario.message.contains("1 mark went with them."))
    scenario = Scenario.changed { scenario in
      scenario.run("filter is:limited")
      scenario.run("sort name:desc")
      scenario.run("go key-5")
    }
    #expect(scenario.selectedName == "key-5" && scenario.state.query.filter.text == "is:limited")
    #expect(scenario.state.settings.sort.text == "name:desc")
  }

  @Test("If the selected key is gone, the selection stays at its position", .tags(.t11))
  func selectedIsGone() {
    let scenario = Scenario.changed { $0.run("go key-30") }
    #expect(scenario.selectedName != nil && scenario.state.list.position == 30)
  }

  @Test(
    "Rows show how their key changed by a symbol and a word, in every theme", .tags(.t11),
    arguments: [(120, 40), (80, 24), (40, 12)])
  func rows(size: (Int, Int)) throws {
    var scenario = Scenario.changed(columns: size.0, rows: size.1)
    func line(_ name: String) throws -> String {
      scenario.run("go \(name)")
      return try #require(scenario.grid.first { $0.dropFirst(2).hasPrefix(name) })
    }
    for theme in Theme.allCases {
      scenario.state.settings.theme = theme
      let new = try line("fresh-3")
      #expect(new.hasPrefix("+ fresh-3 ") && new.contains(" new "))
      let renamed = try line("other-name")
      #expect(renamed.hasPrefix("~ other-name ") && renamed.contains(" renamed "))
      let raised = try line("key-7")
      #expect(raised.hasPrefix("! key-7 ") && raised.contains(" raised ") && raised.contains(" full"))
      #expect(try line("key-8").hasPrefix("  key-8 "))
    }
    scenario.run("go other-name")
    scenario.press("F")
    #expect(scenario.textAtCaret?.hasPrefix("other-name, renamed") == true, "\(scenario.textAtCaret ?? "")")
    scenario.press("F")
    scenario.run("filter is:gone")
    #expect(scenario.visibleNames == ["key-1", "key-30"])
    #expect(scenario.grid.contains { $0.hasPrefix("- key-1 ") && $0.contains(" gone ") })
  }

  @Test("The detail pane shows what a key was before it changed", .tags(.t11))
  func detail() {
    var scenario = Scenario.changed()
    func lines() -> [String] { DetailViewModel(state: scenario.state).lines.map(\.plainText.string) }
    scenario.run("go other-name")
    #expect(lines().contains("Changed: name: key-4 -> other-name"))
    scenario.run("go key-7")
    #expect(lines().contains { $0.hasPrefix("Changed: access: limited, 1 permission ->") })
    scenario.run("go fresh-1")
    #expect(lines().contains("New: not in the list before"))
    scenario.run("filter is:gone")
    #expect(lines().contains { $0.hasPrefix("Gone: no longer in the list, read") })
  }

  @Test("Deleted keys are counted only under the filter is:gone", .tags(.t11))
  func goneAreNotCounted() {
    var scenario = Scenario.changed()
    #expect(scenario.state.table.count == 506 && scenario.state.query.visible.count == 506)
    scenario.run("filter -is:gone")
    #expect(scenario.state.query.visible.count == 506)
    scenario.run("filter name:=key-1")
    #expect(scenario.state.query.visible.isEmpty)
    scenario.run("filter is:gone")
    #expect(scenario.status.hasPrefix("1 of 2  2 match of 2 gone keys  "))
    #expect(scenario.status.contains("506 keys, complete at"))
    scenario.press("c")
    #expect(scenario.grid[1].contains("(of the 2 keys that match)"))
    scenario.press("Esc")
    scenario.run("filter is:gone is:full")
    #expect(scenario.visibleNames == ["key-30"])
    scenario.press("i")
    #expect(scenario.grid.joined(separator: " ").contains("has 168 keys."))
    scenario.press("Esc", "Space")
    #expect(scenario.state.marks.isEmpty && scenario.message.hasPrefix("These keys are gone"))
    scenario.run("filter is:gone | is:full")
    #expect(scenario.message.contains("`is:gone` asks about keys that are no longer in the list"))
    scenario.run("filter is:gone name:nothing")
    #expect(scenario.grid.contains { $0.contains("None of the keys that are gone matches the filter.") })
    scenario.press("Esc")
    #expect(scenario.state.query.visible.count == 506 && scenario.selectedName != nil)
  }

  @Test("is:new matches the keys that reread found and those that refresh adds later", .tags(.t11))
  func newKeys() {
    var scenario = Scenario.changed()
    scenario.run("filter is:new")
    #expect(scenario.state.query.visible.count == 8)
    scenario.run("filter is:changed")
    #expect(Set(scenario.visibleNames) == ["other-name", "key-7"])
    scenario.press("Esc")
    scenario.keys.insert(Scenario.key(2000, name: "last"), at: 0)
    scenario.press("r")
    scenario.settle()
    let time = MomentText.clock(Scenario.now)
    #expect(scenario.status.contains("506 keys read whole at \(time), 1 new at \(time)"))
    scenario.run("filter is:new")
    #expect(scenario.state.query.visible.count == 9)
  }

  @Test("Keys that refresh found since the last full load are new after reread", .tags(.t11))
  func newByLook() {
    var scenario = Scenario.changed { scenario in
      scenario.keys.insert(Scenario.key(2000, name: "by-look"), at: 0)
      scenario.press("r")
      scenario.settle()
    }
    #expect(scenario.message.contains(", 9 new since "))
    scenario.run("filter is:new")
    #expect(scenario.state.query.visible.count == 9 && scenario.visibleNames.contains("by-look"))
    scenario.run("clear-filter")
    scenario.press("R")
    scenario.settle()
    #expect(scenario.message.hasPrefix("No key differs since"))
  }

  @Test("refresh and reread request the list while the deleted keys are shown", .tags(.t11))
  func readingWhileGoneAreShown() {
    var scenario = Scenario.changed()
    scenario.run("mark name:=key-2,key-3")
    scenario.run("filter is:gone")
    scenario.keys.insert(Scenario.key(2000, name: "last"), at: 0)
    scenario.press("r")
    scenario.settle()
    #expect(scenario.state.loading.newKeys.count == 9 && scenario.state.marks.count == 2)
    #expect(scenario.visibleNames == ["key-1", "key-30"])
    scenario.keys.removeAll { $0.name == "key-2" }
    scenario.press("R")
    scenario.settle()
    #expect(scenario.visibleNames == ["key-2"] && scenario.state.marks.count == 1)
    scenario.press("Esc")
    #expect(scenario.state.query.visible.count == 506)
  }

  @Test("A comparison with part of the list says so, and calls no key new", .tags(.t11))
  func partial() {
    var scenario = Scenario(keys: 500)
    scenario.send(.start)
    scenario.settle()
    scenario.keys.remove(at: 3)
    scenario.run("reread")
    scenario.run("load-all")
    scenario.settle()
    #expect(scenario.message.hasPrefix("1 gone from the list before among the 50 keys loaded before."))
    #expect(scenario.state.loading.newKeys.isEmpty)
  }

  @Test("is:gone shows the deleted keys from the previous list, and no other key", .tags(.t11))
  func manyGone() {
    var scenario = Scenario(keys: 0)
    scenario.keys = (0..<60_000).map { Scenario.key($0) }
    scenario.send(.start)
    scenario.run("load-all")
    scenario.settle()
    scenario.run("mark 2")
    scenario.keys.removeFirst(55_000)
    scenario.press("R")
    scenario.settle()
    #expect(scenario.message.hasPrefix("55,000 gone since ") && scenario.message.contains(" 1 mark went with them."))
    scenario.run("filter is:gone name:/9$/")
    #expect(scenario.state.query.visible.count == 5_500)
    #expect(scenario.status.contains("5,500 match of 55,000 gone keys"))
    scenario.run("filter is:gone name:=key-55001")
    #expect(scenario.state.query.visible.isEmpty)
    scenario.run("filter name:=key-55001")
    #expect(scenario.state.query.visible.count == 1)
  }
}
