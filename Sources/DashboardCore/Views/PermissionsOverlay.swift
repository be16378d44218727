import APIKeyModel
import KeyTable
import TerminalCore

/// How many keys can use each permission. The number of a row is that of the keys that Enter shows.
package struct PermissionsOverlay: Overlay {
  var rarestFirst = false

  package init(rarestFirst: Bool = false) { self.rarestFirst = rarestFirst }

  package var dependencies: OverlayDependencies { [.keys, .width] }
  package var needsEveryKey: Bool { true }

  package func applying(_ command: CommandID) -> PermissionsOverlay? {
    command == .pivotRarest ? PermissionsOverlay(rarestFirst: !rarestFirst) : nil
  }

  package func rows(_ input: OverlayInput) -> [OverlayRow] {
    let tallies = tallies(input)
    let rows = rows(tallies, inWords: true)
    // Where the words have no room, the title has them: a name must not be cut so that two look the same.
    let usual = PermissionsOverlay.widthOfNames + PermissionsOverlay.width(rows)
    return input.isPlain || usual <= input.width ? rows : self.rows(tallies, inWords: false)
  }

  package func title(_ input: OverlayInput, _ rows: [OverlayRow]) -> String {
    let inWords = (rows.first?.cells.count ?? 0) > 2
    let titles = OverlayText.pivot(input.counted, inWords: inWords)
    // The number of rows below is beside the title.
    return titles.first { $0.utf8.count + 11 <= input.width || input.isPlain } ?? titles.last ?? ""
  }

  private func rows(_ tallies: [PermissionTally], inWords: Bool) -> [OverlayRow] {
    let keys = OverlayRow.aligned(tallies.map(\.keys))
    let listed = OverlayRow.aligned(tallies.map(\.listed))
    return tallies.enumerated().map { index, tally in
      let counts =
        inWords
        ? [
          OverlayText.keys(keys[index], tally.keys), OverlayText.listed(listed[index]),
          OverlayText.throughFullAccess(tally.throughFullAccess),
        ]
        : [OverlayText.counts(keys[index], listed: listed[index], throughFullAccess: tally.throughFullAccess)]
      return OverlayRow(
        [tally.inCatalog ? tally.name : OverlayText.notInCatalogue(tally.name)] + counts,
        .drillDown(.permission(tally.name)))
    }
  }

  /// Cells of the longest name of the catalogue, with the indent.
  private static let widthOfNames = 2 + (PermissionCatalog.names.map(\.utf8.count).max() ?? 0)

  /// Cells of the columns behind the first, each with the gap before it.
  private static func width(_ rows: [OverlayRow]) -> Int {
    (1..<(rows.first?.cells.count ?? 1)).reduce(0) { width, column in
      width + 2 + (rows.map { $0.cells[column].width }.max() ?? 0)
    }
  }
}
