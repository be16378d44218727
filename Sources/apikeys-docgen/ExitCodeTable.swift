/// The exit codes and their meaning, read where the program defines them.
enum ExitCodeTable {
  struct Row: Equatable {
    let code: Int
    let meaning: String
  }

  /// Reads `/// meaning` followed by `case name = NUMBER`.
  ///
  /// - Throws: ``NoRows`` when there is none, so that a moved file cannot empty the table.
  static func rows(inSource source: String) throws -> [Row] {
    var rows: [Row] = []
    var comment: [String] = []
    for line in source.split(separator: "\n", omittingEmptySubsequences: false) {
      let text = line.drop { $0 == " " }
      if text.hasPrefix("///") {
        comment.append(String(text.dropFirst(3).drop { $0 == " " }))
        continue
      }
      if text.hasPrefix("case "), !comment.isEmpty, let code = trailingNumber(of: text) {
        rows.append(Row(code: code, meaning: comment.joined(separator: " ")))
      }
      comment = []
    }
    guard !rows.isEmpty else { throw NoRows() }
    return rows.sorted { $0.code < $1.code }
  }

  struct NoRows: Error, CustomStringConvertible {
    var description: String { "no exit code was found: expected `/// meaning` above `case name = NUMBER`" }
  }

  private static func trailingNumber(of line: Substring) -> Int? {
    guard let equals = line.lastIndex(of: "=") else { return nil }
    return Int(line[line.index(after: equals)...].filter(\.isNumber))
  }
}
