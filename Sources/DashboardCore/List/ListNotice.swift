/// Notices about moving: ends, panes, finding.
package enum ListNotice: Equatable, Sendable {
  case firstKey
  case lastKey
  case lastReadableKey
  case lastKeyLoaded
  case empty(EmptyListReason)
  /// The filter hides the key of this name.
  case hidden(name: String)
  case status(SpokenStatus)
  case everyColumnIsShown
  case firstLine
  case lastLine
  case detailIsLargest
  case detailIsSmallest
  case nothingToGoBackFrom
  case nothingToChoose
  /// `unreadable` records may have the text.
  case notFound(String, unreadable: Int)

  var traits: NoticeTraits {
    switch self {
    case .notFound: .refusal(about: .find)
    case .status: .refusal(about: .status)
    case .firstKey, .lastKey, .lastReadableKey, .lastKeyLoaded, .empty, .hidden, .everyColumnIsShown, .firstLine,
      .lastLine, .detailIsLargest, .detailIsSmallest, .nothingToGoBackFrom, .nothingToChoose:
      .refusal
    }
  }

  func sentence(_ wording: CommandWording) -> String {
    switch self {
    case .firstKey: MoveText.firstKey
    case .lastKey: MoveText.lastKey
    case .lastReadableKey: MoveText.lastReadableKey
    case .lastKeyLoaded: MoveText.lastKeyLoaded(wording)
    case .empty(let reason): ListText.empty(reason)
    case .hidden(let name): MoveText.isHidden(name, wording)
    case .status(let status): StatusText.spoken(status)
    case .everyColumnIsShown: MoveText.everyColumnIsShown
    case .firstLine: MoveText.firstLine
    case .lastLine: MoveText.lastLine
    case .detailIsLargest: MoveText.detailIsLargest
    case .detailIsSmallest: MoveText.detailIsSmallest
    case .nothingToGoBackFrom: MoveText.nothingToGoBackFrom(wording)
    case .nothingToChoose: MoveText.nothingToChoose
    case .notFound(let text, let unreadable): MoveText.notFound(text, unreadable: unreadable)
    }
  }
}
