import APIKeyModel
import KeyTable
package import TerminalCore

/// The keys created in each month; Enter shows those of one.
package struct MonthsOverlay: Overlay {
  package init() {}

  package var dependencies: OverlayDependencies { [.keys, .width, .settings] }
  package var needsEveryKey: Bool { true }
  package func title(_ input: OverlayInput, _ rows: [OverlayRow]) -> String { OverlayText.histogram(input.counted) }
  package func role(ofColumn column: Int) -> TextRole? { column == 2 ? .bar : nil }

  /// More months than this without a key are one row: a date may be eight thousand years ahead.
  private static let mostEmptyMonths = 3

  package func rows(_ input: OverlayInput) -> [OverlayRow] {
    let (months, undated) = tallies(input)
    let undatedRows = undatedRows(undated, months)
    if months.isEmpty {
      return input.visible.isEmpty
        ? [OverlayRow([input.emptyList])] : [OverlayRow([OverlayText.noDates])] + undatedRows
    }
    let counts = OverlayRow.aligned(months.map(\.keys) + (undated > 0 ? [undated] : []))
    let none = String(repeating: " ", count: (counts.first?.utf8.count ?? 1) - 1) + "0"
    let bars = Bars(input, most: months.map(\.keys).max() ?? 1)
    var rows: [OverlayRow] = []
    for (index, month) in months.enumerated() {
      let gap = index == 0 ? 0 : month.number - months[index - 1].number - 1
      if gap > MonthsOverlay.mostEmptyMonths {
        rows.append(OverlayRow([OverlayText.monthsWithoutKeys(gap)]))
      } else {
        rows += (month.number - gap..<month.number).map { number in
          row(MonthTally(year: number / 12, month: number % 12 + 1, keys: 0), none, bars)
        }
      }
      rows.append(row(month, counts[index], bars))
    }
    return rows + undatedRows
  }

  private func row(_ month: MonthTally, _ count: String, _ bars: Bars) -> OverlayRow {
    OverlayRow(
      [month.text, OverlayText.keys(count, month.keys)] + bars.cells(month.keys),
      .drillDown(.month(year: month.year, month: month.month)))
  }

  /// The keys without a date, their number below those of the months.
  private func undatedRows(_ undated: Int, _ months: [MonthTally]) -> [OverlayRow] {
    guard undated > 0, let count = OverlayRow.aligned(months.map(\.keys) + [undated]).last else { return [] }
    return [OverlayRow([OverlayText.undated, OverlayText.keys(count, undated)], .drillDown(.undated))]
  }

  /// Bars in scale.
  private struct Bars {
    let most: Int
    /// Cells of the longest; none where there is to be no bar.
    let room: Int?

    init(_ input: OverlayInput, most: Int) {
      self.most = max(most, 1)
      // Forty signs in a row are no picture for who hears them.
      room = input.settings.cursorFocus ? nil : min(max(input.width - 30, 10), 60)
    }

    func cells(_ keys: Int) -> [String] {
      // Ceilings, so that one key is seen beside a thousand.
      room.map { [String(repeating: Glyphs.current.bar, count: (keys * $0 + most - 1) / most)] } ?? []
    }
  }
}
