/// A form that keys are written in.
package enum ExportFormat: String, CaseIterable, Sendable {
  /// Aligned columns, for eyes.
  case table
  /// One sentence a key, for ears.
  case plain
  case tsv
  case csv
  case json
  case ndjson
  case markdown

  /// The format a file's name asks for; nil when its ending says nothing.
  package init?(fileName: String) {
    guard let dot = fileName.lastIndex(of: ".") else { return nil }
    switch fileName[fileName.index(after: dot)...].lowercased() {
    case "csv": self = .csv
    case "tsv", "tab": self = .tsv
    case "json": self = .json
    case "ndjson", "jsonl": self = .ndjson
    case "md", "markdown": self = .markdown
    case "txt": self = .table
    default: return nil
    }
  }
}

/// A column of the formats that have columns.
package enum ExportColumn: String, CaseIterable, Sendable {
  case id
  case name
  case access
  case permissions
  case created
  case creator
  case lastFour = "last-four"
  /// How many permissions are listed.
  case count

  /// A column by the name a user types; the API's field names work too.
  package init?(typed text: String) {
    switch text.lowercased() {
    case "created_date": self = .created
    case "creator_id": self = .creator
    case "last4", "last_four", "last_four_digits": self = .lastFour
    case "restricted": self = .access
    case "perms": self = .permissions
    case let other:
      guard let column = ExportColumn(rawValue: other) else { return nil }
      self = column
    }
  }

  /// For eyes: names first, counts instead of lists.
  package static let shown: [ExportColumn] = [.name, .access, .count, .created, .creator, .lastFour, .id]
  /// For programs.
  package static let complete: [ExportColumn] = [.id, .name, .created, .lastFour, .creator, .access, .permissions]

  var title: String {
    switch self {
    case .id: "ID"
    case .name: "NAME"
    case .access: "ACCESS"
    case .permissions: "PERMISSIONS"
    case .created: "CREATED"
    case .creator: "CREATOR"
    case .lastFour: "LAST FOUR"
    case .count: "PERMS"
    }
  }
}
