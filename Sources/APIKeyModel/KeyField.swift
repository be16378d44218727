/// The fields of a key, named once for all code that shows, sorts, filters, copies or writes them.
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

  /// Its bit position in a ``KeyFieldSet``.
  fileprivate var bit: UInt8 {
    switch self {
    case .id: 0
    case .name: 1
    case .created: 2
    case .lastFour: 3
    case .creator: 4
    case .access: 5
    case .permissions: 6
    }
  }

  /// The field with this name in the list endpoint's JSON.
  package init?(wireName: String) {
    guard let field = KeyField.allCases.first(where: { $0.wireName == wireName }) else { return nil }
    self = field
  }
}

extension KeyField {
  /// What a user may name a field for.
  package enum Use: CaseIterable, Sendable {
    /// A column of the list on the screen.
    case column
    case sort
    /// The name of a condition, and a value of `has:`.
    case filter
    case copy
    /// A column of `list --columns`.
    case export
  }

  /// As it is typed and stored.
  package var name: String { rawValue }

  /// As a label.
  package var title: String {
    switch self {
    case .id: "Id"
    case .name: "Name"
    case .created: "Created"
    case .lastFour: "Last four"
    case .creator: "Creator"
    case .access: "Access"
    case .permissions: "Permissions"
    }
  }

  /// Where there is little room.
  package var shortTitle: String { self == .permissions ? "Perms" : title }

  /// Aliases, in every use. Case does not matter, and `_`, `-` and a space are the same.
  package var aliases: [String] {
    switch self {
    case .id, .name: []
    case .created: ["created_date"]
    case .lastFour: ["last4", "last_four_digits"]
    case .creator: ["creator_id"]
    case .access: ["restricted"]
    case .permissions: ["perm"] + KeyField.countNames
    }
  }

  /// Names of ``permissions`` that mean how many there are, where the list could be meant too.
  package static let countNames = ["count", "perms"]

  package func has(_ use: Use) -> Bool { self != .id || use != .column }

  /// The fields of a use, what people look at first before the others.
  package static func all(for use: Use) -> [KeyField] {
    [.name, .access, .permissions, .created, .creator, .lastFour, .id].filter { $0.has(use) }
  }

  /// The columns that the list can show, in the order shown. Narrow screens drop the last ones first.
  package static let columns = all(for: .column)
}

/// A field as a user names it: of the permissions either the list or their number.
package struct NamedField: Hashable, Sendable {
  package let field: KeyField
  /// The number of permissions is meant.
  package let isCount: Bool

  package init(_ field: KeyField, isCount: Bool = false) {
    self.field = field
    self.isCount = isCount && field == .permissions
  }

  package static let id = NamedField(.id)
  package static let name = NamedField(.name)
  package static let created = NamedField(.created)
  package static let lastFour = NamedField(.lastFour)
  package static let creator = NamedField(.creator)
  package static let access = NamedField(.access)
  package static let permissions = NamedField(.permissions)
  package static let count = NamedField(.permissions, isCount: true)

  /// What a typed name means, the same in every use; nil where it is no field.
  package init?(typed text: String) {
    guard let found = NamedField.byName[NamedField.folded(text)] else { return nil }
    self = found
  }

  /// As it is typed and stored.
  package var typedName: String { isCount ? KeyField.countNames[0] : field.name }

  private static let byName: [String: NamedField] = {
    var names: [String: NamedField] = [:]
    for field in KeyField.allCases {
      for name in [field.name] + field.aliases {
        names[folded(name)] = NamedField(field, isCount: KeyField.countNames.contains(name))
      }
    }
    return names
  }()

  private static func folded(_ name: String) -> String {
    String(name.lowercased().map { $0 == "_" || $0 == " " ? "-" : $0 })
  }
}

extension APIKey {
  /// The value for programs: a word for the access, the list endpoint's own text for everything else; permissions are
  /// separated by spaces, and their number is `all` for full access. Nil where it was not reported.
  package func text(of named: NamedField) -> String? {
    switch named.field {
    case .id: id.text
    case .name: name
    case .created: createdWireText
    case .lastFour: lastFour
    case .creator: creator?.text
    case .access: access.word
    case .permissions where named.isCount: access == .full ? "all" : permissions.map { String($0.count) }
    case .permissions: permissions?.list.joined(separator: " ")
    }
  }
}

/// Some of the fields of a key.
package struct KeyFieldSet: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }
  package init(_ field: KeyField) { rawValue = 1 << field.bit }
  /// A literal `[]` is made of an array, once for each key.
  package static var none: KeyFieldSet { KeyFieldSet(rawValue: 0) }
  package static let all = KeyFieldSet(rawValue: 1 << UInt8(KeyField.allCases.count) - 1)
  package func contains(_ field: KeyField) -> Bool { contains(KeyFieldSet(field)) }
}
