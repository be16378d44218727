import APIKeyClient
import APIKeyModel
import TestSupport
import Testing

@testable import KeyLoading

/// What a look found is held where it belongs, and counted; what was read whole stays that.
@Suite("Keys found by a refresh", .timeLimit(.minutes(5))) struct RefreshedKeyTests {
  private func loaded(_ count: Int, _ order: ListOrder = .descending) -> LoadDriver {
    var driver = LoadDriver(ModelServer(count: count), order: order)
    driver.send(.start(.everything))
    driver.settle()
    return driver
  }

  private func isInOrder(_ driver: LoadDriver) -> Bool {
    let dates = driver.held.compactMap { $0.created?.microseconds }
    return zip(dates, dates.dropFirst()).allSatisfy {
      driver.load.plan.order == .descending ? $0 >= $1 : $0 <= $1
    }
  }

  @Test("Every key that refresh finds is placed by date and counted", .tags(.t10), arguments: ListOrder.allCases)
  func backDated(order: ListOrder) {
    for count in [30, 500] {
      var driver = loaded(count, order)
      guard case .complete(let read) = driver.load.completeness else {
        Issue.record("\(driver.load.completeness)")
        continue
      }
      driver.now += 1000
      driver.server.add(date: 2_000_000)
      for place in [3, 3, 12, 20] { driver.server.add(date: driver.server.list(.descending)[place].date) }
      _ = driver.takeNotices()
      driver.send(.refresh)
      driver.settle()
      #expect(driver.load.completeness == .changed(readAt: read, lookedAt: driver.now, new: 5), "\(count)")
      #expect(driver.load.table.count == count + 5)
      #expect(Set(driver.held.map(\.id)) == Set(driver.server.records.map(\.key.id)) && isInOrder(driver))
      let found = driver.takeNotices().compactMap { notice -> Int? in
        if case .looked(let new, true) = notice { new.count } else { nil }
      }
      #expect(found == [5])
    }
  }

  @Test("A key with a changed date does not misplace new keys", .tags(.t10))
  func redated() {
    var driver = loaded(60)
    let old = driver.server.list(.descending)[40]
    let place = driver.server.records.firstIndex(of: old) ?? 0
    driver.server.records[place].date = 3_000_000
    driver.server.add(date: 2_000_000)
    driver.server.add(date: 2_500_000)
    driver.send(.refresh)
    driver.settle()
    #expect(driver.load.table.count == 62 && isInOrder(driver))
    // The key at the top is gone, and an older one is new.
    driver = loaded(60)
    driver.server.remove(at: 59)
    driver.server.add(date: driver.server.list(.descending)[0].date)
    driver.send(.refresh)
    driver.settle()
    #expect(driver.load.table.count == 61 && isInOrder(driver))
  }

  @Test("Of a part, keys that were not loaded yet are neither new nor a change", .tags(.t10))
  func part() {
    var driver = LoadDriver(ModelServer(count: 500))
    driver.send(.start(.onePage))
    driver.settle()
    driver.send(.refresh)
    driver.settle()
    #expect(driver.load.completeness == .partial && !driver.load.isChanged && driver.load.table.count == 50)
    for number in 0..<3 { driver.server.add(date: 2_000_000 + Int64(number)) }
    // A page of more keys than are held.
    driver.server.remove(at: driver.server.records.count - 10)
    driver.send(.refresh)
    driver.settle()
    #expect(driver.load.table.count == 53 && driver.load.isChanged)
    driver.send(.everything)
    driver.settle()
    #expect(driver.load.table.count == 503)
    guard case .changed(_, lookedAt: nil, new: 0) = driver.load.completeness else {
      Issue.record("\(driver.load.completeness)")
      return
    }
  }

  @Test("Keys that refresh found during the first load are part of the complete list", .tags(.t10))
  func partThenWhole() {
    var driver = LoadDriver(ModelServer(count: 500))
    driver.send(.start(.onePage))
    driver.settle()
    for number in 0..<3 { driver.server.add(date: 2_000_000 + Int64(number)) }
    driver.send(.refresh)
    driver.settle()
    driver.send(.everything)
    driver.settle()
    guard case .complete = driver.load.completeness else {
      Issue.record("\(driver.load.completeness)")
      return
    }
    #expect(driver.held == driver.server.list(.descending).map(\.key))
  }

  @Test("A list that passes its check late is complete at the time of that check", .tags(.t12))
  func lateCheck() {
    // Cut off after 20 of 21 keys; then the last one is deleted.
    var server = ModelServer(count: 21)
    server.cap = 20
    var driver = LoadDriver(server) { $0.pageSize = 10 }
    driver.send(.start(.everything))
    driver.settle()
    guard case .contradicted = driver.load.completeness else {
      Issue.record("\(driver.load.completeness)")
      return
    }
    driver.server.remove(at: 0)
    driver.now += 1000
    driver.send(.refresh)
    driver.settle()
    #expect(driver.load.completeness == .complete(at: driver.now))
    // The check itself failed.
    driver = LoadDriver(ModelServer(count: 5))
    driver.send(.start(.everything))
    driver.answer()
    driver.fail(.connectionLost(host: "h"))
    driver.now += 1000
    driver.send(.refresh)
    driver.settle()
    #expect(driver.load.completeness == .complete(at: driver.now))
  }

  @Test("A restarted page places newer keys by date", .tags(.t13))
  func beginsAnew() {
    var driver = LoadDriver(ModelServer(count: 30)) { $0.pageSize = 10 }
    driver.send(.start(.onePage))
    driver.settle()
    // The key that the next page is asked after becomes the newest: the page begins at the top again.
    let cursor = driver.server.list(.descending)[9]
    let place = driver.server.records.firstIndex(of: cursor) ?? 0
    driver.server.records[place].date = 3_000_000
    driver.server.add(date: 2_000_000)
    driver.send(.everything)
    driver.settle()
    #expect(driver.held.contains { $0.name == "key 31" })
    let dates = driver.held.filter { $0.id != cursor.key.id }.compactMap { $0.created?.microseconds }
    #expect(zip(dates, dates.dropFirst()).allSatisfy { $0 >= $1 })
  }
}
