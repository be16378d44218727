import APIKeyModel

extension Scenario {
  /// 500 keys, read whole, then changed on the server: 2 gone, 1 renamed, 1 raised, 8 new.
  package static func changed(
    columns: Int = 120, rows: Int = 40, before: (inout Scenario) -> Void = { _ in }
  ) -> Scenario {
    var scenario = Scenario(keys: 500, columns: columns, rows: rows)
    scenario.send(.start)
    scenario.run("load-all")
    scenario.settle()
    before(&scenario)
    scenario.keys[4].name = "other-name"
    scenario.keys[7].restricted = false
    scenario.keys[7].permissions = nil
    scenario.keys.removeAll { ["key-1", "key-30"].contains($0.name) }
    for number in 0..<8 {
      var key = Scenario.key(1000 + number, name: "fresh-\(number)")
      key.created = CreatedDate(seconds: Scenario.now)
      scenario.keys.insert(key, at: 0)
    }
    scenario.press("R")
    scenario.settle()
    return scenario
  }
}
