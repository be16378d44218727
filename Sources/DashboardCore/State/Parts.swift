import APIKeyClient
import APIKeyModel
import KeyLoading
import KeyTable
import TerminalCore

/// What the outside tells: the size of the terminal in cells, and the time.
package struct DashboardEnvironment: Equatable, Sendable {
  package internal(set) var width: Int
  package internal(set) var height: Int
  /// Seconds since the epoch, as of the last action.
  package internal(set) var now: Int64
}

/// The keys, and how they are read.
package struct LoadingState: Sendable {
  package internal(set) var load: ListLoad
  /// Set from a load that failed until the next response.
  package internal(set) var loss: Loss?
  /// When the list was read whole, in seconds since the epoch.
  package internal(set) var wholeReadAt: Int64?
  /// What differs since the list was read before.
  package internal(set) var changes = ListChanges()
  /// Keys that the list did not have before: that a look for new keys or a second reading brought.
  package internal(set) var newKeys: Set<KeyIdentifier> = []
  /// Go to the last row when the load under way ends.
  package internal(set) var goToEndWhenLoaded = false
  /// A command that waits for the rest of the list.
  package internal(set) var lookup: Lookup?

  init(load: ListLoad) { self.load = load }
}

/// The filter, and the rows that match it.
package struct QueryState: Sendable {
  package internal(set) var filter = Filter.none {
    didSet { if filter.asksForGone != oldValue.asksForGone { showNoRows() } }
  }
  /// What is doubtful about the filter, once every key was searched.
  package internal(set) var doubt: FilterDoubt?
  /// The rows shown, in order, as numbers of the table.
  package internal(set) var visible = RowList(count: 0) { didSet { revision &+= 1 } }
  /// Another one with every change of ``visible`` or of the keys behind it: what was counted of them is outdated then.
  private(set) var revision = 0
  /// How many of the table's rows ``visible`` speaks of.
  package internal(set) var searched = 0
  package internal(set) var evaluation: EvaluationID?
  package internal(set) var nextEvaluation = 0
  /// Set when the table grew or the query changed while an evaluation ran.
  package internal(set) var evaluationIsStale = false

  /// The rows shown are the same, but the list behind them is another one.
  mutating func noteOtherKeys() { revision &+= 1 }

  /// Until the rows of a query about another table are here.
  mutating func showNoRows() {
    visible = RowList(count: 0)
    searched = 0
    evaluation = nil
    evaluationIsStale = false
  }
}

/// The cursor in the list.
package struct ListState: Sendable {
  package internal(set) var selection: KeyIdentifier?
  /// The index of ``selection`` among the rows shown.
  package internal(set) var position = 0
  /// The index of the first row on the screen.
  package internal(set) var top = 0
  package internal(set) var horizontalScroll = 0
  package internal(set) var findText = ""
}

/// The detail of the selected key.
package struct DetailState: Sendable {
  /// The pane that has the keyboard.
  package internal(set) var pane = Pane.list
  /// In one-pane layouts: the detail is what is shown.
  package internal(set) var isOpen = false
  /// The line that has the cursor, and the first one shown.
  package internal(set) var line = 0
  package internal(set) var top = 0
}

/// Cursor focus: see ``DashboardState/keepStill(since:)``.
package struct CursorFocusState: Sendable {
  /// The indexes of the list's rows that are on the screen; nil is the whole page.
  package internal(set) var shownPlaces: Range<Int>?
  /// The hardware cursor is on the message: the response to a query, before the first row is gone to.
  package internal(set) var isOnMessage = false
  /// A query was made, and its result is not yet whole.
  package internal(set) var awaitsAnswer = false
}

/// Marked keys, by id.
package struct MarksState: Sendable {
  package internal(set) var ids: Set<KeyIdentifier> = []
  package internal(set) var rangeStart: KeyIdentifier?

  package var count: Int { ids.count }
  package var isEmpty: Bool { ids.isEmpty }
  package func contains(_ id: KeyIdentifier) -> Bool { ids.contains(id) }
}
