import APIKeyModel
import KeyTable

/// From a row of counts to its keys and back: the query is made within the filter that the counts are of.
extension DashboardState {
  mutating func drillDown(_ row: DrillDown) -> [Effect] {
    let before = query.filter
    let made: Filter
    do throws(FilterError) {
      made = try before.adding(try row.filter(in: table))
    } catch {
      post(.query(.refused(error)))
      return []
    }
    let effects = apply(made)
    views.drillDown(from: before, selection: list.selection, made: made)
    // The first of the keys asked for, when they come; from the detail too, a row leads to a list.
    detail.close()
    list.select(hidden: nil)
    list.returnToTop()
    input.remember(made.text, for: .filter)
    return effects + [.saveHistory(input.histories[.filter])]
  }

  /// Back to the row that the filter was made from; nil where it was made otherwise.
  mutating func goBackToOverlay() -> [Effect]? {
    guard let origin = views.goBack(from: query.filter, revision: query.revision) else { return nil }
    list.select(hidden: origin.selection)
    return apply(origin.filter)
  }
}
