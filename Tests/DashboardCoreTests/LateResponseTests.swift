import APIKeyClient
import APIKeyModel
import DashboardTestSupport
import KeyLoading
import TestSupport
import Testing

@testable import DashboardCore

@Suite(.timeLimit(.minutes(20))) struct LateResponseTests {
  @Test("A late response never replaces a newer one", .tags(.e10))
  func randomOrders() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var state = seed
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var late = 0
    for round in 0..<1000 {
      var scenario = Scenario(keys: 120)
      var asked: [(id: LoadID, request: PageRequest, generation: Int)] = []
      var generation = 0
      func note(_ scenario: Scenario) {
        for waiting in scenario.waiting where !asked.contains(where: { $0.id == waiting.id }) {
          asked.append((waiting.id, waiting.request, generation))
        }
      }
      /// The server's list of one generation: names say which it is from.
      func keys(_ generation: Int) -> [APIKey] { (0..<120).map { Scenario.key($0, name: "g\(generation)-\($0)") } }
      scenario.keys = keys(0)
      scenario.send(.start)
      note(scenario)
      // Re-reads and resumed loads, each while answers of older ones are still on their way.
      for _ in 0..<(1 + next(4)) {
        generation += 1
        scenario.keys = keys(generation)
        scenario.press(next(3) == 0 ? "Ctrl-c" : "R")
        if scenario.waiting.isEmpty { scenario.press("R") }
        note(scenario)
        if next(2) == 0 { answer(from: next(asked.count)) }
      }
      /// Delivers one answer, made from the list as it was when it was asked for.
      func answer(from index: Int) {
        let old = asked.remove(at: index)
        let isLate = !scenario.waiting.contains { $0.id == old.id }
        if isLate { late += 1 }
        let now = scenario.keys
        scenario.keys = keys(old.generation)
        let page = scenario.page(old.request)
        scenario.keys = now
        let before = scenario.state.table.count
        scenario.deliver(old.id, page)
        if isLate { #expect(scenario.state.table.count == before, "round \(round), seed \(seed)") }
        note(scenario)
      }
      while !asked.isEmpty { answer(from: next(asked.count)) }
      scenario.press("G")
      note(scenario)
      while !asked.isEmpty { answer(from: next(asked.count)) }
      let names = (0..<scenario.state.table.count).map { scenario.state.table.shownName(at: $0) }
      #expect(names.allSatisfy { $0.hasPrefix("g\(generation)-") }, "round \(round), seed \(seed)")
      #expect(names.count == 120, "round \(round), seed \(seed)")
    }
    #expect(late > 500)
    print("figure E10: 1,000 random orders with \(late) late answers, 0 taken (seed \(seed))")
  }

  @Test("A late response changes nothing")
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
}
