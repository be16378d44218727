import APIKeyClient
import APIKeyModel
import DashboardCore
import KeyLoading
import KeyTable

@testable import DashboardPlain

/// Keys of a list held in memory, answered page by page as a server would.
struct HeldKeys: Sendable {
  var keys: [APIKey]
  /// Records of the last page that cannot be read.
  var unreadable = 0

  /// 500 keys, every fourth with full access, the second one as the written examples have it.
  static let usual = HeldKeys(
    keys: (0..<500).map { index in
      let isFull = index % 4 == 0
      let listed = PermissionSet(["calls.create", "calls.view", "agents.view", "stats.view", "voices.view"])
      return APIKey(
        id: id(0x8000, index), name: index == 1 ? "billing-core-prod" : "service-\(index)",
        created: CreatedDate("2023-11-07T05:31:56Z"), lastFour: index == 1 ? "4f2a" : "\(1000 + index)",
        creator: id(0x9000, index % 7), restricted: !isFull, permissions: isFull ? nil : listed)
    })

  private static func id(_ kind: UInt64, _ number: Int) -> KeyIdentifier {
    .uuid(UUID128(high: 0x4000, low: kind << 48 | 0x1000_0000_0000 | UInt64(number)))
  }

  /// 1,112 days after the examples' key was created.
  static let now = (CreatedDate("2023-11-07T05:31:56Z")?.seconds ?? 0) + 1112 * 86_400

  func answer(to request: PageRequest) -> KeyPage {
    var start = 0
    if case .after(let id) = request.cursor { start = (keys.firstIndex { $0.id == id } ?? keys.count - 1) + 1 }
    let end = min(start + request.limit, keys.count)
    var batch = KeyBatch()
    for apiKey in keys[start..<end] { batch.append(apiKey) }
    let hasMore = end < keys.count
    return KeyPage(
      keys: batch, hasMore: hasMore, lastID: end > start ? keys[end - 1].id : nil, unreadable: hasMore ? 0 : unreadable)
  }
}

/// A session whose effects are performed at once, or held back to be answered later.
struct PlainDriver {
  var session: PlainSession
  var held: HeldKeys
  var failure: KeySourceError?
  /// Loads are not answered while this is set.
  var holdsLoads = false
  private(set) var waitingLoads: [(LoadID, PageRequest)] = []
  private(set) var exports: [ExportRequest] = []
  private(set) var endings: [Int32] = []

  init(_ held: HeldKeys = .usual, pageSize: Int? = nil, isPiped: Bool = false, order: ListOrder = .descending) {
    self.held = held
    session = PlainSession(
      state: DashboardState(
        configuration: DashboardConfiguration(sourceLabel: "keys.example.com", pageSize: pageSize, isPlain: true),
        order: order, now: HeldKeys.now),
      reason: "ACCESSIBLE is set", isPiped: isPiped)
  }

  /// A session that has said its first lines about a list loaded whole.
  static func started(_ held: HeldKeys = .usual, pageSize: Int? = 1000) -> PlainDriver {
    var driver = PlainDriver(held, pageSize: pageSize)
    _ = driver.greet()
    return driver
  }

  mutating func greet() -> [String] { finish(session.greet(now: HeldKeys.now)) }
  mutating func printList() -> [String] { finish(session.printList(now: HeldKeys.now)) }
  mutating func type(_ line: String) -> [String] { finish(session.handle(line: line, now: HeldKeys.now)) }
  mutating func interrupt() -> [String] { finish(session.interrupt(now: HeldKeys.now)) }

  /// Answers the loads that were held back.
  mutating func release() -> [String] {
    holdsLoads = false
    defer { waitingLoads = [] }
    return waitingLoads.flatMap { load in finish(answer(load.0, load.1)) }
  }

  private mutating func answer(_ id: LoadID, _ request: PageRequest) -> PlainSession.Answer {
    let result: Result<KeyPage, KeySourceError> = failure.map { .failure($0) } ?? .success(held.answer(to: request))
    return session.handle(action: .pageLoaded(id, result), now: HeldKeys.now)
  }

  private mutating func finish(_ first: PlainSession.Answer) -> [String] {
    var lines = first.lines
    var effects = first.effects
    while !effects.isEmpty {
      var next: PlainSession.Answer = ([], [])
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
