import APIKeyModel
import DashboardCore
import KeyTable

/// An overlay that plain mode reads out in sentences of its own.
protocol PlainOverlay: Overlay {
  /// Nil where what it is about is no longer in the list.
  func lines(in state: DashboardState) -> [String]?
}

extension ComparisonOverlay: PlainOverlay {
  func lines(in state: DashboardState) -> [String]? {
    guard let first = state.apiKey(of: left), let second = state.apiKey(of: right) else { return nil }
    return Phrasebook.comparison(first, second)
  }
}

extension ExplanationOverlay: PlainOverlay {
  func lines(in state: DashboardState) -> [String]? {
    state.apiKey(of: id).map { Explanation($0, state.overlayInput()).sentences.map(Phrasebook.inert) }
  }
}
