import APIKeyModel
import DashboardCore
import Testing

@testable import DashboardPlain

/// A key of which the server does not say whether it is limited: its list says nothing about other permissions.
@Suite("Access that is not known") struct UnknownAccessTests {
  @Test("T2 permissions of a key whose access is not known are listed or not listed, never granted")
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

  @Test("T24 a filter with a mistake that is the first thing typed is judged when the list is whole")
  func judgedLate() {
    var scenario = Scenario(keys: 600)
    scenario.send(.start)
    scenario.answer()
    scenario.run("filter perm:billing.viw")
    scenario.settle()
    #expect(scenario.state.load.completeness.isComplete && scenario.state.query.visible.isEmpty)
    #expect(scenario.message.contains("no permission `billing.viw`"), "\(scenario.message)")
  }
}
