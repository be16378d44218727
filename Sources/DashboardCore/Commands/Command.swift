package import APIKeyClient
package import APIKeyModel
package import KeyTable

/// A command with its argument as values: what a chord, a click, a menu row, the palette and a plain line all make.
///
/// An argument that is nil was left out. What it then means, a prompt, a menu or the selected key, is the reducer's.
package enum Command: Equatable, Sendable {
  case move(Movement)
  case goTo(KeyName)

  case open(KeyName?)
  case back
  case nextPane
  case growDetail
  case shrinkDetail
  case timeFormat
  case cursorFocus

  case filter(Filter?)
  case clearFilter
  /// A text to go to, as typed.
  case find(String?)
  case nextHit
  case previousHit
  /// No terms: the server's order.
  case sort(SortOrder?)
  case reverseSort
  case order(ListOrder?)
  /// In this order; the name is the first.
  case columns([KeyField]?)

  case permissionPivot
  case pivotRarest
  case creatorGroups
  case histogram
  case compare(KeyPair?)
  case explain(KeyName?)
  case position

  case mark(MarkRequest?)
  case markRange
  case markAll
  case clearMarks
  case nextMarked
  case previousMarked

  case copy(CopyTarget?)
  case printPlain
  case export(path: String?)

  case refresh
  case reread
  case loadAll

  /// With a command's name typed already, where one is given.
  case palette(CommandID?)
  /// A text to look for in names and summaries, as typed.
  case help(String?)
  case messages
  case set(Setting)
  case redraw
  case suspend
  case cancel
  case quit

  case prompt(PromptEdit)
}

/// A way to go in the list, the detail or what is open over them.
package enum Movement: Equatable, Sendable {
  case down, up, halfPageDown, halfPageUp, pageDown, pageUp, first, last, left, right
}

/// A change of the line being typed.
package enum PromptEdit: Equatable, Sendable {
  case accept, cancel, left, right, start, end, backspace, delete, deleteWord, clear, complete, older, newer
}

/// Two keys to compare.
package struct KeyPair: Equatable, Sendable {
  package let first: KeyName
  package let second: KeyName

  package init(_ first: KeyName, _ second: KeyName) {
    self.first = first
    self.second = second
  }
}

/// What `mark` is about: keys by their rows or last four, or every key that matches a filter.
package enum MarkRequest: Equatable, Sendable {
  case keys(KeyName)
  case matching(Filter)
}

extension Command {
  /// The command of a name alone; nil where it needs an argument.
  package init?(_ id: CommandID) {
    switch id {
    case .down: self = .move(.down)
    case .up: self = .move(.up)
    case .halfPageDown: self = .move(.halfPageDown)
    case .halfPageUp: self = .move(.halfPageUp)
    case .pageDown: self = .move(.pageDown)
    case .pageUp: self = .move(.pageUp)
    case .first: self = .move(.first)
    case .last: self = .move(.last)
    case .left: self = .move(.left)
    case .right: self = .move(.right)
    case .goTo, .set: return nil
    case .open: self = .open(nil)
    case .back: self = .back
    case .nextPane: self = .nextPane
    case .growDetail: self = .growDetail
    case .shrinkDetail: self = .shrinkDetail
    case .timeFormat: self = .timeFormat
    case .cursorFocus: self = .cursorFocus
    case .filter: self = .filter(nil)
    case .clearFilter: self = .clearFilter
    case .find: self = .find(nil)
    case .nextHit: self = .nextHit
    case .previousHit: self = .previousHit
    case .sort: self = .sort(nil)
    case .reverseSort: self = .reverseSort
    case .order: self = .order(nil)
    case .columns: self = .columns(nil)
    case .permissionPivot: self = .permissionPivot
    case .pivotRarest: self = .pivotRarest
    case .creatorGroups: self = .creatorGroups
    case .histogram: self = .histogram
    case .compare: self = .compare(nil)
    case .explain: self = .explain(nil)
    case .position: self = .position
    case .mark: self = .mark(nil)
    case .markRange: self = .markRange
    case .markAll: self = .markAll
    case .clearMarks: self = .clearMarks
    case .nextMarked: self = .nextMarked
    case .previousMarked: self = .previousMarked
    case .copy: self = .copy(nil)
    case .printPlain: self = .printPlain
    case .export: self = .export(path: nil)
    case .refresh: self = .refresh
    case .reread: self = .reread
    case .loadAll: self = .loadAll
    case .palette: self = .palette(nil)
    case .help: self = .help(nil)
    case .messages: self = .messages
    case .redraw: self = .redraw
    case .suspend: self = .suspend
    case .cancel: self = .cancel
    case .quit: self = .quit
    case .promptAccept: self = .prompt(.accept)
    case .promptCancel: self = .prompt(.cancel)
    case .promptLeft: self = .prompt(.left)
    case .promptRight: self = .prompt(.right)
    case .promptStart: self = .prompt(.start)
    case .promptEnd: self = .prompt(.end)
    case .promptBackspace: self = .prompt(.backspace)
    case .promptDelete: self = .prompt(.delete)
    case .promptDeleteWord: self = .prompt(.deleteWord)
    case .promptClear: self = .prompt(.clear)
    case .promptComplete: self = .prompt(.complete)
    case .promptOlder: self = .prompt(.older)
    case .promptNewer: self = .prompt(.newer)
    }
  }

  /// Its name in the catalog.
  package var id: CommandID {
    switch self {
    case .move(let movement): movement.id
    case .goTo: .goTo
    case .open: .open
    case .back: .back
    case .nextPane: .nextPane
    case .growDetail: .growDetail
    case .shrinkDetail: .shrinkDetail
    case .timeFormat: .timeFormat
    case .cursorFocus: .cursorFocus
    case .filter: .filter
    case .clearFilter: .clearFilter
    case .find: .find
    case .nextHit: .nextHit
    case .previousHit: .previousHit
    case .sort: .sort
    case .reverseSort: .reverseSort
    case .order: .order
    case .columns: .columns
    case .permissionPivot: .permissionPivot
    case .pivotRarest: .pivotRarest
    case .creatorGroups: .creatorGroups
    case .histogram: .histogram
    case .compare: .compare
    case .explain: .explain
    case .position: .position
    case .mark: .mark
    case .markRange: .markRange
    case .markAll: .markAll
    case .clearMarks: .clearMarks
    case .nextMarked: .nextMarked
    case .previousMarked: .previousMarked
    case .copy: .copy
    case .printPlain: .printPlain
    case .export: .export
    case .refresh: .refresh
    case .reread: .reread
    case .loadAll: .loadAll
    case .palette: .palette
    case .help: .help
    case .messages: .messages
    case .set: .set
    case .redraw: .redraw
    case .suspend: .suspend
    case .cancel: .cancel
    case .quit: .quit
    case .prompt(let edit): edit.id
    }
  }

  /// Whether it has an argument where its name alone would do.
  package var hasArgument: Bool { self != Command(id) }
}

extension Movement {
  fileprivate var id: CommandID {
    switch self {
    case .down: .down
    case .up: .up
    case .halfPageDown: .halfPageDown
    case .halfPageUp: .halfPageUp
    case .pageDown: .pageDown
    case .pageUp: .pageUp
    case .first: .first
    case .last: .last
    case .left: .left
    case .right: .right
    }
  }
}

extension PromptEdit {
  fileprivate var id: CommandID {
    switch self {
    case .accept: .promptAccept
    case .cancel: .promptCancel
    case .left: .promptLeft
    case .right: .promptRight
    case .start: .promptStart
    case .end: .promptEnd
    case .backspace: .promptBackspace
    case .delete: .promptDelete
    case .deleteWord: .promptDeleteWord
    case .clear: .promptClear
    case .complete: .promptComplete
    case .older: .promptOlder
    case .newer: .promptNewer
    }
  }
}
