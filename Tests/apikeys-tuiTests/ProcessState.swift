import Foundation

/// What the system says of a process that may end at any time.
enum ProcessState {
  /// The state letter: T is stopped, Z has ended and was not waited for yet; nil where there is no such process.
  static func letter(of process: pid_t) -> Character? {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
      let end = text.lastIndex(of: ")")
    else { return nil }
    return text[end...].dropFirst(2).first
  }

  /// Whether it ended: a shell that is busy with its prompt may wait for a job no sooner than at the next command.
  static func hasEnded(_ process: pid_t) -> Bool {
    switch letter(of: process) {
    case nil, "Z": true
    default: false
    }
  }
}
