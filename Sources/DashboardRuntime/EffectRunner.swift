import APIKeyClient
import DashboardCore
import KeyLoading
import KeyTable
import Synchronization
import WorkerPool

/// Performs the effects that take time, away from the main actor, and posts their answers.
@MainActor
package final class EffectRunner {
  private let source: any KeySource
  private let queue: EventQueue
  private var loads: [LoadID: Task<Void, Never>] = [:]
  private var evaluation: Task<Void, Never>?

  /// Tables up to this many rows are filtered at once: the answer is quicker than a change of threads is worth.
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

  /// Forgets a load that answered.
  package func finished(_ id: LoadID) { loads[id] = nil }

  /// Filters and sorts a snapshot. Small tables answer at once, as the action to take; large ones later, by the queue.
  package func evaluate(
    _ id: EvaluationID, _ query: KeyQuery, _ scope: EvaluationScope, state: DashboardState
  ) -> Action? {
    evaluation?.cancel()
    // Without its indexes, so that they go on growing in place while the snapshot is read.
    let table = state.table.snapshot
    let context = state.filterContext
    var shown: RowList?
    var firstNewRow = 0
    if case .newRows(let from) = scope, from > 0, from <= state.query.searched {
      (shown, firstNewRow) = (state.query.visible, from)
    }
    let isQuick = query.sort.isServerOrder && query.filter.isQuick
    if table.count <= (isQuick ? EffectRunner.inlineFilterLimit : EffectRunner.inlineLimit),
      table.work(of: query) <= EffectRunner.inlineWork
    {
      let rows =
        shown.map { table.extend($0, from: firstNewRow, matching: query, context: context) }
        ?? table.rows(matching: query, context: context)
      return rows.map { .evaluated(id, $0, searched: table.count) }
    }
    evaluation = Task.detached(executorPreference: WorkerPool.shared, priority: .userInitiated) {
      [queue, shown, firstNewRow] in
      let rows: RowList?
      if let shown {
        rows = table.extend(
          shown, from: firstNewRow, matching: query, context: context, isCancelled: { Task.isCancelled })
      } else {
        rows = await table.rowsConcurrently(matching: query, context: context)
      }
      if let rows, !Task.isCancelled { queue.post(.evaluated(id, rows, searched: table.count)) }
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
