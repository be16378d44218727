import APIKeyClient
import APIKeyModel

/// Names one request in flight; an answer whose id is not current is dropped.
package struct LoadID: Hashable, Sendable {
  package let number: Int
  package init(number: Int) { self.number = number }
}

/// How far a load should go before it rests.
package enum LoadGoal: Sendable {
  /// One page, then rest.
  case onePage
  /// To the end of the list.
  case everything
}

/// What is known about the completeness of the list: the fact every screen, line and export carries.
package enum Completeness: Equatable, Sendable {
  /// Nothing has arrived yet.
  case nothing
  /// Some keys are here, more are on the server, nothing is being fetched.
  case partial
  /// A request is in flight.
  case loading
  /// Every key the server has, as of this moment (seconds since the epoch).
  case complete(at: Int64)
  /// The load stopped on an error; what was loaded stays.
  case stopped(KeySourceError)
  /// The user stopped the load.
  case interrupted

  package var isComplete: Bool {
    if case .complete = self { return true }
    return false
  }
}

/// The state of reading the list.
package struct LoadState: Sendable {
  package var walk: PageWalk
  package var completeness: Completeness = .nothing
  /// The request in flight, if any; also set while the far end's keys are being joined.
  package var current: LoadID?
  /// The walk from the other end of a full load; nil where there is none.
  package var farEnd: FarEnd?
  /// Its request in flight.
  package var farCurrent: LoadID?
  /// Set once a far end was of no use: it is not tried again in this walk.
  package var farEndWasDropped = false
  package var goal: LoadGoal = .onePage
  /// Requests answered in this walk.
  package var answered = 0
  package var duplicates = 0
  package var unreadable = 0
  package var unreadableReason: String?
  /// The number of pages the server gave, when it really gave one.
  package var totalPages: Int?
  /// Seconds since the epoch of the last answer.
  package var lastAnswer: Int64?
  /// What a file says of itself, once it was read to its end; nil for a server.
  package var provenance: ListProvenance?
  /// A look at the top of the list for new keys; nil when none is in flight.
  package var refresh: RefreshState?
  /// The server asked to wait before the load goes on; nil when nothing is waited for.
  package var resumeWait: ResumeWait?
  /// Of the next ``LoadID``.
  package var nextNumber = 0

  package init(walk: PageWalk) { self.walk = walk }

  package var isLoading: Bool { current != nil }
  /// Whether these are all keys: nil where a file does not say.
  package var isKnownWhole: Bool? {
    guard completeness.isComplete, unreadable == 0 else { return false }
    return provenance.map(\.isComplete) ?? true
  }
  /// Keys that have arrived from the other end and are not in the table yet.
  package var heldCount: Int { farEnd?.keyCount ?? 0 }
}

/// A wait that ends with another try.
package struct ResumeWait: Equatable, Sendable {
  package let id: LoadID
  /// Seconds since the epoch.
  package let until: Int64
}

/// A walk from the top that ends at the first page that holds a known key.
package struct RefreshState: Sendable {
  package var walk: PageWalk
  package var current: LoadID
  /// Pages with only new keys, newest first, waiting for the walk to meet what is known.
  package var pages: [KeyBatch] = []

  package init(walk: PageWalk, current: LoadID) {
    self.walk = walk
    self.current = current
  }
}
