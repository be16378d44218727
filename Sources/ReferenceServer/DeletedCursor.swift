import APIKeyModel
import Synchronization

/// The response to a client whose cursor is a key that no longer exists: servers differ, and clients must handle it.
package enum DeletedCursor: String, CaseIterable, Sendable {
  case notFound = "404"
  case badRequest = "400"
  case gone = "410"
  case unprocessable = "422"
  /// A page without keys, as if the list ended there.
  case empty
  /// The keys after where it was, like servers whose cursors hold the position itself.
  case skip
}

/// Positions of keys that were served: a deleted key has no position any more.
final class ServedPositions: Sendable {
  private struct State {
    var created: [UUID128: Int64] = [:]
    /// In the order they came; the oldest are forgotten.
    var order: [UUID128] = []
    var oldest = 0
  }

  private let state = Mutex(State())
  private static let limit = 100_000

  func note(_ id: UUID128, created: Int64) {
    state.withLock { state in
      guard state.created.updateValue(created, forKey: id) == nil else { return }
      if state.order.count < ServedPositions.limit {
        state.order.append(id)
      } else {
        state.created[state.order[state.oldest]] = nil
        state.order[state.oldest] = id
        state.oldest = (state.oldest + 1) % ServedPositions.limit
      }
    }
  }

  func created(of id: UUID128) -> Int64? { state.withLock { $0.created[id] } }
}
