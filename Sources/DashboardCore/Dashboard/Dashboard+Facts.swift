package import APIKeyClient
package import APIKeyModel
import KeyLoading
package import KeyTable
package import TerminalCore

/// What follows from several parts: which table is shown, and what of it.
extension DashboardState {
  /// The table whose rows are shown: those of the list, or the keys that are gone where the filter asks for them.
  package var table: KeyTable {
    _read {
      if query.filter.asksForGone { yield loading.changes.gone } else { yield load.table }
    }
  }

  /// What became of a key since the list was read before; nil where nothing did.
  package func change(of id: KeyIdentifier) -> RowChange? {
    if query.filter.asksForGone { return .gone }
    // A key is new to the screen, whatever it was before that.
    if loading.newKeys.contains(id) { return .new }
    return loading.changes.changes[id].map { .changed($0) }
  }

  /// Cells of the longest word that a row of the list can have beside its name; 0 where no row has one.
  package var changeWordWidth: Int {
    if query.filter.asksForGone { return RowChange.gone.word.utf8.count }
    let words = (loading.newKeys.isEmpty ? [] : [RowChange.new]) + loading.changes.counts.keys.map { .changed($0) }
    return words.map(\.word.utf8.count).max() ?? 0
  }

  /// The keys that a filter is asked of: those of the list, or those that are gone.
  func table(for filter: Filter) -> KeyTable { filter.asksForGone ? loading.changes.gone : allKeys }

  /// A key by its id, also where the rows on the screen are of the other table.
  package func apiKey(of id: KeyIdentifier) -> APIKey? {
    if let row = allKeys.row(of: id) { return allKeys[row] }
    return loading.changes.gone.row(of: id).map { loading.changes.gone[$0] }
  }

  /// The server's order of the rows that are shown.
  package var shownOrder: ListOrder { query.filter.asksForGone ? loading.changes.order : order }

  /// Keys in the list of one creator.
  package func keyCount(ofCreator id: KeyIdentifier) -> Int {
    allKeys.creator(identifiedBy: id).map(allKeys.keyCount(of:)) ?? 0
  }

  /// The keys that a search was among where it was not among all: some are not loaded, or could not be read.
  var countWherePartial: Int? { load.isKnownWhole == true ? nil : allKeys.count }
  var loadedKeys: LoadedKeys { LoadedKeys(count: allKeys.count, isComplete: load.completeness.isAtEnd) }

  /// What the filter may ask besides the table.
  package var filterContext: FilterContext {
    context(for: query.filter)
  }

  /// The same for another filter. Sets of rows are made for what asks for them only.
  func context(for filter: Filter) -> FilterContext {
    let table = table(for: filter)
    func rows(_ isUsed: Bool, _ ids: some Sequence<KeyIdentifier>) -> RowSet {
      isUsed ? RowSet(ids.compactMap { table.row(of: $0) }) : []
    }
    return FilterContext(
      now: environment.now, marked: rows(filter.usesMarks, marks.ids), newRows: rows(filter.usesNew, loading.newKeys),
      changedRows: rows(filter.usesChanged, loading.changes.changes.keys),
      goneRows: filter.asksForGone ? loading.changes.goneRows : [])
  }

  package var wording: CommandWording { CommandWording(isPlain: configuration.isPlain) }
  package var glyphs: Glyphs { .current }
}

extension CountedKeys {
  init(_ state: DashboardState) {
    self.init(
      matching: state.query.filter.isEmpty ? nil : state.query.visible.count,
      loaded: state.load.completeness.isAtEnd ? nil : state.allKeys.count, isLoading: state.load.isLoading,
      isFile: state.configuration.isFile,
      isSearching: state.query.evaluation != nil || state.query.searched < state.table.count,
      isNarrow: state.environment.width < 64 && !state.configuration.isPlain)
  }
}
