/// The exit statuses of the programs: those of sysexits where one fits. The manual page and docs/errors.md take their
/// tables from this file.
package enum ProgramStatus: Int32, Sendable {
  /// Done.
  case success = 0
  /// Nothing matched.
  case nothingMatched = 1
  /// The command line is not understood.
  case usage = 64
  /// The server's or a file's data is not understood: a web page, bad JSON, a rejected parameter, an ignored cursor.
  case badData = 65
  /// There is no such input file, or it cannot be read.
  case noInput = 66
  /// The server cannot be reached, fails, or has no such endpoint.
  case unavailable = 69
  /// An error of this program itself.
  case internalError = 70
  /// The system refuses a resource: threads, file descriptors or memory.
  case lackOfResources = 71
  /// The output cannot be created.
  case cannotCreate = 73
  /// The output cannot be written.
  case outputError = 74
  /// Timed out, rate limited, or the position in the list was lost: try again.
  case tryLater = 75
  /// The token is missing, wrong, or may not list keys; or a payment or a proxy's password is.
  case noPermission = 77
  /// Bad configuration: the address, the token's source, the environment.
  case badConfiguration = 78
  /// Interrupted with Ctrl-C.
  case interrupted = 130
}
