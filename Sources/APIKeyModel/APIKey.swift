/// One API key as the list endpoint describes it: a credential's facts, never the credential.
///
/// Source: the items of `data` in the response to `GET /v1/api_key/`. What the server left out or sent as null is nil:
/// "not reported", which is never the same as "no"; what it sent in another type or form is nil too, and kept in
/// ``notUnderstood``: see ``state(of:)``.
package struct APIKey: Hashable, Sendable {
  package var id: KeyIdentifier
  /// Nil when not reported or not understood; an empty name is one.
  package var name: String?
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
  /// Fields that the server left out (rather than sent as null).
  package var absent: KeyFieldSet
  /// Fields that hold something else than a value of theirs.
  package var notUnderstood: [KeyField: NotUnderstood]
  /// Fields whose text was damaged: U+FFFD replaces what could not be read.
  package var damaged: KeyFieldSet
  /// True where the id was sent as a JSON number; ``id`` is its text.
  package var idIsNumber: Bool

  package init(
    id: KeyIdentifier, name: String?, created: CreatedDate? = nil, createdText: String? = nil,
    lastFour: String? = nil, creator: KeyIdentifier? = nil, restricted: Bool? = nil,
    permissions: PermissionSet? = nil, absent: KeyFieldSet = .none, notUnderstood: [KeyField: NotUnderstood] = [:],
    damaged: KeyFieldSet = .none, idIsNumber: Bool = false
  ) {
    self.id = id
    self.name = name
    self.created = created
    self.createdText = createdText
    self.lastFour = lastFour
    self.creator = creator
    self.restricted = restricted
    self.permissions = permissions
    self.absent = absent
    self.notUnderstood = notUnderstood
    self.damaged = damaged
    self.idIsNumber = idIsNumber
  }

  package var access: KeyAccess { KeyAccess(restricted: restricted) }

  /// The creation date in the server's own words, for output that must be exact; nil when not reported.
  package var createdWireText: String? { createdText ?? created?.canonicalText }

  /// What the server sent for a field.
  package func state(of field: KeyField) -> FieldState {
    if let odd = notUnderstood[field] { return .notUnderstood(odd) }
    let hasValue =
      switch field {
      case .id: true
      case .name: name != nil
      case .created: created != nil
      case .lastFour: lastFour != nil
      case .creator: creator != nil
      case .access: restricted != nil
      case .permissions: permissions != nil
      }
    if hasValue { return .value }
    if field == .created, let createdText { return .notUnderstood(NotUnderstood(text: createdText)) }
    return .notReported
  }

  /// The text shown instead of a field's value: `not reported`, or `not understood: ` and its JSON; nil where it has
  /// one. Not sanitized.
  package func withoutValue(_ field: KeyField) -> String? {
    switch state(of: field) {
    case .value: nil
    case .notReported: "not reported"
    case .notUnderstood(let odd): odd.words
    }
  }

  /// A text that is a value: `(empty)` where there is nothing to be seen of it.
  package static func shown(_ text: String) -> String { text.isEmpty ? "(empty)" : text }

  /// The name, or what is shown instead of it: `(no name)`, `(empty name)`, `not understood: {"a":1}`. Not sanitized.
  package var shownName: String { APIKey.shownName(name, state(of: .name)) }

  package static func shownName(_ name: String?, _ state: FieldState) -> String {
    if case .notUnderstood(let odd) = state { return odd.words }
    return name.map { $0.isEmpty ? "(empty name)" : $0 } ?? "(no name)"
  }

  /// Whether some field was damaged or not understood.
  package var isOdd: Bool {
    !damaged.isEmpty || !notUnderstood.isEmpty || (created == nil && createdText != nil)
  }
}

/// How much a key may do, in one word.
package enum KeyAccess: UInt8, Sendable, CaseIterable {
  /// Every permission, now and in future.
  case full
  /// Only the permissions it lists.
  case limited
  /// The server did not report it.
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
