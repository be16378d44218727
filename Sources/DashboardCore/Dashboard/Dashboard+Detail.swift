import APIKeyModel
import KeyLoading
import KeyTable

extension DetailViewModel {
  /// The selected key. `room` is in cells, that of the pane unless given.
  package init(state: DashboardState, room: Int? = nil) { self.init(Input(state, room: room)) }

  /// The number of lines in the pane, without most of the texts.
  package static func lineCount(state: DashboardState) -> Int { Input(state, room: nil).map(lineCount) ?? 0 }
}

extension DetailViewModel.Input {
  /// Nil where no key is selected.
  fileprivate init?(_ state: DashboardState, room: Int?) {
    guard let row = state.selectedRow else { return nil }
    let apiKey = state.table[row]
    self.init(
      apiKey: apiKey, change: state.change(of: apiKey.id), changes: state.loading.changes,
      creatorKeyCount: apiKey.creator.map(state.keyCount(ofCreator:)) ?? 0,
      isWhole: state.load.completeness.isComplete, localTime: state.configuration.localTime,
      now: state.environment.now, room: room ?? state.detailRoom)
  }
}

extension DashboardState {
  /// Cells of a line of the detail.
  fileprivate var detailRoom: Int {
    let area = layout.detail
    return area.rows > 0 ? area.columns - (area.column > 0 ? 1 : 0) : environment.width
  }
}
