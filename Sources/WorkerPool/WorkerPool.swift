import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import Synchronization

/// The threads that work beside the main one, as an executor that tasks ask for by name.
///
/// The language's own pool on Linux looks once a second whether it has enough threads, for as long as the process
/// lives: a program that waits for a key must not wake at all. These threads sleep until there is work.
package final class WorkerPool: TaskExecutor {
  package static let shared = WorkerPool()

  private let threads = NIOSingletons.posixBlockingThreadPool

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let executor = asUnownedTaskExecutor()
    threads.submit { _ in job.runSynchronously(on: executor) }
  }

  /// Starts the threads now, while a refusal by the system can still be reported.
  package func start() { _ = threads }

  /// Runs work on these threads to its end while the calling thread sleeps.
  ///
  /// The main thread waits here and in its own loops: were it suspended as a task, the language would start another
  /// pool for it, which waits for ever where the system refuses it a thread, and whose threads take no signals.
  package func wait<Value: Sendable>(for work: sending @escaping () async -> Value) -> Value {
    let result = Result<Value>()
    Task.detached(executorPreference: self) { result.set(await work()) }
    return result.wait()
  }

  /// A value that one thread waits for.
  private final class Result<Value: Sendable>: Sendable {
    private let value = Mutex<Value?>(nil)
    private let isThere = ConditionLock(value: false)

    func set(_ new: Value) {
      value.withLock { $0 = new }
      isThere.lock()
      isThere.unlock(withValue: true)
    }

    func wait() -> Value {
      while true {
        isThere.lock(whenValue: true)
        isThere.unlock()
        if let value = value.withLock({ $0 }) { return value }
      }
    }
  }
}
