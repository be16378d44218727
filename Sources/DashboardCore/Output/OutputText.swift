import APIKeyClient
import APIKeyModel

/// Sentences about copying and exporting.
package enum OutputText {
  // MARK: Copying

  static func title(_ target: CopyTarget) -> String {
    switch target {
    case .row: "Every field"
    case .json: "The key as JSON"
    case .field(.count): "Number of permissions"
    case .field(let named):
      switch named.field {
      case .id: "Id of the key"
      case .creator: "Id of the creator"
      case .created: "Creation date"
      default: named.field.title
      }
    }
  }
  /// The terminal sends no reply: whether the text arrived is not known.
  static func sent(_ target: CopyTarget, isExact: Bool, _ wording: CommandWording) -> String {
    let form = isExact ? "" : ", copied as shown; copy json gives it exactly"
    return "\(title(target)) sent to the terminal's clipboard\(form). "
      + "If it does not arrive, \(wording.label(.printPlain)) prints it."
  }
  static func notAField(_ typed: String) -> String {
    let names = CopyTarget.all.map(\.typedName).joined(separator: ", ")
    return "\(typed) is not a field to copy. Nothing was changed. Fields: \(names)."
  }
  /// Of a field without a value, or with an empty one.
  static func nothingToCopy(_ state: FieldState) -> String {
    switch state {
    case .notReported: "The server did not report that. Nothing was sent."
    case .notUnderstood(let odd): "That was \(odd.words). Nothing was sent."
    case .value: "That is empty. Nothing was sent."
    }
  }
  static func tooLong(_ wording: CommandWording) -> String {
    "That is too long for a terminal's clipboard. Nothing was sent. \(wording.telling(.export)) to write a file."
  }

  // MARK: Exporting

  static func wrote(_ outcome: ExportOutcome) -> String {
    "Wrote \(NumberText.count(outcome.count, "key")) to \(outcome.path), readable by you alone"
      + (outcome.hasEvidenceBeside ? "; evidence is beside it." : ".")
  }
  package static let nothingWritten = "Nothing was written."
  package static func standardOutputIsTaken() -> String {
    "Nothing was written: - is standard output, which is in use here. Give the name of a file, "
      + "or use `apikeys-tui list`."
  }
  /// Follows the sentence about a file that exists already.
  package static let chooseAnotherName = "Choose another name."
  /// `count` is the number of records.
  static func someUnreadable(_ count: Int) -> String {
    "\(NumberText.count(count, "record")) could not be read, and a part is never exported as the whole. "
      + "Nothing was written. Mark keys to export just those."
  }
  /// `count` is the number of keys loaded. Plain mode prints it after the load, so it uses the past tense.
  static func loadingTheRest(_ count: Int, _ wording: CommandWording) -> String {
    let next = wording.isPlain ? "Nothing was written. The rest was asked for" : "Loading the rest"
    return "\(onlyAPart(count)) \(next); export again when it is complete."
  }
  /// `count` is the number of keys loaded.
  static func loadFirst(_ count: Int, _ wording: CommandWording) -> String {
    "\(onlyAPart(count)) \(wording.telling(.loadAll)) to load the rest, then export."
  }
  /// `error` is why a list that was read to its end is not complete.
  static func notWhole(_ error: KeySourceError) -> String { "Nothing was written. \(LoadText.failed(error))" }
  private static func onlyAPart(_ count: Int) -> String {
    let keys = NumberText.count(count, "key")
    return "Only \(keys) \(count == 1 ? "was" : "were") loaded, and a part is never exported as the whole."
  }
}
