import TerminalCore

/// Breaks sentences into lines at spaces.
enum TextWrap {
  /// Lines of at most `columns`; a word that is longer is cut by whoever draws it.
  static func lines(_ text: DisplayText, columns: Int) -> [DisplayText] {
    var lines: [DisplayText] = []
    var line = DisplayText("")
    for word in text.string.split(separator: " ").map({ DisplayText(String($0)) }) {
      if line.width == 0 {
        line = word
      } else if line.width + 1 + word.width <= columns {
        line = line + " " + word
      } else {
        lines.append(line)
        line = word
      }
    }
    return lines + [line]
  }
}
