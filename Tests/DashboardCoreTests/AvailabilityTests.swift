import APIKeyClient
import APIKeyModel
import DashboardTestSupport
import KeyTable
import Testing

@testable import DashboardCore

@Suite("When a command can run", .timeLimit(.minutes(5)))
struct AvailabilityTests {
  @Test("A command that cannot run gives its reason")
  func availability() {
    var scenario = Scenario(keys: 20)
    #expect(CommandID.open.availability(in: scenario.state) == .disabled("Still loading the first keys."))
    scenario.send(.start)
    scenario.settle()
    for id: CommandID in [.nextMarked, .compare, .reverseSort, .clearFilter, .loadAll, .nextHit] {
      guard case .disabled(let reason) = id.availability(in: scenario.state) else {
        Issue.record("\(id.rawValue) is enabled")
        continue
      }
      scenario.send(.invoke(CommandInvocation(id)))
      #expect(scenario.message == reason && reason.hasSuffix("."))
    }
    for id: CommandID in [.open, .mark, .markAll, .export, .order, .refresh, .growDetail] {
      #expect(id.availability(in: scenario.state) == .enabled)
    }
  }
}
