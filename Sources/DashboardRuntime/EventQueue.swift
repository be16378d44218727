package import DashboardCore
import Synchronization
import SystemIO

/// Actions on their way to the event loop, from any thread.
///
/// The loop sleeps in `poll`; a byte in a pipe wakes it. The lock guards the mailbox only, never state.
package final class EventQueue: Sendable {
  private let waiting = Mutex<[Action]>([])
  private let pipe: PipeEnds

  /// Nil when the system has no descriptor left.
  package init?() {
    do throws(SystemError) { pipe = try PipeEnds(waiting: .neither) } catch { return nil }
  }

  deinit { pipe.close() }

  /// Readable while something waits.
  package var wakeDescriptor: Int32 { pipe.readEnd.number }

  package func post(_ action: Action) {
    let wasEmpty = waiting.withLock { actions in
      actions.append(action)
      return actions.count == 1
    }
    // One byte wakes the loop; more would add nothing.
    if wasEmpty { pipe.writeEnd.wake() }
  }

  /// Takes everything that waits.
  package func drain() -> [Action] {
    pipe.readEnd.discardPending()
    return waiting.withLock { actions in
      defer { actions = [] }
      return actions
    }
  }
}
