import APIKeyModel

/// What Tab can put at the caret of a filter being typed.
package struct FilterCompletion: Sendable, Equatable {
  /// The part of the text to replace, in Unicode scalars.
  package let range: Range<Int>
  package let replacement: String

  /// The whole text with this candidate in it.
  package func applied(to scalars: [Unicode.Scalar]) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[..<range.lowerBound])
    view.append(contentsOf: replacement.unicodeScalars)
    view.append(contentsOf: scalars[range.upperBound...])
    return String(view)
  }

  /// Candidates for the word before `caret` (in Unicode scalars): field names, then each field's values.
  ///
  /// Permissions and creators are those of the catalogue and of the table; at most 100 are given.
  package static func candidates(_ text: String, caret: Int, table: KeyTable) -> [FilterCompletion] {
    let scalars = Array(text.unicodeScalars)
    let caret = min(max(caret, 0), scalars.count)
    var start = caret
    while start > 0, !scalars[start - 1].properties.isWhitespace, !"()|\"".unicodeScalars.contains(scalars[start - 1]) {
      start -= 1
    }
    if start < caret, scalars[start] == "-" || scalars[start] == "!" { start += 1 }
    let word = scalars[start..<caret]
    guard let operation = word.firstIndex(where: { ":=<>!".unicodeScalars.contains($0) }) else {
      return matching(FilterParser.fieldNames.map { $0 + ":" }, scalars, start..<caret)
    }
    let name = String(String.UnicodeScalarView(scalars[start..<operation])).lowercased()
    var valueStart = operation
    while valueStart < caret, ":=<>!".unicodeScalars.contains(scalars[valueStart]) { valueStart += 1 }
    if let comma = scalars[valueStart..<caret].lastIndex(of: ",") { valueStart = comma + 1 }
    return matching(values(of: FilterParser.canonical(name) ?? name, table), scalars, valueStart..<caret)
  }

  private static func values(of field: String, _ table: KeyTable) -> [String] {
    switch field {
    case "perm":
      var others: Set<[UInt8]> = []
      for index in 0..<table.chunkCount {
        for set in table.chunk(index).rare.permissionLists.values {
          others.formUnion(set.others.map { Array($0.utf8) })
        }
      }
      let seen = others.sorted { $0.lexicographicallyPrecedes($1) }.map { String(decoding: $0, as: UTF8.self) }
      return PermissionCatalog.groups.map { $0.resource + ".*" } + PermissionCatalog.names + seen
    case "creator": return table.creators.identifiers.map(\.text)
    default: return FilterValues.examples(of: field)
    }
  }

  private static func matching(
    _ words: [String], _ scalars: [Unicode.Scalar], _ range: Range<Int>
  ) -> [FilterCompletion] {
    let typed = String(String.UnicodeScalarView(scalars[range])).lowercased()
    return words.lazy.filter { $0.utf8.starts(with: typed.utf8) && $0.utf8.count > typed.utf8.count }.prefix(100)
      .map { FilterCompletion(range: range, replacement: $0) }
  }
}
