import APIKeyClient
import KeyLoading
import KeyTable

/// Every key a source has, or the first ones where no more are wanted.
struct LoadedKeys {
  var table = KeyTable()
  /// False only where fewer were asked for than there are.
  var isWhole = false
  var completeness = Completeness.nothing
  /// Seconds since the epoch of the last answer.
  var fetchedAt: Int64 = 0
  var requests = 0
  /// Records that could not be read, and why the first of them could not; only where a part is allowed.
  var unreadable = 0
  var unreadableReason: String?

  /// What a command fails with in the end where some records could not be read.
  var partialFailure: CommandFailure? {
    unreadable == 0
      ? nil : .partlyWritten(unreadable: unreadable, reason: unreadableReason, loaded: table.count)
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
  private let allowPartial: Bool

  /// `allowPartial`: records that cannot be read are counted, and are no failure. `enough`: stop once this many keys are
  /// there; only where neither filter nor sort needs the others.
  static func run(
    _ source: any KeySource, options: ConnectionOptions, enough: Int? = nil, allowPartial: Bool = false
  ) async throws(CommandFailure) -> LoadedKeys {
    var plan = LoadPlan(order: options.order)
    plan.pageSize = options.pageSize
    plan.cursorParameter = options.afterParam
    plan.isFile = options.from != nil
    plan.hasBothOrders = source.hasBothOrders
    plan.isRereadable = source.isRereadable
    // A command ends where a server asks for a longer pause than the source waits by itself.
    plan.waits = false
    plan.limits = options.loadLimits
    var run = LoadAll(source: source, load: ListLoad(plan), allowPartial: allowPartial)
    return try await run.run(enough.map { .keys($0) } ?? .everything)
  }

  private init(source: any KeySource, load: ListLoad, allowPartial: Bool) {
    self.source = source
    self.load = load
    self.allowPartial = allowPartial
  }

  private mutating func run(_ goal: LoadGoal) async throws(CommandFailure) -> LoadedKeys {
    pending = load.handle(.start(goal), now: LocalTime.now()).effects
    await withTaskGroup(of: Response.self) { group in
      while load.isBusy {
        send(&group)
        guard let response = await group.next() else { break }
        pending = load.handle(.response(response.id, response.result), now: LocalTime.now()).effects
      }
      group.cancelAll()
    }
    return try result()
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

  private func result() throws(CommandFailure) -> LoadedKeys {
    let count = load.table.count
    var loaded = LoadedKeys()
    switch load.completeness {
    case .complete, .readWhole, .unknown: loaded.isWhole = true
    // As many as were wanted.
    case .partial: break
    case .stopped(let error), .waiting(_, let error): throw count == 0 ? .source(error) : .partial(error, loaded: count)
    case .contradicted(let error, _): throw .partial(error, loaded: count)
    case .unchecked(let error, _): throw .partial(.checkFailed(error), loaded: count)
    case .nothing, .loading, .changed, .interrupted:
      throw count == 0 ? .source(.cancelled) : .partial(.cancelled, loaded: count)
    }
    if load.unreadable > 0, !allowPartial {
      throw .unreadableRecords(count: load.unreadable, reason: load.unreadableReason, loaded: count)
    }
    loaded.table = load.table
    loaded.completeness = load.completeness
    loaded.fetchedAt = load.completeness.wholeReadAt ?? load.lastResponse ?? LocalTime.now()
    loaded.requests = source.requestCount
    loaded.unreadable = load.unreadable
    loaded.unreadableReason = load.unreadableReason
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
