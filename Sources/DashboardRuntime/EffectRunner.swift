package import APIKeyClient
package import DashboardCore
package import KeyLoading
import KeyTable
import Synchronization
import WorkerPool

/// Performs the effects that take time, away from the main actor, and posts their results.
@MainActor
package final class EffectRunner {
  private let source: any KeySource
  private let queue: EventQueue
  private var loads: [LoadID: Task<Void, Never>] = [:]
  private var evaluation: Task<Void, Never>?

  /// Tables up to this many rows are filtered at once: that is quicker than a change of threads is worth.
  package static let inlineFilterLimit = 200_000
  /// The same where rows are sorted too, or a condition is slow.
  package static let inlineLimit = 20_000
  /// And only while all the work there can be is less than this, in steps of about a nanosecond: names may be long, and
  /// a regular expression large.
  package static let inlineWork = 64_000_000

  package init(source: any KeySource, queue: EventQueue) {
    self.source = source
    self.queue = queue
  }

  package func load(_ id: LoadID, _ request: PageRequest) {
    loads[id] = Task.detached(executorPreference: WorkerPool.shared) { [source, queue] in
      let result: Result<KeyPage, KeySourceError>
      do throws(KeySourceError) {
        result = .success(try await source.page(request))
      } catch {
        result = .failure(error)
      }
      queue.post(.pageLoaded(id, result))
    }
  }

  package func cancel(_ id: LoadID) {
    loads.removeValue(forKey: id)?.cancel()
  }

  /// Forgets a load that has ended.
  package func finished(_ id: LoadID) { loads[id] = nil }

  /// Filters and sorts. Gives the action of a small table's evaluation at once; that of a large one comes by the queue.
  package func evaluate(_ evaluation: Evaluation) -> Action? {
    self.evaluation?.cancel()
    let (table, query) = (evaluation.table, evaluation.query)
    let isQuick = query.sort.isServerOrder && query.filter.isQuick
    if table.count <= (isQuick ? EffectRunner.inlineFilterLimit : EffectRunner.inlineLimit),
      table.work(of: query) <= EffectRunner.inlineWork
    {
      return evaluation.rows().map { .evaluated(evaluation.id, $0, searched: table.count) }
    }
    self.evaluation = Task.detached(executorPreference: WorkerPool.shared, priority: .userInitiated) { [queue] in
      let rows = await evaluation.rowsConcurrently()
      if let rows, !Task.isCancelled {
        queue.post(.evaluated(evaluation.id, rows, searched: evaluation.table.count))
      }
    }
    return nil
  }

  package func returnMemory() {
    Task.detached(executorPreference: WorkerPool.shared, priority: .low) { KeyTable.returnSpareMemory() }
  }

  /// Cancels everything; called once, at the end.
  package func stop() {
    for task in loads.values { task.cancel() }
    loads = [:]
    evaluation?.cancel()
  }
}
