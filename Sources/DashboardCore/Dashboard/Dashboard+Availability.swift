import APIKeyClient
import KeyLoading
import KeyTable

/// What commands need, looked up in the state.
extension DashboardState {
  /// The first thing that a command needs and that is not there.
  package func availability(of command: Command) -> Availability {
    let hasArgument = command.hasArgument
    for requirement in CommandCatalog.entry(command.id).requires where !(hasArgument && requirement.isMetByArgument) {
      if let reason = unavailable(requirement) { return .disabled(reason) }
    }
    return .enabled
  }

  private func unavailable(_ requirement: Requirement) -> Unavailable? {
    switch requirement {
    case .selection: list.selection != nil || views.hasOverlay ? nil : .noRows(emptyListReason)
    case .otherPane: list.selection != nil || layout.arrangement != .onePane ? nil : .noRows(emptyListReason)
    case .rows: query.visible.isEmpty ? .noRows(emptyListReason) : nil
    case .marks: marks.isEmpty ? .noMarks : nil
    // In plain mode the count is an error, which the command itself posts.
    case .twoMarks: marks.count == 2 || configuration.isPlain ? nil : .notTwoMarks(marks.count)
    case .filter: query.filter.isEmpty ? .noFilter : nil
    case .sortOrder: settings.sort.isServerOrder ? .notSorted : nil
    case .searchText: (views.top?.searchText ?? list.findText).isEmpty ? .nothingSearched : nil
    case .detailShown: settings.detailShown ? nil : .detailIsOff
    case .bothPanes: layout.showsBoth ? nil : .onePaneOnly
    case .notWhole: load.completeness.isAtEnd ? .listIsWhole(wholeList) : nil
    case .rereadable: configuration.isRereadable ? nil : .inputIsReadOnce
    case .serverOrder: configuration.isFile ? .fileHasOneOrder : nil
    }
  }

  private var wholeList: WholeList {
    load.provenance.map { .file(table.count, $0) } ?? .loaded(unreadable: load.unreadable)
  }

  /// That there is nothing left to load: of a file, what it states about its keys.
  package var wholeListSentence: String { wholeList.sentence }

  /// Why no row is shown, as a sentence.
  package var emptyListSentence: String { ListText.empty(emptyListReason) }
}
