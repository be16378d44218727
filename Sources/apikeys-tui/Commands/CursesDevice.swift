import CursesTerminal
import DashboardRuntime
import TerminalCore

/// The curses terminal as the event loop sees it.
@MainActor
final class CursesDevice: TerminalDevice {
  private let terminal: CursesTerminal

  init(_ terminal: CursesTerminal) { self.terminal = terminal }

  var size: (columns: Int, rows: Int) { terminal.size }
  var terminationSignal: Int32 { terminal.terminationSignal }
  func present(_ frame: Frame) { terminal.present(frame) }
  func readInput() -> [KeyPress] { terminal.readInput() }
  func waitForEvents(wakeDescriptor: Int32, milliseconds: Int64?) -> TerminalEvents {
    terminal.waitForEvents(wakeDescriptor: wakeDescriptor, milliseconds: milliseconds)
  }
  func suspend() { terminal.suspend() }
  func redrawAll() { terminal.redrawAll() }
  func sendToClipboard(_ text: String) { terminal.sendToClipboard(text) }
  func printLines(_ lines: [DisplayText]) { terminal.printLines(lines) }
  func setMouse(_ isOn: Bool) { terminal.setMouse(isOn) }
  func setTheme(_ theme: Theme) { terminal.setTheme(theme) }
}
