import APIKeyModel
import DashboardTestSupport
import KeyTable
import TerminalCore
import Testing

@testable import DashboardCore
@testable import DashboardPlain

/// A command is one value, whichever way it is made.
@Suite("Commands as values", .timeLimit(.minutes(5)))
struct CommandValueTests {
  @Test("A name, each of its chords, its line and its aliases make the same command", arguments: CommandCatalog.entries)
  func sameValue(entry: CommandEntry) throws {
    let needsArgument = if case .required = entry.argument { true } else { false }
    guard let command = Command(entry.id) else {
      #expect(needsArgument && entry.chords.isEmpty)
      return
    }
    #expect(command.id == entry.id && !command.hasArgument && !needsArgument)
    for text in entry.chords {
      let chord = try #require(KeyChord(parsing: text))
      for scope in entry.scopes { #expect(Keymap.match(chord.presses, in: scope) == .command(command), "\(text)") }
    }
    for word in [entry.name] + entry.aliases {
      #expect(CommandLineParser.parse(word) == .success(command))
    }
  }

  @Test("A line with an argument makes the value that a menu, a click or plain mode makes")
  func arguments() throws {
    let table: [(String, Command)] = [
      ("go 12", .goTo(KeyName(typed: "12"))), ("12", .goTo(KeyName(typed: "12"))),
      ("open prod key", .open(KeyName(typed: "prod key"))), ("explain #3", .explain(KeyName(typed: "#3"))),
      ("compare 1,3", .compare(KeyPair(.row(1), .row(3)))), ("compare 4-5", .compare(KeyPair(.row(4), .row(5)))),
      ("compare a b", .compare(KeyPair(KeyName(typed: "a"), KeyName(typed: "b")))),
      ("filter is:full", .filter(try Filter(parsing: "is:full"))), ("find a  b", .find("a  b")),
      ("sort created:desc", .sort(SortOrder([SortTerm(.created, descending: true)]))), ("sort server", .sort(.server)),
      ("order oldest", .order(.ascending)), ("order desc", .order(.descending)),
      ("columns created,access,created", .columns([.name, .created, .access])),
      ("copy last4", .copy(.field(.lastFour))),
      ("copy json", .copy(.json)), ("export a b.csv", .export(path: "a b.csv")), ("help sort", .help("sort")),
      ("mark 1,3", .mark(.keys(KeyName(typed: "1,3")))), ("mark prod", .mark(.matching(try Filter(parsing: "prod")))),
      ("set mouse on", .set(.mouse(true))), ("set theme mono", .set(.theme(.mono))),
      ("set time date", .set(.absoluteTime(true))), ("set cursor-focus no", .set(.cursorFocus(false))),
    ]
    for (line, command) in table {
      #expect(CommandLineParser.parse(line) == .success(command), "\(line)")
      #expect(command.hasArgument && command.id == CommandCatalog.idsByName[String(line.prefix { $0 != " " })] ?? .goTo)
    }
    let withArgument = CommandCatalog.entries.filter { $0.argument != .none && $0.id != .permissionPivot }
    #expect(Set(withArgument.map(\.id)).isSubset(of: table.map(\.1.id)))
  }

  @Test("Every row of a menu holds the value that its line makes")
  func menus() throws {
    var scenario = Scenario(keys: 5)
    scenario.send(.start)
    scenario.settle()
    scenario.run("sort access")
    func commands(_ menu: some Overlay) -> [Command] {
      menu.rows(scenario.state.overlayInput()).compactMap {
        if case .run(let command) = $0.choice { command } else { nil }
      }
    }
    #expect(commands(CopyMenuOverlay()) == CopyTarget.all.map { .copy($0) })
    for target in CopyTarget.all {
      #expect(CommandLineParser.parse("copy \(target.typedName)") == .success(.copy(target)))
    }
    let sorts = commands(SortMenuOverlay())
    #expect(sorts.count > 20)
    for case .sort(let order?) in sorts {
      let line = order.isServerOrder ? "sort server" : "sort \(order.text)"
      #expect(CommandLineParser.parse(line) == .success(.sort(order)))
    }
    // What needs an argument opens the palette with its name.
    #expect(commands(HelpOverlay()).contains(.palette(.set)) && commands(HelpOverlay()).contains(.palette(.goTo)))
    scenario.send(.invoke(.palette(.set)))
    #expect(scenario.state.input.prompt?.text == "set ")
  }

  @Test("Plain mode reads its own words once, at its edge")
  func plainCommands() throws {
    let table: [(String, PlainCommand)] = [
      ("list", .list(from: nil)), ("list 1,200", .list(from: .init(text: "1,200", number: 1200))),
      ("list x", .list(from: .init(text: "x", number: nil))), ("show raw", .show(nil, isRaw: true)),
      ("show raw  a b", .show(KeyName(typed: "a b"), isRaw: true)),
      ("open raws", .show(KeyName(typed: "raws"), isRaw: false)),
      ("show", .command(.open(nil))), ("permissions full", .permissions(nil, isFull: true)),
      ("permissions full x", .permissions(KeyName(typed: "x"), isFull: true)),
      ("permissions", .permissions(nil, isFull: false)), ("page off", .page(.changed(nil))),
      ("page 7", .page(.changed(7))), ("page 0", .page(.unknown("0"))), ("page", .page(.shown)),
      ("verbosity Brief", .verbosity(.changed(.brief))), ("verbosity loud", .verbosity(.unknown("loud"))),
      ("help ALL", .allHelp), ("help show", .command(.help("show"))), ("again", .again), ("q", .command(.quit)),
    ]
    for (line, expected) in table { #expect(try PlainCommand(line) == expected, "\(line)") }
    #expect(throws: CommandProblem.notASetting) { try PlainCommand("set mouse maybe") }
  }

  @Test("A filter made of values is the one that its text parses to")
  func composedFilters() throws {
    var batch = KeyBatch()
    for (index, name) in ["calls.view", "Calls.View", "calls.views", "a b", "a\"b", "x|y", "/re/", "g*b", "ü", "~f"]
      .enumerated()
    {
      var key = Scenario.key(index)
      key.restricted = true
      key.permissions = PermissionSet([name])
      key.creator = .opaque("me \(name)")
      batch.append(key)
    }
    var table = KeyTable()
    table.append(batch)
    var conditions: [Filter] = [.without(.created), .without(.creator), try table.filter(creator: nil)]
    conditions.append(try #require(Filter(year: 2024, month: 2)))
    conditions.append(try #require(Filter(year: 1970, month: 1)))
    conditions.append(try #require(Filter(year: 9999, month: 12)))
    for name in ["calls.view", "Calls.View", "calls.views", "a b", "a\"b", "x|y", "/re/", "g*b", "ü", "~f", ""] {
      conditions.append(try table.filter(permission: name))
      conditions.append(try table.filter(creator: .opaque("me \(name)")))
    }
    conditions.append(try table.filter(creator: Scenario.key(1).creator))
    for text in ["", "is:full", "a|b", "(a | b)", "x  -perm:y  ", "name:a,b", "-has:created", "/a|b/ | \"|\""] {
      let before = try Filter(parsing: text)
      for condition in conditions {
        #expect(try Filter(parsing: condition.text) == condition, "\(condition.text)")
        let made = try before.adding(condition)
        #expect(try Filter(parsing: made.text) == made, "\(made.text)")
        #expect(try made.adding(condition).text == made.text)
      }
    }
    let long = try Filter(parsing: String(repeating: "a ", count: 2040))
    #expect(throws: FilterError.self) {
      try long.adding(try table.filter(permission: String(repeating: "b", count: 99)))
    }
    #expect(Filter(year: 2024, month: 13) == nil)
  }
}
