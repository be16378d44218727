import NIOCore
import NIOPosix

/// The threads that work beside the main one, as an executor that tasks ask for by name.
///
/// The language's own pool on Linux looks once a second whether it has enough threads, for as long as the process lives:
/// a program that waits for a key must not wake at all. These threads sleep until there is work.
package final class WorkerPool: TaskExecutor {
  package static let shared = WorkerPool()

  private let threads = NIOSingletons.posixBlockingThreadPool

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let executor = asUnownedTaskExecutor()
    threads.submit { _ in job.runSynchronously(on: executor) }
  }
}
