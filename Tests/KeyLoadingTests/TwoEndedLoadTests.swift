import APIKeyClient
import APIKeyModel
import KeyLoading
import Testing

/// A server over a list that changes while it is read: keyset pages by date, keys of one date in an order of its own.
private struct ChangingServer {
  struct Key: Equatable {
    var id: UInt64
    var date: Int64
  }
  enum Ties { case reversed, sameBothWays, shuffled }

  var keys: [Key] = []
  var ties = Ties.reversed
  var ignoresOrder = false
  var ignoresAfterGoingUp = false
  private(set) var requests = 0

  /// The keys in one order, newest or oldest first.
  func list(_ order: ListOrder) -> [Key] {
    let descending = order == .descending || ignoresOrder
    return keys.sorted { left, right in
      if left.date != right.date { return descending ? left.date > right.date : left.date < right.date }
      switch ties {
      case .reversed: return descending ? left.id > right.id : left.id < right.id
      case .sameBothWays: return left.id < right.id
      case .shuffled:
        let mix: (UInt64) -> UInt64 = { ($0 &* (descending ? 0x9E37_79B9_7F4A_7C15 : 0xC2B2_AE3D_27D4_EB4F)) >> 7 }
        return mix(left.id) < mix(right.id)
      }
    }
  }

  mutating func page(_ request: PageRequest) -> KeyPage {
    requests += 1
    let ordered = list(request.order)
    var start = 0
    if case .after(let id)? = request.cursor, !(ignoresAfterGoingUp && request.order == .ascending) {
      start = (ordered.firstIndex { ChangingServer.id($0) == id } ?? ordered.count - 1) + 1
    }
    let slice = ordered[start..<min(start + request.limit, ordered.count)]
    var batch = KeyBatch()
    for key in slice {
      batch.append(APIKey(id: ChangingServer.id(key), name: "k", created: CreatedDate(seconds: key.date)))
    }
    return KeyPage(
      keys: batch, hasMore: slice.endIndex < ordered.count, lastID: slice.last.map(ChangingServer.id))
  }

  static func id(_ key: Key) -> KeyIdentifier { .uuid(UUID128(high: 1, low: key.id)) }
}

/// Reads a list from both ends, taking the answers in any order.
private struct TwoEndedReader {
  var paginator = Paginator(order: .descending)
  var backward: BackwardPages?
  var backwardWasTried = false
  var ids: [KeyIdentifier] = []
  var known: Set<KeyIdentifier> = []
  var duplicates = 0
  var ending = Paginator.Step.more

  mutating func add(_ keys: KeyBatch) -> Int {
    let before = ids.count
    for row in 0..<keys.count {
      if known.insert(keys.id(at: row)).inserted { ids.append(keys.id(at: row)) } else { duplicates += 1 }
    }
    return ids.count - before
  }

  mutating func receive(_ page: KeyPage, startsBackward: Bool) {
    var keys = page.keys
    if backward != nil {
      if let kept = backward?.receiveForward(page) { keys = kept } else { backward = nil }
    }
    let added = add(keys)
    if join() { return }
    ending = paginator.receive(page, added: added)
    if ending == .more, startsBackward, !backwardWasTried {
      backwardWasTried = true
      backward = BackwardPager(forwardOrder: .descending, forwardPage: page.keys).map { BackwardPages(pager: $0) }
    }
  }

  mutating func receiveBackward(_ page: KeyPage) {
    guard backward?.receive(page) == true else {
      backward = nil
      return
    }
    _ = join()
  }

  private mutating func join() -> Bool {
    guard backward?.hasMet == true else { return false }
    while let keys = backward?.next() { _ = add(keys) }
    ending = .finished
    return true
  }
}

@Suite("Loading from both ends", .timeLimit(.minutes(20))) struct TwoEndedLoadTests {
  private func random(_ seed: UInt64) -> (UInt64) -> UInt64 {
    var state = seed
    return { bound in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % bound
    }
  }

  /// Reads a server to the end; `change` runs before each answer is made.
  private func read(
    _ server: inout ChangingServer, limit: Int, next: (UInt64) -> UInt64,
    change: (inout ChangingServer) -> Void = { _ in }
  ) -> TwoEndedReader {
    var reader = TwoEndedReader()
    // Answers that were made but have not arrived.
    var near: KeyPage?
    var far: KeyPage?
    for _ in 0..<10_000 where reader.ending == .more {
      change(&server)
      if near == nil, let request = reader.paginator.nextRequest(limit: limit) { near = server.page(request) }
      if far == nil, let request = reader.backward?.pager.nextRequest(limit: limit) { far = server.page(request) }
      if let page = far, next(2) == 0 || near == nil {
        far = nil
        if reader.backward != nil { reader.receiveBackward(page) }
      } else if let page = near {
        near = nil
        reader.receive(page, startsBackward: next(3) > 0)
      }
    }
    return reader
  }

  @Test("An unchanging list is read whole, in the server's order, from both ends or from one")
  func standingServers() {
    var met = 0
    for seed in UInt64(0)..<250 {
      let next = random(seed)
      var server = ChangingServer()
      server.ties = [.reversed, .reversed, .sameBothWays, .shuffled][Int(next(4))]
      server.ignoresOrder = next(10) == 0
      server.ignoresAfterGoingUp = next(10) == 0
      let dates = Int64([3, 20, 1000, 100_000][Int(next(4))])
      for id in 0..<next(160) { server.keys.append(.init(id: id, date: Int64(next(UInt64(dates))))) }
      let reader = read(&server, limit: Int(next(9)) + 2, next: next)
      #expect(reader.ending == .finished, "seed \(seed)")
      #expect(Set(reader.ids) == Set(server.keys.map(ChangingServer.id)), "seed \(seed)")
      #expect(reader.duplicates == 0, "seed \(seed)")
      if server.ties == .reversed {
        #expect(reader.ids == server.list(.descending).map(ChangingServer.id), "seed \(seed)")
      }
      if reader.backward?.hasMet == true { met += 1 }
    }
    // Most servers keep their order: the test would say nothing if the walks never met.
    #expect(met > 40)
  }

  @Test("Keys that exist during the whole load are read once while others come and go")
  func changingServers() {
    var met = 0
    for seed in UInt64(0)..<250 {
      let next = random(seed &+ 9000)
      var server = ChangingServer()
      server.ties = next(3) == 0 ? .sameBothWays : .reversed
      let deletes = next(3) == 0
      for id in 0..<(40 + next(160)) { server.keys.append(.init(id: id, date: Int64(next(400)))) }
      let before = server.keys
      var newest: UInt64 = 10_000
      let reader = read(&server, limit: Int(next(9)) + 2, next: next) { server in
        if next(3) == 0 {
          newest += 1
          server.keys.append(.init(id: newest, date: 400 + Int64(newest)))
        }
        // Not where a cursor can be: what a cursor on a deleted key gives differs from server to server.
        if deletes, next(6) == 0, server.keys.count > 60 { server.keys.remove(at: 20 + Int(next(20))) }
      }
      let stayed = before.filter { server.keys.contains($0) }
      if reader.ending == .finished, !deletes {
        #expect(Set(stayed.map(ChangingServer.id)).isSubset(of: reader.known), "seed \(seed)")
      }
      #expect(reader.ending != .more, "seed \(seed)")
      #expect(reader.duplicates == 0, "seed \(seed)")
      if reader.backward?.hasMet == true { met += 1 }
    }
    #expect(met > 40)
  }

  @Test("A server that ignores the order is read from one end")
  func ignoredOrder() {
    var server = ChangingServer()
    server.ignoresOrder = true
    for id in UInt64(0)..<50 { server.keys.append(.init(id: id, date: Int64(id))) }
    var turn: UInt64 = 0
    let reader = read(&server, limit: 10) { bound in
      turn += 1
      return bound == 2 ? turn % 2 : 1
    }
    #expect(reader.ending == .finished && reader.backward == nil && reader.backwardWasTried)
    #expect(reader.ids == server.list(.descending).map(ChangingServer.id))
  }

  @Test("Two pagers take half the rounds of one")
  func halfTheRounds() {
    var server = ChangingServer()
    for id in UInt64(0)..<1000 { server.keys.append(.init(id: id, date: Int64(id))) }
    var turn: UInt64 = 0
    let reader = read(&server, limit: 10) { bound in
      turn += 1
      return bound == 2 ? turn % 2 : 1
    }
    #expect(reader.backward?.hasMet == true)
    #expect(server.requests <= 104)
    #expect(reader.ids == server.list(.descending).map(ChangingServer.id))
  }
}
