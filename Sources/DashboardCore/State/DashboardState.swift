import APIKeyClient
import APIKeyModel
import KeyLoading
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

  /// What the load knows of the source.
  func plan(_ order: ListOrder) -> LoadPlan {
    var plan = LoadPlan(order: order)
    plan.pageSize = pageSize
    plan.cursorParameter = cursorParameter
    plan.isFile = isFile
    plan.hasBothOrders = hasBothOrders && !isFile
    plan.isRereadable = isRereadable
    // Plain mode has no countdown: nothing is said there unasked.
    plan.waits = !isPlain
    plan.limits = limits
    return plan
  }
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
  package var load: ListLoad
  /// Set from a load that failed until the next answer.
  package var loss: Loss?
  /// When the list was read whole, in seconds since the epoch.
  package var wholeReadAt: Int64?
  /// What differs since the list was read before.
  package var changes = ListChanges()
  /// Keys that the list did not have before: that a look for new keys or a second reading brought.
  package var newKeys: Set<KeyIdentifier> = []

  // The question asked of them.
  package var filter = Filter.none {
    didSet { if filter.asksForGone != oldValue.asksForGone { showNoRows() } }
  }
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
  /// Where Esc goes back to from a filter that a row of an overlay made, the last one first to be left.
  package var drillDowns: [DrillDownOrigin] = []
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
  /// The message says what a command did, or is an error: it stays while the cursor moves.
  package var messageOutlivesMovement = false
  /// What is wrong with the list, as long as it is so: shown again when another message has left.
  package var warning: Warning?
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
    self.columns = columns
    rowsOnScreen = rows
    self.now = now
    load = ListLoad(configuration.plan(order))
  }

  /// The keys of the list that are loaded.
  package var list: KeyTable {
    @inline(__always) _read { yield load.table }
  }
  /// The server's order that the list is read in.
  package var order: ListOrder { load.plan.order }

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
