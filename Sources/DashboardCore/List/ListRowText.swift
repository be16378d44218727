import APIKeyModel
import KeyTable
import TerminalCore

/// The texts of one row.
package enum ListRowText {
  /// `now` is in seconds since the epoch.
  static func cell(_ column: KeyField, row: Int, of table: KeyTable, absoluteTime: Bool, now: Int64) -> DisplayText {
    if table.isOdd(at: row), case .notUnderstood(let odd) = table.state(of: column, at: row) {
      // Two columns have no room for more than a word.
      return column == .access || column == .permissions ? "odd" : DisplayText(odd.words)
    }
    switch column {
    case .name: return DisplayText(table.shownName(at: row)).showingLastSpace
    case .access: return DisplayText(table.access(at: row).word)
    case .permissions:
      if table.access(at: row) == .full { return "all" }
      return table.permissionCount(at: row).map { DisplayText(NumberText.grouped($0)) } ?? "-"
    case .created:
      guard let created = table.created(at: row) else { return DisplayText(KeyText.notReported) }
      return DisplayText(
        absoluteTime
          ? MomentText.short(created.seconds) : AgeText.relative(created.seconds, now: now))
    case .creator:
      guard let creator = table.creator(at: row) else { return "unknown" }
      return DisplayText(APIKey.shown(short(table.creatorID(creator).text)))
    case .id: return DisplayText(short(table.id(at: row).text))
    case .lastFour: return table.lastFour(at: row).map { DisplayText(APIKey.shown($0)).showingLastSpace } ?? "-"
    }
  }

  /// The first eight characters of an id.
  package static func short(_ id: String) -> String {
    // Ids are ASCII but for a server's fancy: its scalars then count, and are not cut in two.
    if id.utf8.count <= 10 { return id }
    if id.utf8.allSatisfy({ $0 < 0x80 }) {
      return String(Substring(id.utf8.prefix(8)))
    }
    return id.unicodeScalars.count > 10 ? String(String.UnicodeScalarView(id.unicodeScalars.prefix(8))) : id
  }
}
