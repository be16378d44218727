/// Sentences about marks, and about comparing what is marked.
enum MarkText {
  static func noneMarked(_ wording: CommandWording) -> String {
    "No key is marked. \(wording.telling(.mark)) to mark one."
  }
  static func marked(_ name: String) -> String { "Marked: \(name)." }
  static func unmarked(_ name: String) -> String { "Unmarked: \(name)." }
  static func marked(_ count: Int) -> String { "\(NumberText.count(count, "key")) marked." }
  static func takesTooLong(_ wording: CommandWording) -> String {
    "This search takes long. Filter for it first, then \(wording.label(.markAll)) marks what is shown."
  }
  static func unmarked(_ count: Int) -> String { "\(NumberText.count(count, "key")) unmarked." }
  static let noneAfter = "No marked key after this one."
  static let noneBefore = "No marked key before this one."

  // MARK: A range

  static func rangeStarted(_ wording: CommandWording) -> String {
    "Range started. Move, then \(wording.label(.markRange)) marks to there; \(wording.label(.back)) gives up."
  }
  static let rangeStartIsHidden = "The range's start is no longer shown. Nothing was marked."
  static let rangeGivenUp = "Range given up."

  // MARK: Comparing

  /// `count` is the number of keys marked.
  static func comparisonNeedsMarks(_ count: Int) -> String {
    "Mark two keys to compare them; \(NumberText.grouped(count)) marked now."
  }
  static let comparisonNeedsTwo =
    "Compare needs two keys. Nothing was changed. Give two numbers, ids or names."
}
