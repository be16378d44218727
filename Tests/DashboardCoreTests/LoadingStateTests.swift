import APIKeyClient
import APIKeyModel
import DashboardTestSupport
import KeyLoading
import KeyTable
import Testing

@testable import DashboardCore

@Suite("What is known of the load", .timeLimit(.minutes(5)))
struct LoadingStateTests {
  private func begun() -> LoadingState { LoadingState(load: ListLoad(LoadPlan(order: .descending))) }

  @Test("A try that nobody asked for is news only where it fails in another way")
  func loss() {
    var loading = begun()
    func fail(_ error: KeySourceError, isNews: Bool, isUnasked: Bool = false) {
      if isUnasked { loading.noteUnaskedTry() }
      let result = loading.noteFailure(error)
      #expect(result == isNews)
    }
    func respond(wasLost: Bool) {
      let result = loading.noteResponse()
      #expect(result == wasLost)
    }
    let refused = KeySourceError.connectionRefused(host: "h", port: 1)
    fail(refused, isNews: true)
    // The user tried again.
    fail(refused, isNews: true)
    fail(refused, isNews: false, isUnasked: true)
    fail(.connectionLost(host: "h"), isNews: true, isUnasked: true)
    respond(wasLost: true)
    respond(wasLost: false)
    fail(.connectionLost(host: "h"), isNews: true)
  }

  @Test("Keys that only the new list has are new, and rows above the cursor are kept once")
  func comparison() {
    var loading = begun()
    let output = loading.start(.everything, order: .descending, now: 0)
    for case .request(let id, _) in output.effects {
      let page = KeyPage(keys: Scenario.batch((0..<3).map { Scenario.key($0) }), hasMore: false, lastID: nil)
      _ = loading.handle(.response(id, .success(page)), now: 0)
    }
    var previous = KeyTable()
    previous.append(Scenario.batch([0, 1, 7].map { Scenario.key($0) }))
    loading.compare(with: previous, wasWhole: true, rowsAbove: 4)
    #expect(loading.newKeys == [Scenario.key(2).id])
    #expect(loading.changes.added == loading.newKeys)
    #expect(loading.changes.goneCount == 1)
    #expect(loading.changes.gone.id(at: 0) == Scenario.key(7).id)
    let rowsAbove = [loading.takeRowsAbove(), loading.takeRowsAbove()]
    #expect(rowsAbove == [4, nil])
    // Of a part of the list it is not known which keys are new.
    loading.compare(with: previous, wasWhole: false, rowsAbove: 0)
    #expect(loading.newKeys.isEmpty)
    #expect(loading.changes.partialCount == 3)
  }
}
