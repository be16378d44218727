package import APIKeyModel
import KeyTable

/// A key explained in sentences: templates over facts the server reported, nothing inferred about use.
package struct Explanation: Sendable {
  package let sentences: [String]

  package init(_ apiKey: APIKey, _ input: OverlayInput) {
    var sentences: [String] = []
    if let created = apiKey.created {
      let time = CivilTime(seconds: created.seconds)
      let month = CivilDate.name(ofMonth: time.date.month)
      sentences.append(
        ExplanationText.created(
          apiKey.shownName, day: time.date.day, month: month, year: time.date.year,
          age: AgeText.relative(created.seconds, now: input.now)))
    } else {
      sentences.append(ExplanationText.creationMissing(apiKey))
    }
    if let creator = apiKey.creator {
      sentences.append(
        ExplanationText.creator(
          creator.text, has: input.keyCount(ofCreator: creator), isWhole: input.isWhole))
    } else {
      sentences.append(ExplanationText.creatorMissing(apiKey))
    }
    sentences += Explanation.abilities(apiKey)
    sentences.append(ExplanationText.neverReported)
    self.sentences = sentences
  }

  private static func abilities(_ apiKey: APIKey) -> [String] {
    switch apiKey.access {
    case .full:
      return [ExplanationText.fullAccess, ExplanationText.changesAnything]
    case .unknown:
      return [ExplanationText.accessMissing(apiKey)]
    case .limited:
      guard let set = apiKey.permissions else { return [ExplanationText.permissionsMissing(apiKey)] }
      guard set.count > 0 else { return [ExplanationText.noPermission] }
      let parts = PermissionCatalog.groups.compactMap { group -> String? in
        let actions = group.permissions.filter(set.mask.contains(index:))
          .map { PermissionCatalog.action(of: PermissionCatalog.names[$0]) }
        return actions.isEmpty ? nil : ExplanationText.actions(actions, on: group.resource)
      }
      var sentences = [ExplanationText.limited(to: set.count)] + parts
      if !set.others.isEmpty { sentences.append(ExplanationText.notInCatalogue(set.others)) }
      func can(_ resource: String) -> Bool {
        ["create", "update"].contains { action in
          PermissionCatalog.index(of: "\(resource).\(action)").map(set.mask.contains(index:)) ?? false
        }
      }
      return sentences + [ExplanationText.changesKeys(can("api_keys")), ExplanationText.changesMembers(can("members"))]
    }
  }
}
