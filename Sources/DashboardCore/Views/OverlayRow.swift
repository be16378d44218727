package import APIKeyModel
package import KeyTable
package import TerminalCore

/// What a row of counts asks when it is chosen.
package enum DrillDown: Equatable, Sendable {
  case permission(String)
  /// Nil: keys without a reported creator.
  case creator(KeyIdentifier?)
  case month(year: Int, month: Int)
  /// Keys without a date that could be understood.
  case undated

  /// The filter that matches exactly the keys of a table that the row counts.
  ///
  /// `isEscaped`: its text is in signs that every terminal shows as they are. Throws where it would be longer than a
  /// filter may be.
  package func filter(in table: KeyTable, isEscaped: Bool = false) throws(FilterError) -> Filter {
    switch self {
    case .permission(let name):
      try isEscaped ? Filter.exactly("perm", name) : table.filter(permission: name)
    case .creator(let id?) where isEscaped: try Filter.exactly("creator", id.text)
    case .creator(let id): try table.filter(creator: id)
    case .month(let year, let month): Filter(year: year, month: month) ?? .without(.created)
    case .undated: .without(.created)
    }
  }
}

/// One row of an overlay: columns of text, and what Enter does.
package struct OverlayRow: Sendable {
  package enum Choice: Equatable, Sendable {
    case run(Command)
    case toggleColumn(KeyField)
    case drillDown(DrillDown)
    case look(KeyRequest)
  }

  /// Texts of the columns; the first is what is searched for first.
  package var cells: [DisplayText]
  package var choice: Choice?
  package var isHeading: Bool

  package init(_ cells: [String], _ choice: Choice? = nil, isHeading: Bool = false) {
    self.init(cells: cells.map { DisplayText($0) }, choice, isHeading: isHeading)
  }

  init(cells: [DisplayText], _ choice: Choice? = nil, isHeading: Bool = false) {
    self.cells = cells
    self.choice = choice
    self.isHeading = isHeading
  }

  /// The row in lines that fit: the last cell is broken at spaces.
  func wrapped(columns: Int) -> [OverlayRow] {
    guard let last = cells.last else { return [self] }
    // Two cells of indent and two between columns, as they are drawn; times and kinds have fixed widths.
    let before = cells.dropLast().reduce(2) { $0 + max($1.width, 5) + 2 }
    let lines = last.wrapped(columns: max(columns - before, 20))
    return lines.enumerated().map { index, line in
      var row = self
      row.cells = (index == 0 ? Array(cells.dropLast()) : cells.dropLast().map { _ in "" }) + [line]
      return row
    }
  }

  package var plainText: String { cells.map(\.string).filter { !$0.isEmpty }.joined(separator: "  ") }

  /// Numbers as texts of one width, so that their digits stand below each other.
  static func aligned(_ numbers: [Int]) -> [String] {
    let texts = numbers.map(NumberText.grouped)
    let width = texts.map(\.utf8.count).max() ?? 0
    return texts.map { String(repeating: " ", count: width - $0.utf8.count) + $0 }
  }
}
