package import APIKeyModel

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

  /// The format of a file by its name; nil if its extension is not known.
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

/// The columns of the formats that have columns.
extension NamedField {
  /// Every column that can be asked for.
  package static let exportColumns: [NamedField] =
    KeyField.allCases.filter { $0.has(.export) }.map { NamedField($0) } + [.count]
  /// For eyes: names first, counts instead of lists.
  package static let shown: [NamedField] = [.name, .access, .count, .created, .creator, .lastFour, .id]
  /// For programs.
  package static let complete: [NamedField] = [.id, .name, .created, .lastFour, .creator, .access, .permissions]

  var heading: String { (isCount ? field.shortTitle : field.title).uppercased() }
}
