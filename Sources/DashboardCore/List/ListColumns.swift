package import APIKeyModel
import KeyTable

/// How the columns share the list's width: pure arithmetic, so that drawing, clicks, scrolling and the layout agree.
/// All widths are in cells.
package struct ListColumns: Equatable, Sendable {
  package struct Column: Equatable, Sendable {
    package let field: KeyField
    /// First cell, counted from the list's left edge.
    package let start: Int
    package let width: Int
  }

  /// None in cursor focus, where a row is one text.
  package let columns: [Column]
  /// Where the words of changed keys are; nil where there are none.
  package let words: Range<Int>?
  /// Columns that do not fit.
  package let hiddenCount: Int
  /// Columns scrolled away to the left; Name never is.
  package let scrolledCount: Int

  /// Before the name: the mark.
  static let markWidth = 2
  /// Between two columns.
  static let gap = 2
  private static let widestName = 36
  private static let narrowestName = 20

  /// Fits columns into a width: Name takes what is left, the last ones go first. Behind Name there is room for the words
  /// of changed keys, `wordWidth` cells, 0 where there are none.
  init(_ settings: DisplaySettings, horizontalScroll: Int, width: Int, wordWidth: Int) {
    scrolledCount = min(horizontalScroll, max(settings.columns.count - 1, 0))
    let fields = ListColumns.fields(settings, horizontalScroll: horizontalScroll)
    guard !settings.cursorFocus else {
      columns = []
      words = nil
      hiddenCount = ListColumns.hiddenSpokenCount(fields, width: width)
      return
    }
    var rest = Array(fields.dropFirst())
    func needed() -> Int { rest.reduce(0) { $0 + $1.width(settings) + ListColumns.gap } }
    let wordRoom = wordWidth == 0 ? 0 : wordWidth + ListColumns.gap
    let beside = ListColumns.markWidth + wordRoom
    while !rest.isEmpty, beside + ListColumns.narrowestName + needed() > width { rest.removeLast() }
    let name = Column(
      field: .name, start: ListColumns.markWidth,
      width: max(min(width - beside - needed(), ListColumns.widestName), 1))
    let nameEnd = name.start + name.width + ListColumns.gap
    words = wordWidth == 0 ? nil : nameEnd..<nameEnd + wordWidth
    var start = nameEnd + wordRoom
    var columns = [name]
    for field in rest {
      let column = Column(field: field, start: start, width: field.width(settings))
      columns.append(column)
      start += column.width + ListColumns.gap
    }
    self.columns = columns
    hiddenCount = settings.columns.count - columns.count - scrolledCount
  }

  /// The column at a cell of the list; nil between columns.
  func field(at cell: Int) -> KeyField? {
    columns.first { cell >= $0.start && cell < $0.start + $0.width }?.field
  }

  /// The columns chosen, without those scrolled away; Name, the first one, never is.
  static func fields(_ settings: DisplaySettings, horizontalScroll: Int) -> [KeyField] {
    [.name] + settings.columns.filter { $0 != .name }.dropFirst(horizontalScroll)
  }

  /// The width that the columns can use at most, with one cell before the divider.
  static func widest(_ settings: DisplaySettings) -> Int {
    let others = settings.columns.filter { $0 != .name }
    return markWidth + widestName + others.reduce(0) { $0 + $1.width(settings) + gap } + 1
  }

  // MARK: Cursor focus

  /// Of name and mark at most: the access begins within the 40 cells of a braille display.
  static let spokenNameWidth = 30

  /// How many columns are left out behind a name of full width.
  private static func hiddenSpokenCount(_ columns: [KeyField], width: Int) -> Int {
    var end = spokenNameWidth
    let saysAccess = columns.contains(.access)
    return columns.dropFirst().filter { $0 != .permissions || !saysAccess }.reduce(0) { hidden, column in
      switch column {
      case .name: break
      case .access: end += gap + (columns.contains(.permissions) ? 22 : 7)
      case .permissions, .created: end += gap + 14
      case .creator, .id: end += gap + 8
      case .lastFour: end += gap + 4
      }
      return end > width ? hidden + 1 : hidden
    }
  }
}

extension KeyField {
  /// Cells the column wants; Name takes what is left.
  fileprivate func width(_ settings: DisplaySettings) -> Int {
    switch self {
    case .name: 20
    case .access: 7
    // `Perms` with an arrow and its rank is wider than any number in it.
    case .permissions: settings.sort.terms.count > 1 ? 7 : 5
    case .created: settings.absoluteTime ? 16 : 14
    case .creator: 8
    case .lastFour: 9
    case .id: 8
    }
  }
}

extension APIKey {
  /// What a search without a field looks at, a text a line.
  var searchText: String {
    ([name ?? "", id.text, creator?.text ?? "", lastFour ?? ""] + (permissions?.list ?? [])).joined(separator: "\n")
  }
}
