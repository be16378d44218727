import CProcessSupport
import Glibc
import Synchronization
import TokenSource

/// What this process has besides itself: the helper process where a session needs one, and its share of the system.
enum Helper {
  private static let process = Mutex<ProcessHelper?>(nil)

  /// Descriptors that a session opens at most at once: terminal, signals, queue, pools, a connection, files.
  static let descriptorsOfASession: Int32 = 24

  /// Threads at once: the pool's, one for connections, and what the language and the resolver may start.
  static var threadsOfASession: Int { sysconf(Int32(_SC_NPROCESSORS_ONLN)) + 4 }

  /// Forks the helper; called while there is one thread.
  static func start() throws(CommandFailure) {
    do throws(ProcessHelper.Refused) {
      let started = try ProcessHelper()
      process.withLock { $0 = started }
    } catch {
      throw .lack(error.code == EMFILE || error.code == ENFILE ? APIKEYS_LACK_DESCRIPTORS : APIKEYS_LACK_PROCESSES)
    }
  }

  static var running: ProcessHelper? { process.withLock { $0 } }
}
