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
    #expect(scenario.state.availability(of: .open(nil)) == .disabled(.noRows(.loadingFirst)))
    #expect(ListText.empty(.loadingFirst) == "Still loading the first keys.")
    scenario.send(.start)
    scenario.settle()
    for command: Command in [.nextMarked, .compare(nil), .reverseSort, .clearFilter, .loadAll, .nextHit] {
      guard case .disabled(let reason) = scenario.state.availability(of: command) else {
        Issue.record("\(command.id.rawValue) is enabled")
        continue
      }
      let sentence = reason.sentence(scenario.state.wording)
      scenario.send(.invoke(command))
      #expect(scenario.message == sentence && sentence.hasSuffix("."))
    }
    let enabled: [Command] = [
      .open(nil), .mark(nil), .markAll, .export(path: nil), .order(nil), .refresh, .growDetail,
    ]
    for command in enabled {
      #expect(scenario.state.availability(of: command) == .enabled)
    }
  }
}
