import KeyTable
import Testing

@Suite(.timeLimit(.minutes(5))) struct ConcurrentScanTests {
  @Test("Two threads find what one thread finds")
  func concurrently() async throws {
    let table = SampleKeys.table(SampleKeys.make(70_000))
    for text in ["prod", "a", "7", "perm:calls.create", "-is:full created<2024", "nothing-like-it"] {
      let query = KeyQuery(filter: try Filter(parsing: text))
      let context = FilterContext(now: 1_790_000_000)
      let one = table.rows(matching: query, context: context)
      let two = await table.rowsConcurrently(matching: query, context: context)
      #expect(one == two && one != nil, "\(text)")
      #expect(table.snapshot.rows(matching: query, context: context) == one, "\(text)")
    }
  }
}
