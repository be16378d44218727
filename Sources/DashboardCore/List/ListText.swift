import APIKeyModel

/// Words of the list: its columns, why it is empty, what is beside it.
package enum ListText {
  /// The title of a column that is sorted by, where signs are not to be heard.
  static func sorted(_ column: KeyField, descending: Bool) -> String {
    "\(column.shortTitle), \(descending ? "descending" : "ascending")"
  }
  /// Follows a name in cursor focus.
  package static let marked = ", marked"

  // MARK: In place of rows

  static let noMatch = "No key matches the filter."
  /// `searched` is the number of keys looked at.
  static func noMatch(among searched: Int) -> String {
    "No match among the \(NumberText.count(searched, "key")) searched so far."
  }
  /// Of a list that is not known to be all there is; `count` is the number of keys in it.
  static func noMatch(amongRead count: Int) -> String {
    "No match among the \(NumberText.count(count, "key")) read."
  }
  /// `isAsked` is true where some keys are gone, and none of them matches.
  static func noneGone(isAsked: Bool) -> String {
    isAsked ? "None of the keys that are gone matches the filter." : "No key is known to be gone."
  }
  static let noKeys = "There are no keys."
  static let noneLoaded = "No keys are loaded."
  static let loadingFirst = "Still loading the first keys."
  /// `failure` is what stopped the load, in full sentences.
  static func stopped(_ failure: String) -> String { "\(failure) Press \(Keymap.label(.refresh)) to try again." }

  // MARK: The header

  static func columnsRight(_ count: Int) -> String { "\(count) more >" }
  static func columnsLeft(_ count: Int) -> String { "< \(count) more" }
  static func columns(left: Int, right: Int) -> String { "< \(left)  \(right) >" }
}
