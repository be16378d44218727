/// Why there is no log: each case with its sentence.
enum LogFileProblem: Error, Equatable {
  case isLink(path: String)
  case notRegular(path: String)
  case wrongOwner(path: String, owner: UInt32)
  /// `mode` in octal: 644.
  case wrongMode(path: String, mode: String)
  case severalNames(path: String)
  case cannotOpen(path: String, reason: String)

  /// What is wrong and what to do. Not yet sanitized.
  var sentence: String {
    switch self {
    case .isLink(let path): "The log file \(path) is a link, which is never followed. Give the file's own name."
    case .notRegular(let path): "The log file \(path) is not a regular file. Give another name with --log-file."
    case .wrongOwner(let path, let owner):
      "The log file \(path) belongs to user \(owner). It must be yours: give another name with --log-file."
    case .wrongMode(let path, let mode):
      "The log file \(path) has mode \(mode): others have rights to it. Run: chmod 600 \(path)"
    case .severalNames(let path):
      "The log file \(path) has a second name (a hard link). Give another name with --log-file."
    case .cannotOpen(let path, let reason): "The log file \(path) cannot be opened: \(reason)."
    }
  }
}
