import APIKeyModel
import KeyTable

/// The orders that the list can have.
package struct SortMenuOverlay: Overlay {
  package init() {}

  package var dependencies: OverlayDependencies { .settings }
  package func title(_ input: OverlayInput, _ rows: [OverlayRow]) -> String { OverlayText.sort }

  package func rows(_ input: OverlayInput) -> [OverlayRow] {
    let order = input.settings.sort
    func row(_ column: KeyField, descending: Bool, after first: SortOrder?) -> OverlayRow {
      let term = SortTerm(column, descending: descending)
      let chosen = SortOrder((first?.terms ?? []) + [term])
      return OverlayRow(
        [
          OverlayText.order(column.shortTitle, descending: descending, isFirst: first == nil),
          order == chosen ? "now" : "",
        ],
        .run(.sort(chosen)))
    }
    var rows = [
      OverlayRow(
        [OverlayText.serverOrder, order.isServerOrder ? "now" : ""], .run(.sort(.server)))
    ]
    rows += KeyField.columns.flatMap { column in
      [false, true].map { row(column, descending: $0, after: nil) }
    }
    guard !order.isServerOrder else { return rows }
    rows.append(OverlayRow([OverlayText.whereEqual(StatusText.names(of: order))], isHeading: true))
    let left = KeyField.columns.filter { column in !order.terms.contains { $0.column == column } }
    return rows + left.flatMap { column in [false, true].map { row(column, descending: $0, after: order) } }
  }
}
