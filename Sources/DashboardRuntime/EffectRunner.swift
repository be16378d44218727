import APIKeyClient
import DashboardCore
import KeyTable
import Synchronization

/// Performs the effects that take time, away from the main actor, and posts their answers.
@MainActor
package final class EffectRunner {
  private let source: any KeySource
  private let queue: EventQueue
  private var loads: [LoadID: Task<Void, Never>] = [:]
  private var evaluation: Task<Void, Never>?

  /// Tables up to this many rows are filtered at once: the answer is quicker than a change of threads is worth.
  package static let inlineEvaluationLimit = 50_000

  package init(source: any KeySource, queue: EventQueue) {
    self.source = source
    self.queue = queue
  }

  package func load(_ id: LoadID, _ request: PageRequest) {
    loads[id] = Task.detached { [source, queue] in
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

  /// Answers with `waited` after so many seconds.
  package func wait(_ id: LoadID, seconds: Int) {
    loads[id] = Task.detached { [queue] in
      do { try await Task.sleep(for: .seconds(seconds)) } catch { return }
      queue.post(.waited(id))
    }
  }

  /// Forgets a load that answered.
  package func finished(_ id: LoadID) { loads[id] = nil }

  /// Filters and sorts a snapshot. Small tables answer at once, as the action to take; large ones later, by the queue.
  package func evaluate(
    _ id: EvaluationID, _ query: KeyQuery, _ scope: EvaluationScope, state: DashboardState
  ) -> Action? {
    evaluation?.cancel()
    let table = state.table
    let context = state.filterContext
    let shown = state.visible
    let searched = state.searched
    @Sendable func rows(_ isCancelled: () -> Bool) -> RowList? {
      switch scope {
      case .wholeTable:
        return table.rows(matching: query, context: context, isCancelled: isCancelled)
      case .newRows(let from):
        guard from > 0, from <= searched else {
          return table.rows(matching: query, context: context, isCancelled: isCancelled)
        }
        return table.extend(shown, from: from, matching: query, context: context, isCancelled: isCancelled)
      }
    }
    if table.count <= EffectRunner.inlineEvaluationLimit {
      return rows { false }.map { .evaluated(id, $0, searched: table.count) }
    }
    evaluation = Task.detached { [queue] in
      guard let rows = rows({ Task.isCancelled }) else { return }
      queue.post(.evaluated(id, rows, searched: table.count))
    }
    return nil
  }

  /// Cancels everything; called once, at the end.
  package func stop() {
    for task in loads.values { task.cancel() }
    loads = [:]
    evaluation?.cancel()
  }
}
