package import APIKeyClient
package import APIKeyModel

/// Pagination of the list in one direction, as a pure state machine: which page to request next, and when it ends.
///
/// It ends at `has_more: false`, and with an error where continuing would not end: a cursor seen before, a page with no
/// new key, too many empty pages. A failed request can be repeated: only a response moves the cursor.
package struct Paginator: Sendable {
  package enum Step: Equatable, Sendable {
    case more
    case finished
    case failed(KeySourceError)
  }

  private let order: ListOrder
  /// The name of the cursor parameter: part of the error when the server ignores it.
  private let cursorParameter: String
  /// A file is read in order whatever it repeats: pages with nothing new are no sign of an endless list.
  private let mayRepeat: Bool
  private let limits: LoadLimits
  private var cursor: PageCursor?
  private var seen: Set<PageCursor> = []
  private var emptyPages = 0
  /// A page after `has_more: true`, or before it, held nothing: the end that follows needs a witness.
  package private(set) var sawEmptyPage = false
  /// Set while the page asked for is one after an end, where an empty one is to be expected.
  private var isAfterEnd = false
  /// Records that could not be read: they take no memory, but a list of nothing else must end too.
  private var unreadable = 0
  package private(set) var isFinished = false
  private var lastID: KeyIdentifier?
  /// The limit that ended it, which another request would only reach again.
  package private(set) var reachedLimit: KeySourceError?

  /// Empty pages with a new cursor that are followed.
  package static let maximumEmptyPages = 3

  package init(
    order: ListOrder, cursorParameter: String = "after", mayRepeat: Bool = false, limits: LoadLimits = LoadLimits()
  ) {
    self.limits = limits
    self.order = order
    self.cursorParameter = cursorParameter
    self.mayRepeat = mayRepeat
  }

  /// The next page to request; nil at the end. Without a response in between, it is the same page again.
  package mutating func nextRequest(limit: Int) -> PageRequest? {
    isFinished ? nil : PageRequest(limit: min(max(limit, 1), PageRequest.maximumLimit), order: order, cursor: cursor)
  }

  /// Takes a response; `added` is how many of its keys were new, `leftOut` how many more there was no room for.
  package mutating func receive(_ page: KeyPage, added: Int, leftOut: Int = 0) -> Step {
    unreadable += page.unreadable
    if leftOut > 0 { return stop(at: .tooManyKeys(limit: limits.keys)) }
    let lastRow = page.keys.isEmpty ? nil : page.keys.id(at: page.keys.count - 1)
    // An empty text is no cursor: it would ask for the first page again.
    let next = page.lastID.flatMap { $0.text.isEmpty ? nil : $0 } ?? lastRow
    lastID = next ?? lastID
    if page.keys.isEmpty, page.unreadable == 0, !mayRepeat, page.hasMore || (cursor != nil && !isAfterEnd) {
      sawEmptyPage = true
    }
    // There are more pages after all.
    if isAfterEnd, !page.keys.isEmpty { sawEmptyPage = false }
    isAfterEnd = false
    guard page.hasMore else {
      isFinished = true
      return .finished
    }
    if unreadable >= limits.keys { return stop(at: .tooManyKeys(limit: limits.keys)) }
    if limits.memoryInUse() > limits.memory { return stop(at: .tooMuchMemory(limitBytes: limits.memory)) }
    guard let next else { return .failed(page.unreadable == 0 ? .endsWithEmptyPage : .tooManyEmptyPages) }
    if mayRepeat {
      // Its cursors tell the pages apart.
    } else if page.keys.isEmpty, page.unreadable == 0 {
      emptyPages += 1
      if emptyPages > Paginator.maximumEmptyPages { return .failed(.tooManyEmptyPages) }
    } else if added == 0, page.unreadable == 0 {
      return .failed(.cursorIgnored(parameter: cursorParameter))
    } else {
      emptyPages = 0
    }
    guard seen.insert(.after(next)).inserted else { return .failed(.cursorRepeated) }
    cursor = .after(next)
    return .more
  }

  private mutating func stop(at limit: KeySourceError) -> Step {
    reachedLimit = limit
    return .failed(limit)
  }

  /// Ends where the backward pager met this one: the list is whole, and ends with this key.
  package mutating func endMeeting(last: KeyIdentifier?) {
    isFinished = true
    lastID = last ?? lastID
  }

  /// What the next page starts after; nil at the top.
  package var cursorID: KeyIdentifier? {
    if case .after(let id)? = cursor { id } else { nil }
  }

  /// Continues after another row than the one the server lost.
  package mutating func goOn(after id: KeyIdentifier) {
    if let cursor { seen.remove(cursor) }
    cursor = .after(id)
  }

  /// Continues an ended pagination after its last key: keys may have been added there since.
  package mutating func continueAfterEnd(after id: KeyIdentifier? = nil) -> Bool {
    guard isFinished, let id = id ?? lastID else { return false }
    isFinished = false
    isAfterEnd = true
    cursor = .after(id)
    emptyPages = 0
    return true
  }
}
