/// A location in the repository, and what is found there.
package struct Finding: Hashable, Sendable, CustomStringConvertible {
  package let path: String
  package let line: Int
  package let text: String

  package init(path: String, line: Int, text: String) {
    self.path = path
    self.line = line
    self.text = text
  }

  package var description: String { line > 0 ? "\(path):\(line): \(text)" : "\(path): \(text)" }
}

/// What a rule found: one row of the table.
package struct Outcome: Sendable {
  package let name: String
  /// The figure that is compared with the limit.
  package let value: Int
  /// Nil where the figure is shown and not judged.
  package let limit: Int?
  /// Why there is a limit, in one sentence.
  package let reason: String
  /// Where the limit is passed.
  package let offenders: [Finding]
  /// What a reader should know of the figure: the greatest item, exemptions.
  package let notes: [String]

  package init(
    _ name: String, value: Int, limit: Int?, reason: String, offenders: [Finding] = [], notes: [String] = []
  ) {
    self.name = name
    self.value = value
    self.limit = limit
    self.reason = reason
    self.offenders = offenders
    self.notes = notes
  }

  package var isOverLimit: Bool { limit.map { value > $0 } ?? false }
}

/// A count over the syntax tree or the files, with its limit.
package protocol Rule: Sendable {
  func check(_ repository: Repository) -> Outcome
}
