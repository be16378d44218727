package import APIKeyClient
import APIKeyModel
package import KeyTable

/// The list as it is being read: the keys held, what is known about their completeness, and what is under way.
///
/// Pure: events and times come in, requests and notices go out. The one loader of the dashboard, plain mode and every
/// command. The keys lie in a property of their own, never in a payload, so that a page is appended in place.
package struct ListLoad: Sendable {
  package private(set) var plan: LoadPlan
  var reading: Reading
  var phase = LoadPhase.resting(.nothing)
  var ids = LoadIDs()
  var freshness = Freshness()

  /// What was learned about the list since it was read.
  struct Freshness: Sendable {
    /// Of the last look for new keys, in seconds since the epoch.
    var lookedAt: Int64?
    /// New keys that looks found.
    var new = 0
    /// A look read something again that is not what is held.
    var isChanged = false
  }

  package init(_ plan: LoadPlan) {
    self.plan = plan
    reading = Reading(plan: plan, goal: .onePage)
  }

  // MARK: What is known

  package var table: KeyTable {
    @inline(__always) _read { yield reading.table }
  }
  package var goal: LoadGoal { reading.goal }
  /// Requests that got a page in this reading and since.
  package var answered: Int { reading.counts.answered }
  package var duplicates: Int { reading.counts.duplicates }
  package var unreadable: Int { reading.counts.unreadable }
  package var unreadableReason: String? { reading.counts.unreadableReason }
  package var totalPages: Int? { reading.counts.totalPages }
  /// What a file states about itself, once it was read to its end; nil for a server.
  package var provenance: ListProvenance? { reading.counts.provenance }
  /// Whether these are all keys: nil if a file does not state it.
  package var isKnownWhole: Bool? {
    guard unreadable == 0 else { return false }
    switch completeness {
    case .complete, .readWhole: return provenance.map(\.isComplete) ?? true
    case .unknown: return provenance?.isComplete
    default: return false
    }
  }
  /// Seconds since the epoch of the last response about the keys held.
  package var lastResponse: Int64? { reading.counts.lastResponse }
  /// Keys that arrived from the other end and are not in the table yet.
  package var heldBack: Int { reading.backward?.keyCount ?? 0 }
  /// A look found that the server has another list now.
  package var isChanged: Bool { freshness.isChanged }

  package var completeness: Completeness {
    switch phase {
    case .loading: .loading
    case .waiting(let until, .page(let error)): .waiting(until: until, error)
    case .waiting(let until, .check(let error, _)): .waiting(until: until, .checkFailed(error))
    // The load of these keys continues, in another table.
    case .rereading(let reread, _) where reread.cause == .placeLost: .loading
    case .resting(let rest), .looking(_, let rest, _), .rereading(_, let rest): completeness(of: rest)
    }
  }

  private func completeness(of rest: Rest) -> Completeness {
    switch rest {
    case .nothing: return .nothing
    case .partial: return .partial
    case .interrupted: return .interrupted
    case .halted(.page(let error)): return .stopped(error)
    case .halted(.check(let error, let time)): return .unchecked(error, at: time)
    case .contradicted(let error, let time): return .contradicted(error, at: time)
    case .unknown(let time): return .unknown(at: time)
    case .whole(let time):
      if freshness.isChanged { return .changed(readAt: time, lookedAt: freshness.lookedAt, new: freshness.new) }
      return freshness.lookedAt.map { .readWhole(at: time, lookedAt: $0, new: freshness.new) } ?? .complete(at: time)
    }
  }

  /// The keys held are on their way to becoming more.
  package var isLoading: Bool { completeness == .loading }
  /// New keys are being looked for.
  package var isLooking: Bool { if case .looking = phase { true } else { false } }
  /// Keys and requests of a second reading that is under way; nil where none is.
  package var rereadProgress: (keys: Int, requests: Int)? {
    guard case .rereading(let reread, _) = phase else { return nil }
    return (
      reread.reading.table.count + (reread.reading.backward?.keyCount ?? 0), reread.reading.counts.answered
    )
  }
  /// A response is waited for.
  package var isBusy: Bool {
    switch phase {
    case .loading, .looking, .rereading: true
    case .resting, .waiting: false
    }
  }
  /// When ``LoadEvent/clock`` is due, in seconds since the epoch; nil while nothing is waited for.
  package var wakeTime: Int64? { if case .waiting(let until, _) = phase { until } else { nil } }

  // MARK: Events

  package mutating func handle(_ event: LoadEvent, now: Int64) -> LoadOutput {
    switch event {
    case .start(let goal): return start(goal, now: now)
    case .page: return wantPage(now: now)
    case .everything: return wantEverything(now: now)
    case .refresh: return readingToken(refresh(now: now))
    case .reread(let goal): return readingToken(reread(goal, now: now))
    case .interrupt: return interrupt()
    case .response(let id, let result): return receive(result, for: id, now: now)
    case .continued(let id): return continueJoining(id, now: now)
    case .clock:
      guard case .waiting(let until, _) = phase, now >= until else { return LoadOutput() }
      return LoadOutput(notices: [.triesUnasked]) + resume(now: now)
    }
  }

  /// Another order is another list: everything is forgotten.
  package mutating func start(_ goal: LoadGoal, order: ListOrder, now: Int64) -> LoadOutput {
    plan.order = order
    return start(goal, now: now)
  }

  private mutating func start(_ goal: LoadGoal, now: Int64) -> LoadOutput {
    let cancelled = cancelling
    reading = Reading(plan: plan, goal: goal)
    freshness = Freshness()
    phase = .resting(.nothing)
    let turn = reading.advance(&ids)
    return settle(turn.after(cancelled, [.cleared]), now: now)
  }

  private mutating func wantPage(now: Int64) -> LoadOutput {
    switch phase {
    case .resting(.partial):
      reading.goal = .onePage
      return resume(now: now)
    case .looking(let look, let rest, nil):
      phase = .looking(look, rest, next: .onePage)
      return LoadOutput()
    case .resting, .loading, .waiting, .looking, .rereading: return LoadOutput()
    }
  }

  private mutating func wantEverything(now: Int64) -> LoadOutput {
    switch phase {
    case .resting(.whole), .resting(.unknown), .rereading: return LoadOutput()
    case .resting:
      reading.goal = .everything
      return resume(now: now)
    case .loading, .waiting:
      // The load continues to the end after the page in flight, or when the pause is over.
      reading.goal = .everything
      return LoadOutput()
    case .looking(let look, let rest, _):
      phase = .looking(look, rest, next: .everything)
      return LoadOutput()
    }
  }

  /// Continues the reading: the next page, the joining, or the check.
  mutating func resume(now: Int64) -> LoadOutput {
    switch phase {
    case .resting(.halted(.page(.placeLost(let problem)))):
      // Requesting the page after the same row again would not help.
      reading.isRestart = false
      return settle(Turn(next: .lost(.placeLost(problem))), now: now)
    case .resting(.contradicted):
      return settle(reading.repeatCheck(&ids), now: now)
    default: return settle(reading.advance(&ids), now: now)
    }
  }

  private mutating func interrupt() -> LoadOutput {
    let cancelled = cancelling
    switch phase {
    case .resting: return LoadOutput()
    case .loading, .waiting:
      phase = .resting(.interrupted)
      return LoadOutput(effects: cancelled, notices: [.interrupted])
    case .looking(_, let rest, _):
      phase = .resting(rest)
      return LoadOutput(effects: cancelled, notices: [.lookInterrupted])
    case .rereading(let reread, let rest):
      phase = .resting(rest)
      return LoadOutput(
        effects: cancelled, notices: [reread.cause == .asked ? .rereadInterrupted : .interrupted])
    }
  }

  /// Ends whatever is in flight.
  var cancelling: [LoadEffect] {
    switch phase {
    case .resting, .waiting: []
    case .loading(let progress): progress.cancelling
    case .looking(let look, _, _): [.cancel(look.id)]
    case .rereading(let reread, _): reread.progress.cancelling
    }
  }

  /// Has the first request read the token again: the user asked again.
  private func readingToken(_ output: LoadOutput) -> LoadOutput {
    var output = output
    for (index, effect) in output.effects.enumerated() {
      guard case .request(let id, var request) = effect else { continue }
      request.readsTokenAgain = true
      output.effects[index] = .request(id, request)
      break
    }
    return output
  }

  // MARK: Steps of the reading

  private mutating func receive(
    _ result: Result<KeyPage, KeySourceError>, for id: LoadID, now: Int64
  ) -> LoadOutput {
    switch phase {
    case .loading(let progress):
      return reading.receive(result, for: id, in: progress, &ids, now: now).map { settle($0, now: now) }
        ?? LoadOutput()
    case .looking(let look, let rest, let next) where look.id == id:
      return receiveLook(result, look, rest, next: next, now: now)
    case .rereading(var reread, let rest):
      // Taken out, so that its table is held once and grows in place.
      phase = .resting(rest)
      guard let turn = reread.reading.receive(result, for: id, in: reread.progress, &ids, now: now) else {
        phase = .rereading(reread, rest)
        return LoadOutput()
      }
      return settle(turn, reread, rest, now: now)
    case .resting, .waiting, .looking: return LoadOutput()
    }
  }

  private mutating func continueJoining(_ id: LoadID, now: Int64) -> LoadOutput {
    switch phase {
    case .loading(.joining(id)): return settle(reading.joinMore(id, &ids), now: now)
    case .rereading(var reread, let rest) where reread.progress == .joining(id):
      phase = .resting(rest)
      let turn = reread.reading.joinMore(id, &ids)
      return settle(turn, reread, rest, now: now)
    default: return LoadOutput()
    }
  }

  /// Responses that make a load a long one.
  private static let manyResponses = 20

  mutating func settle(_ turn: Turn, now: Int64) -> LoadOutput {
    var output = LoadOutput(effects: turn.effects, notices: turn.notices)
    switch turn.next {
    case .going(let progress): phase = .loading(progress)
    case .resting(let rest):
      phase = .resting(rest)
      if case .whole = rest {
        // What looks found while it was read is part of what was read.
        freshness.lookedAt = nil
        freshness.new = 0
      }
      output = output + ended(rest)
    case .failed(let halt, let isLoss): output = output + stop(halt, isLoss: isLoss, now: now)
    case .lost(let error):
      guard plan.isRereadable, !reading.isRestart else {
        return output + stop(.page(error), isLoss: false, now: now)
      }
      return output + restart(after: error, now: now)
    }
    return output
  }

  mutating func stop(_ halt: Halt, isLoss: Bool, now: Int64) -> LoadOutput {
    phase = .resting(.halted(halt))
    if plan.waits, let seconds = halt.error.retryAfter, seconds > 0 {
      // The message shows the whole wait; after a day it is worth another request.
      phase = .waiting(until: now + Int64(min(seconds, 86_400)), halt)
    }
    switch halt {
    case .page(let error): return LoadOutput(notices: [.stopped(error, isLoss: isLoss)])
    case .check(let error, _): return LoadOutput(notices: [.stopped(.checkFailed(error), isLoss: isLoss)])
    }
  }

  /// The notices about a reading that rests.
  func ended(_ rest: Rest) -> LoadOutput {
    var output = LoadOutput()
    switch rest {
    case .nothing, .partial, .halted: return output
    case .interrupted: return LoadOutput(notices: [.interrupted])
    case .whole, .unknown: output.notices = [.ended]
    case .contradicted(let error, _): output.notices = [.contradicted(error)]
    }
    if answered >= ListLoad.manyResponses { output.effects = [.trimMemory] }
    if duplicates > 0 || unreadable > 0 || provenance?.warnings.isEmpty == false {
      output.notices.append(.flaws(duplicates: duplicates, unreadable: unreadable, reason: unreadableReason))
    }
    return output
  }
}
