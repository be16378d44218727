import APIKeyModel

/// What is laid over the screen: opening, moving, choosing.
extension DashboardState {
  mutating func openOverlay(_ kind: OverlayKind) -> [Effect] {
    views.overlays.append(OverlayState(kind))
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
    views.overlays.last.map { OverlayContent(kind: $0.kind, state: self).rows } ?? []
  }

  mutating func moveOverlay(by offset: Int) {
    guard let overlay = views.overlays.last else { return }
    let (target, overflow) = overlay.selection.addingReportingOverflow(offset)
    let last = max(overlayRows.count - 1, 0)
    views.overlays[views.overlays.count - 1].selection = overflow ? (offset > 0 ? last : 0) : min(max(target, 0), last)
    keepOverlayPlaceVisible()
  }

  /// Goes to a row; one that is not there changes nothing.
  mutating func moveOverlay(to place: Int) {
    guard !views.overlays.isEmpty, overlayRows.indices.contains(place) else { return }
    views.overlays[views.overlays.count - 1].selection = place
    keepOverlayPlaceVisible()
  }

  mutating func keepOverlayPlaceVisible() {
    guard var overlay = views.overlays.last else { return }
    let rows = max(layout.body.rows - 1, 1)
    if overlay.selection < overlay.top { overlay.top = overlay.selection }
    if overlay.selection >= overlay.top + rows { overlay.top = overlay.selection - rows + 1 }
    views.overlays[views.overlays.count - 1] = overlay
  }

  /// Enter on a row: closes what is open and runs it; menus of switches stay open.
  mutating func chooseOverlayRow() -> [Effect] {
    guard let overlay = views.overlays.last else { return [] }
    let rows = overlayRows
    guard overlay.selection < rows.count, let choice = rows[overlay.selection].choice else {
      post(.list(.nothingToChoose))
      return []
    }
    switch choice {
    case .toggleColumn(let column): return toggle(column)
    case .ask(let question): return drillDown(question)
    case .look(let request):
      views.overlays.removeLast()
      return look(for: request)
    case .run(let command):
      views.overlays.removeLast()
      return run(command)
    }
  }

  mutating func togglePivotOrder() -> [Effect] {
    guard let overlay = views.overlays.last, overlay.kind == .permissionPivot else {
      post(.command(.commandDoesNothing(.pivotRarest)))
      return []
    }
    views.overlays[views.overlays.count - 1].rarestFirst.toggle()
    views.overlays[views.overlays.count - 1].selection = 0
    views.overlays[views.overlays.count - 1].top = 0
    return []
  }

  mutating func openHelp(search text: String) -> [Effect] {
    views.overlays.append(OverlayState(.help))
    views.overlays[views.overlays.count - 1].searchText = text
    return []
  }

  mutating func explain(_ name: KeyName?) -> [Effect] {
    if let name { return look(for: KeyRequest(.explain, [name])) }
    return selectedRow.map { openOverlay(.explanation(table.id(at: $0))) } ?? []
  }

  mutating func compare(_ pair: KeyPair?) -> [Effect] {
    if let pair { return look(for: KeyRequest(.compare, [pair.first, pair.second])) }
    let rows = marks.ids.compactMap { allKeys.row(of: $0) }.sorted()
    guard rows.count == 2 else {
      post(.marks(.comparisonNeedsMarks(rows.count)))
      return []
    }
    return openOverlay(.comparison(allKeys.id(at: rows[0]), allKeys.id(at: rows[1])))
  }
}
