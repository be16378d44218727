import APIKeyClient
import APIKeyHTTPClient
import APIKeyModel
import KeyLoading
import TestSupport
import Testing

/// A list of keys served over real HTTP in both orders, each answer after the time a distant server takes.
private struct DistantList: Sendable {
  let count: Int

  private func id(_ number: Int) -> String {
    "00000000-0000-4000-8000-" + String(String(1_000_000_000_000 + number).dropFirst())
  }

  private func record(_ number: Int) -> String {
    let date = CreatedDate(seconds: 1_700_000_000 - Int64(number) * 60).canonicalText
    return #"{"id":"\#(id(number))","name":"key \#(number)","created_date":"\#(date)","restricted":false}"#
  }

  /// The answer to a request's head.
  func answer(_ head: String, latency: Int64) -> FaultServer.Answer {
    func parameter(_ name: String) -> String? {
      head.split(whereSeparator: { "?& ".contains($0) }).first { $0.hasPrefix(name + "=") }
        .map { String($0.dropFirst(name.count + 1)) }
    }
    let limit = parameter("limit").flatMap { Int($0) } ?? 50
    let step = parameter("order") == "asc" ? -1 : 1
    let after = parameter("after").flatMap { Int($0.suffix(12)) }
    let start = after.map { $0 + step } ?? (step == 1 ? 0 : count - 1)
    let left = step == 1 ? count - start : start + 1
    let numbers = (0..<min(limit, left)).map { start + $0 * step }
    let body =
      #"{"data":[\#(numbers.map(record).joined(separator: ","))],"has_more":\#(numbers.count < left),"#
      + #""first_id":null,"last_id":\#(numbers.last.map { "\"\(id($0))\"" } ?? "null")}"#
    return .http(body, toxics: [.latency(milliseconds: latency)])
  }
}

@Suite("Loading from both ends over HTTP", .timeLimit(.minutes(20))) struct TwoEndedLoadTests {
  /// Every key of a source in the list's order, and how long it took.
  private func load(_ source: HTTPKeySource, fromBothEnds: Bool) async throws -> (ids: [KeyIdentifier], took: Duration)
  {
    let start = ContinuousClock.now
    var paginator = Paginator(order: .descending)
    var backward: BackwardPages?
    var ids: [KeyIdentifier] = []
    func take(_ keys: KeyBatch) { for row in 0..<keys.count { ids.append(keys.id(at: row)) } }
    var step = Paginator.Step.more
    while step == .more, let request = paginator.nextRequest(limit: 1000) {
      let farRequest = backward?.pager.nextRequest(limit: 1000)
      // The two requests of a round are on their way together.
      async let backwardPage = farRequest.asyncMap { try await source.page($0) }
      let page = try await source.page(request)
      var keys = page.keys
      if backward != nil {
        if let kept = backward?.receiveForward(page) { keys = kept } else { backward = nil }
      }
      take(keys)
      step = backward?.hasMet == true ? .finished : paginator.receive(page, added: page.keys.count)
      if let far = try await backwardPage, step == .more, backward?.receive(far) != true { backward = nil }
      if backward?.hasMet == true {
        while let keys = backward?.next() { take(keys) }
        step = .finished
      }
      if fromBothEnds, backward == nil, step == .more, ids.count == BackwardPages.keysBefore {
        backward = BackwardPager(forwardOrder: .descending, forwardPage: page.keys).map { BackwardPages(pager: $0) }
      }
    }
    return (ids, ContinuousClock.now - start)
  }

  @Test("Loading from both ends gives the same keys in the same order in about half the time")
  func gain() async throws {
    let list = DistantList(count: 30_500)
    let server = try await FaultServer { _, head in list.answer(head, latency: 50) }
    let source = HTTPKeySource(address: try ServerAddress(parsing: server.url), options: HTTPOptions())
    let oneEnd = try await load(source, fromBothEnds: false)
    let oneEndRequests = server.heads.count
    let bothEnds = try await load(source, fromBothEnds: true)
    let ascending = server.heads[oneEndRequests...].filter { $0.contains("order=asc") }.count
    await source.close()
    await server.close()
    #expect(oneEnd.ids.count == 30_500)
    #expect(bothEnds.ids == oneEnd.ids)
    // Half of the pages come from the other end, so that half of the round trips are waited for.
    #expect((10...18).contains(ascending))
    let gain = oneEnd.took / bothEnds.took
    #expect(gain > 1.2)
    print(
      "figure T4: 30,500 keys at 50 ms a request in \(Int(bothEnds.took / .milliseconds(1))) ms from both ends, "
        + "\(Int(oneEnd.took / .milliseconds(1))) ms from one")
  }
}

extension Optional where Wrapped: Sendable {
  /// The same as `map` for what takes time.
  fileprivate func asyncMap<Value: Sendable>(
    _ transform: @Sendable (Wrapped) async throws -> Value
  ) async rethrows -> Value? {
    if let self { try await transform(self) } else { nil }
  }
}
