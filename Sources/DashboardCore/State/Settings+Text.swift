import KeyTable
import TerminalCore

/// The settings as lines of text, for the file they are kept in.
extension DisplaySettings {
  /// `name = value`, a setting a line.
  package var text: String {
    func word(_ isOn: Bool) -> String { isOn ? "on" : "off" }
    return [
      ("columns", columns.map(\.rawValue).joined(separator: ",")), ("sort", sort.text),
      ("time", absoluteTime ? "date" : "age"), ("detail", word(detailShown)), ("detail-size", "\(detailAdjustment)"),
      ("cursor-focus", word(cursorFocus)), ("mouse", word(mouse)), ("theme", theme.rawValue),
    ].map { "\($0.0) = \($0.1)\n" }.joined()
  }

  /// Takes what a text says. A line that is not understood changes nothing: a newer version may have written it.
  package init(text: String) {
    self.init()
    for line in text.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
      let sides = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard sides.count == 2 else { continue }
      take(String(sides[0].filter { $0 != " " }), String(sides[1].filter { $0 != " " }))
    }
  }

  private mutating func take(_ name: String, _ value: String) {
    let isOn: Bool? = value == "on" ? true : value == "off" ? false : nil
    switch name {
    case "columns":
      let names = value.split(separator: ",").map { ListColumn(rawValue: String($0)) }
      let known = names.compactMap { $0 }
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
