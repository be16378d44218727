package import APIKeyClient

/// What is known about the completeness of the list: the fact every screen, line and export carries.
///
/// Times are seconds since the epoch.
package enum Completeness: Equatable, Sendable {
  /// Nothing has arrived yet.
  case nothing
  /// Some keys are here, more are on the server, nothing is being fetched.
  case partial
  /// The list is being read.
  case loading
  /// Every key the server had when the last page of the list arrived; nothing was asked since.
  case complete(at: Int64)
  /// The list was read whole, and new keys were looked for since: so many were found by the time of the last look.
  case readWhole(at: Int64, lookedAt: Int64, new: Int)
  /// The list was read whole, but the server has another one now: a look found keys missing, edited or added among
  /// those it read again. The last look that ended found so many; nil where none did since.
  case changed(readAt: Int64, lookedAt: Int64?, new: Int)
  /// Read to its end, and something the server reports contradicts that end.
  case contradicted(KeySourceError, at: Int64)
  /// Read to its end, but the other end could not be asked.
  case unchecked(KeySourceError, at: Int64)
  /// Read to the end of a source that does not say whether that is all.
  case unknown(at: Int64)
  /// The load stopped on an error; what was loaded stays.
  case stopped(KeySourceError)
  /// The load stopped on an error, and continues at a time the server named.
  case waiting(until: Int64, KeySourceError)
  /// The user stopped the load.
  case interrupted

  /// Whether the keys held may be called every key of the server.
  package var isComplete: Bool {
    switch self {
    case .complete, .readWhole: true
    default: false
    }
  }

  /// Whether there is nothing left to load: the list was read to its end without a contradiction.
  package var isAtEnd: Bool {
    switch self {
    case .complete, .readWhole, .changed, .unknown: true
    default: false
    }
  }

  /// What stopped the load before the end of the list.
  package var stoppedBy: KeySourceError? {
    switch self {
    case .stopped(let error), .waiting(_, let error): error
    default: nil
    }
  }

  /// When the last whole read ended; nil where there was none.
  package var wholeReadAt: Int64? {
    switch self {
    case .complete(let time), .readWhole(let time, _, _), .changed(let time, _, _): time
    default: nil
    }
  }
}
