import APIKeyModel
import KeyTable

/// The keys of each creator; Enter shows those of one.
package struct CreatorsOverlay: Overlay {
  package init() {}

  package var dependencies: OverlayDependencies { [.keys, .width] }
  package var needsEveryKey: Bool { true }
  /// People tell ids apart by their beginning.
  package var leastFirstColumn: Int? { 13 }
  package func title(_ input: OverlayInput, _ rows: [OverlayRow]) -> String { OverlayText.creators(input.counted) }

  package func rows(_ input: OverlayInput) -> [OverlayRow] {
    if input.visible.isEmpty { return [OverlayRow([input.emptyList])] }
    let tallies = input.table.creatorGroups(within: input.visible)
    let keys = OverlayRow.aligned(tallies.map(\.keys))
    let full = OverlayRow.aligned(tallies.map(\.fullAccess))
    return tallies.enumerated().map { index, tally in
      let id = tally.creator.map { input.table.creatorID($0).text }
      func day(_ date: CreatedDate?) -> String { date.map { CivilTime(seconds: $0.seconds).isoDate } ?? "unknown" }
      return OverlayRow(
        [
          id ?? KeyText.withoutCreator(input.table), OverlayText.keys(keys[index], tally.keys),
          OverlayText.fullAccess(full[index]),
          OverlayText.span(day(tally.oldest), day(tally.newest)),
        ], .drillDown(.creator(tally.creator.map(input.table.creatorID))))
    }
  }
}
