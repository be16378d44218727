import APIKeyClient
import APIKeyModel
import DashboardTestSupport
import KeyTable
import Testing

@testable import DashboardCore

@Suite("The export command", .timeLimit(.minutes(5)))
struct ExportTests {
  @Test("export refuses part of a list and loads the rest")
  func export() {
    var scenario = Scenario.loaded(300)
    scenario.run("export keys.csv")
    #expect(scenario.others.isEmpty && scenario.state.messages.current?.exitCode == 75)
    let refusal = "Only 50 keys were loaded, and a part is never exported as the whole. "
    #expect(scenario.message == refusal + "Loading the rest; export again when it is complete.")
    scenario.press("Ctrl-c")
    let requests = scenario.requests.count
    scenario.run("export keys.csv")
    #expect(scenario.message == refusal + "Press L to load the rest, then export.")
    #expect(scenario.others.isEmpty && scenario.requests.count == requests)
    scenario.press("L")
    scenario.settle()
    scenario.run("export keys.csv")
    #expect(scenario.others == [.export(ExportRequest(path: "keys.csv", marked: nil))])
    scenario.press("gg", "j", "Space", "Space")
    scenario.run("export two.csv")
    let marked = [scenario.keys[1].id, scenario.keys[2].id]
    #expect(scenario.others.last == .export(ExportRequest(path: "two.csv", marked: marked)))
  }

  @Test("export while a page is loading loads the rest too, and reports it")
  func exportWhileLoading() {
    var scenario = Scenario.loaded(3_000)
    for _ in 0..<40 { scenario.press("j") }
    #expect(scenario.state.load.isLoading && scenario.state.load.goal == .onePage)
    scenario.run("export keys.csv")
    #expect(scenario.others.isEmpty)
    #expect(scenario.message.hasSuffix("Loading the rest; export again when it is complete."))
    scenario.settle()
    #expect(scenario.state.table.count == 3_000 && scenario.state.load.completeness.isComplete)
  }

  @Test("export writes marked keys in the order of the screen, and hidden ones after them")
  func exportOrder() {
    var scenario = Scenario.loaded(12)
    scenario.run("sort name:desc")
    for number in [5, 1, 2, 10] { scenario.run("mark name:=key-\(number)") }
    scenario.run("filter key-1")
    #expect(scenario.visibleNames == ["key-11", "key-10", "key-1"])
    scenario.run("export keys.csv")
    let marked = [10, 1, 2, 5].map { scenario.keys[$0].id }
    #expect(scenario.others.last == .export(ExportRequest(path: "keys.csv", marked: marked)))
  }

  @Test("export refuses a list with an unreadable record, but not its marked keys")
  func exportOfUnreadable() {
    var scenario = Scenario(keys: 5)
    scenario.send(.start)
    scenario.answer(unreadable: 1)
    scenario.settle()
    #expect(scenario.state.load.completeness.isComplete)
    scenario.run("export keys.csv")
    #expect(scenario.others.isEmpty && scenario.state.messages.current?.exitCode == 65)
    #expect(
      scenario.message == "1 record could not be read, and a part is never exported as the whole. "
        + "Nothing was written. Mark keys to export just those.")
    scenario.press("Space")
    scenario.run("export keys.csv")
    #expect(scenario.others.last == .export(ExportRequest(path: "keys.csv", marked: [scenario.keys[0].id])))
  }
}
