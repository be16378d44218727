extension DisplayText {
  /// Lines of at most `columns`, broken at spaces; a word that is longer is broken where it has to be.
  package func wrapped(columns: Int) -> [DisplayText] {
    guard width > columns, columns > 0 else { return [self] }
    var lines: [DisplayText] = []
    var line = DisplayText("")
    for word in string.split(separator: " ").map({ DisplayText(String($0)) }) {
      if line.width > 0, line.width + 1 + word.width <= columns {
        line = line + " " + word
        continue
      }
      if line.width > 0 { lines.append(line) }
      var rest = word
      while rest.width > columns {
        let piece = rest.prefix(columns: columns)
        // A wide character does not fit into one column.
        guard piece.width > 0 else { break }
        lines.append(piece)
        rest = rest.dropping(columns: piece.width)
      }
      line = rest
    }
    return lines + [line]
  }
}
