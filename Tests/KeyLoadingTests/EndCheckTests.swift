import APIKeyClient
import APIKeyModel
import TestSupport
import Testing

@testable import KeyLoading

/// What is asked of the other end before a list is called complete.
@Suite(.timeLimit(.minutes(5))) struct EndCheckTests {
  private func loaded(_ server: ModelServer, order: ListOrder = .descending, pageSize: Int = 10) -> LoadDriver {
    var driver = LoadDriver(server, order: order) { $0.pageSize = pageSize }
    driver.send(.start(.everything))
    driver.settle()
    return driver
  }

  @Test(
    "One request in the other order with limit 1 precedes completeness", .tags(.t12), arguments: ListOrder.allCases)
  func oneMore(order: ListOrder) {
    for count in [0, 1, 9, 10, 11, 35] {
      let driver = loaded(ModelServer(count: count), order: order)
      #expect(driver.load.completeness.isComplete, "\(count)")
      let last = driver.server.requests.last
      #expect(last == PageRequest(limit: 1, order: order == .descending ? .ascending : .descending))
      #expect(driver.server.requests.count == max((count + 9) / 10, 1) + 1, "\(count)")
    }
  }

  @Test("The completion time is that of the last page, not of the check", .tags(.t12))
  func time() {
    var driver = LoadDriver(ModelServer(count: 5))
    driver.send(.start(.everything))
    driver.answer()
    let read = driver.now
    driver.now += 100
    driver.settle()
    #expect(driver.load.completeness == .complete(at: read))
  }

  @Test("A silently truncated list is not complete", .tags(.t12), arguments: [1, 9, 10, 20, 34])
  func cap(cap: Int) {
    var server = ModelServer(count: 35)
    server.cap = cap
    let driver = loaded(server)
    guard case .contradicted(.otherEndDiffers, _) = driver.load.completeness else {
      Issue.record("\(driver.load.completeness)")
      return
    }
    #expect(!driver.load.completeness.isComplete && driver.held.count == cap)
  }

  @Test("A key added at the other end during the load is read, and the list is complete", .tags(.t12))
  func addedMeanwhile() {
    for additions in 1...3 {
      var driver = LoadDriver(ModelServer(count: 25)) { $0.pageSize = 10 }
      driver.send(.start(.everything))
      for round in 0..<additions {
        while driver.waiting.first?.request.order == .descending { driver.answer() }
        // Back-dated: it comes after the last key that was read.
        driver.server.add(date: 1_000 - Int64(round))
        driver.answer()
      }
      driver.settle()
      #expect(driver.load.completeness.isComplete && driver.held == driver.server.list(.descending).map(\.key))
    }
  }

  @Test(
    "A server that refuses the other order is complete without the check", .tags(.t12),
    arguments: [400, 404, 405, 422, 501])
  func refused(status: Int) {
    var server = ModelServer(count: 25)
    server.refusesReversedOrder =
      status == 501 ? .serverFailed(status: 501, message: "m") : .rejected(status: status, message: "m")
    #expect(loaded(server).load.completeness.isComplete)
    // The same server that announced a page and sent none: nothing speaks for the end.
    server.announcesEmptyPage = true
    guard case .contradicted(.endsWithEmptyPage, _) = loaded(server).load.completeness else {
      Issue.record("an empty page was taken for the end")
      return
    }
  }

  @Test("If the check fails the list is incomplete with a reason, and refresh repeats only the check", .tags(.t12))
  func failedCheck() {
    for error in [
      KeySourceError.connectionLost(host: "h"), .serverFailed(status: 503, message: "m"),
      .rateLimited(retryAfter: nil, message: "m"), .idleTimedOut(host: "h", seconds: 1),
    ] {
      var driver = LoadDriver(ModelServer(count: 5))
      driver.send(.start(.everything))
      driver.answer()
      driver.fail(error)
      guard case .unchecked(error, _) = driver.load.completeness else {
        Issue.record("\(driver.load.completeness)")
        continue
      }
      #expect(!driver.load.completeness.isComplete)
      let requests = driver.server.requests.count
      driver.send(.refresh)
      driver.settle()
      #expect(driver.load.completeness.isComplete && driver.server.requests.count == requests + 1)
    }
  }

  @Test("A check told to retry later resumes on time and requests only the other end", .tags(.t16))
  func waitingCheck() {
    var driver = LoadDriver(ModelServer(count: 5))
    driver.send(.start(.everything))
    driver.answer()
    driver.fail(.rateLimited(retryAfter: 60, message: "m"))
    #expect(driver.load.wakeTime == driver.now + 60 && !driver.load.isBusy)
    #expect(
      driver.load.completeness
        == .waiting(until: driver.now + 60, .checkFailed(.rateLimited(retryAfter: 60, message: "m"))))
    driver.now += 59
    driver.send(.clock)
    #expect(driver.waiting.isEmpty)
    driver.now += 1
    driver.send(.clock)
    #expect(driver.waiting.map(\.request) == [PageRequest(limit: 1, order: .ascending)])
    driver.settle()
    #expect(driver.load.completeness.isComplete && driver.load.wakeTime == nil)
  }

  @Test("An empty page after has_more is the end only if the other end is the last key", .tags(.t13))
  func emptyPage() {
    var server = ModelServer(count: 20)
    server.announcesEmptyPage = true
    #expect(loaded(server).load.completeness.isComplete)
    // A server that ignores the order sends a key that is held, and proves nothing.
    server.ignoresOrder = true
    #expect(!loaded(server).load.completeness.isComplete)
    // A deleted cursor that is answered with an empty page.
    var driver = LoadDriver(ModelServer(count: 25)) { $0.pageSize = 10 }
    driver.server.lostCursor = .emptyPage
    driver.send(.start(.everything))
    driver.answer()
    driver.server.remove(at: driver.server.records.firstIndex(of: driver.server.list(.descending)[9]) ?? 0)
    driver.settle()
    #expect(!driver.load.completeness.isComplete && driver.held.count == 10)
  }

  @Test("An empty page without a possible check is not the end", .tags(.t13))
  func emptyPageUnchecked() {
    var server = ModelServer(count: 20)
    server.announcesEmptyPage = true
    var driver = LoadDriver(server) { $0.hasBothOrders = false }
    driver.send(.start(.everything))
    driver.settle()
    guard case .contradicted(.endsWithEmptyPage, _) = driver.load.completeness else {
      Issue.record("\(driver.load.completeness)")
      return
    }
  }

  @Test("An empty list and an other end with keys contradict each other, and vice versa", .tags(.t12))
  func emptyEnds() {
    func ending(_ pages: [KeyPage]) -> Completeness {
      var driver = LoadDriver(ModelServer(count: 0))
      driver.send(.start(.everything))
      for page in pages {
        guard let id = driver.waiting.first?.id else { break }
        driver.removeFirst()
        driver.send(.response(id, .success(page)))
      }
      return driver.load.completeness
    }
    var keys = KeyBatch()
    keys.append(ModelServer(count: 1).records[0].key)
    let some = KeyPage(keys: keys, hasMore: false)
    let none = KeyPage(keys: KeyBatch(), hasMore: false)
    #expect(ending([some, none]) == .contradicted(.otherEndIsEmpty, at: 1_000))
    #expect(ending([none, some, none, some]) == .contradicted(.otherEndDiffers, at: 1_000))
    #expect(ending([none, some, some, some]).isComplete)
    // A record that cannot be read is no empty end: it came meanwhile, or it is not in the list.
    let odd = KeyPage(keys: KeyBatch(), hasMore: false, unreadable: 1)
    #expect(ending([some, odd, odd, odd]) == .complete(at: 1_000))
    #expect(ending([some, odd, none, odd]) == .contradicted(.otherEndIsUnreadable, at: 1_000))
    #expect(ending([none, odd, none, odd]) == .contradicted(.otherEndIsUnreadable, at: 1_000))
  }

  @Test("An empty last_id is not a cursor", .tags(.t13))
  func emptyLastID() {
    var driver = LoadDriver(ModelServer(count: 3)) { $0.pageSize = 2 }
    driver.send(.start(.everything))
    let first = driver.waiting[0]
    guard case .success(var page) = driver.server.respond(first.request) else { return }
    page.lastID = .opaque("")
    driver.removeFirst()
    driver.send(.response(first.id, .success(page)))
    #expect(driver.waiting.first?.request.cursor == .after(page.keys.id(at: 1)))
  }

  @Test("A partial load is not checked, and a short complete list is", .tags(.t12))
  func enough() {
    for (count, requests, isWhole) in [(50, 1, false), (10, 2, true), (11, 1, false), (3, 2, true)] {
      var driver = LoadDriver(ModelServer(count: count))
      driver.send(.start(.keys(10)))
      driver.settle()
      #expect(driver.server.requests.count == requests && driver.load.completeness.isComplete == isWhole)
    }
  }

  @Test("An HTML response counts as a refusal of the other order", .tags(.t12))
  func refusedByWebPage() {
    for status in [400, 404, 405, 422] {
      var server = ModelServer(count: 25)
      var problem = StatusProblem(status: status)
      problem.body = .webPage
      server.refusesReversedOrder = .status(problem)
      #expect(loaded(server).load.completeness.isComplete)
    }
  }

  @Test("refresh repeats a check that failed, and keeps one that passed", .tags(.t13))
  func repeated() {
    for hasBothOrders in [true, false] {
      var driver = LoadDriver(ModelServer(count: 25)) {
        $0.pageSize = 10
        $0.hasBothOrders = hasBothOrders
      }
      driver.server.lostCursor = .emptyPage
      driver.send(.start(.everything))
      driver.answer()
      let lost = driver.waiting[0]
      driver.removeFirst()
      driver.send(.response(lost.id, .success(KeyPage(keys: KeyBatch(), hasMore: false))))
      // The other end is another key, and the page after the last key is empty again.
      while let (id, request) = driver.waiting.first {
        if request.order == .ascending {
          driver.answer()
        } else {
          driver.removeFirst()
          driver.send(.response(id, .success(KeyPage(keys: KeyBatch(), hasMore: false))))
        }
      }
      #expect(driver.load.completeness == .contradicted(.endsWithEmptyPage, at: driver.load.lastPageForTests))
      driver.send(.refresh)
      driver.settle()
      #expect(driver.load.completeness.isComplete && driver.held.count == 25, "\(hasBothOrders)")
    }
  }
}

extension ListLoad {
  fileprivate var lastPageForTests: Int64 { reading.counts.lastPage ?? 0 }
}
