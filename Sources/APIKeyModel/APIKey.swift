/// One API key as the list endpoint describes it: a credential's facts, never the credential.
///
/// Source: the items of `data` in the answer of `GET /v1/api_key/`. What the server left out or sent as null is nil:
/// "not reported", which is never the same as "no".
package struct APIKey: Hashable, Sendable {
  package var id: KeyIdentifier
  package var name: String
  package var created: CreatedDate?
  /// The date as sent, kept only where ``CreatedDate/canonicalText`` does not give it back (an irregular form, or text
  /// that is no date).
  package var createdText: String?
  package var lastFour: String?
  package var creator: KeyIdentifier?
  /// Whether the key is limited to a list of permissions.
  package var restricted: Bool?
  /// The listed permissions; nil when the server sent null or nothing.
  package var permissions: PermissionSet?
  /// True when the server sent no `permissions` field at all (rather than null).
  package var permissionsAbsent: Bool

  package init(
    id: KeyIdentifier, name: String, created: CreatedDate? = nil, createdText: String? = nil,
    lastFour: String? = nil, creator: KeyIdentifier? = nil, restricted: Bool? = nil,
    permissions: PermissionSet? = nil, permissionsAbsent: Bool = false
  ) {
    self.id = id
    self.name = name
    self.created = created
    self.createdText = createdText
    self.lastFour = lastFour
    self.creator = creator
    self.restricted = restricted
    self.permissions = permissions
    self.permissionsAbsent = permissionsAbsent
  }

  package var access: KeyAccess { KeyAccess(restricted: restricted) }

  /// The creation date in the server's own words, for output that must be exact; nil when not reported.
  package var createdWireText: String? { createdText ?? created?.canonicalText }
}

/// How much a key may do, in one word.
package enum KeyAccess: UInt8, Sendable, CaseIterable {
  /// Every permission, now and in future.
  case full
  /// Only the permissions it lists.
  case limited
  /// The server did not say.
  case unknown

  package init(restricted: Bool?) {
    switch restricted {
    case .some(false): self = .full
    case .some(true): self = .limited
    case .none: self = .unknown
    }
  }

  package var word: String {
    switch self {
    case .full: "full"
    case .limited: "limited"
    case .unknown: "unknown"
    }
  }
}
