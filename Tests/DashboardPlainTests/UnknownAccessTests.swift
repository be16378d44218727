import APIKeyModel
import DashboardCore
import DashboardTestSupport
import TestSupport
import Testing

@testable import DashboardPlain

/// A key of which the server does not say whether it is limited: its list says nothing about other permissions.
@Suite("Access that is not known", .timeLimit(.minutes(5))) struct UnknownAccessTests {
  @Test("Permissions of a key with unknown access are listed or not listed, never granted", .tags(.t2))
  func listedOnly() {
    var scenario = Scenario(keys: 3)
    scenario.keys[0].restricted = nil
    scenario.keys[0].permissions = PermissionSet(["calls.view", "own.thing"])
    scenario.send(.start)
    scenario.settle()
    let lines = DetailViewModel(state: scenario.state).lines.map(\.plainText.string)
    #expect(lines.contains("Permissions: 2 listed, \(PermissionCatalog.count - 1) not listed"), "\(lines)")
    #expect(!lines.contains { $0.contains("granted") }, "\(lines)")
    for text in [Phrasebook.permissions(scenario.keys[0]), Phrasebook.everyPermission(scenario.keys[0])] {
      #expect(!text.contains { $0.contains("granted") } && text.contains { $0.contains("not listed") }, "\(text)")
    }
    scenario.keys[1].restricted = true
    #expect(Phrasebook.permissions(scenario.keys[1]).contains { $0.contains("not granted") })
  }
}
