/// A row of `Tests/promises.txt`: `T6 What is promised`, and after ` -- ` what shows it beside tests.
package struct PromiseRow: Sendable, Equatable {
  package let name: String
  package let promise: String
  package let note: String?

  /// Reads a line; nil where it is empty.
  package init?(_ line: some StringProtocol) {
    let sides = line.split(separator: " ", maxSplits: 1)
    guard sides.count == 2 else { return nil }
    name = String(sides[0])
    let parts = sides[1].split(separator: " -- ", maxSplits: 1)
    promise = String(parts.first ?? "")
    note = parts.count > 1 ? String(parts[1]) : nil
  }

  package static func all(in text: String) -> [PromiseRow] { text.split(separator: "\n").compactMap { PromiseRow($0) } }
}
