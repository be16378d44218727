import APIKeyModel
import KeyTable

/// The end of what was read, as a position to continue from: a server may have lost the row that the next page starts
/// after.
struct ListPosition: Sendable {
  /// Rows before the lost one that are tried.
  static let mostSteps = 3

  /// The last rows read, the newest last.
  private var recent: [KeyIdentifier] = []
  /// Rows stepped over, which the next page would begin with if the server still had them.
  private var passed: [KeyIdentifier] = []
  private var steps = 0
  /// Keys that were read and that the server does not have any more.
  private(set) var gone: Set<KeyIdentifier> = []

  /// Takes a page before it is added to the keys held: how many of its keys are known only because of a step back.
  ///
  /// A key that the server sends twice keeps its first position, and is no row to continue from.
  mutating func receive(_ keys: KeyBatch, _ table: KeyTable) -> Int {
    var repeated = 0
    for id in passed {
      if keys.row(of: id) == nil { gone.insert(id) } else { repeated += 1 }
    }
    if !gone.isEmpty { for row in 0..<keys.count { gone.remove(keys.id(at: row)) } }
    let again = passed
    passed = []
    steps = 0
    var news: [KeyIdentifier] = []
    for row in (0..<keys.count).reversed() where news.count <= ListPosition.mostSteps {
      let id = keys.id(at: row)
      if !news.contains(id), again.contains(id) || table.row(of: id) == nil { news.append(id) }
    }
    recent += news.reversed()
    if recent.count > ListPosition.mostSteps + 1 { recent.removeFirst(recent.count - ListPosition.mostSteps - 1) }
    return repeated
  }

  /// The row to continue after if the server does not know `cursor`; nil when enough were tried.
  mutating func stepBack(from cursor: KeyIdentifier) -> KeyIdentifier? {
    guard steps < ListPosition.mostSteps else { return nil }
    steps += 1
    // A server may name a cursor that is no row; the last row is tried first then.
    if recent.last == cursor { passed.append(recent.removeLast()) }
    return recent.last
  }

  /// The keys that are gone were taken out of the table.
  mutating func forgetGone() { gone = [] }
}
