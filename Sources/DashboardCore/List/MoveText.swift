/// Sentences about going to a row, and about naming a key.
package enum MoveText {
  // MARK: Ends

  static let firstKey = "This is the first key."
  static let lastKey = "This is the last key."
  static let lastReadableKey = "This is the last key that could be read."
  static func lastKeyLoaded(_ wording: CommandWording) -> String {
    "This is the last key loaded. \(wording.telling(.last)) to load the rest."
  }
  static let everyColumnIsShown = "Every column is shown."
  static let detailIsLargest = "The detail is as large as it can be."
  static let detailIsSmallest = "The detail is as small as it can be."
  static let onePaneOnly = "There is one pane only at this size; the detail fills the screen."
  static func detailIsOff(_ wording: CommandWording) -> String {
    "The detail is off. \(wording.telling(.palette)), then set detail on, to show it."
  }
  static let firstLine = "This is the first line."
  static let lastLine = "This is the last line."
  static func nothingToGoBackFrom(_ wording: CommandWording) -> String {
    "Nothing to go back from. \(wording.telling(.quit)) to quit."
  }
  static let nothingToChoose = "There is nothing to choose on this line."
  package static let noKeyIsSelected = "No key is selected."

  // MARK: Naming a key

  /// `count` is the number of keys shown.
  package static func notAKeyNumber(_ typed: String, of count: Int) -> String {
    "\(typed) is not a key number. Nothing was changed. Choose 1 to \(NumberText.grouped(count))."
  }
  /// `reason` is why no key is shown.
  package static func notAKeyNumber(_ typed: String, reason: String) -> String {
    "\(typed) is not a key number. Nothing was changed. \(reason)"
  }
  /// `loaded` is the number of keys here, where there may be more.
  static func noSuchKey(_ typed: String, among loaded: Int?) -> String {
    let part = loaded.map { " among the \(NumberText.count($0, "key")) read" } ?? ""
    return "No key has the id, name or last four \(typed)\(part). Nothing was changed."
  }
  static let goneKeyHadIt = "A key that is gone had it: the filter is:gone shows it."
  static func isHidden(_ name: String, _ wording: CommandWording) -> String {
    "The filter hides \(name). \(wording.telling(.back)) to drop it."
  }

  // MARK: Finding

  static func notFound(_ text: String, unreadable: Int = 0) -> String {
    unreadable == 0
      ? "Not found: \(text)."
      : "Not found: \(text). \(NumberText.count(unreadable, "record")) could not be read, and may have it."
  }
  static func nothingSearched(_ wording: CommandWording) -> String {
    "Nothing was searched for yet. \(wording.telling(.find)) to find a text."
  }
}
