package import APIKeyModel
import KeyTable

/// A key explained in sentences: templates over facts the server reported, nothing inferred about use.
package struct Explanation: Sendable {
  package let sentences: [String]

  package init(_ apiKey: APIKey, _ input: OverlayInput) {
    var sentences: [String] = []
    if let created = apiKey.created {
      sentences.append(
        ExplanationText.created(
          apiKey.shownName, on: MomentText.dateInWords(created.seconds),
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
      guard let abilities = KeyAbilities(apiKey) else { return [ExplanationText.permissionsMissing(apiKey)] }
      guard abilities.count > 0 else { return [ExplanationText.noPermission] }
      let parts = abilities.resources.filter { !$0.granted.isEmpty }
        .map { ExplanationText.actions($0.granted, on: $0.group.resource) }
      var sentences = [ExplanationText.limited(to: abilities.count)] + parts
      if !abilities.others.isEmpty { sentences.append(ExplanationText.notInCatalogue(abilities.others)) }
      func can(_ resource: String) -> Bool {
        ["create", "update"].contains { action in
          PermissionCatalog.index(of: "\(resource).\(action)").map(abilities.mask.contains(index:)) ?? false
        }
      }
      return sentences + [ExplanationText.changesKeys(can("api_keys")), ExplanationText.changesMembers(can("members"))]
    }
  }
}
