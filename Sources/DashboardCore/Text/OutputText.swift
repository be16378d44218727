/// Sentences about copying and exporting.
package enum OutputText {
  // MARK: Copying

  static func title(_ field: DashboardState.CopyField) -> String {
    switch field {
    case .id: "Id of the key"
    case .name: "Name"
    case .creator: "Id of the creator"
    case .lastFour: "Last four"
    case .row: "Every field, one a line"
    case .json: "The key as JSON"
    }
  }
  /// The terminal gives no answer: it was sent, and nobody knows whether it arrived.
  static func sent(_ field: DashboardState.CopyField, _ wording: CommandWording) -> String {
    "\(title(field)) sent to the terminal's clipboard. If it does not arrive, \(wording.label(.printPlain)) prints it."
  }
  static func notAField(_ typed: String) -> String {
    let names = DashboardState.CopyField.allCases.map(\.rawValue).joined(separator: ", ")
    return "\(typed) is not a field to copy. Nothing was changed. Fields: \(names)."
  }
  static func notReported() -> String { "The server did not report that. Nothing was sent." }
  static func tooLong(_ wording: CommandWording) -> String {
    "That is too long for a terminal's clipboard. Nothing was sent. \(wording.telling(.export)) to write a file."
  }

  // MARK: Exporting

  static func wrote(_ count: Int, to path: String) -> String {
    "Wrote \(NumberText.count(count, "key")) to \(path), readable by you alone."
  }
  package static func nothingWritten() -> String { "Nothing was written." }
  /// `count` is the number of keys loaded.
  static func onlyAPart(_ count: Int, _ wording: CommandWording) -> String {
    "Only \(NumberText.count(count, "key")) loaded, and a part is never exported as the whole. \(wording.telling(.loadAll)) to load the rest, then export."
  }
}
