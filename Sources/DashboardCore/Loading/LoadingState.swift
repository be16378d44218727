import APIKeyClient
package import APIKeyModel
package import KeyLoading
import KeyTable

/// The failure that the list was lost to.
package struct Loss: Equatable, Sendable {
  let error: KeySourceError
  /// Set while the next try was not asked for by the user.
  fileprivate(set) var isTriedUnasked = false
}

/// The keys, and how they are read.
///
/// Invariants: ``newKeys`` and ``changes`` speak of keys of ``load``'s table, or of those that are gone from it. At most
/// one command waits for the rest of the list.
package struct LoadingState: Sendable {
  package private(set) var load: ListLoad
  /// Set from a load that failed until the next response.
  package private(set) var loss: Loss?
  /// When the list was read whole, in seconds since the epoch. While it is read again, still the time of the first read.
  package private(set) var wholeReadAt: Int64?
  /// What differs since the list was read before.
  package private(set) var changes = ListChanges()
  /// Keys that the list did not have before: found by a look for new keys or by a second read.
  package private(set) var newKeys: Set<KeyIdentifier> = []
  /// Go to the last row when the load under way ends.
  package private(set) var goesToEndWhenLoaded = false
  /// A command that waits for the rest of the list.
  package private(set) var lookup: Lookup?

  init(load: ListLoad) { self.load = load }

  /// `now` is in seconds since the epoch.
  mutating func handle(_ event: LoadEvent, now: Int64) -> LoadOutput { load.handle(event, now: now) }

  /// Forgets every key and reads from the top. `now` is in seconds since the epoch.
  mutating func start(_ goal: LoadGoal, order: ListOrder, now: Int64) -> LoadOutput {
    load.start(goal, order: order, now: now)
  }

  // MARK: The source, lost and found

  /// A load failed; false if this is not news: an automatic retry failed as the last one did.
  mutating func noteFailure(_ error: KeySourceError) -> Bool {
    let isNews = loss.map { !$0.isTriedUnasked || !$0.error.isSameFailure(as: error) } ?? true
    loss = Loss(error: error)
    return isNews
  }

  /// The next try is the program's own.
  mutating func noteUnaskedTry() { loss?.isTriedUnasked = true }

  /// A response came; true where the source was lost until now.
  mutating func noteResponse() -> Bool {
    defer { loss = nil }
    return loss != nil
  }

  // MARK: What differs

  /// After each action: the time of the last whole read.
  mutating func noteWholeRead() {
    if let time = load.completeness.wholeReadAt { wholeReadAt = time }
  }

  /// Compares the table, read whole, with the one before. `wasWhole` is false where `previous` was a part of the list;
  /// `rowsAbove` are those between the top of the screen and the cursor, to be kept.
  mutating func compare(with previous: KeyTable, wasWhole: Bool, rowsAbove: Int) {
    // Keys found since the last whole read are new since then, too.
    let found = newKeys.subtracting(changes.added)
    changes = ListChanges(
      from: previous, to: load.table, since: wholeReadAt, wasWhole: wasWhole, order: load.plan.order, found: found,
      rowsAbove: rowsAbove)
    newKeys = changes.added
  }

  /// A look found keys.
  mutating func addNewKeys(_ ids: [KeyIdentifier]) { newKeys.formUnion(ids) }

  /// A read ended: keys that looks found before are part of it.
  mutating func countNewKeysAsRead() { changes.addFound(newKeys) }

  /// The table is another one: keys that it does not have are not new.
  mutating func forgetMissingNewKeys() {
    let table = load.table
    newKeys = newKeys.filter { table.row(of: $0) != nil }
  }

  /// Rows between the top of the screen and the cursor, to be kept once, with the first rows of a new table.
  mutating func takeRowsAbove() -> Int? { changes.takeRowsAbove() }

  // MARK: What waits for the load

  mutating func goToEndWhenLoaded() { goesToEndWhenLoaded = true }
  mutating func cancelGoToEnd() { goesToEndWhenLoaded = false }

  mutating func wait(for wanted: Lookup) { lookup = wanted }
  mutating func endLookup() { lookup = nil }
}

extension KeySourceError {
  /// Whether both have one cause; how long the server asks to wait may differ.
  fileprivate func isSameFailure(as other: KeySourceError) -> Bool {
    switch (self, other) {
    case (.status(let one), .status(let another)): one.status == another.status
    case (.checkFailed(let error), .checkFailed(let otherError)): error.isSameFailure(as: otherError)
    default: self == other
    }
  }
}
