import APIKeyClient
import APIKeyModel
import TestSupport
import Testing

@testable import KeyLoading

/// A key that the next page starts after was deleted, and the server says so in one of several ways.
@Suite struct LostPlaceTests {
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

  @Test("T13 the load goes on from a row before, up to three, or once from the top", arguments: refusals)
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

  @Test("T13 a restart stops where the list was, if only a page was wanted")
  func restartOfPart() {
    var driver = driver(.notFound, deleting: 5)
    driver.send(.page)
    driver.settle()
    #expect(driver.load.completeness == .partial && (11..<40).contains(driver.held.count))
    #expect(driver.held == Array(driver.server.list(.descending).map(\.key).prefix(driver.held.count)))
  }

  @Test("T13 a server that knows no cursor at all stops the load with its own words, and r begins anew")
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
    problem.place = .later(number: nil, keysBefore: nil)
    let error = KeySourceError.placeLost(problem)
    #expect(driver.load.completeness == .stopped(error))
    #expect(error.message == "The place in the list was lost (404), on a later page: no such key.")
    #expect(driver.held.count == 10)
    driver.send(.refresh)
    driver.settle()
    #expect(driver.load.completeness.isComplete && driver.held.count == 40)
  }

  @Test("T13 the same words on the first page are no lost place")
  func firstPage() {
    var driver = LoadDriver(ModelServer(count: 40))
    driver.send(.start(.everything))
    driver.fail(.rejected(status: 422, message: "limit"))
    #expect(driver.load.completeness == .stopped(.rejected(status: 422, message: "limit")))
  }
}
