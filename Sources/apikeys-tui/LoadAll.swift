import APIKeyClient
import DashboardCore
import KeyLoading
import KeyTable

/// Every key a source has, or the first ones where no more are wanted.
struct LoadedList {
  var table = KeyTable()
  /// False only where fewer were asked for than there are.
  var isWhole = false
  /// Seconds since the epoch of the end of the reading.
  var fetchedAt: Int64 = 0
  var requests = 0
  /// What a file says of itself; nil for a server.
  var provenance: ListProvenance?
  /// Records that could not be read, and why the first of them could not; with `allowPartial` only.
  var unreadable = 0
  var unreadableReason: String?
  /// Why these are not all keys; with `allowPartial` only.
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

  /// Tells on standard error where a file does not say whether its keys are all.
  func sayIfUnknown() {
    if isWhole, isKnownWhole == nil { StandardError.say("\(completeness).") }
  }

  /// What is said when none of the keys match.
  var nothingMatched: CommandFailure {
    let whole =
      provenance.map { ProvenanceText.completeness(table.count, $0) } ?? "\(Count.keys(table.count)), complete"
    return .nothingMatched("Nothing matched: 0 of \(whole).")
  }
}

/// Reads the list into a table: complete, or a failure. A part is never given out as the whole.
///
/// ``ListLoad`` decides; this sends its requests and hands it the responses.
struct LoadAll {
  private struct Response: Sendable {
    var id: LoadID
    var result: Result<KeyPage, KeySourceError>
  }

  private let source: any KeySource
  private var load: ListLoad
  private var pending: [LoadEffect] = []

  /// With `allowPartial` the keys that arrived are given out all the same, with what went wrong.
  ///
  /// `enough`: stop once this many keys are there; only where neither filter nor sort needs the others.
  static func run(
    _ source: any KeySource, options: ConnectionOptions, enough: Int? = nil, allowPartial: Bool = false
  ) async throws(CommandFailure) -> LoadedList {
    var plan = LoadPlan(order: options.order)
    plan.pageSize = options.pageSize
    plan.cursorParameter = options.afterParam
    plan.isFile = options.from != nil
    plan.hasBothOrders = source.hasBothOrders
    plan.isRereadable = source.isRereadable
    // A command ends where a server asks for a longer pause than the source waits by itself.
    plan.waits = false
    plan.limits = options.loadLimits
    var run = LoadAll(source: source, load: ListLoad(plan))
    let loaded = await run.run(enough.map { .keys($0) } ?? .everything)
    loaded.provenance?.warnings.forEach { StandardError.say($0) }
    if let failure = loaded.failure, !allowPartial || loaded.table.isEmpty { throw failure }
    return loaded
  }

  private init(source: any KeySource, load: ListLoad) {
    self.source = source
    self.load = load
  }

  private mutating func run(_ goal: LoadGoal) async -> LoadedList {
    pending = load.handle(.start(goal), now: LocalTime.now()).effects
    await withTaskGroup(of: Response.self) { group in
      while load.isBusy {
        send(&group)
        guard let response = await group.next() else { break }
        pending = load.handle(.response(response.id, response.result), now: LocalTime.now()).effects
      }
      group.cancelAll()
    }
    return result()
  }

  /// Does what the load wants. A response to a cancelled request is dropped by its id.
  private mutating func send(_ group: inout TaskGroup<Response>) {
    while !pending.isEmpty {
      switch pending.removeFirst() {
      case .request(let id, let request):
        group.addTask { [source] in
          do throws(KeySourceError) {
            return Response(id: id, result: .success(try await source.page(request)))
          } catch {
            return Response(id: id, result: .failure(error))
          }
        }
      case .continueSoon(let id): pending += load.handle(.continued(id), now: LocalTime.now()).effects
      case .cancel, .trimMemory: break
      }
    }
  }

  private func result() -> LoadedList {
    var loaded = LoadedList()
    loaded.table = load.table
    loaded.fetchedAt = load.completeness.wholeReadAt ?? load.lastResponse ?? LocalTime.now()
    loaded.requests = source.requestCount
    loaded.provenance = load.provenance
    loaded.unreadable = load.unreadable
    loaded.unreadableReason = load.unreadableReason
    let count = load.table.count
    switch load.completeness {
    case .complete, .readWhole, .unknown: loaded.isWhole = true
    // As many as were wanted.
    case .partial: break
    case .stopped(let error), .waiting(_, let error):
      loaded.failure = count == 0 ? .source(error) : .partial(error, loaded: count)
    case .contradicted(let error, _): loaded.failure = .partial(error, loaded: count)
    case .unchecked(let error, _): loaded.failure = .partial(.checkFailed(error), loaded: count)
    case .nothing, .loading, .changed, .interrupted:
      loaded.failure = count == 0 ? .source(.cancelled) : .partial(.cancelled, loaded: count)
    }
    if loaded.failure == nil, load.unreadable > 0 {
      loaded.failure = .unreadableRecords(count: load.unreadable, reason: load.unreadableReason, loaded: count)
    }
    if loaded.failure == nil, let provenance = load.provenance, provenance.isComplete == false {
      loaded.failure = .partInFile(ProvenanceText.completeness(count, provenance))
    }
    return loaded
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
