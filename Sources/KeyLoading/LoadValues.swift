package import APIKeyClient
package import APIKeyModel
package import KeyTable

/// What a load knows of its source before the first response, and how it pages.
package struct LoadPlan: Sendable {
  package var order: ListOrder
  /// Keys a request asks for, 1 to 1000; nil lets the load choose: 50 first, 200 where one more page is wanted, 1000
  /// where all are.
  package var pageSize: Int?
  /// The server's name for the parameter that carries the page cursor.
  package var cursorParameter = "after"
  /// A file is read in its own order, may hold an id twice, and has no positions that can be lost.
  package var isFile = false
  /// Whether the source knows both orders, so that its other end can be asked.
  package var hasBothOrders = true
  /// Whether the list can be read from the top again.
  package var isRereadable = true
  /// Whether the load waits when the server asks to, and then continues.
  package var waits = true
  package var limits = LoadLimits()

  package init(order: ListOrder) { self.order = order }

  package static let firstPageSize = 50
  package static let nextPageSize = 200

  func paginator() -> Paginator {
    Paginator(order: order, cursorParameter: cursorParameter, mayRepeat: isFile, limits: limits)
  }

  /// Keys to ask for where `held` are there already.
  func pageSize(for goal: LoadGoal, held: Int) -> Int {
    if let pageSize { return pageSize }
    switch goal {
    case .everything: return PageRequest.maximumLimit
    case .keys(let count): return min(max(count, 1), PageRequest.maximumLimit)
    case .onePage: return held == 0 ? LoadPlan.firstPageSize : LoadPlan.nextPageSize
    }
  }
}

/// Names one request in flight; a response whose id is not current is dropped.
package struct LoadID: Hashable, Sendable {
  package let number: Int
  package init(number: Int) { self.number = number }
}

/// Gives each request its own id.
struct LoadIDs: Sendable {
  private var last = 0

  mutating func next() -> LoadID {
    last += 1
    return LoadID(number: last)
  }
}

/// How far a load should go before it rests.
package enum LoadGoal: Equatable, Sendable {
  case onePage
  /// At least so many keys.
  case keys(Int)
  /// To the end of the list.
  case everything
}

/// What can happen to a load.
package enum LoadEvent: Sendable {
  /// Forget every key and read from the top.
  case start(LoadGoal)
  /// One more page is wanted.
  case page
  /// The whole list is wanted.
  case everything
  /// Look for new keys; where the load stopped, resume it instead.
  case refresh
  /// Read the whole list again while the keys that are there stay. Where there are none, `start` with this goal.
  case reread(LoadGoal)
  case interrupt
  case response(LoadID, Result<KeyPage, KeySourceError>)
  /// The response to ``LoadEffect/continueSoon(_:)``.
  case continued(LoadID)
  /// The time of ``ListLoad/wakeTime`` has come.
  case clock
}

/// What a load wants done.
package enum LoadEffect: Equatable, Sendable {
  /// Send the request; respond with ``LoadEvent/response(_:_:)``.
  case request(LoadID, PageRequest)
  case cancel(LoadID)
  /// There is more to process: respond with ``LoadEvent/continued(_:)`` after pending input was handled.
  case continueSoon(LoadID)
  /// A long load is over: what it used besides its keys can go back to the system.
  case trimMemory
}

/// What a load reports, in the order in which it happened.
package enum LoadNotice: Sendable {
  /// A page of the list arrived.
  case responded
  /// The table was emptied.
  case cleared
  /// Rows were added at the end of the table.
  case grew
  /// The list was read to its end, and it is whole (or a file that does not state it).
  case ended
  /// What was odd about the responses of a list that was read to its end.
  case flaws(duplicates: Int, unreadable: Int, reason: String?)
  /// The load stopped; `isLoss` where no page arrived.
  case stopped(KeySourceError, isLoss: Bool)
  /// The list was read to its end, and what the server reports about that end contradicts it.
  case contradicted(KeySourceError)
  case interrupted
  /// Resumes after so many keys; 0 tries the first page again.
  case resuming(after: Int)
  /// A wait is over: the load tries again without being asked.
  case triesUnasked
  /// The server lost the position in the list (the error holds its words): the list is read again from the top.
  case placeLost(KeySourceError)

  /// New keys were looked for; these were found, and are where they belong in the list.
  /// `isChanged`: what was read again is not what is held.
  case looked(new: [KeyIdentifier], isChanged: Bool)
  case lookFailed(KeySourceError)
  case lookInterrupted
  /// A look found more records that cannot be read: so many in all.
  case unreadable(Int, reason: String?)

  /// The list was read again. The rows are those of another table now; `wasWhole` where the one before was whole too.
  case rereadDone(previous: KeyTable, wasWhole: Bool)
  /// The table was replaced without being asked: after a lost position, or because keys in it turned out to be gone.
  case replaced(previous: KeyTable)
  /// Reading again failed: the list stays the previous one, with its own time.
  case rereadFailed(KeySourceError)
  case rereadInterrupted
  /// More keys of the second reading arrived.
  case rereadGrew

  /// Nothing was done because something is under way.
  case stillLoading(Int)
  case alreadyLooking
}

package struct LoadOutput: Sendable {
  package var effects: [LoadEffect] = []
  package var notices: [LoadNotice] = []

  package init(effects: [LoadEffect] = [], notices: [LoadNotice] = []) {
    self.effects = effects
    self.notices = notices
  }

  static func + (left: LoadOutput, right: LoadOutput) -> LoadOutput {
    LoadOutput(effects: left.effects + right.effects, notices: left.notices + right.notices)
  }
}
