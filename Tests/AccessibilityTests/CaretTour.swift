/// A tour of the dashboard, key by key, with what has to be at the hardware cursor after each.
struct CaretTour {
  enum Key {
    case press(String)
    case resize(columns: Int, rows: Int)
  }

  enum Place {
    /// The text from the cursor on begins with this: the first letter of the focused item.
    case on(String)
    /// The text before the cursor is this: the insertion point of a prompt.
    case after(String)
  }

  struct Step {
    let key: Key
    let place: Place

    init(_ key: String, _ place: Place) {
      self.key = .press(key)
      self.place = place
    }

    init(resize columns: Int, _ rows: Int, _ place: Place) {
      key = .resize(columns: columns, rows: rows)
      self.place = place
    }
  }

  private static let down = "\u{1B}[B"
  private static let left = "\u{1B}[D"
  private static let escape = "\u{1B}"
  private static let enter = "\r"

  /// Starts on the first of 500 keys, at 80 by 24.
  static let steps: [Step] = list + detail + marks + filter + help + palette + questions + menus + sizes

  private static let list = [
    Step("j", .on("key1 ")), Step(down, .on("key2 ")), Step("k", .on("key1 ")), Step("G", .on("key499 ")),
    Step("g", .on("key499 ")), Step("g", .on("key0 ")), Step("\u{4}", .on("key5 ")), Step("\u{15}", .on("key0 ")),
    Step("\u{6}", .on("key11 ")), Step("\u{2}", .on("key0 ")), Step("w", .on("key0 ")),
    Step("t", .on("key0 ")), Step("t", .on("key0 ")),
  ]
  private static let detail = [
    Step("\t", .on("Name")), Step("j", .on("Id ")), Step("j", .on("Creator")), Step("j", .on("has 500 keys")),
    Step("G", .on("[x]     granted  delete")), Step("h", .on("key0 ")), Step(enter, .on("Name")),
    Step(escape, .on("key0 ")),
  ]
  private static let marks = [
    Step(" ", .on("key1 ")), Step("j", .on("key2 ")), Step(" ", .on("key3 ")), Step("=", .on("Name")),
    Step("j", .on("Access")), Step(escape, .on("key3 ")), Step("U", .on("key3 ")),
  ]
  private static let filter = [
    Step("/", .after("Filter: ")), Step("k", .after("Filter: k")), Step("e", .after("Filter: ke")),
    Step("y", .after("Filter: key")), Step("4", .after("Filter: key4")), Step("1", .after("Filter: key41")),
    Step(left, .after("Filter: key4")), Step("\u{7F}", .after("Filter: key")), Step("2", .after("Filter: key2")),
    Step(enter, .on("key")), Step("j", .on("key")), Step(escape, .on("key")),
    Step("/", .after("Filter: ")), Step("(", .after("Filter: (")), Step(escape, .on("key")),
    Step("f", .after("Find: ")), Step("7", .after("Find: 7")), Step(enter, .on("key")), Step("n", .on("key")),
    Step("N", .on("key")),
  ]
  private static let help = [
    Step("?", .on("Moving")), Step("j", .on("j Down")), Step("/", .after("Find: ")), Step("x", .after("Find: x")),
    Step(enter, .on("")), Step(escape, .on("key")),
  ]
  private static let palette = [
    Step(":", .after(":")), Step("h", .after(":h")), Step("i", .after(":hi")), Step("\t", .after(":histogram")),
    Step(enter, .on("2023-11")), Step(escape, .on("key")), Step(":", .after(":")), Step(escape, .on("key")),
  ]
  private static let questions = [
    Step("p", .on("companies.delete")), Step("j", .on("companies.update")), Step("r", .on("")),
    Step(escape, .on("key")), Step("c", .on("8f00beda")), Step(escape, .on("key")), Step("H", .on("2023-11")),
    Step(escape, .on("key")), Step("i", .on("The key")), Step("j", .on("Its creator")), Step(escape, .on("key")),
  ]
  private static let menus = [
    Step("s", .on("Server order")), Step("j", .on("Name")), Step(enter, .on("key")), Step("S", .on("key")),
    Step("C", .on("[x] Name")), Step("j", .on("[x] Access")), Step(enter, .on("[ ] Access")),
    Step(enter, .on("[x] Access")), Step(escape, .on("key")), Step("y", .on("Id of the key")),
    Step(escape, .on("key")), Step("x", .after("Export to: ")), Step("a", .after("Export to: a")),
    Step(escape, .on("key")), Step("e", .on("")), Step(escape, .on("key")),
  ]
  private static let sizes = [
    Step(resize: 120, 40, .on("key")), Step("\t", .on("Name")), Step(resize: 40, 12, .on("Name")),
    Step("G", .on("[")), Step(escape, .on("key")), Step(enter, .on("Name")), Step(escape, .on("key")),
    Step("?", .on("Moving")), Step(resize: 80, 24, .on("Moving")), Step(escape, .on("key")),
    Step("F", .on("key")), Step("j", .on("key")), Step(enter, .on("Name")), Step(escape, .on("key")),
    Step(resize: 39, 8, .on("Too small")), Step(resize: 80, 24, .on("key")),
  ]
}
