import APIKeyModel
import KeyTable
import TerminalCore

/// The settings as lines of text, for the file they are kept in.
extension DisplaySettings {
  /// `name = value`, a setting a line.
  package var text: String { pairs.map { "\($0.name) = \($0.value)\n" }.joined() }

  private var pairs: [(name: String, value: String)] {
    func word(_ isOn: Bool) -> String { isOn ? "on" : "off" }
    return [
      ("columns", columns.map(\.rawValue).joined(separator: ",")), ("sort", sort.text),
      ("time", absoluteTime ? "date" : "age"), ("detail", word(detailShown)), ("detail-size", "\(detailAdjustment)"),
      ("cursor-focus", word(cursorFocus)), ("mouse", word(mouse)), ("theme", theme.rawValue),
    ]
  }

  /// A text with the settings that differ from `before`; everything else in it stays as it is, also what a newer version
  /// or another session wrote. All settings where the text has none.
  package func text(updating old: String, from before: DisplaySettings) -> String {
    guard !old.utf8.allSatisfy({ $0 <= 0x20 }) else { return text }
    var lines = old.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { String(Substring($0)) }
    if lines.last?.isEmpty == true { lines.removeLast() }
    for (setting, kept) in zip(pairs, before.pairs) where setting.value != kept.value {
      let line = "\(setting.name) = \(setting.value)"
      // The last line that names a setting is the one that counts.
      if let place = lines.lastIndex(where: { DisplaySettings.sides(of: $0[...])?.name == setting.name }) {
        lines[place] = line
      } else {
        lines.append(line)
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// Name and value of a line; nil for a comment and for what is no setting.
  private static func sides(of line: Substring) -> (name: String, value: String)? {
    let sides = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard sides.count == 2, !line.hasPrefix("#") else { return nil }
    return (String(sides[0].filter { $0 != " " }), String(sides[1].filter { $0 != " " && !$0.isNewline }))
  }

  /// Applies the settings of a text. A line that is not understood changes nothing: a newer version may have written it.
  package init(text: String) {
    self.init()
    for line in text.split(whereSeparator: \.isNewline) {
      guard let (name, value) = DisplaySettings.sides(of: line) else { continue }
      take(name, value)
    }
  }

  private mutating func take(_ name: String, _ value: String) {
    let isOn: Bool? = value == "on" ? true : value == "off" ? false : nil
    switch name {
    case "columns":
      let names = value.split(separator: ",").map { KeyField(rawValue: String($0)) }
      let known = names.compactMap { $0 }.filter { $0.has(.column) }
      guard known.count == names.count, known.first == .name, Set(known).count == known.count else { return }
      columns = known
    case "sort":
      if value.isEmpty {
        sort = SortOrder()
      } else {
        do throws(SortProblem) { sort = try SortOrder(parsing: value) } catch { return }
      }
    case "time" where value == "age" || value == "date": absoluteTime = value == "date"
    case "detail": detailShown = isOn ?? detailShown
    case "detail-size":
      if let size = Int(value), (-100...100).contains(size) { detailAdjustment = size }
    case "cursor-focus": cursorFocus = isOn ?? cursorFocus
    case "mouse": mouse = isOn ?? mouse
    case "theme": theme = Theme(rawValue: value) ?? theme
    default: return
    }
  }
}
