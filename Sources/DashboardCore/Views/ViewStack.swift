import APIKeyModel
import KeyTable

/// An open overlay, the cursor in it, and its rows.
package struct OpenOverlay: Sendable {
  /// The row that the cursor is to stay on.
  private struct Anchor {
    let choice: OverlayRow.Choice?
    let selection: Int
    let top: Int
  }

  package private(set) var overlay: any Overlay
  /// The index of the selected row.
  package private(set) var selection = 0
  /// The index of the first row shown.
  package private(set) var top = 0
  /// What `n` searches for; help hides the rows without it.
  package private(set) var searchText = ""
  /// Made once for a change, see ``OverlayStamp``; nil until the end of the action that opened the overlay.
  package private(set) var content: OverlayContent?
  private var stamp: OverlayStamp?
  /// Nil until the user moves: the cursor stays on the first row, whichever that is.
  private var anchor: Anchor?
  /// The rows of a filter that was left a moment ago: counts of those would be wrong.
  private var ignoredRevision: Int?

  package var rowCount: Int { content?.rows.count ?? 0 }
  package var selectedRow: OverlayRow? {
    content.flatMap { $0.rows.indices.contains(selection) ? $0.rows[selection] : nil }
  }

  fileprivate init(_ overlay: any Overlay, searchText: String) {
    self.overlay = overlay
    self.searchText = searchText
  }

  /// Whether the content is of other values than these.
  func isOutdated(_ current: OverlayStamp, revision: Int) -> Bool {
    content == nil || (stamp != current && ignoredRevision != revision)
  }

  fileprivate mutating func take(_ content: OverlayContent, _ stamp: OverlayStamp, height: Int) {
    self.content = content
    self.stamp = stamp
    ignoredRevision = nil
    if let anchor { follow(anchor, in: content.rows) }
    selection = min(max(selection, 0), max(content.rows.count - 1, 0))
    keepVisible(height)
  }

  /// Goes to the row of the same thing; where there is none, to the one that has its index now.
  private mutating func follow(_ anchor: Anchor, in rows: [OverlayRow]) {
    (selection, top) = (anchor.selection, anchor.top)
    guard let choice = anchor.choice else { return }
    if rows.indices.contains(selection), rows[selection].choice == choice { return }
    guard let index = rows.firstIndex(where: { $0.choice == choice }) else { return }
    top += index - selection
    selection = index
    self.anchor = Anchor(choice: choice, selection: selection, top: top)
  }

  /// `height` is the number of rows on the screen.
  fileprivate mutating func select(_ index: Int, height: Int) {
    selection = min(max(index, 0), max(rowCount - 1, 0))
    keepVisible(height)
    keepRow()
  }

  fileprivate mutating func keepRow() { anchor = Anchor(choice: selectedRow?.choice, selection: selection, top: top) }

  fileprivate mutating func keepVisible(_ height: Int) {
    if selection < top { top = selection }
    if selection >= top + height { top = selection - height + 1 }
    top = max(top, 0)
  }

  fileprivate mutating func search(_ text: String) { searchText = text }

  fileprivate mutating func replace(with changed: any Overlay) {
    self = OpenOverlay(changed, searchText: searchText)
  }

  /// It is seen again: its rows are made anew, once those of its filter are here.
  fileprivate mutating func reveal(ignoring revision: Int?) {
    stamp = nil
    ignoredRevision = revision
  }
}

/// The overlay, and its row, that a filter was made from.
package struct DrillDownOrigin: Sendable {
  fileprivate var overlay: OpenOverlay
  /// What the counts were of.
  let filter: Filter
  /// The key that was selected in the list.
  let selection: KeyIdentifier?
  /// What the row asked; with another filter there is no way back.
  fileprivate let made: Filter
}

/// What is open over the list and the detail, and where Esc goes back to: overlays, and lists made from their rows.
package struct ViewStack: Sendable {
  private enum Entry: Sendable {
    case overlay(OpenOverlay)
    case drillDown(DrillDownOrigin)
  }

  /// What is open, without the cursor in it.
  struct Trace: Equatable {
    private let overlays: [(overlay: any Overlay, searchText: String)]
    fileprivate init(_ overlays: [OpenOverlay]) { self.overlays = overlays.map { ($0.overlay, $0.searchText) } }

    static func == (left: Trace, right: Trace) -> Bool {
      left.overlays.count == right.overlays.count
        && zip(left.overlays, right.overlays).allSatisfy {
          $0.searchText == $1.searchText && $0.overlay.isSame(as: $1.overlay)
        }
    }
  }

  private var entries: [Entry] = []

  /// The overlay on the screen; nil where the list and the detail are.
  package private(set) var top: OpenOverlay? {
    get { if case .overlay(let open)? = entries.last { open } else { nil } }
    set {
      guard case .overlay? = entries.last, let newValue else { return }
      entries[entries.count - 1] = .overlay(newValue)
    }
  }
  package var hasOverlay: Bool { if case .overlay? = entries.last { true } else { false } }
  /// Steps from the list of all keys to what is on the screen.
  package var depth: Int { entries.count }

  private var overlays: [OpenOverlay] { entries.compactMap { if case .overlay(let open) = $0 { open } else { nil } } }
  var trace: Trace { Trace(overlays) }
  var selections: [Int] { overlays.map(\.selection) }

  mutating func open(_ overlay: any Overlay, searchText: String = "") {
    entries.append(.overlay(OpenOverlay(overlay, searchText: searchText)))
  }

  /// Closes the overlay on the screen; one below it is seen again.
  mutating func close() {
    guard hasOverlay else { return }
    entries.removeLast()
    top?.reveal(ignoring: nil)
  }

  /// Moves the cursor to a row, or as near as there is one. `height` is the number of rows on the screen.
  mutating func select(_ index: Int, height: Int) { top?.select(index, height: height) }

  mutating func keepVisible(_ height: Int) { top?.keepVisible(height) }

  mutating func search(_ text: String) { top?.search(text) }

  /// Does a command of the overlay's own; false where it has no such command.
  mutating func apply(_ command: CommandID) -> Bool {
    guard let changed = top?.overlay.applying(command) else { return false }
    top?.replace(with: changed)
    return true
  }

  mutating func take(_ content: OverlayContent, _ stamp: OverlayStamp, height: Int) {
    top?.take(content, stamp, height: height)
  }

  /// The list of a row's keys takes the place of the overlay. A filter that no row made ends the way back to what is below.
  mutating func drillDown(from filter: Filter, selection: KeyIdentifier?, made: Filter) {
    guard case .overlay(var open)? = entries.popLast() else { return }
    open.keepRow()
    let last = entries.last { if case .drillDown = $0 { true } else { false } }
    if case .drillDown(let below)? = last, below.made != filter { entries = [] }
    entries.append(.drillDown(DrillDownOrigin(overlay: open, filter: filter, selection: selection, made: made)))
  }

  /// Goes back from a list that a row made, if its filter is still the one it made; otherwise there is no way back.
  ///
  /// `revision` is that of the rows of the filter that is left.
  mutating func goBack(from filter: Filter, revision: Int) -> DrillDownOrigin? {
    guard case .drillDown(var origin)? = entries.last, origin.made == filter else {
      if !hasOverlay { entries = [] }
      return nil
    }
    origin.overlay.reveal(ignoring: origin.filter == filter ? nil : revision)
    entries[entries.count - 1] = .overlay(origin.overlay)
    return origin
  }
}
