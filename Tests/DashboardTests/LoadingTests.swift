import APIKeyClient
import APIKeyModel
import Testing

@testable import DashboardCore
@testable import KeyLoading

@Suite struct LoadingTests {
  @Test("The first page, then rest: exactly one request of 50")
  func firstPage() {
    var scenario = Scenario(keys: 500)
    #expect(scenario.status.contains("nothing loaded yet"))
    scenario.send(.start)
    #expect(scenario.status.contains("loading..."))
    scenario.settle()
    #expect(scenario.requests == [PageRequest(limit: 50, order: .descending)])
    #expect(scenario.status.contains("50 loaded, more on the server"))
    scenario.send(.resized(columns: 80, rows: 24))
    #expect(scenario.requests.count == 1)
  }

  @Test("Within one screen of the end the next page is fetched, once")
  func prefetch() {
    var scenario = Scenario(keys: 500)
    scenario.send(.start)
    scenario.settle()
    for _ in 0..<20 { scenario.press("j") }
    #expect(scenario.requests.count == 1)
    for _ in 0..<20 { scenario.press("j") }
    #expect(scenario.requests.count == 2)
    #expect(scenario.requests.last?.cursor == .after(scenario.keys[49].id))
    scenario.press("j")
    #expect(scenario.requests.count == 2)
    scenario.settle()
    #expect(scenario.state.table.count == 250 && scenario.selectedName == "key-41")
  }

  @Test("Late answers change nothing")
  func lateAnswers() {
    var scenario = Scenario(keys: 500)
    scenario.send(.start)
    let old = scenario.waiting[0]
    scenario.press("R")
    scenario.send(.pageLoaded(old.id, .success(scenario.page(old.request))))
    #expect(scenario.state.table.count == 0 && scenario.state.load.isLoading)
    scenario.settle()
    #expect(scenario.state.table.count == 50)
    scenario.send(.pageLoaded(old.id, .failure(.connectionLost(host: "x"))))
    #expect(scenario.status.contains("50 loaded, more on the server"))
  }

  @Test("G loads to the end in pages of 1000; Ctrl-C stops it; r goes on from the same cursor")
  func loadToTheEnd() {
    var scenario = Scenario(keys: 4_000)
    scenario.send(.start)
    scenario.settle()
    scenario.press("G")
    scenario.answer()
    #expect(
      scenario.requests.last == PageRequest(limit: 1000, order: .descending, cursor: .after(scenario.keys[1049].id)))
    #expect(scenario.status.contains("1,050 loaded, loading... (2 requests)"))
    let stopped = scenario.waiting[0]
    scenario.press("Ctrl-c")
    #expect(scenario.waiting.isEmpty)
    #expect(scenario.status.contains("stopped after 1,050 by you, press r to resume"))
    scenario.send(.pageLoaded(stopped.id, .success(scenario.page(stopped.request))))
    #expect(scenario.state.table.count == 1050)
    scenario.press("r")
    var resumed = stopped.request
    resumed.readsTokenAgain = true
    #expect(scenario.requests.last == resumed)
    scenario.press("G")
    scenario.settle()
    #expect(scenario.state.table.count == 4000 && scenario.state.load.completeness.isComplete)
    #expect(scenario.selectedName == "key-3999")
    #expect(scenario.status.contains("4,000 keys, complete at "))
  }

  @Test("Ctrl-C twice leaves with 130")
  func interruptTwice() {
    var scenario = Scenario(keys: 10)
    scenario.send(.start)
    scenario.settle()
    scenario.press("Ctrl-c")
    #expect(scenario.others.isEmpty)
    scenario.press("j", "Ctrl-c")
    #expect(scenario.others.isEmpty)
    scenario.press("Ctrl-c")
    #expect(scenario.others == [.quit(status: 130)])
  }

  @Test("A refresh puts new keys at the top and stays on the selected key")
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

  @Test("T8 L says of a file what it says of itself, and never that unreadable records are loaded")
  func everythingLoaded() throws {
    for (isComplete, told) in [
      (Bool?.none, "3 keys in the file; it does not say whether that is all."),
      (false, "3 keys in the file, which says it is a part."),
      (true, "3 keys in the file, complete: its last page says so."),
    ] {
      var scenario = Scenario(keys: 3) { $0.isFile = true }
      scenario.send(.start)
      let waiting = try #require(scenario.waiting.first)
      var page = scenario.page(waiting.request)
      page.provenance = ListProvenance(file: "keys.json", fileReadAt: Scenario.now, isComplete: isComplete)
      scenario.deliver(waiting.id, page)
      scenario.press("L")
      #expect(scenario.message == told, "\(scenario.message)")
    }
    var scenario = Scenario(keys: 3)
    scenario.send(.start)
    scenario.answer(unreadable: 2)
    scenario.settle()
    scenario.press("L")
    #expect(
      scenario.message == "Every key that can be read is loaded; 2 records could not be read.", "\(scenario.message)")
  }

  @Test("A refresh counts the records that could not be read, and those it has met before only once")
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

  @Test("A refresh whose pages never end says so, and the list stays as it was", arguments: [true, false])
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

  @Test("A refresh of an empty list reads every page that has come since")
  func refreshOfEmptyList() {
    var scenario = Scenario(keys: 0)
    scenario.send(.start)
    scenario.settle()
    scenario.keys = (0..<120).map { Scenario.key($0) }
    scenario.press("r")
    scenario.settle()
    #expect(scenario.state.table.count == 120 && scenario.state.load.completeness.isComplete)
  }

  @Test("An error stays, with what to do; what was loaded stays; r recovers")
  func errors() {
    var scenario = Scenario(keys: 200)
    scenario.send(.start)
    scenario.fail(.notAuthenticated(message: "Not authenticated", tokenWasSent: true))
    #expect(scenario.grid.joined(separator: "\n").contains("The server does not accept the token"))
    #expect(scenario.message.contains("APIKEYS_TOKEN"))
    scenario.press("r")
    scenario.settle()
    #expect(scenario.state.table.count == 50)
    scenario.press("G")
    scenario.fail(.serverFailed(status: 500, message: "boom"))
    #expect(scenario.state.table.count == 50)
    #expect(scenario.status.contains("stopped after 50: The server failed (500): boom, press r to resume"))
    scenario.press("j")
    #expect(scenario.status.contains("stopped after 50"))
    scenario.press("r")
    scenario.settle()
    #expect(scenario.state.table.count == 200 && scenario.state.load.completeness.isComplete)
  }

  @Test("P29 in the dashboard, too, the loss of the server is one line, and its return one")
  func lossAndReturn() {
    var scenario = Scenario(keys: 200)
    scenario.send(.start)
    scenario.settle()
    scenario.press("G")
    var said = scenario.state.messages.log.count
    func new() -> [String] {
      defer { said = scenario.state.messages.log.count }
      return scenario.state.messages.log.dropFirst(said).map(\.text)
    }
    // The server asks to wait, and fails each time the dashboard tries again by itself.
    scenario.fail(.rateLimited(retryAfter: 2, message: "slow down"))
    #expect(new().count == 1)
    for seconds in 1...3 {
      scenario.wakeAfterWaiting()
      #expect(scenario.waiting.count == 1)
      scenario.fail(.rateLimited(retryAfter: seconds, message: "slow down"))
      #expect(new().isEmpty)
      #expect(scenario.status.contains("stopped after 50"))
    }
    // Another reason is news, and so is the answer to a key.
    scenario.wakeAfterWaiting()
    scenario.fail(.connectionLost(host: "keys.example.com"))
    #expect(new() == ["The connection to keys.example.com was lost. Try again."])
    scenario.press("r")
    scenario.fail(.connectionLost(host: "keys.example.com"))
    #expect(new() == ["Resuming after 50 keys.", "The connection to keys.example.com was lost. Try again."])
    scenario.press("r")
    scenario.settle()
    #expect(new() == ["Resuming after 50 keys.", "The server answers again."])
    #expect(scenario.message == "The server answers again.")
  }

  @Test("A server that ignores the cursor stops the walk, and keys are shown once")
  func ignoredCursor() {
    var scenario = Scenario(keys: 60)
    scenario.send(.start)
    scenario.settle()
    scenario.press("G")
    let waiting = scenario.waiting[0]
    let first = scenario.page(PageRequest(limit: 50, order: .descending))
    scenario.send(.pageLoaded(waiting.id, .success(first)))
    #expect(scenario.state.load.completeness == .stopped(.cursorIgnored(parameter: "after")))
    #expect(scenario.state.table.count == 50 && scenario.message.contains("--after-param"))
  }

  @Test("A sorted load that is stopped shows every key it has")
  func stoppedSort() {
    var scenario = Scenario(keys: 4000)
    scenario.send(.start)
    scenario.settle()
    scenario.holdsEvaluations = true
    scenario.run("sort name")
    scenario.answer()
    scenario.answer()
    scenario.answerEvaluation()
    scenario.press("Ctrl-c")
    while !scenario.evaluations.isEmpty { scenario.answerEvaluation() }
    #expect(scenario.state.query.visible.count == scenario.state.table.count)
  }
}
