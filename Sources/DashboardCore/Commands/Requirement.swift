/// What a command needs to do anything.
package enum Requirement: Equatable, Sendable {
  /// A key is selected, or a row of what is open is chosen.
  case selection
  /// There is another pane to go to: where one pane is shown, the detail of a key.
  case otherPane
  /// A row is shown.
  case rows
  case marks
  /// Exactly two.
  case twoMarks
  case filter
  case sortOrder
  case searchText
  /// The detail pane is on.
  case detailShown
  case bothPanes
  /// There are keys left to load.
  case notWhole
  /// The source can be read a second time.
  case rereadable
  /// The source can give its list in another order.
  case serverOrder

  /// An argument names the keys, so that this is not needed.
  var isMetByArgument: Bool {
    switch self {
    case .selection, .rows, .marks, .twoMarks: true
    default: false
    }
  }
}
