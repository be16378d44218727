/// The fields of a key, named once for every place that shows, sorts, filters, copies or writes them.
package enum KeyField: String, Sendable, CaseIterable {
  case id
  case name
  case created
  case lastFour = "last-four"
  case creator
  case access
  case permissions

  /// The name of the field in the list endpoint's JSON.
  package var wireName: String {
    switch self {
    case .id: "id"
    case .name: "name"
    case .created: "created_date"
    case .lastFour: "last_four_digits"
    case .creator: "creator_id"
    case .access: "restricted"
    case .permissions: "permissions"
    }
  }

  /// The field with this name in the list endpoint's JSON.
  package init?(wireName: String) {
    guard let field = KeyField.allCases.first(where: { $0.wireName == wireName }) else { return nil }
    self = field
  }
}

/// Some of the fields of a key.
package struct KeyFieldSet: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }
  package init(_ field: KeyField) { rawValue = 1 << UInt8(KeyField.allCases.firstIndex(of: field) ?? 0) }
  package static let all = KeyFieldSet(rawValue: 1 << UInt8(KeyField.allCases.count) - 1)
  package func contains(_ field: KeyField) -> Bool { contains(KeyFieldSet(field)) }
}
