import APIKeyClient
import APIKeyModel
import KeyTable

@testable import KeyLoading

/// A small generator whose seed a failed test prints.
struct Dice {
  private var state: UInt64
  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func roll(_ sides: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state >> 33) % sides
  }
}

/// A server over a list that changes, told in full: what it holds, and every list it held before.
///
/// Pages go by date and then by number, newest first or oldest first, as the reference server's.
struct ModelServer {
  struct Record: Equatable {
    var number: Int
    var date: Int64
    var name: String

    var key: APIKey {
      APIKey(
        id: .uuid(UUID128(high: 7, low: UInt64(number))), name: name, created: CreatedDate(seconds: date),
        restricted: true, permissions: PermissionSet(["calls.view"]))
    }
  }

  /// What a server does about a cursor whose key it does not have.
  enum LostCursor: CaseIterable { case findsPlace, notFound, badRequest, gone, unprocessable, emptyPage }

  var records: [Record] = []
  var lostCursor = LostCursor.findsPlace
  /// Keys that every list ends after, whatever `has_more` should say; nil where it tells all.
  var cap: Int?
  var ignoresOrder = false
  var refusesReversedOrder: KeySourceError?
  /// Says `has_more` on the last page too; the page after it is empty.
  var announcesEmptyPage = false
  var nextNumber = 1
  private(set) var requests: [PageRequest] = []
  /// Records of keys that were deleted, so that their places can still be found.
  private var deleted: [Record] = []

  init(count: Int) { for _ in 0..<count { add(date: 1_000_000 + Int64(nextNumber)) } }

  mutating func add(date: Int64) {
    records.append(Record(number: nextNumber, date: date, name: "key \(nextNumber)"))
    nextNumber += 1
  }

  mutating func remove(at index: Int) { deleted.append(records.remove(at: index)) }

  func list(_ order: ListOrder) -> [Record] {
    let sorted = records.sorted { ($0.date, $0.number) > ($1.date, $1.number) }
    return order == .descending || ignoresOrder ? sorted : sorted.reversed()
  }

  mutating func respond(
    _ request: PageRequest, forwardOrder: ListOrder = .descending
  ) -> Result<KeyPage, KeySourceError> {
    requests.append(request)
    if request.order != forwardOrder, let refusesReversedOrder { return .failure(refusesReversedOrder) }
    let list = list(request.order)
    var start = 0
    if case .after(let id)? = request.cursor {
      if let index = list.firstIndex(where: { $0.key.id == id }) {
        start = index + 1
      } else {
        switch lostCursor {
        case .findsPlace:
          guard let old = deleted.first(where: { $0.key.id == id }) else { return .failure(.connectionLost(host: "h")) }
          start =
            list.firstIndex {
              let isAfter = ($0.date, $0.number) < (old.date, old.number)
              return request.order == .descending || ignoresOrder ? isAfter : !isAfter
            } ?? list.count
        case .notFound: return .failure(.rejected(status: 404, message: "no such key"))
        case .badRequest: return .failure(.rejected(status: 400, message: "unknown cursor"))
        case .gone: return .failure(.rejected(status: 410, message: "gone"))
        case .unprocessable: return .failure(.rejected(status: 422, message: "after: not found"))
        case .emptyPage: return .success(KeyPage(keys: KeyBatch(), hasMore: false))
        }
      }
    }
    let last = request.order == forwardOrder ? min(list.count, cap ?? list.count) : list.count
    let end = min(start + request.limit, last)
    var keys = KeyBatch()
    for index in start..<max(end, start) { keys.append(list[index].key) }
    let isAnnounced = announcesEmptyPage && end == last && !keys.isEmpty
    return .success(
      KeyPage(keys: keys, hasMore: end < last || isAnnounced, lastID: keys.isEmpty ? nil : keys.id(at: keys.count - 1)))
  }
}

/// A load over a model server: its requests are answered one by one, in an order a test decides.
struct LoadDriver {
  var load: ListLoad
  var server: ModelServer
  private(set) var waiting: [(id: LoadID, request: PageRequest)] = []
  private(set) var continuing: [LoadID] = []
  private(set) var notices: [LoadNotice] = []
  var now: Int64 = 1_000

  init(_ server: ModelServer, order: ListOrder = .descending, configure: (inout LoadPlan) -> Void = { _ in }) {
    var plan = LoadPlan(order: order)
    configure(&plan)
    load = ListLoad(plan)
    self.server = server
  }

  mutating func send(_ event: LoadEvent) {
    let output = load.handle(event, now: now)
    notices += output.notices
    for effect in output.effects {
      switch effect {
      case .request(let id, let request): waiting.append((id, request))
      case .cancel(let id): waiting.removeAll { $0.id == id }
      case .continueSoon(let id): continuing.append(id)
      case .trimMemory: break
      }
    }
  }

  /// Answers one request; false where none waits.
  @discardableResult
  mutating func answer(_ index: Int = 0) -> Bool {
    if !continuing.isEmpty {
      send(.continued(continuing.removeFirst()))
      return true
    }
    guard waiting.indices.contains(index) else { return false }
    let (id, request) = waiting.remove(at: index)
    now += 1
    send(.response(id, server.respond(request, forwardOrder: load.plan.order)))
    return true
  }

  mutating func fail(_ error: KeySourceError) {
    guard !waiting.isEmpty else { return }
    now += 1
    send(.response(waiting.removeFirst().id, .failure(error)))
  }

  mutating func settle(limit: Int = 500) {
    var steps = 0
    while steps < limit, answer() { steps += 1 }
  }

  /// The keys held, in the order of the list.
  var held: [APIKey] { load.table.serverOrder.map { load.table[$0] } }
  var isAtRest: Bool { waiting.isEmpty && continuing.isEmpty }

  /// Takes away a request that a test answered itself.
  mutating func removeFirst() { waiting.removeFirst() }

  mutating func takeNotices() -> [LoadNotice] {
    defer { notices = [] }
    return notices
  }
}
