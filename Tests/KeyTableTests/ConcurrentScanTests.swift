import Testing

@testable import KeyTable

@Suite(.timeLimit(.minutes(5))) struct ConcurrentScanTests {
  @Test("Two threads find what one thread finds")
  func concurrently() async throws {
    let table = SampleKeys.table(SampleKeys.make(70_000))
    for text in [
      "prod", "a", "7", "perm:calls.create", "-is:full created<2024", "nothing-like-it", "/P.*d/i | -perm:/^calls/",
    ] {
      let query = KeyQuery(filter: try Filter(parsing: text))
      let context = FilterContext(now: 1_790_000_000)
      let one = table.rows(matching: query, context: context)
      let two = await table.rowsConcurrently(matching: query, context: context)
      #expect(one == two && one != nil, "\(text)")
      #expect(table.snapshot.rows(matching: query, context: context) == one, "\(text)")
    }
  }

  @Test("A second thread has regular expressions of its own, and every condition as it was")
  func ownExpressions() throws {
    func patterns(_ filter: Filter) throws -> Set<TextPattern> {
      Set(PreparedPattern.all(in: try #require(filter.root), SampleKeys.table([])).keys)
    }
    let filter = try Filter(parsing: "prod | (-id:/^A/ perm:/calls/i perm:=/x/ last4:/7$/) created<2024")
    let own = try #require(filter.withOwnExpressions)
    #expect(own == filter && own.text == filter.text)
    let (first, second) = (try patterns(filter), try patterns(own))
    #expect(first == second && first.count { $0.kind == .regex } == 4)
    let shared = Set(first.compactMap(\.regex).map { ObjectIdentifier($0) })
    #expect(shared.isDisjoint(with: second.compactMap(\.regex).map { ObjectIdentifier($0) }))
  }
}
