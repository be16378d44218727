import APIKeyClient
package import APIKeyModel
package import KeyTable

/// The parts of the top line and the status line, and what `where` shows of them.
package enum StatusText {
  // MARK: The top line

  static func filter(_ text: String) -> String { "filter: \(text)" }
  /// From the longest to the shortest; each names plain mode.
  static func hints() -> [String] {
    let help = "\(Keymap.label(.help)) help"
    return ["read-only  \(help)  --plain: plain mode", "\(help)  --plain: plain mode", "\(help)  --plain", "--plain"]
  }

  // MARK: The order

  static let fileOrder = "file order"
  static let newestFirst = "newest first"
  static let oldestFirst = "oldest first"
  static func sorted(by order: SortOrder) -> String { "sorted by \(names(of: order))" }
  /// `Created descending, then Name`
  package static func names(of order: SortOrder) -> String {
    order.terms.map { "\($0.column.shortTitle)\($0.descending ? " descending" : "")" }.joined(separator: ", then ")
  }

  // MARK: The place

  /// `2 of 500`
  static func position(_ number: Int, of count: Int) -> String {
    "\(NumberText.grouped(number)) of \(NumberText.grouped(count))"
  }
  static func place(_ number: Int, of count: Int) -> String { "Key \(position(number, of: count))." }
  static func marked(_ count: Int) -> String { "\(NumberText.grouped(count)) marked" }
  static func unreadable(_ count: Int) -> String { "\(NumberText.grouped(count)) unreadable" }
  static func odd(_ count: Int) -> String { "\(NumberText.grouped(count)) odd" }
  /// Follows the result of a query about dates; `count` is of the loaded keys.
  static func withUndated(_ what: String, _ count: Int) -> String {
    count == 0 ? what : "\(what), \(NumberText.grouped(count)) without a date"
  }
  /// `12 keys have no date that can be judged.`; nil for none.
  package static func unjudged(_ count: Int) -> String? {
    count == 0 ? nil : "\(NumberText.count(count, "key")) \(count == 1 ? "has" : "have") no date that can be judged."
  }
  /// `2 keys have damaged text.`, `3 keys have a field that was not understood.`, and how to find them: of keys that are
  /// gone, which no filter finds among the others, nothing is shown of that.
  package static func flaws(_ flaws: KeyFlaws, ofGone: Bool = false) -> String? {
    func sentence(_ count: Int, _ what: String) -> String? {
      count == 0 ? nil : "\(NumberText.count(count, "key")) \(count == 1 ? "has" : "have") \(what)."
    }
    let sentences = [
      sentence(flaws.damagedKeys, "damaged text"), sentence(flaws.notUnderstoodKeys, "a field that was not understood"),
    ].compactMap(\.self)
    let hint = ofGone || sentences.isEmpty ? [] : ["The filter is:odd finds them."]
    return sentences.isEmpty ? nil : (sentences + hint).joined(separator: " ")
  }
  /// `12 match of 3,000 searched`
  static func matching(_ count: Int, of searched: Int) -> String {
    "\(NumberText.grouped(count)) match of \(NumberText.grouped(searched)) searched"
  }
  static func matching(_ count: Int, ofComplete searched: Int) -> String {
    "\(NumberText.grouped(count)) match of \(NumberText.grouped(searched)), complete"
  }
  /// `2 match of 3 gone keys`
  static func matching(_ count: Int, ofGone gone: Int) -> String {
    "\(NumberText.grouped(count)) match of \(ChangeText.gone(gone))"
  }
  static func stillLoading(_ what: String) -> String { "\(what), still loading" }
  static func more(_ what: String, isFile: Bool) -> String {
    "\(what), more \(isFile ? "in the file" : "on the server")"
  }
  static func spokenFilter(_ text: String, _ counts: String) -> String { "Filter \(text): \(counts)." }

  // MARK: Completeness

  static let nothingLoaded = "nothing loaded yet"
  static let loadingFirst = "loading..."
  /// `pages` is the number of pages the server gave, if it gave one.
  static func partial(_ count: Int, pages: Int?, isFile: Bool) -> String {
    more("\(NumberText.grouped(count)) loaded", isFile: isFile)
      + (pages.map { " (\(NumberText.count($0, "page")) in all)" } ?? "")
  }
  static func loading(_ count: Int, requests: Int) -> String {
    "\(NumberText.grouped(count)) loaded, loading... (\(NumberText.count(requests, "request")))"
  }
  /// `time` in seconds since the epoch.
  static func complete(_ count: Int, unreadable: Int, at time: Int64) -> String {
    let keys = NumberText.count(count, "key")
    return unreadable == 0
      ? "\(keys), complete at \(MomentText.clock(time))"
      : "\(keys), not complete: \(StatusText.unreadable(unreadable)), at \(MomentText.clock(time))"
  }
  /// `5,000 keys read whole at 11:09:39Z, 3 new at 11:40:02Z`; `count` includes the new ones.
  package static func readWhole(_ count: Int, unreadable: Int, at time: Int64, new: Int, lookedAt: Int64) -> String {
    "\(wholeRead(count - new, unreadable: unreadable, at: time)), \(found(new, lookedAt: lookedAt))"
  }
  /// `3 new at 11:40:02Z`
  package static func found(_ new: Int, lookedAt: Int64) -> String {
    "\(new == 0 ? "none" : NumberText.grouped(new)) new at \(MomentText.clock(lookedAt))"
  }
  /// The list was read whole, and is another one on the server now; `next` is what to do. `count` includes the new
  /// ones.
  package static func changed(
    _ count: Int, unreadable: Int, readAt time: Int64, new: Int, lookedAt: Int64?, next: String
  ) -> String {
    let news = lookedAt.flatMap { new == 0 ? nil : ", \(found(new, lookedAt: $0))" } ?? ""
    return "\(wholeRead(count - new, unreadable: unreadable, at: time))\(news), \(next)"
  }
  /// The same where there is no room for what to do.
  static let changedOnServerShort = "changed on the server"
  package static func changedOnServer() -> String {
    "changed on the server: press \(Keymap.label(.reread)) to read it again"
  }
  private static func wholeRead(_ count: Int, unreadable: Int, at time: Int64) -> String {
    let keys = NumberText.count(count, "key")
    return unreadable == 0
      ? "\(keys) read whole at \(MomentText.clock(time))"
      : "\(keys), not complete: \(StatusText.unreadable(unreadable)), read at \(MomentText.clock(time))"
  }
  /// `reason` is why a list that was read to its end is not complete.
  package static func notComplete(_ count: Int, reason: String) -> String {
    "\(NumberText.count(count, "key")), not complete: \(reason)"
  }
  package static func unchecked(_ reason: String?) -> String {
    "the check from the other end failed\(reason.map { ": \($0)" } ?? "")"
  }
  /// The end of a source that does not state whether it is complete.
  package static func unknown(_ count: Int) -> String {
    "\(NumberText.count(count, "key")) in the file; it does not say whether that is all"
  }
  static func rereading(_ count: Int) -> String { "reading again: \(NumberText.grouped(count)) so far" }
  /// `place` is the text of ``position(_:of:)``, of all keys.
  static func complete(place: String, at time: Int64) -> String { "\(place), complete at \(MomentText.clock(time))" }
  static func readWhole(place: String, at time: Int64, new: Int, lookedAt: Int64) -> String {
    "\(place), read whole at \(MomentText.clock(time)), \(found(new, lookedAt: lookedAt))"
  }
  /// `waiting` is the text of a wait, where the load continues automatically.
  static func stopped(after count: Int, reason: String?, waiting: String?, mayResume: Bool) -> String {
    if !mayResume { return "stopped after \(NumberText.grouped(count))\(reason.map { ": \($0)" } ?? "")" }
    let next = nextTry(waiting: waiting, repeats: false)
    return "stopped after \(NumberText.grouped(count))\(reason.map { ": \($0)" } ?? ""), \(next)"
  }
  /// How the load continues; `repeats` where the check of a list that was read is what failed.
  static func nextTry(waiting: String?, repeats: Bool) -> String {
    let refresh = Keymap.label(.refresh)
    return waiting.map { "\($0), \(refresh) tries now" } ?? "press \(refresh) to \(repeats ? "repeat it" : "resume")"
  }
  static func stoppedByYou(after count: Int) -> String {
    "stopped after \(NumberText.grouped(count)) by you, press \(Keymap.label(.refresh)) to resume"
  }
  static func waiting(until time: Int64) -> String { "trying again at \(MomentText.clock(time))" }
  static func waiting(seconds: Int) -> String {
    seconds < 120 ? "trying again in \(seconds) s" : "trying again in \(seconds / 60) min \(seconds % 60) s"
  }

  // MARK: Cursor focus, where the line does not count

  static let stillLoadingFirst = "loading"
  static func stillMore(isFile: Bool) -> String { "more keys are \(isFile ? "in the file" : "on the server")" }
}
