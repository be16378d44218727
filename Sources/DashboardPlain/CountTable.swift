import APIKeyModel
import DashboardCore
import KeyTable
import TerminalCore

/// A table of counts that is printed in parts, and the command that makes it again.
struct CountTable: Sendable {
  let command: Command
  let noun: PlainNoun
  let rows: [CountRow]

  /// Nil for a command that counts nothing.
  init?(_ command: Command, _ state: DashboardState) {
    let overlay: any CountingOverlay
    switch command {
    case .permissionPivot: (overlay, noun) = (PermissionsOverlay(), .permission)
    case .pivotRarest: (overlay, noun) = (PermissionsOverlay(rarestFirst: true), .permission)
    case .creatorGroups: (overlay, noun) = (CreatorsOverlay(), .creator)
    case .histogram: (overlay, noun) = (MonthsOverlay(), .month)
    default: return nil
    }
    self.command = command
    rows = overlay.counts(state.overlayInput())
  }

  /// Whether the counts are those of the keys that are shown now.
  func isCurrent(_ state: DashboardState) -> Bool { CountTable(command, state)?.rows == rows }
}

extension CountRow {
  /// The condition for its keys in the form that the header of its table states; nil where the header states none.
  private var headerForm: String? {
    switch self {
    case .permission(let tally): "perm:\(tally.name)"
    case .creator(_, let id): id.map { "creator:\($0.text)" }
    case .month(let tally): "created:\(tally.text)"
    case .undated: nil
    }
  }

  /// The condition to type for its keys, where that is not the header's form with the name that is printed. Nil also
  /// where it would be longer than a filter may be.
  func ownCondition(in table: KeyTable) -> String? {
    do throws(FilterError) {
      let condition = try drillDown.filter(in: table).text
      if let headerForm, condition == headerForm, DisplayText.isExact(headerForm) { return nil }
      // What is not printed as it is cannot be typed from what is printed.
      guard !DisplayText.isExact(condition) else { return condition }
      return try drillDown.filter(in: table, isEscaped: true).text
    } catch {
      return nil
    }
  }
}
