import APIKeyClient
import APIKeyModel
import DashboardTestSupport
import TestSupport
import Testing

@testable import DashboardCore
@testable import KeyLoading

@Suite("Loading pages", .timeLimit(.minutes(5))) struct PageLoadingTests {
  @Test("The start requests exactly one page of 50 keys")
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

  @Test("A server that ignores the cursor stops the load, and keys are shown once")
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
}
