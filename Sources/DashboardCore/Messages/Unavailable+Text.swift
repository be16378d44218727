/// Why a command can do nothing now, in sentences.
extension Unavailable {
  package func sentence(_ wording: CommandWording) -> String {
    switch self {
    case .noRows(let reason): ListText.empty(reason)
    case .noMarks: MarkText.noneMarked(wording)
    case .notTwoMarks(let count): MarkText.comparisonNeedsMarks(count)
    case .noFilter: QueryText.noFilter
    case .notSorted: QueryText.notSorted(wording)
    case .nothingSearched: MoveText.nothingSearched(wording)
    case .detailIsOff: MoveText.detailIsOff(wording)
    case .onePaneOnly: MoveText.onePaneOnly
    case .listIsWhole(let list): list.sentence
    case .inputIsReadOnce: LoadText.inputIsReadOnce
    case .fileHasOneOrder: QueryText.fileHasOneOrder(wording)
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
