import DashboardCore
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Answers on their way to the event loop, from whatever thread they come.
///
/// The loop sleeps in `poll`; a byte in a pipe wakes it. The lock guards the mailbox only, never state.
package final class EventQueue: Sendable {
  private let waiting = Mutex<[Action]>([])
  /// Readable while something waits.
  package let wakeDescriptor: Int32
  private let writeDescriptor: Int32

  /// Nil when the system has no descriptor left.
  package init?() {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    wakeDescriptor = ends[0]
    writeDescriptor = ends[1]
  }

  deinit {
    close(wakeDescriptor)
    close(writeDescriptor)
  }

  package func post(_ action: Action) {
    let wasEmpty = waiting.withLock { actions in
      actions.append(action)
      return actions.count == 1
    }
    // One byte wakes the loop; more would say nothing more.
    if wasEmpty {
      var byte: UInt8 = 1
      _ = write(writeDescriptor, &byte, 1)
    }
  }

  /// Takes everything that waits.
  package func drain() -> [Action] {
    var buffer = [UInt8](repeating: 0, count: 64)
    while read(wakeDescriptor, &buffer, buffer.count) > 0 {}
    return waiting.withLock { actions in
      defer { actions = [] }
      return actions
    }
  }
}
