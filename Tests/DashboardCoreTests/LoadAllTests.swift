import APIKeyClient
import APIKeyModel
import DashboardTestSupport
import TestSupport
import Testing

@testable import DashboardCore
@testable import KeyLoading

@Suite("The load-all command", .timeLimit(.minutes(5)))
struct LoadAllTests {
  @Test("last (G) loads everything in pages of 1000, Ctrl-C stops it, and refresh (r) resumes from the same cursor")
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

  @Test("load-all (L) reports the completeness of a file, and never counts unreadable records as loaded", .tags(.t8))
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
}
