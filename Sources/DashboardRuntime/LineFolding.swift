import DashboardCore

/// Breaks sentences where a terminal would break them, but at spaces.
///
/// A terminal breaks a long line at its last cell, inside a word as well, and a screen reader that goes by the rows of
/// the screen then speaks two halves of a word. Text without spaces, such as an id, is never broken.
enum LineFolding {
  /// Rows of fewer than `columns` cells of ASCII; one row where there is no size.
  static func rows(_ line: String, columns: Int) -> [String] {
    // The last cell stays free: some terminals leave a blank row after a full one.
    let room = columns - 1
    guard room > 0, line.utf8.count > room else { return [line] }
    var rows: [String] = []
    var row = ""
    for word in line.split(separator: " ", omittingEmptySubsequences: false) {
      if row.isEmpty {
        row = String(word)
      } else if row.unicodeScalars.count + 1 + word.unicodeScalars.count <= room {
        row += " " + word
      } else {
        var next = String(word)
        // A name may hold such a word, and no row behind the first begins as an error does.
        while PlainLine.looksLikeError(next), let space = row.lastIndex(of: " ") {
          next = row[row.index(after: space)...] + " " + next
          row = String(row[..<space])
        }
        guard !PlainLine.looksLikeError(next) else {
          row += " " + next
          continue
        }
        rows.append(row)
        row = next
      }
    }
    return rows + [row]
  }
}
