import APIKeyClient
import DashboardCore
import KeyTable

/// Every key a source has, or the first ones where no more are wanted.
struct LoadedKeys {
  var table = KeyTable()
  /// False only where fewer were asked for than there are.
  var isWhole = false
  /// Seconds since the epoch of the last answer.
  var fetchedAt: Int64 = 0
  var requests = 0
  /// What a file says of itself; nil for a server.
  var provenance: ListProvenance?
  /// Records that could not be read; with `allowsPart` only.
  var unreadable = 0
  /// Why these are not all keys; with `allowsPart` only.
  var failure: CommandFailure?

  /// Whether these are all keys: nil where a file does not say.
  var isKnownWhole: Bool? {
    guard isWhole, failure == nil else { return false }
    return provenance.map(\.isComplete) ?? true
  }

  /// `500 keys, complete at 2026-01-31T14:02:11Z`, or what a file says.
  var completeness: String {
    guard let provenance else { return "\(Count.keys(table.count)), complete at \(LocalTime.text(fetchedAt))" }
    return ProvenanceText.completeness(table.count, provenance)
  }

  /// What is said when none of the keys match.
  var nothingMatched: CommandFailure {
    let whole =
      provenance.map { ProvenanceText.completeness(table.count, $0) } ?? "\(Count.keys(table.count)), complete"
    return .nothingMatched("Nothing matched: 0 of \(whole).")
  }
}

/// Walks all pages into a table: complete, or a failure. A part is never given out as the whole.
///
/// A long list is walked from both ends at once; the walk from this end alone decides what the list is.
struct LoadAll {
  private struct Answer: Sendable {
    var isFromFarEnd: Bool
    var result: Result<KeyPage, KeySourceError>
  }

  private let source: any KeySource
  private let order: ListOrder
  private let limit: Int
  private let enough: Int?
  private var limits = LoadLimits()
  private var loaded = LoadedKeys()
  private var walk: PageWalk
  private var farEnd: FarEnd?
  private var farEndWasTried = false
  private var unreadable = 0
  private var unreadableReason: String?

  /// With `allowsPart` the keys that arrived are given out all the same, with what went wrong.
  ///
  /// `enough`: stop once this many keys are there; only where neither filter nor sort needs the others.
  static func run(
    _ source: any KeySource, options: ConnectionOptions, enough: Int? = nil, allowsPart: Bool = false
  ) async throws(CommandFailure) -> LoadedKeys {
    var load = LoadAll(
      source: source, order: options.order,
      limit: options.pageSize ?? min(enough ?? PageRequest.maximumLimit, PageRequest.maximumLimit), enough: enough,
      walk: PageWalk(
        order: options.order, cursorParameter: options.afterParam, mayRepeat: options.from != nil,
        limits: options.loadLimits))
    load.limits = options.loadLimits
    let loaded = await load.run()
    loaded.provenance?.warnings.forEach { StandardError.say($0) }
    if let failure = loaded.failure, !allowsPart || loaded.table.isEmpty { throw failure }
    return loaded
  }

  private init(source: any KeySource, order: ListOrder, limit: Int, enough: Int?, walk: PageWalk) {
    self.source = source
    self.order = order
    self.limit = limit
    self.enough = enough
    self.walk = walk
  }

  private mutating func run() async -> LoadedKeys {
    let failure = await withTaskGroup(of: Answer.self) { group -> CommandFailure? in
      var isAsked = false
      var isFarAsked = false
      while !isDone {
        if !isAsked, let request = walk.nextRequest(limit: limit) {
          isAsked = true
          ask(request, fromFarEnd: false, &group)
        }
        if !isFarAsked, let request = nextFarRequest() {
          isFarAsked = true
          ask(request, fromFarEnd: true, &group)
        }
        guard let answer = await group.next() else { break }
        if answer.isFromFarEnd {
          isFarAsked = false
          receiveFar(answer.result)
        } else {
          isAsked = false
          if let failure = receive(answer.result) {
            group.cancelAll()
            return failure
          }
        }
      }
      group.cancelAll()
      return nil
    }
    loaded.requests = source.requestCount
    loaded.unreadable = unreadable
    loaded.failure = failure
    if failure == nil, unreadable > 0 {
      loaded.failure = .unreadableRecords(count: unreadable, reason: unreadableReason, loaded: loaded.table.count)
    }
    if loaded.failure == nil, let provenance = loaded.provenance, provenance.isComplete == false {
      loaded.failure = .partInFile(ProvenanceText.completeness(loaded.table.count, provenance))
    }
    return loaded
  }

  private var isDone: Bool { loaded.isWhole || enough.map { loaded.table.count >= $0 } ?? false }

  private mutating func nextFarRequest() -> PageRequest? {
    let limit = limit
    return farEnd?.walk.nextRequest(limit: limit)
  }

  private func ask(_ request: PageRequest, fromFarEnd: Bool, _ group: inout TaskGroup<Answer>) {
    group.addTask { [source] in
      do throws(KeySourceError) {
        return Answer(isFromFarEnd: fromFarEnd, result: .success(try await source.page(request)))
      } catch {
        return Answer(isFromFarEnd: fromFarEnd, result: .failure(error))
      }
    }
  }

  private mutating func receive(_ result: Result<KeyPage, KeySourceError>) -> CommandFailure? {
    let page: KeyPage
    switch result {
    case .failure(let error): return loaded.table.isEmpty ? .source(error) : .partial(error, loaded: loaded.table.count)
    case .success(let answer): page = answer
    }
    loaded.provenance = page.provenance ?? loaded.provenance
    loaded.fetchedAt = LocalTime.now()
    unreadable += page.unreadable
    unreadableReason = unreadableReason ?? page.unreadableReason
    var keys = page.keys
    dropFarEndIfTooLarge(with: page.keys.count)
    if farEnd != nil {
      if let kept = farEnd?.receiveNear(page) { keys = kept } else { farEnd = nil }
    }
    let result = loaded.table.append(keys, upTo: limits.keys)
    if farEnd?.hasMet == true {
      join()
      return nil
    }
    switch walk.receive(page, added: result.added, leftOut: result.leftOut) {
    case .more: startFarEnd(after: page)
    case .finished: loaded.isWhole = true
    case .failed(let error): return .partial(error, loaded: loaded.table.count)
    }
    return nil
  }

  private mutating func startFarEnd(after page: KeyPage) {
    guard enough == nil, farEnd == nil, !farEndWasTried, source.hasBothOrders,
      loaded.table.count >= FarEnd.keysBefore
    else { return }
    farEndWasTried = true
    farEnd = FarEndWalk(nearOrder: order, nearPage: page.keys).map { FarEnd(walk: $0) }
  }

  private mutating func receiveFar(_ result: Result<KeyPage, KeySourceError>) {
    // The first walk goes on by itself whatever happens here.
    guard case .success(let page) = result, farEnd?.receive(page) == true else {
      farEnd = nil
      return
    }
    loaded.fetchedAt = LocalTime.now()
    dropFarEndIfTooLarge()
    if farEnd?.hasMet == true { join() }
  }

  /// Where both ends together would have too many keys, the walk from this end goes on alone, up to the limit.
  ///
  /// `arriving` keys from this end are asked about before they are joined: of a page that meets the other end only a
  /// part is taken, so that after it there is no way back.
  private mutating func dropFarEndIfTooLarge(with arriving: Int = 0) {
    if let farEnd, loaded.table.count + farEnd.keyCount + arriving > limits.keys { self.farEnd = nil }
  }

  /// The walks have met: the list is whole.
  private mutating func join() {
    while let keys = farEnd?.next() { loaded.table.append(keys) }
    loaded.isWhole = true
  }
}

/// What a command does with a source, ended in every case.
enum SourceSession {
  static func run<Value>(
    _ options: ConnectionOptions, _ body: (any KeySource) async throws(CommandFailure) -> Value
  ) async throws(CommandFailure) -> Value {
    let source = try SourceFactory.make(options)
    do throws(CommandFailure) {
      let value = try await body(source)
      await source.close()
      return value
    } catch {
      await source.close()
      throw error
    }
  }
}
