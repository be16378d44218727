/// One character cell: a base scalar with up to four marks, and its style.
package struct Cell: Hashable, Sendable {
  /// 0 is the second half of a wide character.
  package var scalar: UInt32
  package var marks: SIMD4<UInt32>
  package var style: Style

  package init(scalar: UInt32 = 0x20, marks: SIMD4<UInt32> = .zero, style: Style = .plain) {
    self.scalar = scalar
    self.marks = marks
    self.style = style
  }

  package static let blank = Cell()

  /// The scalars to write, base first.
  package var text: String {
    var view = String.UnicodeScalarView()
    if let base = Unicode.Scalar(scalar) { view.append(base) }
    for index in 0..<4 where marks[index] != 0 {
      if let mark = Unicode.Scalar(marks[index]) { view.append(mark) }
    }
    return String(view)
  }
}

/// A screen's worth of cells, and where the hardware cursor stands. Writing outside of it is ignored.
package struct Frame: Equatable, Sendable {
  package let width: Int
  package let height: Int
  package private(set) var cells: [Cell]
  /// Nil hides the hardware cursor.
  package var caret: (row: Int, column: Int)?
  /// A row that is written whole when any of its cells changes, so that a screen reader speaks all of it; `item` is
  /// what stands on it.
  package var spokenRow: (row: Int, item: Int)?

  package init(width: Int, height: Int) {
    self.width = max(width, 0)
    self.height = max(height, 0)
    cells = [Cell](repeating: .blank, count: self.width * self.height)
  }

  package subscript(row: Int, column: Int) -> Cell { cells[row * width + column] }

  /// Writes text from a cell on; returns the columns used. What does not fit is left out.
  @discardableResult
  package mutating func put(
    _ text: DisplayText, row: Int, column: Int, style: Style = .plain, maxColumns: Int? = nil
  ) -> Int {
    guard row >= 0, row < height, column >= 0 else { return 0 }
    let end = min(width, column + max(maxColumns ?? width, 0))
    var place = column
    var last: Int?
    for scalar in text.string.unicodeScalars {
      let columns = TextWidth.columns(of: scalar)
      if columns == 0 {
        if let last { addMark(scalar.value, to: row * width + last) }
        continue
      }
      guard place + columns <= end else { break }
      clearHalves(row: row, column: place)
      cells[row * width + place] = Cell(scalar: scalar.value, style: style)
      if columns == 2 {
        clearHalves(row: row, column: place + 1)
        cells[row * width + place + 1] = Cell(scalar: 0, style: style)
      }
      last = place
      place += columns
    }
    return place - column
  }

  private mutating func addMark(_ value: UInt32, to index: Int) {
    for slot in 0..<4 where cells[index].marks[slot] == 0 {
      cells[index].marks[slot] = value
      return
    }
  }

  /// Overwriting half of a wide character blanks the other half.
  private mutating func clearHalves(row: Int, column: Int) {
    let index = row * width + column
    if cells[index].scalar == 0, column > 0 { cells[index - 1] = Cell(style: cells[index - 1].style) }
    if column + 1 < width, cells[index].scalar != 0, cells[index + 1].scalar == 0 {
      cells[index + 1] = Cell(style: cells[index + 1].style)
    }
  }

  /// Changes how some columns of a row are drawn, and leaves what stands in them.
  package mutating func restyle(row: Int, columns: Range<Int>, _ change: (inout Style) -> Void) {
    guard row >= 0, row < height else { return }
    for column in columns.clamped(to: 0..<width) { change(&cells[row * width + column].style) }
  }

  /// Blanks some columns of a row.
  package mutating func fill(row: Int, columns: Range<Int>, style: Style = .plain) {
    let range = columns.clamped(to: 0..<width)
    guard row >= 0, row < height, let first = range.first, let last = range.last else { return }
    clearHalves(row: row, column: first)
    clearHalves(row: row, column: last)
    for column in range { cells[row * width + column] = Cell(style: style) }
  }

  /// Takes a block of cells from a frame of the same size.
  package mutating func copy(from other: Frame, rows: Range<Int>, columns: Range<Int>) {
    guard other.width == width, other.height == height else { return }
    let columns = columns.clamped(to: 0..<width)
    for row in rows.clamped(to: 0..<height) {
      let cells = row * width + columns.lowerBound..<row * width + columns.upperBound
      self.cells.replaceSubrange(cells, with: other.cells[cells])
    }
  }

  /// Whether a row has the same cells in both; frames of one size.
  package func hasSameRow(_ row: Int, as other: Frame) -> Bool {
    cells[row * width..<(row + 1) * width] == other.cells[row * width..<(row + 1) * width]
  }

  /// The rows as text, trailing blanks cut: for tests and documents.
  package func textGrid() -> [String] {
    (0..<height).map { row in
      var line = ""
      for column in 0..<width where self[row, column].scalar != 0 { line += self[row, column].text }
      while line.hasSuffix(" ") { line.removeLast() }
      return line
    }
  }

  package static func == (left: Frame, right: Frame) -> Bool {
    left.width == right.width && left.height == right.height && left.caret?.row == right.caret?.row
      && left.caret?.column == right.caret?.column && left.spokenRow?.row == right.spokenRow?.row
      && left.spokenRow?.item == right.spokenRow?.item && left.cells == right.cells
  }
}
