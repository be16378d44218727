package import APIKeyModel

/// Why output was not written. Paths are the user's own; sinks sanitise them all the same.
package enum OutputError: Error, Equatable, Sendable {
  /// The reader went away, as `head` does: nothing to report.
  case closedPipe
  case writeFailed(target: String, reason: String)
  case exists(path: String)
  case isLink(path: String)
  case isNotAFile(path: String)
  case cannotCreate(path: String, reason: String)
  /// The file is there, and the evidence beside it is not; why, as a sentence.
  case noEvidence(path: String, reason: String)

  /// What happened. What to do about a file that exists depends on who asked, so the caller adds that.
  package var sentence: String {
    switch self {
    case .closedPipe: "The reader of the output went away."
    case .writeFailed(let target, let reason): "\(target) cannot be written: \(reason)."
    case .exists(let path): "\(path) exists already. Nothing was written."
    case .isLink(let path): "\(path) is a link, which is never followed. Nothing was written."
    case .isNotAFile(let path): "\(path) is not a regular file. Nothing was written."
    case .noEvidence(let path, let reason): "\(path) was written, but not its evidence. \(reason)"
    case .cannotCreate(let path, let reason): "\(path) cannot be created: \(reason)."
    }
  }

  /// ``sentence`` reports that nothing was written.
  package var saysNothingWritten: Bool {
    switch self {
    case .exists, .isLink, .isNotAFile: true
    case .closedPipe, .writeFailed, .cannotCreate, .noEvidence: false
    }
  }

  /// The program's exit status, by sysexits.
  package var exitStatus: ProgramStatus {
    switch self {
    case .closedPipe: .success
    case .writeFailed: .outputError
    case .exists, .isLink, .isNotAFile, .cannotCreate, .noEvidence: .cannotCreate
    }
  }

  /// ``exitStatus`` as a number.
  package var exitCode: Int32 { exitStatus.rawValue }
}
