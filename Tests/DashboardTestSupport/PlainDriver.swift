import APIKeyClient
import DashboardCore
import DashboardPlain
import KeyLoading
import KeyTable

/// A session whose effects are performed at once, or held back to be answered later.
package struct PlainDriver {
  package var session: PlainSession
  package var held: HeldKeys
  package var failure: KeySourceError?
  /// Loads are not answered while this is set.
  package var holdsLoads = false
  package private(set) var waitingLoads: [(LoadID, PageRequest)] = []
  package private(set) var exports: [ExportRequest] = []
  package private(set) var endings: [Int32] = []

  package init(_ held: HeldKeys = .usual, pageSize: Int? = nil, isPiped: Bool = false, order: ListOrder = .descending) {
    self.held = held
    session = PlainSession(
      state: DashboardState(
        configuration: DashboardConfiguration(sourceLabel: "keys.example.com", pageSize: pageSize, isPlain: true),
        order: order, now: HeldKeys.now),
      reason: "ACCESSIBLE is set", isPiped: isPiped)
  }

  /// A session that has said its first lines about a list loaded whole.
  package static func started(_ held: HeldKeys = .usual, pageSize: Int? = 1000) -> PlainDriver {
    var driver = PlainDriver(held, pageSize: pageSize)
    _ = driver.greet()
    return driver
  }

  package mutating func greet() -> [String] { finish(session.greet(now: HeldKeys.now)) }
  package mutating func printList() -> [String] { finish(session.printList(now: HeldKeys.now)) }
  package mutating func type(_ line: String) -> [String] { typeLines(line).map(\.printed) }
  /// What a typed line gives, as values.
  package mutating func typeLines(_ line: String) -> [PlainLine] {
    finishLines(session.handle(line: line, now: HeldKeys.now))
  }
  package mutating func interrupt() -> [String] { finish(session.interrupt(now: HeldKeys.now)) }

  /// Answers the loads that were held back.
  package mutating func release() -> [String] {
    holdsLoads = false
    defer { waitingLoads = [] }
    return waitingLoads.flatMap { load in finish(answer(load.0, load.1)) }
  }

  private mutating func answer(_ id: LoadID, _ request: PageRequest) -> PlainSession.Output {
    let result: Result<KeyPage, KeySourceError> = failure.map { .failure($0) } ?? .success(held.answer(to: request))
    return session.handle(action: .pageLoaded(id, result), now: HeldKeys.now)
  }

  private mutating func finish(_ first: PlainSession.Output) -> [String] { finishLines(first).map(\.printed) }

  private mutating func finishLines(_ first: PlainSession.Output) -> [PlainLine] {
    var lines = first.lines
    var effects = first.effects
    while !effects.isEmpty {
      var next: PlainSession.Output = ([], [])
      switch effects.removeFirst() {
      case .load(let id, let request):
        if holdsLoads { waitingLoads.append((id, request)) } else { next = answer(id, request) }
      case .continueLoad(let id): next = session.handle(action: .loadContinues(id), now: HeldKeys.now)
      case .evaluate(let evaluation):
        let rows = evaluation.rows() ?? RowList(count: 0)
        next = session.handle(
          action: .evaluated(evaluation.id, rows, searched: evaluation.table.count), now: HeldKeys.now)
      case .export(let request):
        exports.append(request)
        let count = request.marked?.count ?? session.state.query.visible.count
        next = session.handle(
          action: .exported(.success(ExportOutcome(path: request.path, count: count))), now: HeldKeys.now)
      case .quit(let status): endings.append(status)
      default: break
      }
      lines += next.lines
      effects += next.effects
    }
    return lines
  }
}
