import APIKeyModel
import KeyTable

/// What is laid over the screen: opening, moving, choosing.
extension DashboardState {
  mutating func openOverlay(_ kind: OverlayKind) -> [Effect] {
    overlays.append(OverlayState(kind))
    var effects: [Effect] = []
    switch kind {
    case .permissionPivot, .creatorGroups, .histogram:
      // A count over a part would be wrong: the rest is loaded, and the title says how far it is.
      switch load.completeness {
      // A page fetched ahead may be on its way: the rest follows it.
      case .partial, .loading, .waiting: effects = loadEverything()
      case .nothing, .complete, .readWhole, .changed, .unknown, .contradicted, .unchecked, .stopped, .interrupted: break
      }
    default: break
    }
    return effects
  }

  private var overlayRows: [OverlayRow] {
    overlays.last.map { OverlayContent(kind: $0.kind, state: self).rows } ?? []
  }

  mutating func moveOverlay(by offset: Int) {
    guard let overlay = overlays.last else { return }
    let (target, overflow) = overlay.selection.addingReportingOverflow(offset)
    let last = max(overlayRows.count - 1, 0)
    overlays[overlays.count - 1].selection = overflow ? (offset > 0 ? last : 0) : min(max(target, 0), last)
    keepOverlayPlaceVisible()
  }

  /// Goes to a row; one that is not there changes nothing.
  mutating func moveOverlay(to place: Int) {
    guard !overlays.isEmpty, overlayRows.indices.contains(place) else { return }
    overlays[overlays.count - 1].selection = place
    keepOverlayPlaceVisible()
  }

  mutating func keepOverlayPlaceVisible() {
    guard var overlay = overlays.last else { return }
    let rows = max(layout.body.rows - 1, 1)
    if overlay.selection < overlay.top { overlay.top = overlay.selection }
    if overlay.selection >= overlay.top + rows { overlay.top = overlay.selection - rows + 1 }
    overlays[overlays.count - 1] = overlay
  }

  /// Enter on a row: closes what is open and runs it; menus of switches stay open.
  mutating func chooseOverlayRow() -> [Effect] {
    guard let overlay = overlays.last else { return [] }
    let rows = overlayRows
    guard overlay.selection < rows.count, let choice = rows[overlay.selection].choice else {
      say(MoveText.nothingToChoose())
      return []
    }
    switch choice {
    case .toggleColumn(let column): return toggle(column)
    case .ask(let question): return drillDown(question)
    case .run(let invocation):
      overlays.removeLast()
      return run(invocation)
    }
  }

  mutating func togglePivotOrder() -> [Effect] {
    guard let overlay = overlays.last, overlay.kind == .permissionPivot else {
      say(CommandText.doesNothing(.pivotRarest, wording))
      return []
    }
    overlays[overlays.count - 1].rarestFirst.toggle()
    overlays[overlays.count - 1].selection = 0
    overlays[overlays.count - 1].top = 0
    return []
  }

  mutating func openHelp(typed text: String?) -> [Effect] {
    overlays.append(OverlayState(.help))
    overlays[overlays.count - 1].searchText = text ?? ""
    return []
  }

  mutating func explain(typed text: String?) -> [Effect] {
    guard let row = text.map({ row(typed: $0) }) ?? selectedRow else { return [] }
    return openOverlay(.explanation(table.id(at: row)))
  }

  mutating func compare(typed text: String?) -> [Effect] {
    var ids: [KeyIdentifier]
    if let text {
      let words = text.split(separator: " ").map(String.init)
      guard words.count == 2 else {
        complain(MarkText.comparisonNeedsTwo())
        return []
      }
      ids = []
      for word in words {
        guard let row = row(typed: word) else { return [] }
        ids.append(table.id(at: row))
      }
    } else {
      let rows = marks.compactMap { list.row(of: $0) }.sorted()
      ids = rows.map { list.id(at: $0) }
    }
    guard ids.count == 2 else {
      complain(CommandText.nothingChanged(MarkText.comparisonNeedsMarks(ids.count)))
      return []
    }
    return openOverlay(.comparison(ids[0], ids[1]))
  }
}
