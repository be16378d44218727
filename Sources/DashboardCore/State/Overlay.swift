import APIKeyModel

/// What can be laid over the list and the detail: always a title and rows, some of which can be chosen.
package enum OverlayKind: Equatable, Sendable {
  case help
  case messages
  case sortMenu
  case columnsMenu
  case copyMenu
  case permissionPivot
  case creatorGroups
  case histogram
  case comparison(KeyIdentifier, KeyIdentifier)
  case explanation(KeyIdentifier)
  /// Several keys that a name fits.
  case matches(KeyMatches)
}

/// An open overlay and the place in it.
package struct OverlayState: Equatable, Sendable {
  package var kind: OverlayKind
  package var selection = 0
  /// The first row shown.
  package var top = 0
  /// Rows without this text are hidden in help; elsewhere it is what `n` goes to.
  package var searchText = ""
  /// The pivot's order.
  package var rarestFirst = false

  package init(_ kind: OverlayKind) { self.kind = kind }
}
