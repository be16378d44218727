import APIKeyModel
import KeyTable

/// A key explained in sentences: templates over facts the server reported, nothing inferred about use.
package struct Explanation: Sendable {
  package let sentences: [String]

  package init(_ apiKey: APIKey, row: Int, state: DashboardState) {
    var sentences: [String] = []
    if let created = apiKey.created {
      let time = CivilTime(seconds: created.seconds)
      let month = CivilDate.name(ofMonth: time.date.month)
      sentences.append(
        "\(apiKey.name) was created on \(time.date.day) \(month) \(time.date.year), \(AgeText.relative(created.seconds, now: state.now))."
      )
    } else {
      sentences.append("\(apiKey.name): the server did not report when it was created.")
    }
    if let creator = apiKey.creator, let index = state.table.creator(at: row) {
      let part = state.load.completeness.isComplete ? "" : " among those loaded"
      sentences.append(
        "Its creator \(creator.text) has \(NumberText.count(state.table.keyCount(of: index), "key"))\(part).")
    } else {
      sentences.append("Its creator was not reported.")
    }
    sentences += Explanation.abilities(apiKey)
    sentences.append(
      "The server does not report when the key was last used, whether it expires, or the creator's name.")
    self.sentences = sentences
  }

  private static func abilities(_ apiKey: APIKey) -> [String] {
    switch apiKey.access {
    case .full:
      return [
        "It has full access: every permission, now and in future.",
        "It can create and change keys and members.",
      ]
    case .unknown:
      return ["The server did not say whether it is limited."]
    case .limited:
      guard let set = apiKey.permissions else { return ["It is limited, but its permissions were not reported."] }
      guard set.count > 0 else { return ["It is limited and lists no permission."] }
      let parts = PermissionCatalog.groups.compactMap { group -> String? in
        let actions = group.permissions.filter(set.mask.contains(index:))
          .map { PermissionCatalog.action(of: PermissionCatalog.names[$0]) }
        return actions.isEmpty ? nil : "\(group.resource): \(actions.joined(separator: ", "))"
      }
      var sentences = ["It is limited to \(NumberText.count(set.count, "permission"))."]
      sentences += parts.map { "\($0)." }
      if !set.others.isEmpty { sentences.append("Not in the catalogue: \(set.others.joined(separator: ", ")).") }
      func can(_ resource: String) -> Bool {
        ["create", "update"].contains { action in
          PermissionCatalog.index(of: "\(resource).\(action)").map(set.mask.contains(index:)) ?? false
        }
      }
      sentences.append("It \(can("api_keys") ? "can" : "cannot") create or change keys.")
      sentences.append("It \(can("members") ? "can" : "cannot") create or change members.")
      return sentences
    }
  }
}
