package import APIKeyClient
package import APIKeyModel
package import KeyTable

/// What differs since the list was read whole the time before, until it is read again.
package struct ListChanges: Sendable {
  /// Of how many changed keys at most the values before are kept.
  package static let mostValues = 100_000

  /// Of how many gone keys at most a table of their own is made.
  static let mostCopied = 50_000

  /// A table with the keys that are no longer in the list, as they were; where they are many, all of the list before.
  package private(set) var gone = KeyTable()
  /// Those of its rows that are gone.
  package private(set) var goneRows = RowSet()
  package private(set) var goneCount = 0
  /// The server's order that they are in.
  package private(set) var order = ListOrder.descending
  package private(set) var changes: [KeyIdentifier: KeyChange] = [:]
  /// Changed keys as they were; none where more than ``mostValues`` changed.
  package private(set) var before: [KeyIdentifier: APIKey] = [:]
  /// Keys that differ in each way; permissions that were added and others that were removed are one way.
  package private(set) var counts: [KeyChange: Int] = [:]
  /// New keys that were in the list when it was read whole the last time; those that a look brings later are not among
  /// them.
  package private(set) var added: Set<KeyIdentifier> = []
  /// When the list was read that this one is compared with, in seconds since the epoch; nil where that is not known.
  package private(set) var since: Int64?
  /// The keys compared with, where they were not the whole list: which keys are new is not known then.
  package private(set) var partialCount: Int?
  /// Rows between the top of the screen and the selected one, to be kept when the rows of the new list are here.
  private var rowsAbove: Int?

  /// Nothing was compared.
  package init() {}

  /// Compares a table with the one before.
  ///
  /// `since` is when that one was read whole, in seconds since the epoch; `wasWhole` is false where it was a part of the
  /// list. `order` is the server's. `found` are keys that looks found since the last whole read.
  init(
    from previous: KeyTable, to table: KeyTable, since: Int64?, wasWhole: Bool, order: ListOrder,
    found: Set<KeyIdentifier>, rowsAbove: Int
  ) {
    let difference = table.difference(from: previous)
    self.since = wasWhole ? since : nil
    partialCount = wasWhole ? nil : previous.count
    self.order = order
    self.rowsAbove = rowsAbove
    goneCount = difference.gone.count
    let isCopied = goneCount <= ListChanges.mostCopied
    gone = isCopied ? previous.keys(at: difference.gone) : previous
    goneRows = isCopied ? RowSet(0..<goneCount) : RowSet(difference.gone)
    let keepsValues = difference.changed.count <= ListChanges.mostValues
    for changed in difference.changed {
      let id = table.id(at: changed.new)
      changes[id] = changed.change
      if keepsValues { before[id] = previous[changed.old] }
      for kind in changed.change.kinds { counts[kind, default: 0] += 1 }
    }
    guard wasWhole else { return }
    added = found.filter { table.row(of: $0) != nil }
    for row in difference.added { added.insert(table.id(at: row)) }
  }

  mutating func addFound(_ ids: Set<KeyIdentifier>) { added.formUnion(ids) }

  mutating func takeRowsAbove() -> Int? {
    defer { rowsAbove = nil }
    return rowsAbove
  }

  package var changedCount: Int { changes.count }
  package var isEmpty: Bool { goneCount == 0 && changes.isEmpty && added.isEmpty }
}

/// What a row shows of its key beside the fields: a sign and a word.
package enum RowChange: Equatable, Sendable {
  case gone
  case new
  case changed(KeyChange)

  /// One cell, for the column of marks.
  package var sign: String {
    switch self {
    case .gone: "-"
    case .new: "+"
    case .changed(let change): change.contains(.raised) ? "!" : "~"
    }
  }

  /// One word: the gravest of the changes.
  package var word: String { ChangeText.word(self) }
}
