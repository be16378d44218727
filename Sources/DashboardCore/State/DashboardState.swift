import APIKeyClient
import APIKeyModel
import KeyTable
import TerminalCore

/// What does not change while the program runs.
package struct DashboardConfiguration: Sendable {
  /// The host or file shown on the top line; untrusted text.
  package var sourceLabel: String
  package var isFile: Bool
  package var isRereadable: Bool
  /// Set where a full load may walk from both ends of the list.
  package var hasBothOrders: Bool
  /// The page size asked for; nil lets the program choose (50 first, more when it fetches ahead, 1000 for all).
  package var pageSize: Int?
  /// Seconds east of UTC in the user's zone at a moment, and the zone's name; nil where it is UTC.
  package var localTime: @Sendable (_ seconds: Int64) -> (offset: Int, zone: String)?
  /// Set in plain mode: nothing depends on the size of a screen there.
  package var isPlain: Bool
  /// The server's name for the parameter that carries the page cursor.
  package var cursorParameter = "after"
  package var limits = LoadLimits()

  package init(
    sourceLabel: String, isFile: Bool = false, isRereadable: Bool = true, hasBothOrders: Bool = true,
    pageSize: Int? = nil, isPlain: Bool = false,
    localTime: @escaping @Sendable (Int64) -> (offset: Int, zone: String)? = { _ in nil }
  ) {
    self.sourceLabel = sourceLabel
    self.isFile = isFile
    self.isRereadable = isRereadable
    self.hasBothOrders = hasBothOrders
    self.pageSize = pageSize
    self.isPlain = isPlain
    self.localTime = localTime
  }

  /// A walk from the top of the list.
  func walk(_ order: ListOrder) -> PageWalk {
    PageWalk(order: order, cursorParameter: cursorParameter, mayRepeat: isFile, limits: limits)
  }

  package static let firstPageSize = 50
  package static let prefetchPageSize = 200
}

/// The two panes.
package enum Pane: Equatable, Sendable {
  case list
  case detail
}

/// Names one run of the filter and sort; a late answer is dropped.
package struct EvaluationID: Hashable, Sendable {
  package let number: Int
}

/// Everything the dashboard knows. Changed only by ``reduce(_:_:now:)``.
package struct DashboardState: Sendable {
  package let configuration: DashboardConfiguration
  package var settings: DisplaySettings
  package var columns: Int
  package var rowsOnScreen: Int

  // The keys.
  package var table = KeyTable()
  package var order: ListOrder
  package var load: LoadState
  /// Set from a load that failed until the next answer.
  package var loss: Loss?
  /// Keys that a refresh brought.
  package var newKeys: Set<KeyIdentifier> = []

  // The question asked of them.
  package var filter = Filter.none
  /// What is doubtful about the filter, once every key was searched.
  package var doubt: FilterDoubt?
  package var findText = ""
  /// The rows shown, in order, as numbers of the table.
  package var visible = RowList(count: 0)
  /// How many of the table's rows ``visible`` speaks of.
  package var searched = 0
  package var evaluation: EvaluationID?
  package var nextEvaluation = 0
  /// Set when the table grew or the question changed while an evaluation ran.
  package var evaluationIsStale = false

  // The place.
  package var selection: KeyIdentifier?
  /// Where ``selection`` is in ``visible``.
  package var position = 0
  /// The first row shown, as a place in ``visible``.
  package var top = 0
  package var horizontalScroll = 0
  package var pane = Pane.list
  /// In one-pane layouts: the detail is what is shown.
  package var detailIsOpen = false
  /// The line of the detail that has the cursor, and the first one shown.
  package var detailLine = 0
  package var detailTop = 0
  package var overlays: [OverlayState] = []
  package var prompt: PromptState?
  package var histories: [[String]] = [[], [], [], []]
  package var pendingPresses: [KeyPress] = []
  /// Go to the last row when the load under way ends.
  package var goToEndWhenLoaded = false
  /// A command that waits for the rest of the list.
  package var lookup: Lookup?

  // Cursor focus: see ``keepStill(since:)``.
  /// The places of the list that are on the screen; nil is the whole page.
  package var shownPlaces: Range<Int>?
  /// The hardware cursor is on the message: the answer to a question, before the first row is gone to.
  package var cursorIsOnMessage = false
  /// A question was asked, and its answer is not yet whole.
  package var awaitsAnswer = false

  // Marks, by id.
  package var marks: Set<KeyIdentifier> = []
  package var rangeStart: KeyIdentifier?

  // Messages.
  package var message: Message?
  package var messageLog: [Message] = []
  /// Ctrl-C was the last key: once more leaves.
  package var cancelWasPressed = false
  /// Seconds since the epoch, as of the last action.
  package var now: Int64

  package init(
    configuration: DashboardConfiguration, settings: DisplaySettings = DisplaySettings(),
    order: ListOrder = .descending, columns: Int = 80, rows: Int = 24, now: Int64 = 0
  ) {
    self.configuration = configuration
    self.settings = settings
    self.order = order
    self.columns = columns
    rowsOnScreen = rows
    self.now = now
    load = LoadState(walk: configuration.walk(order))
  }

  /// What the keyboard speaks to.
  package var scope: CommandScope {
    if prompt != nil { return .prompt }
    if !overlays.isEmpty { return .overlay }
    return pane == .detail ? .detail : .list
  }

  package var query: KeyQuery { KeyQuery(filter: filter, sort: settings.sort) }
  /// Whether the rows shown are simply all keys in the server's order.
  package var isPlainOrder: Bool { filter.isEmpty && settings.sort.terms.isEmpty }

  /// The table row of ``selection``, which a filter may hide while it is open; nil when nothing is selected.
  package var selectedRow: Int? {
    selection.flatMap { table.row(of: $0) }
  }

  package var layout: Layout {
    Layout(columns: columns, rows: rowsOnScreen, settings: settings, pane: pane, detailIsOpen: detailIsOpen)
  }
}
