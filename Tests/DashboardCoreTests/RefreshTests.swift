import APIKeyClient
import APIKeyModel
import DashboardTestSupport
import TestSupport
import Testing

@testable import DashboardCore
@testable import KeyLoading

@Suite("The refresh command", .timeLimit(.minutes(5)))
struct RefreshTests {
  @Test("refresh (r) puts new keys at the top and stays on the selected key")
  func refresh() {
    var scenario = Scenario(keys: 120)
    scenario.send(.start)
    scenario.press("G")
    scenario.settle()
    scenario.press("gg", "j", "j")
    var news = [Scenario.key(9001, name: "new-b"), Scenario.key(9000, name: "new-a")]
    for index in news.indices { news[index].created = CreatedDate(seconds: Scenario.now - Int64(index) - 1) }
    scenario.keys.insert(contentsOf: news, at: 0)
    scenario.press("r")
    let count = scenario.requests.count
    scenario.press("r")
    #expect(scenario.requests.count == count, "one refresh at a time")
    scenario.settle()
    #expect(scenario.visibleNames.prefix(3) == ["new-b", "new-a", "key-0"])
    #expect(scenario.selectedName == "key-2" && scenario.state.list.position == 4)
    #expect(scenario.state.table.count == 122 && scenario.message.hasPrefix("2 new keys at "))
    #expect(scenario.state.loading.newKeys.count == 2 && scenario.state.load.completeness.isComplete)
    scenario.press("r", "Ctrl-c")
    #expect(scenario.message == "Stopped looking for new keys.")
    #expect(scenario.state.load.completeness.isComplete)
  }

  @Test("refresh counts unreadable records, each once")
  func refreshUnreadable() {
    var scenario = Scenario(keys: 20)
    scenario.send(.start)
    scenario.settle()
    scenario.keys.insert(Scenario.key(9000, name: "new"), at: 0)
    for _ in 0..<2 {
      scenario.press("r")
      scenario.answer(unreadable: 1, reason: "no id")
      #expect(scenario.state.load.unreadable == 1 && scenario.state.load.unreadableReason == "no id")
      #expect(scenario.state.table.count == 21)
    }
    let told = scenario.state.messages.log.filter { $0.text == "1 record could not be read (no id)." }
    #expect(told.map(\.exitCode) == [65])
  }

  @Test("refresh reports a server whose pages never end and leaves the list unchanged", arguments: [true, false])
  func refreshWithoutEnd(isEmpty: Bool) throws {
    var scenario = Scenario(keys: 20)
    scenario.send(.start)
    scenario.settle()
    var load = scenario.state.load
    load.phase = .resting(.whole(at: Scenario.now - 60))
    scenario.state.loading = LoadingState(load: load)
    let before = scenario.state.load.completeness
    scenario.press("r")
    var answers = 0
    while scenario.state.load.isLooking, answers < 10 {
      let waiting = try #require(scenario.waiting.first)
      // Empty pages that go on, or one page that comes again.
      let last = Scenario.key(isEmpty ? 9000 + answers : 9000)
      let keys: [APIKey] = isEmpty ? [] : [last]
      scenario.deliver(waiting.id, KeyPage(keys: Scenario.batch(keys), hasMore: true, lastID: last.id))
      answers += 1
    }
    #expect(answers == (isEmpty ? 4 : 2))
    #expect(
      scenario.message == LoadText.refreshFailed(isEmpty ? .tooManyEmptyPages : .cursorIgnored(parameter: "after")))
    #expect(scenario.state.messages.current?.kind == .error)
    #expect(scenario.state.load.completeness == before && scenario.state.table.count == 20)
  }

  @Test("refresh of an empty list reads every new page")
  func refreshOfEmptyList() {
    var scenario = Scenario(keys: 0)
    scenario.send(.start)
    scenario.settle()
    scenario.keys = (0..<120).map { Scenario.key($0) }
    scenario.press("r")
    scenario.settle()
    #expect(scenario.state.table.count == 120 && scenario.state.load.completeness.isComplete)
  }

  @Test("After refresh (r) the status shows when the list was loaded and when it was checked", .tags(.t10))
  func refreshed() {
    var scenario = Scenario.loadedWhole(120)
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

  @Test("A deletion that refresh finds is shown until reread", .tags(.t10))
  func changed() {
    var scenario = Scenario.loadedWhole(120)
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
}
