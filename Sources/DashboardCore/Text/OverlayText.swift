/// Titles and rows of overlays.
package enum OverlayText {
  // MARK: Titles

  static let help = "Help: Enter runs a command"
  static let messages = "Messages, newest first"
  static let sort = "Sort by"
  static let columns = "Columns: Enter shows or hides"
  static let copy = "Copy to the terminal's clipboard"
  static let comparison = "Comparison of two keys"
  static let explanation = "About this key"
  /// From the longest to the shortest; `inWords` is false where ``counts(_:listed:throughFullAccess:)`` stand in the rows.
  static func pivot(_ counted: CountedKeys, inWords: Bool) -> [String] {
    let long = "Keys that can use each permission: listed, and through full access\(counted.text)"
    let short = counted.matching.map { "Of \(NumberText.grouped($0)) matching: " } ?? ""
    return (inWords ? [long, "Keys that can use each permission\(counted.text)"] : [])
      + ["Keys = listed + full access\(counted.text)", "\(short)listed + full access"]
  }
  static func creators(_ counted: CountedKeys) -> String {
    "\(counted.isNarrow ? "Creators" : "Creators: keys, full access, oldest, newest")\(counted.text)"
  }
  static func histogram(_ counted: CountedKeys) -> String {
    "\(counted.isNarrow ? "Months" : "Keys created in each month")\(counted.text)"
  }

  // MARK: In place of rows

  package static let noMessages = "No messages."
  static func noCommand(_ text: String) -> String { "No command has \(text)." }
  static let noDates = "No key has a creation date."
  static let keyIsGone = "This key is no longer in the list."
  static let oneKeyIsGone = "One of the keys is no longer in the list."

  // MARK: Rows

  static let serverOrder = "Server order"
  /// `then Created, descending`
  static func order(_ column: String, descending: Bool, isFirst: Bool) -> String {
    "\(isFirst ? "" : "then ")\(column)\(descending ? ", descending" : "")"
  }
  static func whereEqual(_ names: String) -> String { "Where equal, after \(names)" }
  static func notInCatalogue(_ name: String) -> String { "\(name) (not in the catalogue)" }
  /// Numbers come aligned, as texts.
  static func listed(_ count: String) -> String { "\(count) listed" }
  package static func throughFullAccess(_ count: Int) -> String { "\(NumberText.grouped(count)) through full access" }
  static func counts(_ keys: String, listed: String, throughFullAccess: Int) -> String {
    "\(keys) = \(listed) + \(NumberText.grouped(throughFullAccess))"
  }
  package static let undated = "No date"
  static func monthsWithoutKeys(_ count: Int) -> String { "\(NumberText.count(count, "month")) without keys" }
  static func keys(_ aligned: String, _ count: Int) -> String { "\(aligned) \(count == 1 ? "key" : "keys")" }
  static func fullAccess(_ count: String) -> String { "\(count) full access" }
  static func span(_ first: String, _ last: String) -> String { "\(first) to \(last)" }
  static func only(_ name: String, _ count: Int) -> String { "Only \(name): \(NumberText.count(count, "permission"))" }
  static func both(_ count: Int) -> String { "Both: \(NumberText.count(count, "permission"))" }
}

/// The keys that a table of counts speaks of, where they are not simply all keys.
struct CountedKeys: Equatable, Sendable {
  /// Where there is a filter, the number of keys that match.
  let matching: Int?
  /// Where there may be more keys, those that are here.
  let loaded: Int?
  let isLoading: Bool
  let isFile: Bool
  /// The filter's result is not complete yet.
  let isSearching: Bool
  let isNarrow: Bool

  /// Follows a title: ` (of the 829 keys that match)`; nothing where every key is counted.
  var text: String {
    var parts: [String] = []
    if let matching {
      let keys = NumberText.count(matching, "key")
      let verb = matching == 1 ? "matches" : "match"
      parts.append(isNarrow ? "of \(NumberText.grouped(matching)) matching" : "of the \(keys) that \(verb)")
      if isSearching { parts.append("still searching") }
    }
    if let loaded {
      let rest = isLoading ? "still loading" : isFile ? "more in the file" : "more on the server"
      parts.append("\(matching == nil ? "of " : "")\(NumberText.count(loaded, "key")) loaded so far, \(rest)")
    }
    return parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
  }
}
