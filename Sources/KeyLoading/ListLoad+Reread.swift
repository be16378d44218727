import APIKeyClient
import APIKeyModel
import KeyTable

/// Reading the list a second time, while the first reading stays what it is.
extension ListLoad {
  mutating func reread(_ goal: LoadGoal, now: Int64) -> LoadOutput {
    // A list that was read whole and is empty is one to compare with.
    if table.isEmpty, !isAtEnd { return handle(.start(goal), now: now) }
    // A file has one reader: a first reading could not continue where a second one left it.
    if plan.isFile, !isAtEnd { return handle(.start(.everything), now: now) }
    return rereadAll(now: now)
  }

  /// The first reading has nothing left to ask for.
  private var isAtEnd: Bool {
    switch phase {
    case .resting(let rest), .looking(_, let rest, _), .rereading(_, let rest):
      switch rest {
      case .whole, .unknown: true
      case .nothing, .partial, .interrupted, .halted, .contradicted: false
      }
    case .loading, .waiting: false
    }
  }

  mutating func rereadAll(now: Int64) -> LoadOutput {
    let cancelled = cancelling
    let rest: Rest
    switch phase {
    case .resting(let old), .looking(_, let old, _), .rereading(_, let old): rest = old
    case .loading(.checking): rest = .interrupted
    case .loading: rest = .partial
    case .waiting(_, let halt): rest = .halted(halt)
    }
    phase = .resting(rest)
    return LoadOutput(effects: cancelled) + begin(Reading(plan: plan, goal: .everything), .asked, rest, now: now)
  }

  /// Reads again from the top, as far as the first reading was to go, because it lost its position.
  mutating func restart(after error: KeySourceError, now: Int64) -> LoadOutput {
    let goal: LoadGoal = reading.goal == .everything ? .everything : .keys(table.count + 1)
    return LoadOutput(notices: [.placeLost(error)])
      + begin(restarting(goal), .placeLost, .halted(.page(error)), now: now)
  }

  private func restarting(_ goal: LoadGoal) -> Reading {
    var fresh = Reading(plan: plan, goal: goal)
    fresh.isRestart = true
    return fresh
  }

  private mutating func begin(_ new: Reading, _ cause: Reread.Cause, _ rest: Rest, now: Int64) -> LoadOutput {
    var fresh = new
    let turn = fresh.advance(&ids)
    // The progress is replaced by that of the turn.
    return settle(turn, Reread(reading: fresh, progress: .joining(ids.next()), cause: cause), rest, now: now)
  }

  /// Takes a step of the second reading; `rest` is what the first one is.
  mutating func settle(_ turn: Turn, _ reread: consuming Reread, _ rest: Rest, now: Int64) -> LoadOutput {
    var output = LoadOutput(effects: turn.effects, notices: turn.notices.compactMap(\.ofSecondReading))
    switch turn.next {
    case .going(let progress):
      reread.progress = progress
      phase = .rereading(reread, rest)
      return output
    case .resting(.interrupted):
      phase = .resting(rest)
      output.notices.append(reread.cause == .asked ? .rereadInterrupted : .interrupted)
      return output
    case .resting(.contradicted(let error, _)) where reread.cause == .asked:
      return output + giveUp(error, rest)
    case .resting(let newRest): return output + swap(to: reread, newRest, rest)
    case .failed(.check(let error, let time), let isLoss) where reread.cause == .placeLost:
      output = output + swap(to: reread, .interrupted, rest)
      return output + stop(.check(error, at: time), isLoss: isLoss, now: now)
    case .failed(let halt, let isLoss):
      if reread.cause == .placeLost { return output + stop(halt, isLoss: isLoss, now: now) }
      if case .check(let error, _) = halt { return output + giveUp(.checkFailed(error), rest) }
      return output + giveUp(halt.error, rest)
    case .lost(let error):
      if !reread.reading.isRestart {
        return output + begin(restarting(reread.reading.goal), reread.cause, rest, now: now)
      }
      if reread.cause == .asked { return output + giveUp(error, rest) }
      return output + stop(.page(error), isLoss: false, now: now)
    }
  }

  /// The list stays the one before, of its own time.
  private mutating func giveUp(_ error: KeySourceError, _ rest: Rest) -> LoadOutput {
    phase = .resting(rest)
    return LoadOutput(notices: [.rereadFailed(error)])
  }

  private mutating func swap(to reread: consuming Reread, _ new: Rest, _ old: Rest) -> LoadOutput {
    let previous = reading.table
    let cause = reread.cause
    reading = reread.reading
    reading.isRestart = false
    freshness = Freshness()
    phase = .resting(new)
    var wasWhole = false
    if case .whole = old { wasWhole = true }
    let notice: LoadNotice =
      cause == .asked ? .rereadDone(previous: previous, wasWhole: wasWhole) : .replaced(previous: previous)
    var end = new == .interrupted ? LoadOutput() : ended(new)
    // The user asked for the differences: duplicates are reported before them, and do not replace them.
    let flaws = unreadable > 0 ? [] : end.notices.filter(\.isFlaws)
    if !flaws.isEmpty { end.notices.removeAll(where: \.isFlaws) }
    return LoadOutput(notices: flaws + [notice]) + end
  }
}

extension LoadNotice {
  fileprivate var isFlaws: Bool { if case .flaws = self { true } else { false } }

  /// What a notice of a second reading is to the outside, which does not see its table.
  fileprivate var ofSecondReading: LoadNotice? {
    switch self {
    case .grew: .rereadGrew
    case .replaced: nil
    default: self
    }
  }
}
