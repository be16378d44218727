import APIKeyClient
import APIKeyModel
import DashboardTestSupport
import KeyLoading
import TestSupport
import Testing

@testable import DashboardCore

/// `r` and `R` as a user of the dashboard and of plain mode sees them.
@Suite struct ReadingAgainTests {
  private func loaded(_ count: Int) -> Scenario {
    var scenario = Scenario(keys: count, columns: 120, rows: 24)
    scenario.send(.start)
    scenario.press("G")
    scenario.settle()
    return scenario
  }

  @Test("After r the status says when the list was read whole, and when it was looked at", .tags(.t10))
  func refreshed() {
    var scenario = loaded(120)
    let whole = MomentText.clock(scenario.now)
    scenario.advance(by: 600)
    scenario.press("r")
    scenario.settle()
    let looked = MomentText.clock(scenario.now)
    #expect(scenario.status.contains("120 keys read whole at \(whole), none new at \(looked)"))
    #expect(scenario.message == "No new keys at \(looked).")
    scenario.keys.insert(Scenario.key(9000, name: "new"), at: 0)
    scenario.press("r")
    scenario.settle()
    #expect(scenario.status.contains("120 keys read whole at \(whole), 1 new at \(looked)"))
    scenario.send(.resized(columns: 72, rows: 24))
    #expect(scenario.status.contains("read whole at \(whole), 1 new at \(looked)"), "\(scenario.status)")
  }

  @Test("A deletion that r comes across is said, and stays said until R", .tags(.t10))
  func changed() {
    var scenario = loaded(120)
    scenario.keys.remove(at: 1)
    scenario.press("r")
    scenario.settle()
    #expect(scenario.message == "The list changed on the server: press R to read it again.")
    #expect(scenario.status.contains("changed on the server: press R to read it again"))
    #expect(!scenario.state.load.completeness.isComplete)
    scenario.press("j", "r")
    scenario.settle()
    #expect(scenario.status.contains("changed on the server: press R to read it again"))
    scenario.press("R")
    scenario.settle()
    #expect(scenario.status.contains("119 keys, complete at "))
  }

  @Test("R keeps rows, marks, selection and filter, and shows the new list when it is whole", .tags(.t10))
  func keeps() {
    var scenario = loaded(3_000)
    scenario.run("filter is:full")
    scenario.press("gg", "j", "Space", "j")
    let selected = scenario.selectedName
    let marks = scenario.state.marks.ids
    let rows = scenario.visibleNames
    scenario.keys.removeAll { $0.name == "key-0" }
    scenario.press("R")
    while !scenario.waiting.isEmpty {
      #expect(scenario.visibleNames == rows && scenario.status.contains("3,000 keys, complete at "))
      #expect(scenario.status.contains("reading again: "))
      scenario.answer()
    }
    #expect(scenario.selectedName == selected && scenario.state.marks.ids == marks)
    #expect(scenario.visibleNames == Array(rows.dropFirst()) && scenario.state.query.filter.text == "is:full")
    #expect(scenario.message.hasPrefix("1 gone since "))
  }

  @Test("R with an evaluation of the old rows under way never shows rows of another table", .tags(.t10))
  func lateEvaluation() {
    var scenario = loaded(300)
    scenario.holdsEvaluations = true
    scenario.run("sort name")
    scenario.press("R")
    scenario.keys.removeFirst(250)
    scenario.settle()
    #expect(scenario.state.table.count == 50)
    while !scenario.evaluations.isEmpty { scenario.answerEvaluation() }
    #expect(scenario.visibleNames == scenario.keys.map(\.shownName).sorted())
  }

  @Test("R that fails or is stopped says whose list is still shown", .tags(.t10))
  func fails() {
    var scenario = loaded(300)
    let time = MomentText.clock(scenario.now)
    scenario.advance(by: 60)
    scenario.press("R")
    scenario.fail(.connectionLost(host: "keys.example.com"))
    #expect(
      scenario.message == "Reading again failed: The connection to keys.example.com was lost. Try again. "
        + "The list is still that of \(time).")
    #expect(scenario.status.contains("300 keys, complete at \(time)"))
    scenario.press("R", "Ctrl-c")
    #expect(scenario.message == "Stopped reading again. The list is still that of \(time).")
    #expect(scenario.status.contains("300 keys, complete at \(time)") && scenario.waiting.isEmpty)
  }

  @Test("During a wait G says that it waits, the clock wakes once a second, and after it not at all", .tags(.t16))
  func waits() {
    var scenario = Scenario(keys: 200, columns: 120, rows: 24)
    scenario.send(.start)
    scenario.settle()
    scenario.press("G")
    scenario.fail(.rateLimited(retryAfter: 90, message: "slow down"))
    #expect(scenario.status.contains("trying again in 90 s, r tries now"))
    #expect(scenario.state.wakeTime == scenario.now + 1)
    scenario.press("G")
    #expect(scenario.message.hasPrefix("Waiting until \(MomentText.clock(scenario.now + 90)) as the server asks"))
    scenario.advance(by: 1)
    scenario.send(.clock)
    #expect(scenario.status.contains("trying again in 89 s") && scenario.waiting.isEmpty)
    scenario.state.settings.cursorFocus = true
    #expect(scenario.state.wakeTime == scenario.now + 89)
    scenario.state.settings.cursorFocus = false
    scenario.wakeAfterWaiting()
    scenario.settle()
    #expect(scenario.status.contains("200 keys, complete at ") && scenario.selectedName == "key-199")
    #expect(scenario.state.wakeTime == nil)
    // Where the server names no time, nothing is waited for.
    var other = Scenario(keys: 200)
    other.send(.start)
    other.settle()
    other.press("G")
    other.fail(.rateLimited(retryAfter: nil, message: "slow down"))
    #expect(other.state.wakeTime == nil)
  }

  @Test("A list whose other end is another key is not complete, is not exported, and says so", .tags(.t12))
  func contradicted() {
    var scenario = Scenario(keys: 120, columns: 120, rows: 24)
    scenario.send(.start)
    scenario.settle()
    scenario.press("G")
    // The pages end after 100 keys; from the other end there are more.
    let all = scenario.keys
    while let request = scenario.waiting.first?.request {
      scenario.keys = request.order == .descending ? Array(all.prefix(100)) : all
      scenario.answer()
    }
    #expect(scenario.status.contains("not complete: the other end of the list is another key"), "\(scenario.status)")
    #expect(scenario.message.hasPrefix("The list is not complete: the other end of the list is another key."))
    scenario.run("export keys.csv")
    #expect(scenario.others.isEmpty && scenario.state.messages.current?.exitCode == 65)
    scenario.run("filter nothing-has-this")
    #expect(!scenario.state.emptyListSentence.contains("No key matches"))
  }

  @Test("A lost place is said in the server's words, and the list is read again from the top", .tags(.t13))
  func placeLost() {
    var scenario = loaded(0)
    scenario.keys = (0..<500).map { Scenario.key($0) }
    scenario.press("R")
    scenario.settle()
    var broken = Scenario(keys: 500, columns: 120, rows: 24)
    broken.send(.start)
    broken.settle()
    broken.press("G")
    for _ in 0..<4 { broken.fail(.rejected(status: 404, message: "no such key")) }
    #expect(
      broken.message
        == "The place in the list was lost (404), on a later page: no such key. Reading the list again from the top.")
    #expect(broken.status.contains("loading..."))
    broken.settle()
    #expect(broken.status.contains("500 keys, complete at "))
    #expect(broken.state.load.duplicates == 0)
  }
}
