import APIKeyModel
import KeyLoading
import KeyTable

/// What is shown over the list and the detail: opening, moving, choosing.
extension DashboardState {
  mutating func openOverlay(_ overlay: any Overlay, searchText: String = "") -> [Effect] {
    views.open(overlay, searchText: searchText)
    // A page fetched ahead may be on its way: the rest follows it.
    switch load.completeness {
    case .partial, .loading, .waiting: return overlay.needsEveryKey ? loadEverything() : []
    case .nothing, .complete, .readWhole, .changed, .unknown, .contradicted, .unchecked, .stopped, .interrupted:
      return []
    }
  }

  /// After each action: brings the open overlay up to date, and loads the rest of the list where it counts every key.
  mutating func updateOverlay() -> [Effect] {
    guard let open = views.top else { return [] }
    // Another order or a second reading began while it was open.
    let effects = open.overlay.needsEveryKey && load.completeness == .partial && !load.isBusy ? loadEverything() : []
    remakeOverlay()
    return effects
  }

  /// Makes the rows of the open overlay anew where they are of other values.
  mutating func remakeOverlay() {
    // Plain mode reads rows out as it needs them.
    guard let open = views.top, !configuration.isPlain else { return }
    let stamp = stamp(of: open)
    if open.isOutdated(stamp, revision: query.revision) {
      views.take(OverlayContent(open.overlay, overlayInput(searchText: open.searchText)), stamp, height: overlayHeight)
    }
  }

  /// Rows of an overlay on the screen, below its title.
  private var overlayHeight: Int { max(layout.body.rows - 1, 1) }

  private func stamp(of open: OpenOverlay) -> OverlayStamp {
    let dependencies = open.overlay.dependencies
    var stamp = OverlayStamp()
    if dependencies.contains(.keys) {
      stamp.keys = OverlayStamp.Keys(
        revision: query.revision, count: allKeys.count, isWhole: load.completeness.isComplete,
        counted: CountedKeys(self), emptyList: query.visible.isEmpty ? emptyListSentence : nil)
    }
    if dependencies.contains(.settings) { stamp.settings = settings }
    if dependencies.contains(.width) { stamp.width = environment.width }
    if dependencies.contains(.messages) { stamp.messages = messages.log.count }
    if dependencies.contains(.time) { stamp.now = environment.now }
    if dependencies.contains(.searchText) { stamp.searchText = open.searchText }
    return stamp
  }

  /// What overlays are made from now.
  package func overlayInput(searchText: String = "") -> OverlayInput {
    OverlayInput(
      table: table, visible: query.visible, allKeys: allKeys, goneKeys: loading.changes.gone,
      isWhole: load.completeness.isComplete, counted: CountedKeys(self),
      emptyList: query.visible.isEmpty ? emptyListSentence : "", settings: settings, width: environment.width,
      isPlain: configuration.isPlain, now: environment.now, log: messages.log, searchText: searchText)
  }

  /// Goes to a row; one that is not there changes nothing.
  mutating func moveOverlay(to index: Int) {
    guard let open = views.top, (0..<open.rowCount).contains(index) else { return }
    views.select(index, height: overlayHeight)
  }

  mutating func keepOverlayPlaceVisible() { views.keepVisible(overlayHeight) }

  /// Enter on a row: closes what is open and runs it; menus of switches stay open.
  mutating func chooseOverlayRow() -> [Effect] {
    guard let choice = views.top?.selectedRow?.choice else {
      post(.list(.nothingToChoose))
      return []
    }
    switch choice {
    case .toggleColumn(let column): return toggle(column)
    case .drillDown(let row): return drillDown(row)
    case .look(let request):
      views.close()
      return look(for: request)
    case .run(let command):
      views.close()
      return run(command)
    }
  }

  mutating func togglePivotOrder() -> [Effect] {
    if !views.apply(.pivotRarest) { post(.command(.commandDoesNothing(.pivotRarest))) }
    return []
  }

  mutating func openHelp(search text: String) -> [Effect] { openOverlay(HelpOverlay(), searchText: text) }

  mutating func explain(_ name: KeyName?) -> [Effect] {
    if let name { return look(for: KeyRequest(.explain, [name])) }
    return selectedRow.map { openOverlay(ExplanationOverlay(table.id(at: $0))) } ?? []
  }

  mutating func compare(_ pair: KeyPair?) -> [Effect] {
    if let pair { return look(for: KeyRequest(.compare, [pair.first, pair.second])) }
    let rows = marks.ids.compactMap { allKeys.row(of: $0) }.sorted()
    guard rows.count == 2 else {
      post(.marks(.comparisonNeedsMarks(rows.count)))
      return []
    }
    return openOverlay(ComparisonOverlay(allKeys.id(at: rows[0]), allKeys.id(at: rows[1])))
  }
}
