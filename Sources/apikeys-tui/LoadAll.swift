import APIKeyClient
import KeyTable

/// Every key a source has, or the first ones where no more are wanted.
struct LoadedKeys {
  var table = KeyTable()
  /// False only where fewer were asked for than there are.
  var isWhole = false
  /// Seconds since the epoch of the last answer.
  var fetchedAt: Int64 = 0
  var requests = 0
}

/// Walks all pages into a table: complete, or a failure. A part is never given out as the whole.
enum LoadAll {
  /// `enough`: stop once this many keys are there; only where neither filter nor sort needs the others.
  static func run(
    _ source: any KeySource, options: ConnectionOptions, enough: Int? = nil
  ) async throws(CommandFailure) -> LoadedKeys {
    var loaded = LoadedKeys()
    var walk = PageWalk(order: options.order, cursorParameter: options.afterParam)
    var unreadable = 0
    var reason: String?
    let limit = options.pageSize ?? min(enough ?? PageRequest.maximumLimit, PageRequest.maximumLimit)
    while let request = walk.nextRequest(limit: limit) {
      let page: KeyPage
      do throws(KeySourceError) {
        page = try await source.page(request)
      } catch {
        throw loaded.table.isEmpty ? .source(error) : .partial(error, loaded: loaded.table.count)
      }
      let result = loaded.table.append(page.keys)
      unreadable += page.unreadable
      reason = reason ?? page.unreadableReason
      loaded.fetchedAt = LocalTime.now()
      switch walk.receive(page, added: result.added) {
      case .more:
        if let enough, loaded.table.count >= enough {
          loaded.requests = source.requestCount
          return try checked(loaded, unreadable, reason)
        }
      case .finished: loaded.isWhole = true
      case .failed(let error): throw .partial(error, loaded: loaded.table.count)
      }
    }
    loaded.requests = source.requestCount
    return try checked(loaded, unreadable, reason)
  }

  private static func checked(
    _ loaded: LoadedKeys, _ unreadable: Int, _ reason: String?
  ) throws(CommandFailure) -> LoadedKeys {
    if unreadable > 0 { throw .unreadableRecords(count: unreadable, reason: reason, loaded: loaded.table.count) }
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
