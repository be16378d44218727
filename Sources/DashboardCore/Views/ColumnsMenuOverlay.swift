import APIKeyModel

/// The columns of the list; Enter shows or hides one.
package struct ColumnsMenuOverlay: Overlay {
  package init() {}

  package var dependencies: OverlayDependencies { .settings }
  package func title(_ input: OverlayInput, _ rows: [OverlayRow]) -> String { OverlayText.columns }

  package func rows(_ input: OverlayInput) -> [OverlayRow] {
    KeyField.columns.map { column in
      let isShown = input.settings.columns.contains(column)
      // A screen reader would speak each bracket of the sign; the word means the same.
      let sign = input.settings.cursorFocus ? "" : isShown ? "[x] " : "[ ] "
      return OverlayRow([sign + column.shortTitle, isShown ? "shown" : "hidden"], .toggleColumn(column))
    }
  }
}
