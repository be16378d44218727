/// Titles and rows of what is laid over the screen.
package enum OverlayText {
  // MARK: Titles

  static func help() -> String { "Help: Enter runs a command" }
  static func messages() -> String { "Messages, newest first" }
  static func sort() -> String { "Sort by" }
  static func columns() -> String { "Columns: Enter shows or hides" }
  static func copy() -> String { "Copy to the terminal's clipboard" }
  static func comparison() -> String { "Comparison of two keys" }
  static func explanation() -> String { "About this key" }
  /// `part` is what ``part(_:isLoading:isFile:)`` says where there may be more.
  static func pivot(_ part: String) -> String { "Keys that list each permission, and keys with full access\(part)" }
  /// Where ``counts(listed:throughFullAccess:)`` stand in the rows.
  static func shortPivot(_ part: String) -> String { "Keys: listed + full access\(part)" }
  static func creators(_ part: String) -> String { "Creators: keys, full access, oldest, newest\(part)" }
  static func histogram(_ part: String) -> String { "Keys created in each month\(part)" }
  /// Follows a title whose counts are of a part.
  static func part(_ count: Int, isLoading: Bool, isFile: Bool) -> String {
    let rest = isLoading ? "still loading" : isFile ? "more in the file" : "more on the server"
    return " (of \(NumberText.count(count, "key")) loaded so far, \(rest))"
  }

  // MARK: In place of rows

  package static func noMessages() -> String { "No messages." }
  static func noCommand(_ text: String) -> String { "No command has \(text)." }
  static func noDates() -> String { "No key has a creation date." }
  static func keyIsGone() -> String { "This key is no longer in the list." }
  static func oneKeyIsGone() -> String { "One of the keys is no longer in the list." }

  // MARK: Rows

  static func serverOrder() -> String { "Server order" }
  /// `then Created, descending`
  static func order(_ column: String, descending: Bool, isFirst: Bool) -> String {
    "\(isFirst ? "" : "then ")\(column)\(descending ? ", descending" : "")"
  }
  static func whereEqual(_ names: String) -> String { "Where equal, after \(names)" }
  static func notInCatalogue(_ name: String) -> String { "\(name) (not in the catalogue)" }
  /// Numbers come aligned, as texts.
  static func listed(_ count: String) -> String { "\(count) listed" }
  static func throughFullAccess(_ count: Int) -> String { "\(NumberText.grouped(count)) through full access" }
  static func counts(listed: String, throughFullAccess: Int) -> String {
    "\(listed) + \(NumberText.grouped(throughFullAccess))"
  }
  static func keys(_ aligned: String, _ count: Int) -> String { "\(aligned) \(count == 1 ? "key" : "keys")" }
  static func fullAccess(_ count: String) -> String { "\(count) full access" }
  static func span(_ first: String, _ last: String) -> String { "\(first) to \(last)" }
  static func only(_ name: String, _ count: Int) -> String { "Only \(name): \(NumberText.count(count, "permission"))" }
  static func both(_ count: Int) -> String { "Both: \(NumberText.count(count, "permission"))" }
}
