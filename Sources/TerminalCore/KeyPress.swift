/// A mouse event, where the mouse is on.
package struct MouseEvent: Hashable, Sendable {
  package let row: Int
  package let column: Int
  /// -1 up, 1 down, 0 for a click.
  package let scroll: Int
  package init(row: Int, column: Int, scroll: Int) {
    self.row = row
    self.column = column
    self.scroll = scroll
  }
}

/// One press of the keyboard.
package struct KeyPress: Hashable, Sendable {
  package enum Code: Hashable, Sendable {
    case character(Unicode.Scalar)
    case enter, escape, tab, backTab, backspace, delete, insert
    case up, down, left, right, pageUp, pageDown, home, end
    case function(Int)
    case mouse(MouseEvent)
    /// Text that was pasted, as the terminal marks it: never taken for key presses.
    case paste(String)
  }

  package var code: Code
  package var control: Bool

  package init(_ code: Code, control: Bool = false) {
    self.code = code
    self.control = control
  }

  /// A character, or Ctrl with a letter, as a terminal sends it in one byte.
  package init(scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x0D, 0x0A: self.init(.enter)
    case 0x09: self.init(.tab)
    case 0x1B: self.init(.escape)
    case 0x7F, 0x08: self.init(.backspace)
    case 0x01...0x1A: self.init(.character(Unicode.Scalar(UInt8(scalar.value + 0x60))), control: true)
    default: self.init(.character(scalar))
    }
  }
}
