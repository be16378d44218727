import APIKeyModel
import DashboardTestSupport
import KeyTable
import TestSupport
import Testing

@testable import DashboardCore

/// What stands on the screen after a look, another order, or with the gone keys shown is true.
@Suite("Messages are true", .timeLimit(.minutes(5))) struct MessageAccuracyTests {
  private func loaded(_ count: Int = 60, columns: Int = 120) -> Scenario {
    var scenario = Scenario(keys: count, columns: columns)
    scenario.send(.start)
    scenario.run("load-all")
    scenario.settle()
    return scenario
  }

  /// A key of the date of one that is there, so that it stands between known ones.
  private func addBackDated(to scenario: inout Scenario, at place: Int, name: String) {
    var key = Scenario.key(2000 + place, name: name)
    key.created = scenario.keys[place].created
    scenario.keys.insert(key, at: place)
  }

  private func addNew(to scenario: inout Scenario, number: Int) {
    var key = Scenario.key(1000 + number, name: "fresh-\(number)")
    key.created = CreatedDate(seconds: Scenario.now)
    scenario.keys.insert(key, at: 0)
  }

  @Test(
    "The number of loaded keys is that of the full load, whatever refresh found", .tags(.t10), arguments: [40, 80, 120])
  func readWhole(columns: Int) {
    var scenario = loaded(columns: columns)
    addBackDated(to: &scenario, at: 7, name: "back-dated")
    addNew(to: &scenario, number: 1)
    scenario.press("r")
    scenario.settle()
    #expect(scenario.message.hasPrefix("2 new keys at ") || columns < 80, "\(scenario.message)")
    #expect(!scenario.status.contains("62 keys read whole"))
    let says = scenario.status.contains("60 keys read whole at ") || columns < 80
    #expect(says && scenario.status.contains("changed on the server"), "\(scenario.status)")
    scenario.run("filter back-dated")
    scenario.settle()
    #expect(scenario.visibleNames == ["back-dated"])
  }

  @Test("Keys that refresh found before another order was loaded are not new", .tags(.t11))
  func otherOrder() {
    var scenario = loaded()
    addNew(to: &scenario, number: 1)
    scenario.press("r")
    scenario.settle()
    scenario.press("o")
    scenario.settle()
    scenario.run("load-all")
    scenario.settle()
    scenario.keys.removeAll { $0.name == "key-9" }
    scenario.press("R")
    scenario.settle()
    #expect(scenario.message.hasPrefix("1 gone since "), "\(scenario.message)")
  }

  @Test("Messages about position and completeness are cleared when these change", .tags(.t25))
  func status() {
    var scenario = Scenario(keys: 500, columns: 160)
    scenario.send(.start)
    scenario.settle()
    scenario.press("w")
    #expect(scenario.message.hasPrefix("Key 1 of "), "\(scenario.message)")
    scenario.run("load-all")
    scenario.settle()
    #expect(!scenario.message.contains("Key 1 of "), "\(scenario.message)")
    scenario.press("w")
    #expect(scenario.message.hasPrefix("Key 1 of 500. 500 keys, complete at "))
    scenario.send(.clock)
    #expect(scenario.message.hasPrefix("Key 1 of 500."))
    scenario.run("filter key-12")
    scenario.settle()
    #expect(!scenario.message.contains("Key 1 of 500"), "\(scenario.message)")
  }

  @Test("While deleted keys are shown, go reports a listed key as hidden and a deleted key as deleted", .tags(.t14))
  func lookup() {
    var scenario = loaded()
    scenario.keys.removeAll { $0.name == "key-9" }
    scenario.press("R")
    scenario.settle()
    scenario.run("go key-9")
    #expect(scenario.message.contains("A key that is gone had it: the filter is:gone shows it."), "\(scenario.message)")
    scenario.run("filter is:gone")
    scenario.settle()
    #expect(scenario.visibleNames == ["key-9"])
    scenario.run("go key-12")
    #expect(scenario.message.hasPrefix("The filter hides key-12."), "\(scenario.message)")
    scenario.run("go none-such")
    #expect(scenario.message.hasPrefix("No key has the id, name or last four none-such."))
  }

  @Test("reread compares with an empty list too", .tags(.t11))
  func afterNoKeys() {
    var scenario = loaded(0)
    #expect(scenario.state.load.completeness.isComplete)
    scenario.keys = [Scenario.key(1), Scenario.key(2)]
    scenario.press("R")
    scenario.settle()
    #expect(scenario.message.hasPrefix("2 new since "), "\(scenario.message)")
    #expect(scenario.state.loading.newKeys.count == 2)
  }

  @Test("refresh of an empty list looks for new keys, and keeps the deleted ones", .tags(.t10))
  func lookAtNoKeys() {
    var scenario = loaded(2)
    scenario.keys = []
    scenario.press("R")
    scenario.settle()
    #expect(scenario.message.hasPrefix("2 gone since "), "\(scenario.message)")
    scenario.press("r")
    scenario.settle()
    #expect(scenario.message.hasPrefix("No new keys at "), "\(scenario.message)")
    scenario.run("filter is:gone")
    scenario.settle()
    #expect(scenario.visibleNames.count == 2)
    scenario.run("clear-filter")
    addNew(to: &scenario, number: 1)
    scenario.press("r")
    scenario.settle()
    #expect(scenario.message.hasPrefix("1 new key at "), "\(scenario.message)")
    #expect(scenario.status.contains("0 keys read whole at "), "\(scenario.status)")
    #expect(scenario.visibleNames == ["fresh-1"] && scenario.selectedName == "fresh-1")
  }

  @Test("Unreadable records are still counted at the last key", .tags(.t10))
  func behindTheLastKey() {
    var scenario = Scenario(keys: 3)
    scenario.send(.start)
    scenario.answer(unreadable: 2)
    scenario.settle()
    scenario.press("G", "j")
    #expect(scenario.message == "This is the last key that could be read.")
  }

  @Test(
    "A changed list or one with unreadable records is not reported as fully searched", .tags(.t10)
  )
  func notAll() {
    var changed = loaded()
    changed.keys[3].name = "renamed"
    changed.press("r")
    changed.settle()
    #expect(changed.status.contains("changed on the server"))
    changed.run("go nobody-has-this")
    changed.settle()
    #expect(changed.message.contains("among the 60 keys read"), "\(changed.message)")
    changed.run("filter nobody")
    changed.settle()
    #expect(changed.state.emptyListSentence == "No match among the 60 keys read.")
  }

  @Test("Deleted keys keep the order of the list", .tags(.t10))
  func orderOfGone() {
    var scenario = loaded()
    scenario.keys.removeSubrange(4..<8)
    scenario.press("R")
    scenario.settle()
    scenario.run("filter is:gone")
    scenario.settle()
    #expect(StatusText.order(scenario.state.orderFact) == "newest first")
    scenario.press("o")
    scenario.settle()
    #expect(StatusText.order(scenario.state.orderFact) == "newest first")
    scenario.run("clear-filter")
    scenario.settle()
    #expect(StatusText.order(scenario.state.orderFact) == "oldest first")
  }
}
