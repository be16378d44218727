import APIKeyClient
import APIKeyHTTPClient
import APIKeyModel
import APIKeyWire
import DashboardCore
import DashboardScreen
import Foundation
import KeyLoading
import KeyTable
import TerminalCore

/// What the parts cost without a terminal or a process around them.
enum LibraryBenchmarks {
  /// A record as Foundation decodes it: the baseline a Swift program would begin with.
  private struct DecodableKey: Decodable {
    let id: String
    let name: String
    let createdDate: String
    let lastFourDigits: String
    let creatorID: String
    let restricted: Bool
    let permissions: [String]?

    enum CodingKeys: String, CodingKey {
      case id, name, restricted, permissions
      case createdDate = "created_date"
      case lastFourDigits = "last_four_digits"
      case creatorID = "creator_id"
    }
  }
  private struct DecodablePage: Decodable {
    let data: [DecodableKey]
    let hasMore: Bool
    let firstID: String?
    let lastID: String?

    enum CodingKeys: String, CodingKey {
      case data
      case hasMore = "has_more"
      case firstID = "first_id"
      case lastID = "last_id"
    }
  }

  static func run(keys: Int, rounds: Int) async throws {
    let watch = Stopwatch(rounds: rounds)
    try parse(watch)
    let pages = decodedPages(keys)
    watch.measure("append 1M") {
      var table = KeyTable()
      for page in pages { table.append(page) }
      precondition(table.count == keys)
    }
    var table = KeyTable()
    for page in pages { table.append(page) }
    for (size, count) in [("5k", 5), ("100k", 100)] {
      var small = KeyTable()
      for page in pages.prefix(count) { small.append(page) }
      await filters(small, size, watch)
    }
    await filters(table, "1M", watch)
    sorts(table, watch)
    frames(pages, watch)
    takingIn(pages, watch)
  }

  /// What the main thread does with each page of a full load from both ends, in its own time: a key waits that long.
  private static func takingIn(_ pages: [KeyBatch], _ watch: Stopwatch) {
    var state = DashboardState(
      configuration: DashboardConfiguration(sourceLabel: "bench"), columns: 120, rows: 40, now: 1_760_000_000)
    var effects =
      reduce(&state, .start, now: state.environment.now)
      + reduce(&state, .commandLine("load"), now: state.environment.now)
    var (near, far) = (0, pages.count)
    var times: [Double] = []
    func step(_ action: Action) {
      let start = Stopwatch.threadMilliseconds()
      effects += reduce(&state, action, now: state.environment.now)
      times.append(Stopwatch.threadMilliseconds() - start)
    }
    while !effects.isEmpty {
      switch effects.removeFirst() {
      case .load(let id, let request) where request.order == .descending:
        let keys = near < pages.count ? pages[near] : KeyBatch()
        near += 1
        step(.pageLoaded(id, .success(KeyPage(keys: keys, hasMore: near < pages.count))))
      case .load(let id, _):
        far -= 1
        let keys = pages[max(far, 0)].reversed(first: pages[max(far, 0)].count)
        step(.pageLoaded(id, .success(KeyPage(keys: keys, hasMore: far > 0))))
      case .continueLoad(let id): step(.loadContinues(id))
      default: break
      }
    }
    precondition(state.table.count == pages.reduce(0) { $0 + $1.count } && state.load.completeness.isComplete)
    watch.report("page taken in, main thread", times)
  }

  private static func parse(_ watch: Stopwatch) throws {
    let bytes = SyntheticKeys(count: 100_000).page(from: 5000, limit: 1000, step: 1)
    guard let decoder = PageDecoder() else { return }
    var body = bytes
    try watch.measure("decode page", inner: 20) { _ = try decoder.decode(&body) }
    let data = Data(bytes)
    let plain = JSONDecoder()
    try watch.measure("decode page JSONDecoder", inner: 2) { _ = try plain.decode(DecodablePage.self, from: data) }
  }

  private static func decodedPages(_ count: Int) -> [KeyBatch] {
    let list = SyntheticKeys(count: count)
    guard let decoder = PageDecoder() else { return [] }
    return stride(from: 0, to: count, by: 1000).compactMap { start in
      var body = list.page(from: start, limit: 1000, step: 1)
      return try? decoder.decode(&body).keys  // Our own bytes; a page that is missing fails the count later.
    }
  }

  private static func filters(_ table: KeyTable, _ size: String, _ watch: Stopwatch) async {
    let creator = SyntheticKeys.creator(7).description.prefix(8)
    let texts = [
      "p", "prod", "e", "a", "7", "zq", "dead", "billing-prod", "perm:calls.create", "restricted:yes",
      "created<2024-06-01", "creator:\(creator)", "age>400d", "perms>=8", "prod -is:full perm:billing.*",
    ]
    let context = FilterContext(now: 1_760_000_000)
    for text in texts {
      guard let filter = try? Filter(parsing: text) else { continue }  // A filter the language no longer knows.
      let query = KeyQuery(filter: filter)
      await watch.measure("filter \(size) \(text)", inner: size == "1M" ? 3 : size == "100k" ? 10 : 100) {
        _ = await table.rowsConcurrently(matching: query, context: context)
      }
    }
  }

  private static func sorts(_ table: KeyTable, _ watch: Stopwatch) {
    for column in [KeyField.name, .created, .permissions, .creator, .lastFour] {
      let query = KeyQuery(sort: SortOrder([SortTerm(column, descending: true)]))
      watch.measure("sort 1M \(column.rawValue)") {
        _ = table.rows(matching: query, context: FilterContext(now: 0))
      }
    }
  }

  private static func frames(_ pages: [KeyBatch], _ watch: Stopwatch) {
    let state = loaded(Array(pages.prefix(20)))
    let whole = DashboardScreen.frame(of: state)
    watch.measure("frame 120x40", inner: 50) { _ = DashboardScreen.frame(of: state) }
    watch.measure("frame 120x40 list only", inner: 50) { _ = DashboardScreen.frame(of: state, keepingDetailOf: whole) }
    // The name of the selected key is in the list and in the detail.
    let name = "e" + String(repeating: "\u{301}", count: 1_000_000)
    var body = Array(#"{"data":[{"id":"a","name":"\#(name)","restricted":true}],"has_more":false}"#.utf8)
    guard let marked = try? PageDecoder()?.decode(&body) else { return }  // Our own bytes; the figure would be missing.
    let hostile = loaded([marked.keys])
    watch.measure("frame 120x40 million marks", inner: 5) { _ = DashboardScreen.frame(of: hostile) }
  }

  /// The dashboard after all pages have come.
  private static func loaded(_ pages: [KeyBatch]) -> DashboardState {
    var state = DashboardState(
      configuration: DashboardConfiguration(sourceLabel: "bench"), columns: 120, rows: 40, now: 1_760_000_000)
    var effects = reduce(&state, .start, now: state.environment.now)
    var index = 0
    while index < pages.count, let effect = effects.first {
      guard case .load(let id, _) = effect else { break }
      let page = KeyPage(keys: pages[index], hasMore: index < pages.count - 1)
      index += 1
      effects = reduce(&state, .pageLoaded(id, .success(page)), now: state.environment.now)
      if effects.isEmpty { effects = reduce(&state, .nextPageWanted, now: state.environment.now) }
    }
    return state
  }

  /// Loads all pages of a server with the client library alone, from one end or both; prints the milliseconds.
  static func loadPages(port: Int, rounds: Int) async throws {
    let watch = Stopwatch(rounds: rounds)
    let source = HTTPKeySource(address: try ServerAddress(parsing: "http://127.0.0.1:\(port)"), options: HTTPOptions())
    try await watch.measure("page walk one end") {
      var paginator = Paginator(order: .descending)
      var table = KeyTable()
      while let request = paginator.nextRequest(limit: 1000) {
        let page = try await source.page(request)
        _ = paginator.receive(page, added: table.append(page.keys).added)
      }
    }
    await source.close()
  }
}
