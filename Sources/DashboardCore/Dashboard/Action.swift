package import APIKeyClient
import APIKeyModel
package import KeyLoading
package import KeyTable
package import TerminalCore

/// Everything that can happen to the dashboard.
package enum Action: Sendable {
  case start
  /// One more page is wanted: plain mode reads on, and nothing is fetched ahead there.
  case nextPageWanted
  case keyPress(KeyPress)
  case invoke(Command)
  /// A command on keys by name, or on one chosen from several.
  case lookUp(KeyRequest)
  /// A typed line of the palette.
  case commandLine(String)
  /// A typed line of plain mode that is no command.
  case refused(CommandProblem)
  case resized(columns: Int, rows: Int)
  case pageLoaded(LoadID, Result<KeyPage, KeySourceError>)
  /// The time of ``DashboardState/wakeTime`` has come.
  case clock
  /// The result of ``Effect/continueLoad(_:)``.
  case loadContinues(LoadID)
  case evaluated(EvaluationID, RowList, searched: Int)
  case exported(Result<ExportOutcome, ExportProblem>)
  /// A click on a cell, where the mouse is on; `scroll` is -1, 0 or 1.
  case mouse(row: Int, column: Int, scroll: Int)
  /// Something outside has a sentence for the user.
  case notice(NoticeTraits.Kind, String)
}

/// What the reducer wants done, with all that it takes; performed by the effect runner, which sends actions back.
package enum Effect: Equatable, Sendable {
  case load(LoadID, PageRequest)
  case cancelLoad(LoadID)
  /// More of a load is to be taken in: to be done after waiting key presses.
  case continueLoad(LoadID)
  /// A long load is over: what it has used besides its keys is to go back to the system.
  case returnMemory
  /// Filter and sort, beside the loop where that takes long; ``Action/evaluated(_:_:searched:)`` has the rows.
  case evaluate(Evaluation)
  case copyToClipboard(ClipboardText)
  case export(ExportRequest)
  /// Leave the screen, print the lines, wait for Enter.
  case printLines([DisplayText])
  case redraw
  case suspend
  case setMouse(Bool)
  case setTheme(Theme)
  case saveSettings(DisplaySettings)
  case saveHistory([String])
  case quit(status: Int32)
}
