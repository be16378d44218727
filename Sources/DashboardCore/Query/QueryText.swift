import APIKeyModel
import KeyTable

/// Sentences about the filter, the order and the columns.
enum QueryText {
  // MARK: Filter

  static let noFilter = "There is no filter."
  static let searching = "Searching every key."
  /// What is wrong, where, and what could stand there. `column` counts from 1.
  static func mistake(_ message: String, column: Int, suggestions: some Sequence<String>) -> String {
    let choices = Array(suggestions)
    let hint = choices.isEmpty ? "" : " Try \(choices.joined(separator: ", "))."
    return "Column \(column): \(message)\(hint)"
  }

  /// `There is no permission x. Nothing matches. Try perm:y.`
  static func doubt(_ message: String, matchesNothing: Bool, suggestions: [String]) -> String {
    let hint = suggestions.isEmpty ? "" : " Try \(suggestions.joined(separator: ", "))."
    return "\(message)\(matchesNothing ? " Nothing matches." : "")\(hint)"
  }

  /// `12 of 500 keys match is:full, sorted by Name.`
  static func result(_ result: QueryResult) -> String {
    let keys = result.keys.text
    let tail = result.order.map { ", \(StatusText.order($0))" } ?? ""
    guard let filter = result.filter else { return "\(keys)\(tail)." }
    guard result.matching > 0 else { return "None of \(keys) matches \(filter)." }
    let verb = result.matching == 1 ? "matches" : "match"
    return "\(NumberText.grouped(result.matching)) of \(keys) \(verb) \(filter)\(tail)."
  }

  // MARK: Order

  static let newestFirst = "Newest first."
  static let oldestFirst = "Oldest first."
  static let notAnOrder = "The order is asc or desc. Nothing was changed."
  static func notSorted(_ wording: CommandWording) -> String {
    "The list is in the server's order. \(wording.telling(.sort)) to sort, or \(wording.label(.order)) for the other order."
  }
  static func fileHasOneOrder(_ wording: CommandWording) -> String {
    "A file has one order. \(wording.telling(.sort)) to sort."
  }

  // MARK: Columns
}
