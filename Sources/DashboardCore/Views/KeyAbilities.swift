package import APIKeyModel

/// What a key may do, as its record has it: of each resource, the actions that are granted and those that are not.
package struct KeyAbilities: Sendable {
  package struct Resource: Sendable {
    package let group: PermissionCatalog.Group
    package let granted: [String]
    package let notGranted: [String]
  }

  /// Every permission, whatever the key lists.
  package let isFull: Bool
  /// The server does not say whether the key is limited to its list: a permission is listed or not, never granted.
  package let isListOnly: Bool
  /// The permissions of the catalogue.
  package let mask: PermissionMask
  /// Listed permissions that the catalogue does not have.
  package let others: [String]

  /// Nil for a key without full access whose list the server did not report.
  package init?(_ apiKey: APIKey) {
    isFull = apiKey.access == .full
    guard isFull || apiKey.permissions != nil else { return nil }
    isListOnly = apiKey.access == .unknown
    mask = isFull ? .all : apiKey.permissions?.mask ?? []
    others = apiKey.permissions?.others ?? []
  }

  package var count: Int { mask.count + others.count }
  package var notGrantedCount: Int { PermissionCatalog.count - mask.count }

  /// Every resource of the catalogue.
  package var resources: [Resource] {
    PermissionCatalog.groups.map { group in
      func actions(_ isGranted: Bool) -> [String] {
        group.permissions.filter { mask.contains(index: $0) == isGranted }
          .map { PermissionCatalog.action(of: PermissionCatalog.names[$0]) }
      }
      return Resource(group: group, granted: actions(true), notGranted: actions(false))
    }
  }

  /// `granted`, `not granted`, `listed` or `not listed`
  package func word(_ isGranted: Bool) -> String { KeyText.granted(isGranted, isListOnly: isListOnly) }
}
