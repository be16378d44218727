package import APIKeyModel
import KeyLoading
import KeyTable
package import TerminalCore

/// The list as it is shown: only the visible rows, in words.
package struct ListViewModel: Sendable {
  package struct Column: Equatable, Sendable {
    package let column: KeyField
    /// First cell, counted from the list's left edge.
    package let start: Int
    package let width: Int
    /// The title with the sort direction where it is sorted by.
    package let title: DisplayText
  }

  package struct Row: Equatable, Sendable {
    package let isSelected: Bool
    package let isMarked: Bool
    /// What became of the key since the list was read before.
    package let change: RowChange?
    /// One text a column, not yet cut to its width; none in cursor focus.
    package let cells: [DisplayText]
    package let hasFullAccess: Bool
    /// In cursor focus the row as it is heard; nil elsewhere.
    package let spoken: DisplayText?
    /// For each cell the columns that the filter found; empty without a filter.
    package let matches: [[Range<Int>]]
  }

  /// Where the words of changed keys stand; nil where there are none.
  package let words: Range<Int>?
  /// None in cursor focus, where a row is one text.
  package let columns: [Column]
  package let rows: [Row]
  /// In cursor focus the titles of the rows' parts; nil elsewhere.
  package let spokenTitles: DisplayText?
  /// Columns that do not fit.
  package let hiddenColumns: Int
  /// Columns scrolled away to the left; Name never is.
  package let scrolledColumns: Int
  /// What is shown instead of rows; nil when there are some.
  package let emptySentence: DisplayText?

  package init(state: DashboardState) {
    let fitted = state.listColumns
    let spokenColumns =
      state.settings.cursorFocus
      ? ListColumns.fields(state.settings, horizontalScroll: state.list.horizontalScroll) : nil
    let width = state.layout.listWidth
    let chosen = fitted.columns.map { column in
      Column(
        column: column.field, start: column.start, width: column.width,
        title: ListViewModel.title(column.field, state))
    }
    words = fitted.words
    columns = chosen
    scrolledColumns = fitted.scrolledCount
    hiddenColumns = fitted.hiddenCount
    spokenTitles = spokenColumns.map { columns in
      SpokenRow.titles(columns.map { ListViewModel.title($0, state) }, width: width)
    }
    let end = min(state.list.top + state.layout.listRows, state.query.visible.count)
    rows = (state.list.top..<max(end, state.list.top)).map { index in
      let row = state.query.visible[index]
      let id = state.table.id(at: row)
      let isMarked = state.marks.contains(id)
      let cells = spokenColumns == nil ? chosen.map { state.cell($0.column, row: row) } : []
      let spoken = spokenColumns.map {
        SpokenRow($0, row: row, isMarked: isMarked, width: width, state: state).text
      }
      return Row(
        isSelected: index == state.list.position, isMarked: isMarked, change: state.change(of: id), cells: cells,
        hasFullAccess: state.table.access(at: row) == .full,
        spoken: spoken,
        matches: state.query.filter.isEmpty
          ? []
          : zip(chosen, cells).map { column, cell in
            // A filter finds nothing in the words that stand for a name.
            column.column == .name && state.table.name(at: row)?.isEmpty != false
              ? [] : MatchHighlight.ranges(in: cell, column: column.column, filter: state.query.filter)
          })
    }
    if !rows.isEmpty {
      emptySentence = nil
    } else if let error = state.load.completeness.stoppedBy, state.table.isEmpty {
      emptySentence = DisplayText(ListText.stopped(LoadText.failed(error)))
    } else {
      emptySentence = DisplayText(state.emptyListSentence)
    }
  }

  /// Which way there are more columns, for the header; empty when there are none.
  package var moreColumns: DisplayText {
    switch (scrolledColumns, hiddenColumns) {
    case (0, 0): ""
    case (0, let right): DisplayText(ListText.columnsRight(right))
    case (let left, 0): DisplayText(ListText.columnsLeft(left))
    case (let left, let right): DisplayText(ListText.columns(left: left, right: right))
    }
  }

  private static func title(_ column: KeyField, _ state: DashboardState) -> DisplayText {
    let terms = state.settings.sort.terms
    guard let index = terms.firstIndex(where: { $0.column == column }) else {
      return DisplayText(column.shortTitle)
    }
    if state.settings.cursorFocus {
      return DisplayText(ListText.sorted(column, descending: terms[index].descending))
    }
    let rank = terms.count > 1 ? "\(index + 1)" : ""
    return DisplayText(column.shortTitle + (terms[index].descending ? state.glyphs.down : state.glyphs.up) + rank)
  }
}

extension DashboardState {
  /// The text of one column of a table row.
  func cell(_ column: KeyField, row: Int) -> DisplayText {
    ListRowText.cell(column, row: row, of: table, absoluteTime: settings.absoluteTime, now: environment.now)
  }
}
