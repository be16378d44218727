import APIKeyModel
import KeyTable
import TerminalCore

/// A row of the list in cursor focus: one line to be heard or felt, its parts two cells apart instead of in columns.
///
/// The name and the access come first and are always there; what does not fit behind them is left out from the right.
struct SpokenRow {
  private static let gap: DisplayText = "  "

  let text: DisplayText

  /// `columns` are those chosen and not scrolled away, Name first; `width` is in cells.
  init(_ columns: [KeyField], row: Int, isMarked: Bool, width: Int, state: DashboardState) {
    let access = columns.contains(.access) ? SpokenRow.access(row, columns, state) : []
    let room = access.last.map { width - $0.width - SpokenRow.gap.width } ?? width
    let change = state.change(of: state.table.id(at: row)).map { DisplayText(ChangeText.spoken($0)) } ?? ""
    let mark = (isMarked ? DisplayText(ListText.marked) : "") + change
    let limit = max(min(room, ListColumns.spokenNameWidth) - mark.width, 1)
    var text = DisplayText(state.table.shownName(at: row)).showingLastSpace.truncated(to: limit) + mark
    func appended(_ part: DisplayText) -> DisplayText? {
      let longer = text + SpokenRow.gap + part
      return longer.width <= width ? longer : nil
    }
    // The number of permissions is shown with the access.
    for column in columns.dropFirst() where column != .permissions || access.isEmpty {
      let choices =
        switch column {
        case .access: access
        case .permissions: [SpokenRow.permissions(row, state)]
        default: [state.cell(column, row: row)]
        }
      guard
        let (place, longer) = choices.enumerated().lazy.compactMap({ place, part in appended(part).map { (place, $0) } }
        ).first
      else { break }
      text = longer
      // Where the access had to be shortened, what comes after it would only hide that.
      if place > 0 { break }
    }
    self.text = text
  }

  /// The titles of the columns that fit, as the rows follow each other.
  static func titles(_ titles: [DisplayText], width: Int) -> DisplayText {
    titles.dropFirst().reduce(titles.first ?? "") { text, title in
      let longer = text + gap + title
      return longer.width <= width ? longer : text
    }
  }

  /// With the number of permissions, the same shorter, and without it: the first that fits is shown.
  private static func access(_ row: Int, _ columns: [KeyField], _ state: DashboardState) -> [DisplayText] {
    let access = state.table.access(at: row)
    let count = state.table.permissionCount(at: row)
    let word = state.cell(.access, row: row)
    if state.table.isOdd(at: row), access != .full {
      let apiKey = state.table[row]
      if apiKey.notUnderstood[.access] != nil || apiKey.notUnderstood[.permissions] != nil {
        return [DisplayText(KeyText.access(apiKey)), word]
      }
    }
    guard access != .limited || columns.contains(.permissions) else { return [word] }
    let shorter = access == .limited ? count.map { [DisplayText(KeyText.limited(perms: $0))] } ?? [] : []
    return [DisplayText(KeyText.access(access, permissions: count))] + shorter + [word]
  }

  private static func permissions(_ row: Int, _ state: DashboardState) -> DisplayText {
    guard state.table.access(at: row) != .full else { return DisplayText(KeyText.everyPermission) }
    if case .notUnderstood(let odd) = state.table.state(of: .permissions, at: row) { return DisplayText(odd.words) }
    return DisplayText(KeyText.permissionCount(state.table.permissionCount(at: row)))
  }
}
