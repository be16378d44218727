import APIKeyClient
import APIKeyModel
import KeyLoading
import KeyTable
import TerminalCore

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
  /// The answer to ``Effect/continueLoad(_:)``.
  case loadContinues(LoadID)
  case evaluated(EvaluationID, RowList, searched: Int)
  case exported(Result<ExportOutcome, ExportProblem>)
  /// A click on a cell, where the mouse is on; `scroll` is -1, 0 or 1.
  case mouse(row: Int, column: Int, scroll: Int)
  /// Something outside has a sentence for the user.
  case notice(NoticeTraits.Kind, String)
}

/// What the reducer wants done; performed by the effect runner, answered by actions.
package enum Effect: Equatable, Sendable {
  case load(LoadID, PageRequest)
  case cancelLoad(LoadID)
  /// More of a load is to be taken in: to be answered once waiting keys had their turn.
  case continueLoad(LoadID)
  /// A long load is over: what it has used besides its keys is to go back to the system.
  case returnMemory
  /// Filter and sort a snapshot of the table, looking only at rows from `from` on where the question allows it.
  case evaluate(EvaluationID, KeyQuery, EvaluationScope)
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

/// Which rows an evaluation looks at.
package enum EvaluationScope: Equatable, Sendable {
  case wholeTable
  /// The table grew: only these rows are new, and they go to the end.
  case newRows(from: Int)
}

/// A file to write.
package struct ExportRequest: Equatable, Sendable {
  package var path: String
  /// Rows to write, by id, in order; nil writes what the filter shows.
  package var marked: [KeyIdentifier]?

  package init(path: String, marked: [KeyIdentifier]?) {
    self.path = path
    self.marked = marked
  }
}

/// A file that was written.
package struct ExportOutcome: Equatable, Sendable {
  package var path: String
  package var count: Int
  /// Set where evidence was written beside it.
  package var hasEvidenceBeside: Bool
  package init(path: String, count: Int, hasEvidenceBeside: Bool = false) {
    self.path = path
    self.count = count
    self.hasEvidenceBeside = hasEvidenceBeside
  }
}

/// Why a file was not written: a sentence, and an exit status (sysexits).
package struct ExportProblem: Error, Equatable, Sendable {
  package var sentence: String
  package var exitCode: Int32
  /// The sentence says what was written.
  package var saysOutcome: Bool

  package init(sentence: String, exitCode: Int32, saysOutcome: Bool = false) {
    self.sentence = sentence
    self.exitCode = exitCode
    self.saysOutcome = saysOutcome
  }
}
