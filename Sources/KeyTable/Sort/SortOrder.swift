package import APIKeyModel

/// How rows are ordered: the first term decides, later ones break ties; none is the server's order.
package struct SortOrder: Sendable, Equatable {
  package var terms: [SortTerm]
  package init(_ terms: [SortTerm] = []) { self.terms = terms }
  package static let server = SortOrder()
  package var isServerOrder: Bool { terms.isEmpty }
  /// The same columns, each the other way.
  package var reversed: SortOrder { SortOrder(terms.map { SortTerm($0.column, descending: !$0.descending) }) }
}

package struct SortTerm: Sendable, Equatable {
  package var column: KeyField
  package var descending: Bool
  package init(_ column: KeyField, descending: Bool = false) {
    self.column = column
    self.descending = descending
  }
}
