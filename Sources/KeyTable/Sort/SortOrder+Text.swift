import APIKeyModel

/// Why a text names no sort order: a sentence without what follows from it.
package struct SortProblem: Error, Equatable, Sendable {
  package let sentence: String
}

extension SortOrder {
  /// Reads `name`, or `access,created:desc`: the first column decides, the others break ties.
  package init(parsing text: String) throws(SortProblem) {
    var terms: [SortTerm] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let pieces = part.split(separator: ":", omittingEmptySubsequences: false)
      guard let name = pieces.first, let column = NamedField(typed: String(name))?.field, column.has(.sort) else {
        let names = KeyField.all(for: .sort).map(\.name).joined(separator: ", ")
        throw SortProblem(
          sentence: part.isEmpty
            ? "A column is missing. Columns: \(names)."
            : "\(part) is not a column to sort by. Columns: \(names), each with :desc if wanted.")
      }
      guard pieces.count == 1 || (pieces.count == 2 && (pieces[1] == "asc" || pieces[1] == "desc")) else {
        throw SortProblem(sentence: "After the column of \(part) comes :asc or :desc.")
      }
      guard !terms.contains(where: { $0.column == column }) else {
        throw SortProblem(sentence: "The column \(column.name) is there twice.")
      }
      terms.append(SortTerm(column, descending: pieces.last == "desc"))
    }
    self.init(terms)
  }

  /// The order as ``init(parsing:)`` reads it; empty for the server's order.
  package var text: String {
    terms.map { $0.column.name + ($0.descending ? ":desc" : "") }.joined(separator: ",")
  }
}
