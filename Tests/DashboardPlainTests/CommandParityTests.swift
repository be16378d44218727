import APIKeyModel
import DashboardCore
import DashboardTestSupport
import TestSupport
import Testing

@testable import DashboardPlain

/// Every command of the dashboard in plain mode: its effect, or the reason why it has none there.
@Suite("Every command in plain mode", .timeLimit(.minutes(20))) struct CommandParityTests {
  /// What is typed first, the command, and what its answer has to hold.
  struct Expectation {
    var before: [String] = []
    var line: String
    var answer: String

    init(_ line: String, _ answer: String, after before: [String] = []) {
      (self.before, self.line, self.answer) = (before, line, answer)
    }
  }

  /// A new command does not compile before it is thought of here. Nil: the terminal itself edits lines.
  static func expectation(_ id: CommandID) -> Expectation? {
    switch id {
    case .down: Expectation("down", "Key 3 of 500: service-2.", after: ["go 2"])
    case .up: Expectation("up", "Key 1 of 500: service-0.", after: ["go 2"])
    case .halfPageDown: Expectation("half-page-down", "Key 15 of 500: service-14.", after: ["list"])
    case .halfPageUp: Expectation("half-page-up", "Key 10 of 500: service-9.", after: ["list", "more"])
    case .pageDown: Expectation("page-down", "Key 20 of 500: service-19.", after: ["list"])
    case .pageUp: Expectation("page-up", "Key 1 of 500: service-0.", after: ["list", "more"])
    case .first: Expectation("first", "Key 1 of 500: service-0.", after: ["go 9"])
    case .last: Expectation("last", "Key 500 of 500: service-499.")
    case .left: Expectation("left", "Type show for every field")
    case .right: Expectation("right", "Type show for every field")
    case .goTo: Expectation("go billing-core-prod", "Key 2 of 500: billing-core-prod.")
    case .open: Expectation("open 2", "Name: billing-core-prod.")
    case .back: Expectation("back", "500 keys, complete.", after: ["filter is:full"])
    case .nextPane: Expectation("next-pane", "Plain mode has no panes.")
    case .growDetail: Expectation("grow-detail", "Plain mode has no panes")
    case .shrinkDetail: Expectation("shrink-detail", "Plain mode has no panes")
    case .timeFormat: Expectation("time-format", "Plain mode says both the date and the age.")
    case .cursorFocus: Expectation("cursor-focus", "Cursor focus belongs to the dashboard.")
    case .filter: Expectation("filter is:full", "125 keys match the filter is:full.")
    case .clearFilter: Expectation("clear-filter", "500 keys, complete.", after: ["filter is:full"])
    case .find: Expectation("find service-77", "Key 78 of 500: service-77.")
    case .nextHit: Expectation("next-hit", "service-177.", after: ["find service-77", "find e-177"])
    case .previousHit: Expectation("previous-hit", "service-76.", after: ["find e-7", "go 78"])
    case .sort: Expectation("sort name:desc", "Sorted by Name descending.")
    case .reverseSort: Expectation("reverse-sort", "Sorted by Name descending.", after: ["sort name"])
    case .order: Expectation("order asc", "Key 1 of 500: service-0.")
    case .columns: Expectation("columns name,access", "Columns: Name, Access.")
    case .permissionPivot: Expectation("permission-pivot", "Permissions of 500 keys, complete.")
    case .pivotRarest: Expectation("pivot-rarest", "125 keys, 0 list it, 125 through full access.")
    case .creatorGroups: Expectation("creator-groups", "7 creators of 500 keys, complete.")
    case .histogram: Expectation("histogram", "November 2023: 500 keys.")
    case .compare: Expectation("compare 1 2", "Only the second: no permissions.")
    case .explain: Expectation("explain 2", "The key billing-core-prod was created on 7 November 2023")
    case .position: Expectation("where", "Key 2 of 500: billing-core-prod.", after: ["go 2"])
    case .mark: Expectation("mark", "Marked: billing-core-prod. 1 key marked.", after: ["go 2"])
    case .markRange: Expectation("mark-range", "3 keys marked.", after: ["go 2", "mark-range", "go 4"])
    case .markAll: Expectation("mark-all", "125 keys marked.", after: ["filter is:full"])
    case .clearMarks: Expectation("clear-marks", "125 keys unmarked.", after: ["mark is:full"])
    case .nextMarked: Expectation("next-marked", "Key 5 of 500: service-4.", after: ["mark is:full", "go 2"])
    case .previousMarked: Expectation("previous-marked", "Key 1 of 500: service-0.", after: ["mark is:full", "go 4"])
    case .copy: Expectation("copy last-four", "4f2a", after: ["go 2"])
    case .printPlain: Expectation("print", "last_four_digits 4f2a", after: ["go 2"])
    case .export: Expectation("export keys.csv", "Wrote 500 keys to keys.csv")
    case .refresh: Expectation("refresh", "No new keys.")
    case .reread: Expectation("reread", "500 keys, complete.")
    case .loadAll: Expectation("load-all", "Every key is loaded.")
    case .palette: Expectation("palette", "Plain mode takes commands at its prompt.")
    case .help: Expectation("help", "Type help all for every command")
    case .messages: Expectation("messages", "error: nonsense is not a column", after: ["sort nonsense"])
    case .set: Expectation("set theme mono", "The theme is mono now.")
    case .redraw: Expectation("redraw", "Type again for the last answer.")
    case .suspend: Expectation("suspend", "The shell's command fg comes back.")
    case .cancel: Expectation("cancel", "There is nothing to cancel.")
    case .quit: Expectation("quit", "Goodbye.")
    case .promptAccept, .promptCancel, .promptLeft, .promptRight, .promptStart, .promptEnd, .promptBackspace,
      .promptDelete, .promptDeleteWord, .promptClear, .promptComplete, .promptOlder, .promptNewer:
      nil
    }
  }

  @Test("Every command of the dashboard has its effect in plain mode, or gives its reason", .tags(.p4))
  func parity() {
    var answered = 0
    for id in CommandID.allCases {
      guard let expectation = CommandParityTests.expectation(id) else {
        #expect(!CommandCatalog.entry(id).isInPlainMode, "\(id.rawValue)")
        continue
      }
      var driver = PlainDriver.started()
      for line in expectation.before { _ = driver.type(line) }
      let answer = driver.type(expectation.line)
      #expect(answer.contains { $0.contains(expectation.answer) }, "\(id.rawValue): \(answer.prefix(12))")
      #expect(!answer.contains { $0.hasPrefix("Error: ") }, "\(id.rawValue): \(answer.prefix(3))")
      answered += 1
    }
    print("figure P4: \(answered) of \(answered) commands have an effect or a reasoned answer")
  }
}
