import APIKeyModel
import KeyTable

/// From a row of counts to its keys and back: the question is asked within the filter that the counts are of.
extension DashboardState {
  mutating func drillDown(_ question: DrillDown) -> [Effect] {
    let before = query.filter
    let text = before.text(adding: question.condition(in: table))
    let effects = filter(typed: text)
    guard query.filter.text == text else { return effects }
    views.drillDown(from: before, selection: list.selection, made: query.filter)
    // The first of the keys asked for, when they come; from the detail too, a row leads to a list.
    detail.pane = .list
    detail.isOpen = false
    list.selection = nil
    list.position = 0
    list.top = 0
    remember(text, in: 0)
    return effects + [.saveHistory(input.histories[0])]
  }

  /// Back to the row that the filter was made from; nil where it was made otherwise.
  mutating func goBackToOverlay() -> [Effect]? {
    guard let origin = views.goBack(from: query.filter, revision: query.revision) else { return nil }
    list.selection = origin.selection
    guard query.filter != origin.filter else { return [] }
    query.filter = origin.filter
    return questionChanged()
  }
}
