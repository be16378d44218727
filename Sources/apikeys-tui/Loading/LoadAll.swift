import APIKeyClient
import DashboardCore
import KeyLoading
import KeyTable

/// Reads the list into a table: complete, or a failure. A part is never returned as the whole list.
///
/// ``ListLoad`` decides; this sends its requests and passes the responses back.
struct LoadAll {
  private struct Response: Sendable {
    var id: LoadID
    var result: Result<KeyPage, KeySourceError>
  }

  private let source: any KeySource
  private var load: ListLoad
  private var pending: [LoadEffect] = []

  /// With `allowPartial` the keys that arrived are returned together with the failure.
  ///
  /// `enough`: stop once this many keys are there; only if neither filter nor sort needs the others.
  static func run(
    _ source: any KeySource, options: ReadingOptions, enough: Int? = nil, allowPartial: Bool = false
  ) async throws(CommandFailure) -> LoadedList {
    var run = LoadAll(source: source, load: ListLoad(options.plan(for: source)))
    let loaded = await run.run(enough.map { .keys($0) } ?? .everything)
    loaded.provenance?.warnings.forEach { StandardError.show($0) }
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
