import APIKeyModel
import KeyTable

/// What a row of counts asks when it is chosen.
package enum DrillDown: Equatable, Sendable {
  case permission(String)
  /// Nil: keys without a reported creator.
  case creator(KeyIdentifier?)
  case month(year: Int, month: Int)
  /// Keys without a date that could be understood.
  case undated
}

/// The overlay, and its row, that a filter was made from.
package struct DrillDownOrigin: Sendable {
  let overlay: OverlayState
  /// What the counts were of.
  let filter: Filter
  /// The key that was selected in the list.
  let selection: KeyIdentifier?
  /// What the row asked; once another filter stands, there is no way back.
  let made: Filter
}

/// From a row of counts to its keys and back: the question is asked within the filter that the counts are of.
extension DashboardState {
  mutating func drillDown(_ question: DrillDown) -> [Effect] {
    guard let overlay = views.overlays.last else { return [] }
    let before = query.filter
    let text = before.text(adding: condition(question))
    let effects = filter(typed: text)
    guard query.filter.text == text else { return effects }
    views.overlays.removeLast()
    if views.drillDowns.last?.made != before { views.drillDowns = [] }
    views.drillDowns.append(
      DrillDownOrigin(overlay: overlay, filter: before, selection: list.selection, made: query.filter))
    // The first of the keys asked for, when they come.
    list.select(hidden: nil)
    list.returnToTop()
    remember(text, in: 0)
    return effects + [.saveHistory(input.histories[0])]
  }

  private func condition(_ question: DrillDown) -> String {
    switch question {
    case .permission(let name): table.condition(permission: name)
    case .creator(let id): table.condition(creator: id.flatMap(table.creator(identifiedBy:)))
    case .month(let year, let month): KeyTable.condition(year: year, month: month)
    case .undated: "-has:created"
    }
  }

  /// Back to the row that the filter was made from; nil where it was made otherwise.
  mutating func goBackToOverlay() -> [Effect]? {
    guard let origin = views.drillDowns.last, origin.made == query.filter else {
      views.drillDowns = []
      return nil
    }
    views.drillDowns.removeLast()
    views.overlays.append(origin.overlay)
    list.select(hidden: origin.selection)
    guard query.filter != origin.filter else { return [] }
    query.begin(origin.filter)
    return queryChanged()
  }
}
