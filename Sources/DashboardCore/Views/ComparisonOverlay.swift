package import APIKeyModel
import KeyTable
import TerminalCore

/// Two keys side by side: what one may do and the other may not.
package struct ComparisonOverlay: Overlay {
  package let left: KeyIdentifier
  package let right: KeyIdentifier

  package init(_ left: KeyIdentifier, _ right: KeyIdentifier) {
    self.left = left
    self.right = right
  }

  package var dependencies: OverlayDependencies { [.keys, .width] }
  package var isReadOnly: Bool { true }
  package func title(_ input: OverlayInput, _ rows: [OverlayRow]) -> String { OverlayText.comparison }

  package func rows(_ input: OverlayInput) -> [OverlayRow] {
    guard let first = input.apiKey(of: left), let second = input.apiKey(of: right) else {
      return [OverlayRow([OverlayText.oneKeyIsGone])]
    }
    let result = KeyTable.comparison(first, second)
    // Both keys beside the labels, whatever their names: neither pushes the other off the screen.
    let isWide = input.width >= 52
    let room = (input.width - (isWide ? 20 : 9) - 6) / 2
    func list(_ heading: String, _ names: [String], _ isFirst: Bool, _ isSecond: Bool) -> [OverlayRow] {
      func word(_ isGranted: Bool, _ apiKey: APIKey) -> String {
        KeyText.granted(isGranted, isListOnly: apiKey.access == .unknown)
      }
      // Without room for the words the heading alone shows whose they are.
      return [OverlayRow([heading], isHeading: true)]
        + names.map { OverlayRow([$0] + (isWide ? [word(isFirst, first), word(isSecond, second)] : [])) }
    }
    return fields(first, second, room: room, isWide: isWide)
      + list(OverlayText.only(first.shownName, result.onlyFirst.count), result.onlyFirst, true, false)
      + list(OverlayText.only(second.shownName, result.onlySecond.count), result.onlySecond, false, true)
      + list(OverlayText.both(result.both.count), result.both, true, true)
  }

  private func fields(_ first: APIKey, _ second: APIKey, room: Int, isWide: Bool) -> [OverlayRow] {
    func pair(_ label: String, _ text: (APIKey) -> String) -> OverlayRow {
      OverlayRow(cells: [DisplayText(label)] + [first, second].map { DisplayText(text($0)).truncated(to: room) })
    }
    return [
      pair(KeyField.name.title) { $0.shownName },
      pair(KeyField.access.title) { $0.notUnderstood[.access]?.words ?? $0.access.word },
      pair(KeyField.created.title) {
        $0.created.map { isWide ? MomentText.short($0.seconds) : CivilTime(seconds: $0.seconds).isoDate }
          ?? KeyText.missing(.created, of: $0)
      },
      pair(KeyField.creator.title) { apiKey in
        apiKey.creator.map { ListRowText.short($0.text) } ?? KeyText.missing(.creator, of: apiKey)
      },
      pair(KeyField.lastFour.title) { $0.lastFour ?? KeyText.missing(.lastFour, of: $0) },
      pair(KeyField.id.title) { ListRowText.short($0.id.text) },
    ]
  }
}
