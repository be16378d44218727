/// Sentences about commands as such: keys and words that do nothing, leaving, and what a line would do.
package enum CommandText {
  // MARK: Keys

  /// `label` is how the keys pressed are written.
  static func doesNothing(_ label: String, _ wording: CommandWording) -> String {
    "\(label) does nothing here. \(wording.telling(.help)) for help."
  }
  static func doesNothing(_ id: CommandID, _ wording: CommandWording) -> String {
    "\(wording.label(id)) does nothing here."
  }
  static func pasteIsNoKeys(_ wording: CommandWording) -> String {
    "Pasted text is not taken as keys. \(wording.telling(.filter)) to filter, then paste."
  }
  static func nothingToCancel(_ wording: CommandWording) -> String {
    "Nothing to cancel. \(wording.label(.cancel)) again leaves; so does \(wording.label(.quit))."
  }
  static let nothingToComplete = "Nothing to complete here."
  /// `reason` is a sentence that does not state it itself.
  static func nothingChanged(_ reason: String) -> String { "\(reason) Nothing was changed." }

  // MARK: Lines

  package static let typeACommand = "Type a command, or help."
  /// `near` are names like it.
  static func notACommand(_ typed: String, near: [String]) -> String {
    let hint = near.isEmpty ? "" : " Did you mean \(near.joined(separator: " or "))?"
    return "\(typed.prefix(40)) is not a command.\(hint)"
  }
  package static let helpAdvice = "Type help for the list."
  static func takesNothing(_ name: String) -> String { "\(name) takes nothing after it." }
  package static func needs(_ name: String, _ what: String) -> String { "\(name) needs \(what) after it." }

  // MARK: Before Enter

  static let goOnTyping = "Type a command; Tab completes."
  /// `count` is the number of commands not listed.
  static func moreCommands(_ count: Int) -> String { "\(count) more commands: go on typing." }
  static func notNow(_ reason: String) -> String { "Not now. \(reason)" }
  static func wouldShow(_ count: Int, of keys: LoadedKeys) -> String {
    "Shows \(NumberText.grouped(count)) of \(keys.textSoFar)."
  }
  static func wouldMark(_ count: Int, of keys: LoadedKeys) -> String {
    "Marks \(NumberText.grouped(count)) of \(keys.textSoFar)."
  }
  /// `names` is the text of ``StatusText/names(of:)``.
  static func wouldSort(by names: String) -> String { "Sorts by \(names)." }
  /// Without a path, how its ending chooses the format.
  static func wouldWrite(_ count: Int, areMarked: Bool, to path: String?) -> String {
    let which = "\(count == 1 ? "the one" : "those") \(areMarked ? "marked" : "shown")"
    let file = path ?? "; its ending says how: .csv, .tsv, .json, .ndjson, .md or .txt"
    return "Writes \(NumberText.count(count, "key")), \(which), to a new file\(path == nil ? "" : " ")\(file)."
  }
}

extension LoadedKeys {
  /// `500 keys`, `50 keys loaded so far`
  fileprivate var textSoFar: String { isComplete ? text : "\(text) so far" }
}
