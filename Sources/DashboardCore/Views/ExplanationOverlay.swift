package import APIKeyModel

/// One key in sentences.
package struct ExplanationOverlay: Overlay {
  package let id: KeyIdentifier

  package init(_ id: KeyIdentifier) { self.id = id }

  package var dependencies: OverlayDependencies { [.keys, .width, .time] }
  package var isReadOnly: Bool { true }
  package func title(_ input: OverlayInput, _ rows: [OverlayRow]) -> String { OverlayText.explanation }

  package func rows(_ input: OverlayInput) -> [OverlayRow] {
    input.apiKey(of: id).map { Explanation($0, input).sentences.map { OverlayRow([$0]) } }
      ?? [OverlayRow([OverlayText.keyIsGone])]
  }
}
