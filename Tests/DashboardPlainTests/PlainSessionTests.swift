import APIKeyClient
import APIKeyModel
import DashboardCore
import DashboardTestSupport
import TestSupport
import Testing

@testable import DashboardPlain

/// What every answer of plain mode has in common.
@Suite(.timeLimit(.minutes(5))) struct PlainSessionTests {
  /// A line to type for each command of the catalog, with an argument where one is needed.
  static func line(for entry: CommandEntry) -> String {
    switch entry.id {
    case .goTo: "go 3"
    case .find: "find service"
    case .compare: "compare 2 3"
    case .set: "set theme mono"
    case .export: "export keys.csv"
    default: entry.name
    }
  }

  static let commands = CommandCatalog.entries.filter(\.isInPlainMode)

  /// Every answer of a long session, commands of the catalog and of plain mode, right and wrong.
  static func everything() -> [String] {
    var driver = PlainDriver.started()
    var lines = PlainDriver.started().session.reason.isEmpty ? [] : driver.greet()
    for entry in commands where entry.id != .quit { lines += driver.type(line(for: entry)) }
    let more = [
      "list", "more", "more", "less", "list 490", "more", "show", "show 2", "show raw", "show 900", "show nobody",
      "permissions", "permissions full", "permissions 1", "again", "where", "verbosity full", "list", "verbosity brief",
      "list", "verbosity loud", "page 20", "page off", "list", "page -1", "page 3", "filter is:limited", "where",
      "filter name:nothing-has-this", "filter perm:(", "clear-filter", "sort", "3", "sort name:desc", "sort nonsense",
      "order asc", "columns", "mark", "mark is:full", "clear-marks", "pivot", "pivot-rarest", "creators", "histogram",
      "compare 1 2", "compare 1", "explain 2", "copy", "1", "copy id", "copy json", "copy row", "copy nonsense",
      "export", "messages", "set nothing", "help", "help all", "help filter", "help zzz", "", "   ", "frobnicate",
      "quit now", "refresh", "reread", "load-all", "last", "next", "previous", "first", "go 7", "find zzz",
    ]
    for line in more { lines += driver.type(line) }
    return lines + driver.type("quit")
  }

  @Test("Every command of the catalog prints at least one line", .tags(.p4, .p22), arguments: commands.map(\.name))
  func parity(name: String) throws {
    let entry = try #require(CommandCatalog.entries.first { $0.name == name })
    for isPartial in [false, true] {
      var driver = PlainDriver.started(pageSize: isPartial ? nil : 1000)
      let answer = driver.type(PlainSessionTests.line(for: entry))
      #expect(!answer.isEmpty && answer.allSatisfy { !$0.isEmpty })
      #expect(!(answer.first ?? "").contains("is not a command"))
      #expect(!driver.session.isWaiting)
    }
    for alias in entry.aliases {
      var driver = PlainDriver.started()
      #expect(!driver.type(alias).isEmpty)
    }
  }

  @Test("Every command prints a line for an empty list", .tags(.p4), arguments: commands.map(\.name))
  func parityOfEmptyList(name: String) throws {
    let entry = try #require(CommandCatalog.entries.first { $0.name == name })
    var driver = PlainDriver.started(HeldKeys(keys: []))
    #expect(!driver.type(PlainSessionTests.line(for: entry)).isEmpty)
  }

  @Test("No line has a control byte, whatever the keys are named", .tags(.p5))
  func bytes() {
    var hostile = HeldKeys.usual
    for (index, name) in [
      "\u{1B}[2J", "a\rb", "tab\tbed", "bell\u{7}", "back\u{8}", "two\nlines", "\u{202E}dlrow", "\u{9B}31m",
    ]
    .enumerated() {
      hostile.keys[index].name = name
      hostile.keys[index].lastFour = name
      hostile.keys[index].permissions = PermissionSet([name])
      hostile.keys[index].creator = KeyIdentifier(name)
      hostile.keys[index].createdText = name
      hostile.keys[index].created = nil
    }
    var driver = PlainDriver.started(hostile)
    var lines: [String] = []
    for entry in PlainSessionTests.commands { lines += driver.type(PlainSessionTests.line(for: entry)) }
    for number in 1...8 {
      for line in [
        "show \(number)", "show raw", "permissions", "permissions full", "explain", "copy json", "copy name",
        "copy row", "print", "filter name:\u{1B}x", "\u{1B}[A", "show \u{1B}", "help \u{7}", "verbosity \t\u{7}x",
      ] {
        lines += driver.type(line)
      }
    }
    lines += driver.type("list") + driver.type("pivot-rarest") + driver.type("creators")
    #expect(lines.count > 500)
    for line in lines {
      #expect(
        line.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F && !(0x80...0x9F).contains($0.value) })
      #expect(!line.unicodeScalars.contains("\u{202E}"))
    }
  }

  @Test("Lines are ASCII sentences, and no symbol repeats three times", .tags(.p6, .p7, .p16))
  func words() {
    let lines = PlainSessionTests.everything()
    #expect(lines.count > 900)
    for line in lines {
      #expect(line.utf8.allSatisfy { (0x20...0x7E).contains($0) }, "\(line)")
      #expect(line.contains { $0.isLetter || $0.isNumber }, "\(line)")
      let bytes = Array(line.utf8)
      let symbols = bytes.indices.dropFirst(2).filter { index in
        let byte = bytes[index]
        let isWord = (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        return !isWord && bytes[index - 1] == byte && bytes[index - 2] == byte
      }
      #expect(symbols.isEmpty, "\(line)")
    }
  }

  @Test("No line mentions a key of the dashboard", .tags(.p18))
  func noKeyboard() {
    for line in PlainSessionTests.everything() {
      #expect(!line.contains("Press ") && !line.contains("press "), "\(line)")
    }
  }

  @Test("Events during typing are printed before the next prompt", .tags(.p23))
  func notices() {
    var driver = PlainDriver(.usual)
    _ = driver.greet()
    driver.holdsLoads = true
    #expect(driver.type("load-all").count == 1)
    #expect(!driver.session.isWaiting)
    #expect(driver.session.takeNotices().isEmpty)
    #expect(driver.release().isEmpty)
    #expect(driver.session.takeNotices().map(\.printed) == ["1 notice.", "Every key is loaded, 500 keys."])
    #expect(driver.session.takeNotices().isEmpty)
  }

  @Test("cancel (Ctrl-C) cancels what waits, and twice quits with 130", .tags(.p28))
  func interrupting() {
    var driver = PlainDriver(.usual)
    _ = driver.greet()
    driver.holdsLoads = true
    #expect(driver.type("filter is:full").isEmpty)
    #expect(driver.session.isWaiting)
    #expect(driver.interrupt().first == "Cancelled.")
    #expect(!driver.session.isWaiting)
    #expect(driver.endings.isEmpty)
    #expect(driver.interrupt().isEmpty)
    #expect(driver.endings == [130])
  }

  @Test("A line between two interrupts resets their count", .tags(.p28))
  func interruptsApart() {
    var driver = PlainDriver.started()
    #expect(driver.interrupt() == ["Cancelled."])
    _ = driver.type("where")
    #expect(driver.interrupt() == ["Cancelled."])
    #expect(driver.endings.isEmpty)
  }

  @Test("A lost server is one line, its return another", .tags(.p29))
  func connectionLoss() {
    var driver = PlainDriver(.usual)
    _ = driver.greet()
    driver.failure = KeySourceError.connectionLost(host: "keys.example.com")
    let lost = driver.type("last")
    #expect(
      lost.first
        == "Error: The connection to keys.example.com was lost. 50 keys stay loaded. Try again. Type refresh to go on.")
    #expect(lost.filter { $0.hasPrefix("Error: ") }.count == 1)
    driver.failure = nil
    #expect(driver.type("refresh").contains("The server answers again."))
  }

  @Test("filter waits for the whole list")
  func filterWaits() {
    var driver = PlainDriver(.usual)
    _ = driver.greet()
    #expect(driver.session.state.table.count == 50)
    let answer = driver.type("filter is:full")
    #expect(
      answer.first
        == "125 keys match the filter is:full. Searched: 500 keys, complete. 125 full access, 0 limited.")
    #expect(answer.last == "115 more keys. Type more, or another command.")
  }

  @Test("A partial list shows how many are loaded and that more exist, and more continues", .tags(.p10))
  func partial() {
    var driver = PlainDriver(.usual)
    #expect(
      driver.greet() == [
        "Plain mode, on because ACCESSIBLE is set.",
        "Source: keys.example.com. 50 keys loaded, more on the server. 13 full access, 37 limited.",
        "Type help for commands, quit to leave.",
      ])
    _ = driver.type("page 50")
    let end = driver.type("list").last
    #expect(end == "End of the loaded keys, 50 keys. More may exist on the server. Type more to load them.")
    let next = driver.type("more")
    #expect(next.first?.hasPrefix("Key 51 of 250 loaded: service-50.") == true)
  }

  @Test("The whole list is printed without an interactive input", .tags(.p2))
  func printed() {
    var driver = PlainDriver(.usual)
    let lines = driver.printList()
    #expect(lines.count == 502)
    #expect(lines.first == "500 keys, complete. 125 full access, 375 limited.")
    #expect(lines.last == "End of list, 500 keys.")
    #expect(driver.session.listStatus == 0)
  }

  @Test("A list that stops is printed with its error and another status", .tags(.p2))
  func printedPartly() {
    var driver = PlainDriver(.usual)
    driver.failure = KeySourceError.serverFailed(status: 500, message: "Internal Server Error")
    #expect(driver.printList().first?.hasPrefix("Error: The server failed (500)") == true)
    #expect(driver.session.listStatus == 69)
  }

  @Test("again repeats the last output", .tags(.p27))
  func again() {
    var driver = PlainDriver.started()
    let shown = driver.type("show 2")
    #expect(driver.type("again") == shown)
    #expect(driver.type("AGAIN") == shown)
  }

  @Test("A number shows that key, or makes a choice when one is offered")
  func numberAlone() {
    var driver = PlainDriver.started()
    #expect(driver.type("3") == driver.type("show 3"))
    #expect(driver.type("3").first == "Key 3 of 500:")
    #expect(driver.type("0,003").first == "Key 3 of 500:")
    #expect(driver.type("where").first?.hasPrefix("Key 3 of 500") == true)
    #expect(driver.type("900") == ["Error: 900 is not a key number. Nothing was changed. Choose 1 to 500."])
    // The last four of a key, where no key has that number.
    #expect(driver.type("1007").contains("Name: service-7."))
    #expect(driver.type("3 4").first?.hasPrefix("Error: 3 is not a command.") == true)
    _ = driver.type("copy")
    #expect(driver.type("2") == ["service-7"])
    #expect(driver.type("help").contains("A number alone shows the key with that number."))
    #expect(driver.type("help show").contains("A number alone shows the key with that number."))
  }

  @Test("Choices are numbered lines, and an empty line selects the first", .tags(.p19))
  func choices() {
    var driver = PlainDriver.started()
    let lines = driver.type("copy")
    #expect(lines.first == "1. Id of the key.")
    #expect(driver.session.promptText == "Choose 1 to 9, default 1: ")
    #expect(driver.type("19") == ["Error: 19 is not a choice. Nothing was changed. Choose 1 to 9."])
    #expect(driver.type("") == [HeldKeys.usual.keys[0].id.text])
    #expect(driver.session.promptText == "Command: ")
    _ = driver.type("sort")
    #expect(driver.type("where").first == "Key 1 of 500: service-0.")
    #expect(driver.session.promptText == "Command: ")
  }

  @Test("mark keeps the position, and mark again removes it")
  func marks() {
    var driver = PlainDriver.started()
    _ = driver.type("go 2")
    #expect(driver.type("mark") == ["Marked: billing-core-prod. 1 key marked."])
    #expect(driver.type("mark") == ["Not marked: billing-core-prod. No keys marked."])
    _ = driver.type("mark is:full")
    #expect(driver.type("export keys.csv") == ["Wrote 125 keys to keys.csv, readable by you alone."])
    #expect(driver.exports.first?.marked?.count == 125)
  }

  @Test("Ages are computed at the time of the command", .tags(.t10))
  func ageOfNow() {
    var driver = PlainDriver.started()
    let before = driver.type("list")
    let year: Int64 = 366 * 86_400
    let after = driver.session.handle(line: "list", now: HeldKeys.now + year).lines.map(\.printed)
    #expect(before.count == after.count && before != after, "\(after)")
  }
}
