/// What can be copied of a key.
package struct CopyMenuOverlay: Overlay {
  package init() {}

  package var dependencies: OverlayDependencies { [] }
  package func title(_ input: OverlayInput, _ rows: [OverlayRow]) -> String { OverlayText.copy }

  package func rows(_ input: OverlayInput) -> [OverlayRow] {
    CopyTarget.all.map { OverlayRow([OutputText.title($0)], .run(.copy($0))) }
  }
}
