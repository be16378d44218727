import Foundation
import Synchronization

/// The rules of this repository, and their table.
package enum House {
  package static let rules: [any Rule] =
    [
      StoredProperties(), FolderCycles(), PrintedAndParsed(), ControlFlowByText(), KeyJSONWriters(), KeyFieldEnums(),
      LongFunctions(), TargetsWithoutTests(), Scripts(), PlainModeLines(), ImportsAsDeclared(),
      DependenciesGoDown(), SystemCalls(),
    ] + Lint.all

  /// What the rules find, on all processors.
  package static func check(_ repository: Repository) -> [Outcome] {
    let found = Mutex<[Int: Outcome]>([:])
    DispatchQueue.concurrentPerform(iterations: rules.count) { index in
      let outcome = rules[index].check(repository)
      found.withLock { $0[index] = outcome }
    }
    return found.withLock { outcomes in rules.indices.compactMap { outcomes[$0] } }
  }

  /// A line for each figure.
  package static func table(_ outcomes: [Outcome]) -> String {
    let rows = outcomes.map { outcome in
      [
        outcome.name, "\(outcome.value)", outcome.limit.map { "\($0)" } ?? "-",
        outcome.isOverLimit ? "over the limit" : outcome.limit == nil ? "" : "held",
      ]
    }
    let all = [["what", "now", "limit", "result"]] + rows
    let widths = (0..<4).map { column in all.map { $0[column].count }.max() ?? 0 }
    return all.map { row in
      zip(row, widths).enumerated().map { column, cell in
        let space = String(repeating: " ", count: cell.1 - cell.0.count)
        return (1...2).contains(column) ? space + cell.0 : cell.0 + space
      }.joined(separator: "  ").trimmedEnd + "\n"
    }.joined()
  }

  /// What is over its limit, and where; with `everything` also what is known of the figures that are held.
  package static func details(_ outcomes: [Outcome], everything: Bool = false) -> String {
    outcomes.filter { $0.isOverLimit || everything && !$0.notes.isEmpty }.map { outcome in
      let state =
        outcome.isOverLimit ? "over the limit of \(outcome.limit ?? 0): \(outcome.reason)." : "\(outcome.reason)."
      return "\(outcome.name): \(outcome.value), \(state)\n" + outcome.notes.map { "  \($0)\n" }.joined()
        + (outcome.isOverLimit ? outcome.offenders.map { "  \($0)\n" }.joined() : "")
    }.joined(separator: "\n")
  }
}

extension String {
  fileprivate var trimmedEnd: String { String(reversed().drop { $0 == " " }.reversed()) }
}
