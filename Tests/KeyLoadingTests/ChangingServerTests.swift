import APIKeyClient
import APIKeyModel
import Foundation
import TestSupport
import Testing

@testable import KeyLoading

/// Random sequences of what a user does and of what a server does meanwhile: nothing that is said may be false.
@Suite(.timeLimit(.minutes(60))) struct ChangingServerTests {
  /// One sequence, and every key as the server ever had it.
  private struct Sequence {
    var driver: LoadDriver
    var dice: Dice
    let order: ListOrder
    var ever: Set<APIKey> = []
    /// Changes stop here, so that what is said last can be compared exactly.
    var isStill = false

    init(seed: UInt64) {
      dice = Dice(seed: seed)
      order = dice.roll(4) == 0 ? .ascending : .descending
      var server = ModelServer(count: dice.roll(5) == 0 ? dice.roll(3) : 20 + dice.roll(300))
      server.lostCursor = ModelServer.LostCursor.allCases[dice.roll(ModelServer.LostCursor.allCases.count)]
      if dice.roll(8) == 0 { server.cap = 1 + dice.roll(100) }
      server.announcesEmptyPage = dice.roll(8) == 0
      if dice.roll(10) == 0 { server.refusesReversedOrder = .rejected(status: 422, message: "order") }
      let size = 1 + dice.roll(60)
      driver = LoadDriver(server, order: order) { $0.pageSize = size }
      note()
    }

    mutating func note() { ever.formUnion(driver.server.records.map(\.key)) }

    mutating func change() {
      guard !isStill else { return }
      let count = driver.server.records.count
      switch dice.roll(6) {
      case 0: driver.server.add(date: 2_000_000 + driver.now)
      case 1: driver.server.add(date: 1_000_000 + Int64(dice.roll(300)))
      case 2 where count > 0: driver.server.remove(at: dice.roll(count))
      case 3 where count > 0: driver.server.remove(at: count - 1)
      case 4 where count > 0: driver.server.records[dice.roll(count)].name += "x"
      default: return
      }
      // The change is later than the last response.
      driver.now += 1
      note()
    }

    mutating func act() {
      switch dice.roll(12) {
      case 0: driver.send(.everything)
      case 1: driver.send(.page)
      case 2: driver.send(.refresh)
      case 3: driver.send(.reread(.onePage))
      case 4: driver.send(.interrupt)
      case 5: driver.fail(.connectionLost(host: "h"))
      case 6 where dice.roll(10) == 0: driver.fail(.rateLimited(retryAfter: 3, message: "m"))
      case 7:
        driver.now += 5
        driver.send(.clock)
      default: driver.answer(dice.roll(2))
      }
    }
  }

  /// What is false of what the load says now; nil where nothing is.
  private func falsehood(_ sequence: Sequence) -> String? {
    let load = sequence.driver.load
    let held = sequence.driver.held
    if Set(held.map(\.id)).count != held.count { return "a key is held twice" }
    if let made = held.first(where: { !sequence.ever.contains($0) }) {
      return "\(made.shownName) never was on the server"
    }
    if load.isBusy == sequence.driver.isAtRest {
      return "busy is \(load.isBusy), with \(sequence.driver.waiting.count)"
    }
    return nil
  }

  /// LOAD_SEQUENCES=10000 runs more of them than the suite has time for; LOAD_SEED repeats a failure with 1.
  private static let count =
    ProcessInfo.processInfo.environment["LOAD_SEQUENCES"].flatMap { Int($0) } ?? 300

  @Test("Random sequences against a changing server make no false statement", .tags(.t10, .t12, .t13))
  func sequences() {
    let given = ProcessInfo.processInfo.environment["LOAD_SEED"].flatMap { UInt64($0) }
    let start = given ?? UInt64.random(in: 0...UInt64.max)
    var (complete, contradicted, changed) = (0, 0, 0)
    for number in 0..<ChangingServerTests.count {
      let seed = start &+ UInt64(number)
      var sequence = Sequence(seed: seed)
      sequence.driver.send(.start(sequence.dice.roll(2) == 0 ? .onePage : .everything))
      for _ in 0..<(10 + sequence.dice.roll(60)) {
        if sequence.dice.roll(4) == 0 { sequence.change() } else { sequence.act() }
      }
      if let problem = falsehood(sequence) { Issue.record("\(problem), seed \(seed)") }
      // A list that rests is what a whole read says it is.
      sequence.isStill = true
      sequence.driver.settle()
      sequence.driver.send(.interrupt)
      _ = sequence.driver.takeNotices()
      sequence.driver.send(.reread(.everything))
      sequence.driver.settle()
      if let problem = falsehood(sequence) { Issue.record("\(problem), seed \(seed)") }
      let list = sequence.driver.server.list(sequence.order).map(\.key)
      let server = sequence.driver.server
      let isCut = (server.cap ?? .max) < list.count
      let canCheck = server.refusesReversedOrder == nil
      // The list is then one of before, and says of which time.
      let hasFailed = sequence.driver.notices.contains { if case .rereadFailed = $0 { true } else { false } }
      let completeness = sequence.driver.load.completeness
      if case .complete = completeness {
        complete += 1
        if sequence.driver.held != list, !hasFailed, !isCut || canCheck {
          Issue.record("complete, but \(sequence.driver.held.count) of \(list.count), seed \(seed)")
        }
        if hasFailed, !isCut, !server.announcesEmptyPage { Issue.record("R failed, seed \(seed)") }
      } else if !isCut, !server.announcesEmptyPage {
        Issue.record("\(completeness) of a whole list, seed \(seed)")
      } else {
        contradicted += 1
      }
      // What a look says after one more change at the newest end.
      guard case .complete = completeness, sequence.driver.held == list, !list.isEmpty else { continue }
      let newest = sequence.order == .descending ? 0 : list.count - 1
      if sequence.dice.roll(2) == 0, list.count > 1 {
        let index = server.records.firstIndex { $0.key == list[newest] } ?? 0
        sequence.driver.server.remove(at: index)
        sequence.driver.send(.refresh)
        sequence.driver.settle()
        if sequence.driver.load.completeness.isComplete { Issue.record("a deletion was not seen, seed \(seed)") }
        changed += 1
      }
    }
    #expect(complete > ChangingServerTests.count / 2)
    print(
      "figure T10: \(ChangingServerTests.count) sequences: \(complete) complete, \(contradicted) not, \(changed) deletions seen, "
        + "0 false statements (seed \(start))")
  }
}
