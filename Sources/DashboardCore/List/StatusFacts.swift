package import APIKeyClient
package import KeyTable

/// Why no row is shown.
package enum EmptyListReason: Equatable, Sendable {
  /// `isKnown` where some keys are gone, and none of them matches.
  case noneGone(isKnown: Bool)
  /// What stopped the load, or contradicts the end of the list.
  case failed(KeySourceError)
  case noMatchSoFar(searched: Int)
  /// Of a list that is not known to be all there is.
  case noMatchAmongRead(Int)
  case noMatch
  case unreadable(Int, reason: String?)
  case noKeys
  case loadingFirst
  case noneLoaded
}

/// The order of the rows.
package enum OrderFact: Equatable, Sendable {
  case file
  case server(ListOrder)
  /// `undated` keys have no date that the order could go by.
  case sorted(SortOrder, undated: Int)
}

/// What the filter leaves.
package enum FilterFact: Equatable, Sendable {
  package enum Rest: Equatable, Sendable {
    case none
    case loading
    case more(isFile: Bool)
  }
  case gone(matching: Int, of: Int)
  case keys(matching: Int, searched: Int, undated: Int, rest: Rest)
}

/// How far the list is read, with the numbers that are stated of it. Times are seconds since the epoch.
package enum CompletenessFact: Equatable, Sendable {
  /// When a load that failed tries again.
  package enum NextTry: Equatable, Sendable {
    case at(Int64)
    case inSeconds(Int)
  }
  case nothing
  case partial(Int, pages: Int?, isFile: Bool, isChanged: Bool)
  case loadingFirst
  case loading(Int, requests: Int)
  case inFile(Int, ListProvenance)
  case complete(Int, unreadable: Int, at: Int64)
  case readWhole(Int, unreadable: Int, at: Int64, new: Int, lookedAt: Int64)
  case changed(Int, unreadable: Int, readAt: Int64, new: Int, lookedAt: Int64?)
  case unknown(Int)
  case contradicted(Int, KeySourceError)
  case unchecked(Int, KeySourceError)
  case stopped(Int, KeySourceError, NextTry?)
  case interrupted(Int)
}

/// What `where` tells of the place, the filter and the completeness.
package struct SpokenStatus: Equatable, Sendable {
  package enum Place: Equatable, Sendable {
    case key(Int, of: Int)
    case none(EmptyListReason)
  }
  let place: Place
  /// Empty without a filter.
  let filterText: String
  let filter: FilterFact?
  let completeness: CompletenessFact
  let marked: Int
}

extension ListText {
  static func empty(_ reason: EmptyListReason) -> String {
    switch reason {
    case .noneGone(let isKnown): noneGone(isAsked: isKnown)
    case .failed(let error): error.message
    case .noMatchSoFar(let searched): noMatch(among: searched)
    case .noMatchAmongRead(let count): noMatch(amongRead: count)
    case .noMatch: noMatch
    case .unreadable(let count, let reason): LoadText.unreadable(count, reason: reason)
    case .noKeys: noKeys
    case .loadingFirst: loadingFirst
    case .noneLoaded: noneLoaded
    }
  }
}

extension StatusText {
  static func order(_ order: OrderFact) -> String {
    switch order {
    case .file: fileOrder
    case .server(let order): order == .descending ? newestFirst : oldestFirst
    case .sorted(let order, let undated): withUndated(sorted(by: order), undated)
    }
  }

  /// `12 match of 3,000 searched, still loading`
  static func filtered(_ fact: FilterFact) -> String {
    switch fact {
    case .gone(let matching, let gone): return StatusText.matching(matching, ofGone: gone)
    case .keys(let matching, let searched, let undated, let rest):
      let counts = withUndated(StatusText.matching(matching, of: searched), undated)
      return switch rest {
      case .none: counts
      case .loading: stillLoading(counts)
      case .more(let isFile): more(counts, isFile: isFile)
      }
    }
  }

  /// The completeness fact, as every screen, line and export carries it. `withReason` is false where there is no room
  /// for what stopped the load.
  package static func completeness(_ fact: CompletenessFact, withReason: Bool = true) -> String {
    func reason(_ error: KeySourceError) -> String? { withReason ? String(error.message.dropLastFullStop) : nil }
    switch fact {
    case .nothing: return nothingLoaded
    case .partial(let count, let pages, let isFile, let isChanged):
      return partial(count, pages: pages, isFile: isFile) + (isChanged ? ", \(changedOnServer())" : "")
    case .loadingFirst: return loadingFirst
    case .loading(let count, let requests): return loading(count, requests: requests)
    case .inFile(let count, let provenance): return ProvenanceText.completeness(count, provenance)
    case .complete(let count, let unreadable, let time): return complete(count, unreadable: unreadable, at: time)
    case .readWhole(let count, let unreadable, let time, let new, let lookedAt):
      return readWhole(count, unreadable: unreadable, at: time, new: new, lookedAt: lookedAt)
    case .changed(let count, let unreadable, let time, let new, let lookedAt):
      return changed(
        count, unreadable: unreadable, readAt: time, new: new, lookedAt: lookedAt,
        next: withReason ? changedOnServer() : changedOnServerShort)
    case .unknown(let count): return unknown(count)
    case .contradicted(let count, let error):
      return notComplete(count, reason: withReason ? error.contradiction : error.shortContradiction)
    case .unchecked(let count, let error):
      let next = nextTry(waiting: nil, repeats: true)
      return "\(notComplete(count, reason: unchecked(reason(error)))), \(next)"
    case .stopped(let count, let error, let next):
      return stopped(after: count, reason: reason(error), waiting: next.map(waiting), mayResume: !error.isLimit)
    case .interrupted(let count): return stoppedByYou(after: count)
    }
  }

  /// `trying again in 57 s`, or the time of day where the screen is to keep still.
  private static func waiting(_ next: CompletenessFact.NextTry) -> String {
    switch next {
    case .at(let time): waiting(until: time)
    case .inSeconds(let seconds): waiting(seconds: seconds)
    }
  }

  /// The status as one or two sentences.
  static func spoken(_ status: SpokenStatus) -> String {
    let place =
      switch status.place {
      case .key(let number, let count): StatusText.place(number, of: count)
      case .none(let reason): ListText.empty(reason)
      }
    let filter = status.filter.map { spokenFilter(status.filterText, filtered($0)) }
    let completeness = completeness(status.completeness)
    let sentence = completeness.prefix(1).uppercased() + completeness.dropFirst() + "."
    let marked = status.marked == 0 ? nil : MarkText.marked(status.marked)
    return [place, filter, sentence, marked].compactMap { $0 }.joined(separator: " ")
  }
}

extension String {
  /// Without one full stop at the end, to stand inside a longer sentence.
  fileprivate var dropLastFullStop: Substring { hasSuffix(".") ? dropLast() : self[...] }
}
