import APIKeyModel
package import KeyTable

/// What Tab can put in the place of a part of a command's argument.
package struct ArgumentCompletion: Equatable, Sendable {
  /// The part of the argument to replace, in Unicode scalars.
  package let range: Range<Int>
  package let replacement: String

  /// Candidates for the end of what is typed after a command's name.
  package static func candidates(_ id: CommandID, argument: String, table: KeyTable) -> [ArgumentCompletion] {
    let end = argument.unicodeScalars.count
    func words(_ choices: [String], after separators: String) -> [ArgumentCompletion] {
      let scalars = Array(argument.unicodeScalars)
      let start = (scalars.lastIndex { separators.unicodeScalars.contains($0) } ?? -1) + 1
      let typed = String(String.UnicodeScalarView(scalars[start...])).lowercased()
      return choices.filter { $0.hasPrefix(typed) && $0 != typed }
        .map { ArgumentCompletion(range: start..<end, replacement: $0) }
    }
    switch id {
    case .filter, .mark:
      return FilterCompletion.candidates(argument, caret: end, table: table)
        .map { ArgumentCompletion(range: $0.range, replacement: $0.replacement) }
    case .sort: return words(KeyField.all(for: .sort).flatMap { [$0.name, $0.name + ":desc"] }, after: ",")
    case .columns: return words(KeyField.columns.map(\.name), after: ",")
    case .copy: return words(CopyTarget.all.map(\.typedName), after: "")
    case .order: return words(["asc", "desc"], after: "")
    case .set: return words(Setting.typed, after: "")
    default: return []
    }
  }
}
