import APIKeyClient
import APIKeyModel
import TestSupport
import Testing

@testable import KeyLoading

/// `r` looks for new keys, and compares what it reads again.
@Suite("Refresh", .timeLimit(.minutes(5))) struct RefreshTests {
  private func loaded(_ count: Int, _ order: ListOrder) -> LoadDriver {
    var driver = LoadDriver(ModelServer(count: count), order: order)
    driver.send(.start(.everything))
    driver.settle()
    return driver
  }

  private func index(_ driver: LoadDriver, newest place: Int) -> Int {
    driver.server.records.firstIndex(of: driver.server.list(.descending)[place]) ?? 0
  }

  @Test(
    "refresh keeps the time of the full load and adds what it found", .tags(.t10), arguments: ListOrder.allCases)
  func times(order: ListOrder) {
    for count in [30, 500] {
      var driver = loaded(count, order)
      guard case .complete(let read) = driver.load.completeness else {
        Issue.record("\(driver.load.completeness)")
        return
      }
      driver.now += 1000
      driver.send(.refresh)
      driver.settle()
      #expect(driver.load.completeness == .readWhole(at: read, lookedAt: driver.now, new: 0))
      for _ in 0..<3 { driver.server.add(date: 2_000_000) }
      driver.send(.refresh)
      driver.settle()
      driver.server.add(date: 2_000_001)
      driver.send(.refresh)
      driver.settle()
      #expect(driver.load.completeness == .readWhole(at: read, lookedAt: driver.now, new: 4))
      #expect(driver.held == driver.server.list(order).map(\.key))
    }
  }

  @Test(
    "refresh detects a deletion, an edit and a back-dated key", .tags(.t10), arguments: ListOrder.allCases)
  func changes(order: ListOrder) {
    let changes: [(String, (inout LoadDriver) -> Void)] = [
      ("deleted first", { $0.server.remove(at: $0.server.records.count - 1) }),
      ("deleted", { driver in driver.server.remove(at: self.index(driver, newest: 5)) }),
      ("renamed", { driver in driver.server.records[self.index(driver, newest: 7)].name = "another" }),
      (
        "renamed to a canonical equivalent",
        { driver in
          driver.server.records[self.index(driver, newest: 3)].name = "caf\u{E9}"
          driver.send(.reread(.everything))
          driver.settle()
          driver.server.records[self.index(driver, newest: 3)].name = "cafe\u{301}"
        }
      ),
      ("back-dated", { $0.server.add(date: $0.server.list(.descending)[10].date) }),
    ]
    for count in [30, 500] {
      for (name, change) in changes {
        var driver = loaded(count, order)
        change(&driver)
        driver.send(.refresh)
        driver.settle()
        guard case .changed = driver.load.completeness else {
          Issue.record("\(name), \(count) keys: \(driver.load.completeness)")
          continue
        }
        // It stays so until R.
        driver.send(.refresh)
        driver.settle()
        #expect(!driver.load.completeness.isComplete)
        driver.send(.reread(.everything))
        driver.settle()
        #expect(driver.load.completeness.isComplete && driver.held == driver.server.list(order).map(\.key), "\(name)")
      }
    }
  }

  @Test("A shifted page boundary is not a change", .tags(.t10))
  func shifted() {
    for additions in [1, 49, 199, 200, 201, 450] {
      var driver = loaded(500, .descending)
      for number in 0..<additions { driver.server.add(date: 2_000_000 + Int64(number)) }
      driver.send(.refresh)
      driver.settle()
      guard case .readWhole(_, _, additions) = driver.load.completeness else {
        Issue.record("\(additions): \(driver.load.completeness)")
        continue
      }
      #expect(driver.held == driver.server.list(.descending).map(\.key))
    }
  }

  @Test("refresh of part of a list reports changes, and the load continues", .tags(.t10))
  func part() {
    var driver = LoadDriver(ModelServer(count: 500))
    driver.send(.start(.onePage))
    driver.settle()
    driver.server.remove(at: index(driver, newest: 5))
    driver.send(.refresh)
    driver.send(.page)
    driver.settle()
    #expect(driver.load.isChanged && driver.load.completeness == .partial && driver.held.count == 250)
  }

  @Test("A failed or stopped refresh changes nothing", .tags(.t10))
  func failed() {
    var driver = loaded(500, .descending)
    let before = driver.load.completeness
    driver.send(.refresh)
    driver.fail(.notAuthenticated(message: "m", tokenWasSent: true))
    #expect(driver.load.completeness == before)
    driver.send(.refresh)
    #expect(driver.waiting.first?.request.readsTokenAgain == true)
    driver.send(.interrupt)
    #expect(driver.load.completeness == before && driver.waiting.isEmpty)
  }
}
