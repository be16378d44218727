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

/// A screen's worth of cells, and the position of the hardware cursor. Writing outside of it is ignored.
///
/// A cell is kept in eight bytes, because a frame is made for every key; the few combining marks are kept
/// beside them.
package struct Frame: Equatable, Sendable {
  package let width: Int
  package let height: Int
  private var words: [UInt64]
  /// By the index of the cell; the cell's word shows that it has some.
  private var marks: [Int: SIMD4<UInt32>] = [:]
  /// A wide character was written: only then can a cell be half of one.
  private var mayHaveWide = false
  /// Nil hides the hardware cursor.
  package var caret: (row: Int, column: Int)?
  /// A row that is written whole when any of its cells changes, so that a screen reader speaks all of it; `item` is
  /// what combines with it.
  package var spokenRow: (row: Int, item: Int)?

  package init(width: Int, height: Int) {
    self.width = max(width, 0)
    self.height = max(height, 0)
    words = [UInt64](repeating: CellWord.blank, count: self.width * self.height)
  }

  package subscript(row: Int, column: Int) -> Cell { cell(at: row * width + column) }

  private func cell(at index: Int) -> Cell {
    let word = words[index]
    return Cell(
      scalar: CellWord.scalar(word), marks: CellWord.hasMarks(word) ? marks[index] ?? .zero : .zero,
      style: CellWord.style(word))
  }

  /// Writes text from a cell on; returns the columns used. What does not fit is left out.
  @discardableResult
  package mutating func put(
    _ text: DisplayText, row: Int, column: Int, style: Style = .plain, maxColumns: Int? = nil
  ) -> Int {
    guard row >= 0, row < height, column >= 0 else { return 0 }
    let end = min(width, column + max(maxColumns ?? width, 0))
    if let count = putASCII(text, row: row, column: column, end: end, style: style) { return count }
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
      store(CellWord.make(scalar: scalar.value, style: style), at: row * width + place)
      if columns == 2 {
        mayHaveWide = true
        clearHalves(row: row, column: place + 1)
        store(CellWord.make(scalar: 0, style: style), at: row * width + place + 1)
      }
      last = place
      place += columns
    }
    return place - column
  }

  /// The same for text of one byte a column, which nearly all is; nil where it is not.
  private mutating func putASCII(_ text: DisplayText, row: Int, column: Int, end: Int, style: Style) -> Int? {
    guard text.isASCII else { return nil }
    let count = min(text.width, end - column)
    guard count > 0 else { return 0 }
    let first = row * width + column
    clearHalves(row: row, column: column)
    clearHalves(row: row, column: column + count - 1)
    forgetMarks(in: first..<first + count)
    let word = CellWord.make(scalar: 0, style: style)
    return text.string.utf8.withContiguousStorageIfAvailable { bytes in
      words.withUnsafeMutableBufferPointer { words in
        for index in 0..<count { words[first + index] = word | UInt64(bytes[index]) }
      }
      return count
    }
  }

  private mutating func store(_ word: UInt64, at index: Int) {
    if CellWord.hasMarks(words[index]) { marks[index] = nil }
    words[index] = word
  }

  private mutating func forgetMarks(in range: Range<Int>) {
    guard !marks.isEmpty else { return }
    for index in range { marks[index] = nil }
  }

  private mutating func addMark(_ value: UInt32, to index: Int) {
    var held = marks[index] ?? .zero
    for slot in 0..<4 where held[slot] == 0 {
      held[slot] = value
      marks[index] = held
      words[index] = CellWord.marked(words[index])
      return
    }
  }

  /// Overwriting half of a wide character blanks the other half.
  private mutating func clearHalves(row: Int, column: Int) {
    guard mayHaveWide else { return }
    let index = row * width + column
    let isHalf = CellWord.scalar(words[index]) == 0
    if isHalf, column > 0 { store(CellWord.erased(words[index - 1]), at: index - 1) }
    if column + 1 < width, !isHalf, CellWord.scalar(words[index + 1]) == 0 {
      store(CellWord.erased(words[index + 1]), at: index + 1)
    }
  }

  /// Changes how some columns of a row are drawn, and leaves their content.
  package mutating func restyle(row: Int, columns: Range<Int>, _ change: (inout Style) -> Void) {
    guard row >= 0, row < height else { return }
    for column in columns.clamped(to: 0..<width) {
      let index = row * width + column
      var style = CellWord.style(words[index])
      change(&style)
      words[index] = CellWord.restyled(words[index], style)
    }
  }

  /// Blanks some columns of a row.
  package mutating func fill(row: Int, columns: Range<Int>, style: Style = .plain) {
    let range = columns.clamped(to: 0..<width)
    guard row >= 0, row < height, let first = range.first, let last = range.last else { return }
    clearHalves(row: row, column: first)
    clearHalves(row: row, column: last)
    let word = CellWord.make(scalar: 0x20, style: style)
    for column in range { store(word, at: row * width + column) }
  }

  /// Takes a block of cells from a frame of the same size.
  package mutating func copy(from other: Frame, rows: Range<Int>, columns: Range<Int>) {
    guard other.width == width, other.height == height else { return }
    mayHaveWide = mayHaveWide || other.mayHaveWide
    let columns = columns.clamped(to: 0..<width)
    for row in rows.clamped(to: 0..<height) {
      let cells = row * width + columns.lowerBound..<row * width + columns.upperBound
      forgetMarks(in: cells)
      words.replaceSubrange(cells, with: other.words[cells])
      for (index, mark) in other.marks where cells.contains(index) { marks[index] = mark }
    }
  }

  /// Whether a row has the same cells in both; frames of one size.
  package func hasSameRow(_ row: Int, as other: Frame) -> Bool {
    let cells = row * width..<(row + 1) * width
    return words.withUnsafeBufferPointer { own in
      other.words.withUnsafeBufferPointer { others in
        cells.allSatisfy { own[$0] == others[$0] && (!CellWord.hasMarks(own[$0]) || marks[$0] == other.marks[$0]) }
      }
    }
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
      && left.spokenRow?.item == right.spokenRow?.item && left.words == right.words && left.marks == right.marks
  }
}

extension Frame {
  /// Calls `write` with each stretch of cells of one style that has to be written where `previous`, a frame of the same
  /// size, is on the screen; with nil, where the screen is blank. A stretch begins with a whole character. Its
  /// scalars are those of its cells, each base before its marks, and a 0 after the last one: curses looks at what
  /// follows before it looks at the length.
  package func forEachChange(
    since previous: Frame?, _ write: (_ row: Int, _ column: Int, _ scalars: [UInt32], _ style: Style) -> Void
  ) {
    var scalars: [UInt32] = []
    for row in 0..<height {
      if let previous, hasSameRow(row, as: previous) { continue }
      let start = row * width
      var column = 0
      while column < width {
        if isUnchanged(start + column, since: previous) {
          column += 1
          continue
        }
        // The second half of a wide character is written with its first.
        let first = CellWord.scalar(words[start + column]) == 0 && column > 0 ? column - 1 : column
        let style = CellWord.style(words[start + first])
        scalars.removeAll(keepingCapacity: true)
        column = first
        while column < width, CellWord.style(words[start + column]) == style {
          let scalar = CellWord.scalar(words[start + column])
          if column > first, scalar != 0, previous != nil, isUnchanged(start + column, since: previous) { break }
          if scalar != 0 {
            scalars.append(scalar)
            if CellWord.hasMarks(words[start + column]), let held = marks[start + column] {
              for slot in 0..<4 where held[slot] != 0 { scalars.append(held[slot]) }
            }
          }
          column += 1
        }
        scalars.append(0)
        write(row, first, scalars, style)
      }
    }
  }

  private func isUnchanged(_ index: Int, since previous: Frame?) -> Bool {
    guard let previous else { return words[index] == CellWord.blank }
    guard words[index] == previous.words[index] else { return false }
    return !CellWord.hasMarks(words[index]) || marks[index] == previous.marks[index]
  }
}
