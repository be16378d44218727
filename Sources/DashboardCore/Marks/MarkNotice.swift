package import KeyTable

/// Notices about marks, and about comparing what is marked.
package enum MarkNotice: Equatable, Sendable {
  case marked(name: String)
  case unmarked(name: String)
  case markedCount(Int)
  case unmarkedCount(Int)
  case noneMatched(FilterDoubt)
  case searchTakesTooLong
  case goneCannotBeMarked
  case rangeStarted
  case rangeStartIsHidden
  case rangeGivenUp
  case noneAfter
  case noneBefore
  /// So many are marked now.
  case comparisonNeedsMarks(Int)
  case comparisonNeedsTwo

  var traits: NoticeTraits {
    switch self {
    case .marked, .unmarked, .markedCount, .unmarkedCount, .rangeStarted, .rangeStartIsHidden, .rangeGivenUp: .result
    case .noneAfter, .noneBefore: .refusal
    case .noneMatched(let doubt): .error(doubt.kind == .mistake ? 64 : 1, statesOutcome: true)
    case .searchTakesTooLong, .goneCannotBeMarked, .comparisonNeedsMarks, .comparisonNeedsTwo:
      .error(statesOutcome: true)
    }
  }

  func sentence(_ wording: CommandWording) -> String {
    switch self {
    case .marked(let name): MarkText.marked(name)
    case .unmarked(let name): MarkText.unmarked(name)
    case .markedCount(let count): MarkText.marked(count)
    case .unmarkedCount(let count): MarkText.unmarked(count)
    case .noneMatched(let doubt): "\(doubt.message) \(MarkText.marked(0))"
    case .searchTakesTooLong: CommandText.nothingChanged(MarkText.takesTooLong(wording))
    case .goneCannotBeMarked: CommandText.nothingChanged(ChangeText.goneCannotBeMarked)
    case .rangeStarted: MarkText.rangeStarted(wording)
    case .rangeStartIsHidden: MarkText.rangeStartIsHidden
    case .rangeGivenUp: MarkText.rangeGivenUp
    case .noneAfter: MarkText.noneAfter
    case .noneBefore: MarkText.noneBefore
    case .comparisonNeedsMarks(let count): CommandText.nothingChanged(MarkText.comparisonNeedsMarks(count))
    case .comparisonNeedsTwo: MarkText.comparisonNeedsTwo
    }
  }
}
