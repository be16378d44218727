import APIKeyClient
import APIKeyModel
import TestSupport
import Testing

@testable import KeyLoading

/// A key that the next page starts after was deleted, and the server says so in one of several ways.
@Suite("Lost cursors", .timeLimit(.minutes(5))) struct LostCursorTests {
  static let refusals: [ModelServer.LostCursor] = [.notFound, .badRequest, .gone, .unprocessable]

  /// A list of 40 of which the first page was read, then the last rows of that page were deleted.
  private func driver(_ refusal: ModelServer.LostCursor, deleting count: Int) -> LoadDriver {
    var driver = LoadDriver(ModelServer(count: 40)) { $0.pageSize = 10 }
    driver.server.lostCursor = refusal
    driver.send(.start(.onePage))
    driver.settle()
    for record in driver.server.list(.descending)[(10 - count)..<10] {
      driver.server.remove(at: driver.server.records.firstIndex(of: record) ?? 0)
    }
    return driver
  }

  @Test("The load resumes up to three rows earlier, or once from the top", .tags(.t13), arguments: refusals)
  func goesOn(_ refusal: ModelServer.LostCursor) {
    for count in 1...6 {
      var driver = driver(refusal, deleting: count)
      driver.send(.everything)
      driver.settle()
      #expect(driver.load.completeness.isComplete, "\(count): \(driver.load.completeness)")
      #expect(driver.held == driver.server.list(.descending).map(\.key), "\(count)")
      #expect(driver.load.duplicates == 0)
      let startedAgain = driver.notices.contains { if case .placeLost = $0 { true } else { false } }
      #expect(startedAgain == (count > 3), "\(count)")
    }
  }

  @Test("New keys after a step back are placed by date at once", .tags(.t13))
  func newKeysAfterAStepBack() {
    var server = ModelServer(count: 40)
    server.lostCursor = .notFound
    for index in server.records.indices { server.records[index].date = 1_000_000 + Int64(index) * 10 }
    var driver = LoadDriver(server) { $0.pageSize = 10 }
    driver.send(.start(.onePage))
    driver.settle()
    let rows = server.list(.descending)
    driver.server.remove(at: server.records.firstIndex(of: rows[9]) ?? 0)
    // Between the row before the lost one and it: the page begins with keys newer than the last one held.
    for _ in 0..<3 { driver.server.add(date: rows[8].date - 5) }
    driver.send(.page)
    while driver.waiting.first?.request.limit == 10 { driver.answer() }
    #expect(driver.load.completeness == .partial && driver.held.count > 12)
    let dates = driver.held.compactMap { $0.created?.microseconds }
    #expect(zip(dates, dates.dropFirst()).allSatisfy { $0 >= $1 }, "\(dates)")
  }

  @Test("A duplicate key is not a row to resume from, and its reread rows are not counted", .tags(.t13))
  func stepBackOverADuplicate() {
    var driver = LoadDriver(ModelServer(count: 30)) { $0.pageSize = 10 }
    driver.server.lostCursor = .notFound
    driver.send(.start(.everything))
    for _ in 0..<2 {
      guard let (id, request) = driver.waiting.first, case .success(var page) = driver.server.respond(request) else {
        return
      }
      if request.cursor != nil {
        // The page ends with a key of the one before, and then its last.
        var keys = page.keys.rows(0..<9)
        keys.append(driver.server.list(.descending)[4].key)
        keys.append(page.keys[9])
        page.keys = keys
      }
      driver.removeFirst()
      driver.send(.response(id, .success(page)))
    }
    driver.server.remove(at: driver.server.records.firstIndex(of: driver.server.list(.descending)[19]) ?? 0)
    driver.settle()
    #expect(driver.load.duplicates == 1 && driver.held.count == 29)
  }

  @Test("A server whose order is not by date keeps its own", .tags(.t13))
  func ownOrder() {
    var driver = LoadDriver(ModelServer(count: 900)) {
      $0.pageSize = 10
      $0.hasBothOrders = false
    }
    // Each page stands by date, and the pages go from the oldest to the newest.
    driver.send(.start(.everything))
    let rows = driver.server.list(.descending).map(\.key)
    var pages = stride(from: 0, to: 900, by: 10).map { Array(rows[$0..<$0 + 10]) }
    pages.reverse()
    for (number, page) in pages.enumerated() {
      var batch = KeyBatch()
      for key in page { batch.append(key) }
      guard let id = driver.waiting.first?.id else { break }
      driver.removeFirst()
      driver.send(
        .response(id, .success(KeyPage(keys: batch, hasMore: number + 1 < pages.count, lastID: page.last?.id))))
    }
    #expect(driver.load.completeness.isComplete && driver.held.count == 900)
    // Put by date as long as that may be a server that began anew; the rest as it came.
    #expect(Array(driver.held.suffix(200)) == pages.flatMap(\.self).suffix(200))
  }

  @Test("A restart for one page stops where the list was", .tags(.t13))
  func restartOfPart() {
    var driver = driver(.notFound, deleting: 5)
    driver.send(.page)
    driver.settle()
    #expect(driver.load.completeness == .partial && (11..<40).contains(driver.held.count))
    #expect(driver.held == Array(driver.server.list(.descending).map(\.key).prefix(driver.held.count)))
  }

  @Test("A server that rejects every cursor stops the load with its message, and refresh starts over", .tags(.t13))
  func alwaysLost() {
    var driver = LoadDriver(ModelServer(count: 40)) { $0.pageSize = 10 }
    func serve() {
      while let (id, request) = driver.waiting.first {
        if request.cursor == nil {
          driver.answer()
        } else {
          driver.send(.response(id, .failure(.rejected(status: 404, message: "no such key"))))
          driver.removeFirst()
        }
      }
    }
    driver.send(.start(.everything))
    serve()
    var problem = StatusProblem(status: 404, words: "no such key")
    problem.position = .later(number: nil, keysBefore: nil)
    let error = KeySourceError.placeLost(problem)
    #expect(driver.load.completeness == .stopped(error))
    #expect(error.message == "The place in the list was lost (404), on a later page: no such key.")
    #expect(driver.held.count == 10)
    driver.send(.refresh)
    driver.settle()
    #expect(driver.load.completeness.isComplete && driver.held.count == 40)
  }

  @Test("The same error on the first page is not a lost cursor", .tags(.t13))
  func firstPage() {
    var driver = LoadDriver(ModelServer(count: 40))
    driver.send(.start(.everything))
    driver.fail(.rejected(status: 422, message: "limit"))
    #expect(driver.load.completeness == .stopped(.rejected(status: 422, message: "limit")))
  }
}
