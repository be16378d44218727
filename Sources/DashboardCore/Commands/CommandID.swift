/// The name of each command of the dashboard and of plain mode; a command with its argument is a ``Command``.
///
/// What a command is called, which keys run it, where, and what it needs is in ``CommandCatalog``; what it does is the
/// exhaustive switch over ``Command`` in the reducer.
package enum CommandID: String, CaseIterable, Sendable {
  // Moving.
  case down
  case up
  case halfPageDown = "half-page-down"
  case halfPageUp = "half-page-up"
  case pageDown = "page-down"
  case pageUp = "page-up"
  case first
  case last
  case left
  case right
  case goTo = "go"

  // Panes and screens.
  case open
  case back
  case nextPane = "next-pane"
  case growDetail = "grow-detail"
  case shrinkDetail = "shrink-detail"
  case timeFormat = "time-format"
  case cursorFocus = "cursor-focus"

  // Finding.
  case filter
  case clearFilter = "clear-filter"
  case find
  case nextHit = "next-hit"
  case previousHit = "previous-hit"
  case sort
  case reverseSort = "reverse-sort"
  case order
  case columns

  // Asking.
  case permissionPivot = "permission-pivot"
  case pivotRarest = "pivot-rarest"
  case creatorGroups = "creator-groups"
  case histogram
  case compare
  case explain
  case position = "where"

  // Marks.
  case mark
  case markRange = "mark-range"
  case markAll = "mark-all"
  case clearMarks = "clear-marks"
  case nextMarked = "next-marked"
  case previousMarked = "previous-marked"

  // Taking away.
  case copy
  case printPlain = "print"
  case export

  // Loading.
  case refresh
  case reread
  case loadAll = "load-all"

  // The program.
  case palette
  case help
  case messages
  case set
  case redraw
  case suspend
  case cancel
  case quit

  // Editing a prompt's line.
  case promptAccept = "prompt-accept"
  case promptCancel = "prompt-cancel"
  case promptLeft = "prompt-left"
  case promptRight = "prompt-right"
  case promptStart = "prompt-start"
  case promptEnd = "prompt-end"
  case promptBackspace = "prompt-backspace"
  case promptDelete = "prompt-delete"
  case promptDeleteWord = "prompt-delete-word"
  case promptClear = "prompt-clear"
  case promptComplete = "prompt-complete"
  case promptOlder = "prompt-older"
  case promptNewer = "prompt-newer"
}
