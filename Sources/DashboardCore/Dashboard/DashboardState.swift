package import APIKeyClient
import APIKeyModel
package import KeyLoading
package import KeyTable
import TerminalCore

/// What does not change while the program runs.
package struct DashboardConfiguration: Sendable {
  /// The host or file shown on the top line; untrusted text.
  package var sourceLabel: String
  package var isFile: Bool
  package var isRereadable: Bool
  /// Set where a full load may read from both ends of the list.
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
    // Plain mode has no countdown: nothing is printed there unasked.
    plan.waits = !isPlain
    plan.limits = limits
    return plan
  }
}

/// Everything the dashboard knows. Changed only by ``reduce(_:_:now:)``.
package struct DashboardState: Sendable {
  package let configuration: DashboardConfiguration
  package internal(set) var settings: DisplaySettings
  package internal(set) var environment: DashboardEnvironment
  /// The keys, and how they are read.
  package internal(set) var loading: LoadingState
  /// The filter and the rows that match it.
  package internal(set) var query = QueryState()
  /// The cursor in the list.
  package internal(set) var list = ListState()
  package internal(set) var detail = DetailState()
  /// What is open over the list and the detail.
  package internal(set) var views = ViewStack()
  /// What is being typed.
  package internal(set) var input = InputState()
  package internal(set) var cursorFocus = CursorFocusState()
  package internal(set) var marks = MarksState()
  package internal(set) var messages = MessagesState()

  package init(
    configuration: DashboardConfiguration, settings: DisplaySettings = DisplaySettings(),
    order: ListOrder = .descending, columns: Int = 80, rows: Int = 24, now: Int64 = 0
  ) {
    self.configuration = configuration
    self.settings = settings
    environment = DashboardEnvironment(width: columns, height: rows, now: now)
    loading = LoadingState(load: ListLoad(configuration.plan(order)))
  }

  /// The keys of the list that are loaded.
  package var allKeys: KeyTable {
    @inline(__always) _read { yield loading.load.table }
  }
  package var load: ListLoad {
    @inline(__always) _read { yield loading.load }
  }
  /// The server's order that the list is read in.
  package var order: ListOrder { load.plan.order }

  /// What the keyboard speaks to.
  package var scope: CommandScope {
    if input.prompt != nil { return .prompt }
    if views.hasOverlay { return .overlay }
    return detail.pane == .detail ? .detail : .list
  }

  package var keyQuery: KeyQuery { KeyQuery(filter: query.filter, sort: settings.sort) }
  /// Whether the rows shown are simply all keys in the server's order.
  package var isServerOrder: Bool { query.filter.isEmpty && settings.sort.terms.isEmpty }

  /// The table row of ``ListState/selection``, which a filter may hide while it is open; nil when nothing is selected.
  package var selectedRow: Int? {
    list.selection.flatMap { table.row(of: $0) }
  }

  package var layout: Layout {
    Layout(
      columns: environment.width, rows: environment.height, settings: settings, pane: detail.pane,
      detailIsOpen: detail.isOpen)
  }

  /// How the list's columns share its width.
  package var listColumns: ListColumns {
    ListColumns(
      settings, horizontalScroll: list.horizontalScroll, width: layout.listWidth, wordWidth: changeWordWidth)
  }

  /// Takes the time, in seconds since the epoch, where nothing else changes.
  package mutating func noteTime(_ now: Int64) { environment.setTime(now) }

  /// The filter to begin with, before anything is read.
  package mutating func begin(with filter: Filter) { query.begin(filter) }

  /// The filters typed in earlier sessions, the oldest first.
  package mutating func rememberFilters(_ lines: [String]) { input.remember(lines, for: .filter) }
}
