import Glibc

/// An error number of the system (`errno`), taken right after the call that failed.
package struct SystemError: Error, Hashable, Sendable {
  package let code: Int32

  package init(code: Int32) { self.code = code }

  /// The number of the call that has just failed on this thread.
  static var last: SystemError { SystemError(code: errno) }

  /// The system's own sentence, such as `No such file or directory`; it has no full stop.
  package var text: String { String(cString: strerror(code)) }

  package static let notFound = SystemError(code: ENOENT)
  package static let notADirectory = SystemError(code: ENOTDIR)
  package static let exists = SystemError(code: EEXIST)
  package static let isLink = SystemError(code: ELOOP)
  package static let nameTooLong = SystemError(code: ENAMETOOLONG)
  package static let wouldBlock = SystemError(code: EAGAIN)
  package static let closedPipe = SystemError(code: EPIPE)
  package static let deviceGone = SystemError(code: EIO)
  package static let timedOut = SystemError(code: ETIMEDOUT)
}

/// Repeats a call that a signal interrupted. `call` gives a negative number where it failed.
func retrying<Result: SignedInteger>(_ call: () -> Result) throws(SystemError) -> Result {
  while true {
    let result = call()
    if result >= 0 { return result }
    let error = SystemError.last
    guard error.code == EINTR else { throw error }
  }
}
