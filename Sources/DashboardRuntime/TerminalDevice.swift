package import TerminalCore

/// A terminal as the event loop sees it.
@MainActor
package protocol TerminalDevice: AnyObject {
  var size: (columns: Int, rows: Int) { get }
  /// Shows a frame with as few bytes as it takes, in one write.
  func present(_ frame: Frame)
  /// Every key press that waits.
  func readInput() -> [KeyPress]
  /// Sleeps until something happens on the terminal, `wakeDescriptor` is readable, or so many milliseconds are over
  /// (nil: for ever).
  func waitForEvents(wakeDescriptor: Int32, milliseconds: Int64?) -> TerminalEvents
  /// The signal behind ``TerminalEvents/terminate``.
  var terminationSignal: Int32 { get }
  func suspend()
  func redrawAll()
  /// Sends text to the terminal's clipboard (OSC 52).
  func sendToClipboard(_ text: String)
  /// Leaves the screen, prints lines, waits for Enter, comes back.
  func printLines(_ lines: [DisplayText])
  func setMouse(_ isOn: Bool)
  func setTheme(_ theme: Theme)
}
