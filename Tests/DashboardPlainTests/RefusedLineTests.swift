import DashboardTestSupport
import KeyTable
import Testing

@testable import DashboardCore
@testable import DashboardPlain

@Suite("Lines that are refused", .timeLimit(.minutes(5)))
struct RefusedLineTests {
  /// A line, the exit code, the sentence on the screen, and that of plain mode where it is not the same behind `Error: `.
  static let lines: [(line: String, code: Int32, sentence: String, plain: String?)] = [
    ("filter perm:(", 64, "Column 6: A value is missing here. Nothing was changed.", nil),
    (
      "filter colour:x", 64,
      "Column 1: There is no field `colour`; to search for this text, put it in quotes. Try name, id, creator, last4. Nothing was changed.",
      nil
    ),
    (
      "filter is:gone or prod", 64,
      "Column 9: `or` is written `|`. To search for the word, put it in quotes. Try is:gone | prod. Nothing was changed.",
      nil
    ),
    ("mark perm:(", 64, "Column 6: A value is missing here. Nothing was changed.", nil),
    ("mark is:gone", 64, "These keys are gone; only keys in the list can be marked. Nothing was changed.", nil),
    ("mark 1,,3", 64, "1,,3 is no list of rows: a number is missing at a comma. Nothing was changed.", nil),
    ("mark 3-1", 64, "The range 3-1 ends before it begins: type 1-3. Nothing was changed.", nil),
    ("mark 99", 64, "99 is not a key number. Nothing was changed. Choose 1 to 20.", nil),
    ("mark 0", 64, "0 is not a key number. Nothing was changed. Choose 1 to 20.", nil),
    ("mark 1-99", 64, "There are 20 rows, and no row 99. Nothing was changed.", nil),
    ("mark 1,284", 64, "There are 20 rows, and no row 284. Nothing was changed.", nil),
    ("mark 1,000", 64, "Rows are numbered from 1. Nothing was changed.", nil),
    ("mark 7777", 64, "7777 is not a key number. Nothing was changed. Choose 1 to 20.", nil),
    ("go 99", 64, "99 is not a key number. Nothing was changed. Choose 1 to 20.", nil),
    ("go 0", 64, "0 is not a key number. Nothing was changed. Choose 1 to 20.", nil),
    ("go nosuch", 1, "No key has the id, name or last four nosuch. Nothing was changed.", nil),
    ("go #99", 64, "#99 is not a key number. Nothing was changed. Choose 1 to 20.", nil),
    ("open nosuch", 1, "No key has the id, name or last four nosuch. Nothing was changed.", nil),
    ("open 99", 64, "99 is not a key number. Nothing was changed. Choose 1 to 20.", nil),
    ("explain nosuch", 1, "No key has the id, name or last four nosuch. Nothing was changed.", nil),
    ("explain 1-99", 64, "There are 20 rows, and no row 99. Nothing was changed.", nil),
    ("compare a", 64, "Compare needs two keys. Nothing was changed. Give two numbers, ids or names.", nil),
    ("compare 1 2 3", 64, "Compare needs two keys. Nothing was changed. Give two numbers, ids or names.", nil),
    ("compare 1-3", 64, "Compare needs two keys. Nothing was changed. Give two numbers, ids or names.", nil),
    ("compare 1", 64, "Compare needs two keys. Nothing was changed. Give two numbers, ids or names.", nil),
    ("compare 1 99", 64, "99 is not a key number. Nothing was changed. Choose 1 to 20.", nil),
    ("compare 1,99", 64, "#99 is not a key number. Nothing was changed. Choose 1 to 20.", nil),
    ("compare nosuch key-2", 1, "No key has the id, name or last four nosuch. Nothing was changed.", nil),
    (
      "sort colour", 64,
      "colour is not a column to sort by. Columns: name, access, permissions, created, creator, last-four, id, each with :desc if wanted. Nothing was changed.",
      nil
    ),
    ("sort name,name", 64, "The column name is there twice. Nothing was changed.", nil),
    ("sort name:up", 64, "After the column of name:up comes :asc or :desc. Nothing was changed.", nil),
    (
      "sort name:desc,x", 64,
      "x is not a column to sort by. Columns: name, access, permissions, created, creator, last-four, id, each with :desc if wanted. Nothing was changed.",
      nil
    ),
    (
      "sort ,", 64,
      "A column is missing. Columns: name, access, permissions, created, creator, last-four, id. Nothing was changed.",
      nil
    ),
    ("order sideways", 64, "The order is asc or desc. Nothing was changed.", nil),
    (
      "columns nothing", 64,
      "nothing is not a column. Nothing was changed. Columns: name, access, permissions, created, creator, last-four.",
      nil
    ),
    (
      "columns name,foo,bar", 64,
      "foo is not a column. Nothing was changed. Columns: name, access, permissions, created, creator, last-four.", nil
    ),
    (
      "copy all", 64,
      "all is not a field to copy. Nothing was changed. Fields: id, name, creator, last-four, created, access, permissions, row, json.",
      nil
    ),
    (
      "set theme pink", 64,
      "Settings are: mouse on or off, detail on or off, cursor-focus on or off, time age or date, theme default, high-contrast or mono. Nothing was changed.",
      nil
    ),
    (
      "set mouse maybe", 64,
      "Settings are: mouse on or off, detail on or off, cursor-focus on or off, time age or date, theme default, high-contrast or mono. Nothing was changed.",
      nil
    ),
    (
      "set colour on", 64,
      "Settings are: mouse on or off, detail on or off, cursor-focus on or off, time age or date, theme default, high-contrast or mono. Nothing was changed.",
      nil
    ),
    (
      "set theme", 64,
      "Settings are: mouse on or off, detail on or off, cursor-focus on or off, time age or date, theme default, high-contrast or mono. Nothing was changed.",
      nil
    ),
    (
      "set mouse", 64,
      "Settings are: mouse on or off, detail on or off, cursor-focus on or off, time age or date, theme default, high-contrast or mono. Nothing was changed.",
      nil
    ),
    (
      "set time on", 64,
      "Settings are: mouse on or off, detail on or off, cursor-focus on or off, time age or date, theme default, high-contrast or mono. Nothing was changed.",
      nil
    ),
    ("go", 64, "go needs KEY after it.", "Error: go needs KEY after it. Nothing was changed."),
    ("set", 64, "set needs NAME VALUE after it.", "Error: set needs NAME VALUE after it. Nothing was changed."),
    ("quit now", 64, "quit takes nothing after it.", "Error: quit takes nothing after it. Nothing was changed."),
    (
      "exprot", 64, "exprot is not a command. Did you mean export? Type help for the list.",
      "Error: exprot is not a command. Did you mean export? Nothing was changed. Type help for the list."
    ),
    (
      "exprot x", 64, "exprot is not a command. Did you mean export? Type help for the list.",
      "Error: exprot is not a command. Did you mean export? Nothing was changed. Type help for the list."
    ),
    ("99", 64, "99 is not a key number. Nothing was changed. Choose 1 to 20.", nil),
    ("1,284", 64, "1,284 is not a key number. Nothing was changed. Choose 1 to 20.", nil),
    (
      "Sort Colour", 64,
      "Colour is not a column to sort by. Columns: name, access, permissions, created, creator, last-four, id, each with :desc if wanted. Nothing was changed.",
      nil
    ),
    (
      "load-all x", 64, "load-all takes nothing after it.",
      "Error: load-all takes nothing after it. Nothing was changed."
    ),
  ]

  @Test("On the screen: the sentence and the exit code, and nothing is changed", arguments: lines.indices)
  func screen(_ index: Int) {
    let expected = Self.lines[index]
    var scenario = Scenario(keys: 20)
    scenario.send(.start)
    scenario.settle()
    let before = scenario.state.messages.log.count
    let settings = scenario.state.settings
    scenario.run(expected.line)
    let said = scenario.state.messages.log.dropFirst(before)
    #expect(said.map(\.text) == [expected.sentence] && said.map(\.exitCode) == [expected.code])
    #expect(said.map(\.kind) == [.error] && scenario.state.settings == settings && scenario.state.marks.isEmpty)
  }

  @Test("In plain mode: the same sentence as an error, and the status of the session", arguments: lines.indices)
  func plain(_ index: Int) {
    let expected = Self.lines[index]
    var driver = PlainDriver(HeldKeys(keys: Array(HeldKeys.usual.keys.prefix(20))))
    driver.session = PlainSession(state: driver.session.state, reason: "a test", isPiped: true, isStrict: true)
    _ = driver.greet()
    #expect(driver.type(expected.line) == [expected.plain ?? "Error: \(expected.sentence)"])
    _ = driver.type("quit")
    #expect(driver.endings == [expected.code])
  }
}
