import APIKeyClient
import APIKeyModel
import TestSupport
import Testing

@testable import KeyLoading

/// `R` reads into a second table while the first stays.
@Suite(.timeLimit(.minutes(5))) struct RereadTests {
  private func loaded(_ count: Int) -> LoadDriver {
    var driver = LoadDriver(ModelServer(count: count)) { $0.pageSize = 100 }
    driver.send(.start(.everything))
    driver.settle()
    return driver
  }

  @Test("reread shows the previous list until the new one is complete and checked", .tags(.t10))
  func swap() {
    var driver = loaded(500)
    let before = driver.held
    let completeness = driver.load.completeness
    driver.server.remove(at: 3)
    driver.server.records[10].name = "renamed"
    driver.send(.reread(.onePage))
    while !driver.waiting.isEmpty {
      #expect(driver.held == before && driver.load.completeness == completeness)
      #expect(driver.load.rereadProgress != nil && driver.load.isBusy)
      driver.answer()
    }
    #expect(driver.held == driver.server.list(.descending).map(\.key))
    #expect(driver.load.completeness != completeness && driver.load.completeness.isComplete)
    let done = driver.notices.compactMap { notice -> (Int, Bool)? in
      if case .rereadDone(let previous, let wasWhole) = notice { (previous.count, wasWhole) } else { nil }
    }
    #expect(done.map(\.0) == [500] && done.map(\.1) == [true])
  }

  @Test("A reread that fails, is stopped, or ends in a contradiction leaves the list and its time", .tags(.t10))
  func fails() {
    for pages in 0..<6 {
      for way in 0..<3 {
        var driver = loaded(500)
        let before = (driver.held, driver.load.completeness)
        driver.server.records[10].name = "renamed"
        driver.send(.reread(.everything))
        for _ in 0..<pages { driver.answer() }
        switch way {
        case 0: driver.fail(.connectionLost(host: "h"))
        case 1: driver.send(.interrupt)
        default:
          driver.server.cap = 450
          driver.settle()
        }
        if way == 2, pages > 4 { continue }
        #expect(driver.waiting.isEmpty && driver.held == before.0, "\(pages) \(way)")
        #expect(driver.load.completeness == before.1 && driver.load.rereadProgress == nil, "\(pages) \(way)")
      }
    }
  }

  @Test("reread of part of a list reads it all, and shows the part meanwhile", .tags(.t10))
  func part() {
    var driver = LoadDriver(ModelServer(count: 500))
    driver.send(.start(.onePage))
    driver.settle()
    driver.send(.reread(.onePage))
    #expect(driver.load.completeness == .partial && driver.held.count == 50)
    driver.settle()
    #expect(driver.load.completeness.isComplete && driver.held.count == 500)
  }

  @Test("reread of part of a file starts over", .tags(.t10))
  func partOfFile() {
    var driver = LoadDriver(ModelServer(count: 500)) {
      $0.isFile = true
      $0.hasBothOrders = false
      $0.pageSize = 100
    }
    driver.send(.start(.everything))
    driver.answer()
    driver.send(.interrupt)
    driver.send(.reread(.onePage))
    #expect(driver.held.isEmpty && driver.load.completeness == .loading)
    driver.settle()
    #expect(driver.load.completeness.isComplete && driver.held.count == 500)
    driver.send(.reread(.onePage))
    #expect(driver.held.count == 500 && driver.load.completeness.isComplete)
  }

  @Test("A reread that loses its cursor restarts once", .tags(.t13))
  func lostPlace() {
    var driver = loaded(500)
    driver.server.lostCursor = .notFound
    driver.send(.reread(.everything))
    driver.answer()
    for _ in 0..<5 {
      let last = driver.server.list(.descending)[99]
      driver.server.remove(at: driver.server.records.firstIndex(of: last) ?? 0)
      driver.server.remove(at: driver.server.records.firstIndex(of: driver.server.list(.descending)[98]) ?? 0)
    }
    driver.settle()
    #expect(driver.load.completeness.isComplete && driver.held == driver.server.list(.descending).map(\.key))
  }
}
