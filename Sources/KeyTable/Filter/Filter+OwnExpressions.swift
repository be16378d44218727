extension Filter {
  /// The same filter with regular expressions of its own, for a second thread; nil where one cannot be compiled again.
  ///
  /// Threads may share an expression, but it locks itself for each text.
  var withOwnExpressions: Filter? {
    do throws(RegexProblem) {
      return Filter(text: text, root: try root?.compiledAgain(), hasAlternatives: hasAlternatives)
    } catch {
      return nil
    }
  }
}

extension FilterNode {
  /// The same conditions, each regular expression compiled from its source.
  fileprivate func compiledAgain() throws(RegexProblem) -> FilterNode {
    switch self {
    case .all(let nodes): .all(try FilterNode.compiledAgain(nodes))
    case .any(let nodes): .any(try FilterNode.compiledAgain(nodes))
    case .not(let node): .not(try node.compiledAgain())
    case .test(.text(let field, let pattern)): .test(.text(field, try pattern.compiledAgain()))
    case .test(.can(let pattern)): .test(.can(try pattern.compiledAgain()))
    case .test(.listed(let pattern)): .test(.listed(try pattern.compiledAgain()))
    case .test: self
    }
  }

  private static func compiledAgain(_ nodes: [FilterNode]) throws(RegexProblem) -> [FilterNode] {
    try nodes.map { node throws(RegexProblem) in try node.compiledAgain() }
  }
}

extension TextPattern {
  /// Itself where it is no regular expression.
  fileprivate func compiledAgain() throws(RegexProblem) -> TextPattern {
    guard kind == .regex else { return self }
    let source = String(decoding: bytes, as: UTF8.self)
    let regex = try RegularExpression(source, ignoresCase: !exact)
    var pattern = TextPattern(regex, source: source, ignoresCase: !exact)
    pattern.isOfID = isOfID
    return pattern
  }
}
