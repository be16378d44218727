/// Why a command can do nothing now, in sentences.
extension Unavailable {
  package func sentence(_ wording: CommandWording) -> String {
    switch self {
    case .noRows(let list): list.sentence
    case .noMarks: MarkText.noneMarked(wording)
    case .notTwoMarks(let count): MarkText.comparisonNeedsMarks(count)
    case .noFilter: QuestionText.noFilter()
    case .notSorted: QuestionText.notSorted(wording)
    case .nothingSearched: MoveText.nothingSearched(wording)
    case .detailIsOff: MoveText.detailIsOff(wording)
    case .onePaneOnly: MoveText.onePaneOnly()
    case .listIsWhole(let list): list.sentence
    case .inputIsReadOnce: LoadText.inputIsReadOnce()
    case .fileHasOneOrder: QuestionText.fileHasOneOrder(wording)
    }
  }

  /// What the sentence is about: it leaves the screen when that changes.
  var topic: Message.Topic? {
    switch self {
    case .noMarks, .notTwoMarks: .marks
    default: nil
    }
  }
}

extension EmptyList {
  var sentence: String {
    switch self {
    case .noneGone(let isAsked): ListText.noneGone(isAsked: isAsked)
    case .failed(let error): error.message
    case .noMatch: ListText.noMatch()
    case .noMatchAmongSearched(let count): ListText.noMatch(among: count)
    case .noMatchAmongRead(let count): ListText.noMatch(amongRead: count)
    case .unreadable(let count, let reason): LoadText.unreadable(count, reason: reason)
    case .noKeys: ListText.noKeys()
    case .loadingFirst: ListText.loadingFirst()
    case .noneLoaded: ListText.noneLoaded()
    }
  }
}

extension WholeList {
  var sentence: String {
    switch self {
    case .file(let count, let provenance): "\(ProvenanceText.completeness(count, provenance))."
    case .loaded(let unreadable): LoadText.everythingIsLoaded(unreadable: unreadable)
    }
  }
}
