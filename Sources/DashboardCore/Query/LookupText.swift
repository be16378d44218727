/// Sentences about keys that are looked for by name.
package enum LookupText {
  static func searching(_ wording: CommandWording) -> String {
    "Searching every key; \(wording.label(.cancel)) stops it."
  }

  /// `3 keys match 8462: choose one.` `searched` is the number of keys looked at, where there may be more.
  package static func choose(_ count: Int, match typed: String, searched: Int?) -> String {
    let part = searched.map { " among the \(NumberText.count($0, "key")) searched" } ?? ""
    let verb = count == 1 ? "matches" : "match"
    return "\(NumberText.count(count, "key"))\(part) \(verb) \(typed). Nothing was changed."
  }
  /// Follows the sentence in plain mode, where the keys are a numbered list.
  package static let typeANumber = "Type the number of one."
  package static func moreMatches(_ count: Int) -> String {
    "\(NumberText.count(count, "more key", plural: "more keys")): name the one by its id."
  }

  /// `text` is what was looked for; `isStopped` where the load failed.
  static func stopped(_ text: String?, after searched: Int, found: Int, isFailure: Bool) -> String {
    let what = text.map { " for \($0)" } ?? ""
    let why = isFailure ? "The load stopped" : "Stopped"
    let matches = found == 0 ? "" : ", \(NumberText.grouped(found)) of them \(found == 1 ? "matches" : "match")"
    return "\(why) after \(NumberText.count(searched, "key")) searched\(what)\(matches). Nothing was changed."
  }

  static func outOfRange(_ number: Int, of count: Int) -> String {
    let rows = count == 1 ? "There is 1 row" : "There are \(NumberText.grouped(count)) rows"
    return number == .max ? "\(rows): this number is too large." : "\(rows), and no row \(number)."
  }
  static func rowOrRows(_ typed: String, row: Int, rows: String) -> String {
    "\(typed) can be row \(row), or the rows \(rows): type the one without commas, or the others with spaces."
  }
}
