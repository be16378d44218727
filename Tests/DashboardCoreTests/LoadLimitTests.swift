import APIKeyClient
import APIKeyModel
import DashboardTestSupport
import Synchronization
import TestSupport
import Testing

@testable import DashboardCore

/// A load that reaches a limit is a part, says so, and asks for nothing more.
@Suite(.timeLimit(.minutes(20))) struct LoadLimitTests {
  @Test(
    "Loading stops at the key limit, and no command loads more", .tags(.s10),
    arguments: [1, 999, 1000, 2500, 4999])
  func keys(limit: Int) {
    for hasBothOrders in [false, true] {
      var scenario = Scenario(keys: 5000) {
        $0.limits = LoadLimits(keys: limit)
        $0.hasBothOrders = hasBothOrders
      }
      scenario.send(.start)
      scenario.settle()
      scenario.run("load-all")
      scenario.settle()
      #expect(scenario.state.table.count == limit)
      #expect(scenario.state.load.completeness == .stopped(.tooManyKeys(limit: limit)))
      #expect(scenario.message.contains("--max-keys"))
      #expect(!scenario.status.contains("press r"))
      let requests = scenario.requests.count
      for command in ["load-all", "refresh", "bottom", "load-all"] {
        scenario.run(command)
        scenario.settle()
      }
      #expect(scenario.requests.count == requests && scenario.state.table.count == limit)
      #expect(!scenario.state.load.completeness.isComplete && scenario.state.load.duplicates == 0)
    }
  }

  @Test("A list of exactly the key limit is complete", .tags(.s10), arguments: [false, true])
  func exactly(hasBothOrders: Bool) {
    var scenario = Scenario(keys: 5000) {
      $0.limits = LoadLimits(keys: 5000)
      $0.hasBothOrders = hasBothOrders
    }
    scenario.send(.start)
    scenario.settle()
    scenario.run("load-all")
    scenario.settle()
    #expect(scenario.state.table.count == 5000 && scenario.state.load.completeness.isComplete)
  }

  @Test("refresh reports new keys beyond the limit and changes nothing", .tags(.s10))
  func refresh() {
    var scenario = Scenario(keys: 100) { $0.limits = LoadLimits(keys: 101) }
    scenario.send(.start)
    scenario.settle()
    scenario.run("load-all")
    scenario.settle()
    #expect(scenario.state.load.completeness.isComplete)
    scenario.keys = (1...5).map { Scenario.key(-$0 - 1 + 10_000) } + scenario.keys
    scenario.run("refresh")
    scenario.settle()
    #expect(scenario.state.table.count == 100)
    #expect(scenario.message.contains("--max-keys"), "\(scenario.message)")
  }

  @Test("Loading stops at the memory limit", .tags(.s10))
  func memory() {
    final class Used: Sendable { let bytes = Mutex(0) }
    let used = Used()
    var scenario = Scenario(keys: 5000) {
      $0.limits = LoadLimits(memory: 1000, memoryInUse: { used.bytes.withLock { $0 } })
      $0.hasBothOrders = false
    }
    scenario.send(.start)
    scenario.settle()
    used.bytes.withLock { $0 = 1001 }
    scenario.run("load-all")
    scenario.settle()
    #expect(scenario.state.load.completeness == .stopped(.tooMuchMemory(limitBytes: 1000)))
    #expect(scenario.state.table.count < 5000 && scenario.message.contains("--max-memory"))
    // Reading again starts over: the memory may be free then.
    used.bytes.withLock { $0 = 0 }
    scenario.press("R")
    scenario.settle()
    scenario.run("load-all")
    scenario.settle()
    #expect(scenario.state.load.completeness.isComplete)
  }
}
