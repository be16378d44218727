import APIKeyClient
import KeyTable

/// What a load is doing. What only one state has is its payload, so that no other state can have it.
enum LoadPhase: Sendable {
  case resting(Rest)
  case loading(Progress)
  /// The server asked for a pause, in seconds since the epoch.
  case waiting(until: Int64, Halt)
  /// New keys are looked for; `next` is wanted after that.
  case looking(Look, Rest, next: LoadGoal?)
  /// The list is read a second time; the one before is what it was.
  case rereading(Reread, Rest)
}

/// What the keys held are while nothing is fetched for them.
enum Rest: Equatable, Sendable {
  case nothing
  case partial
  case interrupted
  case halted(Halt)
  /// Read to the end at these times, in seconds since the epoch.
  case whole(at: Int64)
  case unknown(at: Int64)
  case contradicted(KeySourceError, at: Int64)
}

/// What failed: a page of the list, or after its end the request to the other end.
enum Halt: Equatable, Sendable {
  case page(KeySourceError)
  case check(KeySourceError, at: Int64)

  var error: KeySourceError {
    switch self {
    case .page(let error), .check(let error, _): error
    }
  }
}

/// The requests of one reading of the list.
enum Progress: Equatable, Sendable {
  /// A page of the list, and perhaps one from its other end.
  case paging(near: LoadID, far: LoadID?)
  /// The two ends have met and are put together, a portion at a time.
  case joining(LoadID)
  /// The list was read to its end, and the other end is asked for.
  case checking(LoadID)

  var cancelling: [LoadEffect] {
    switch self {
    case .paging(let near, let far): [.cancel(near)] + (far.map { [.cancel($0)] } ?? [])
    case .joining: []
    case .checking(let id): [.cancel(id)]
    }
  }
}

/// A second reading of the list.
struct Reread: Sendable {
  enum Cause: Sendable {
    case asked
    /// The first reading lost its position.
    case placeLost
  }

  var reading: Reading
  var progress: Progress
  let cause: Cause
}

/// What one step of a reading led to.
struct Turn: Sendable {
  enum Next: Sendable {
    case going(Progress)
    case resting(Rest)
    /// `isLoss` where no page arrived.
    case failed(Halt, isLoss: Bool)
    /// The position in the list is lost, and the server does not know any row before it either.
    case lost(KeySourceError)
  }

  var next: Next
  var effects: [LoadEffect] = []
  var notices: [LoadNotice] = []

  func after(_ effects: [LoadEffect], _ notices: [LoadNotice] = []) -> Turn {
    Turn(next: next, effects: effects + self.effects, notices: notices + self.notices)
  }
}
