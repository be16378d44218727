import APIKeyModel

/// Several keys that a name fits; Enter chooses one.
package struct MatchesOverlay: Overlay {
  package let matches: KeyMatches

  package init(_ matches: KeyMatches) { self.matches = matches }

  package var dependencies: OverlayDependencies { .keys }
  package func title(_ input: OverlayInput, _ rows: [OverlayRow]) -> String {
    LookupText.choose(matches.count, match: matches.text, searched: matches.searched)
  }

  package func rows(_ input: OverlayInput) -> [OverlayRow] {
    let rows = matches.ids.map { id in
      guard let apiKey = input.apiKey(of: id) else { return OverlayRow([OverlayText.keyIsGone]) }
      // Keys of one name differ in what is shown beside it.
      return OverlayRow(
        [
          apiKey.shownName, apiKey.access.word, apiKey.lastFour ?? KeyText.missing(.lastFour, of: apiKey),
          apiKey.created.map { CivilTime(seconds: $0.seconds).isoDate } ?? KeyText.missing(.created, of: apiKey),
          id.text,
        ], .look(matches.choosing(id)))
    }
    let rest = matches.count - matches.ids.count
    return rows + (rest > 0 ? [OverlayRow([LookupText.moreMatches(rest)], isHeading: true)] : [])
  }
}
