package import APIKeyModel

extension Filter {
  /// The parts of one column's text that the filter's conditions look for, as UTF-8 offsets, in order, not overlapping.
  /// Conditions under `-` or `!` are left out.
  package func matchRanges(in text: String, column: KeyField) -> [Range<Int>] {
    guard let root else { return [] }
    var patterns: [TextPattern] = []
    Filter.collect(root, column, &patterns)
    var text = text
    var found: [Range<Int>] = []
    for pattern in patterns {
      var matcher = TextMatcher(pattern)
      found += text.withUTF8 { matcher.ranges(in: $0) }
    }
    var merged: [Range<Int>] = []
    for range in found.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = merged.last, range.lowerBound <= last.upperBound {
        merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    return merged
  }

  private static func collect(_ node: FilterNode, _ column: KeyField, _ patterns: inout [TextPattern]) {
    switch node {
    case .all(let nodes), .any(let nodes): for node in nodes { collect(node, column, &patterns) }
    case .not: break
    case .test(.text(let field, let pattern)):
      if field == nil || field == column { patterns.append(pattern) }
    case .test(.can(let pattern)), .test(.listed(let pattern)): if column == .permissions { patterns.append(pattern) }
    case .test: break
    }
  }
}
