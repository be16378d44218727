import Testing

@testable import HouseRules

struct PrintedAndParsedTests {
  private let rule = PrintedAndParsed()

  @Test(arguments: [
    #"run(CommandInvocation(.filter, "creator:\(FilterText.quotedIfNeeded(id))"))"#,
    #"x(CommandInvocation(.sort, "server"))"#,
    "x(CommandInvocation(.goTo, String(place + 1)))", "x(CommandInvocation(.copy, $0.rawValue))",
    "x(CommandInvocation(.sort, chosen.text))", "sort(byTyped: hit.sortColumn.typedName)", #"filter(typed: "")"#,
    "filter(typed: left.restore)", #"try Filter(parsing: "created:\(text)")"#, "try Filter(parsing: query.filter.text)",
    #"run(line: "go \(row)")"#, #"choose(.filter("creator:\(id)"))"#, #"filter(typed: "a:" + name)"#,
    "func f() { let text = before.text(adding: c)\n filter(typed: text) }",
    "func f() { var copy = state\n _ = reduce(&copy, .commandLine(line)) }",
    "func f() { var copy = self\n copy.run(command) }",
  ])
  func `Text that is made here and parsed is found`(_ text: String) {
    #expect(rule.count(in: text) == 1)
  }

  @Test(arguments: [
    "filter(typed: edited.text)", "run(line: line)", "x(CommandInvocation(.open, text))", "x(CommandInvocation(.back))",
    "NamedField(typed: String(part))", "SortOrder(parsing: value)", #"KeyChord(parsing: "Ctrl-C")"#,
    "filter(typed: text)", #"StatusText.filter("is \(x)")"#, "func f() { var copy = state\n copy.prompt = nil }",
    #"func writeLine(_ x: String) { write(line: "a \(x)") }"#,
  ])
  func `Typed text that is passed on is not`(_ text: String) {
    #expect(rule.findings(in: text) == [])
  }

  @Test func `The parser of command lines is where text becomes commands`() {
    let text = "x(CommandInvocation(.goTo, String(trimmed)))"
    #expect(rule.count(in: text, path: "Sources/DashboardCore/Commands/CommandLineParser.swift") == 0)
  }
}

struct ControlFlowByTextTests {
  private let rule = ControlFlowByText()

  @Test(arguments: [
    #"_ = line.hasPrefix("Error: ")"#, #"if text.contains("Nothing was ") {}"#, #"if text == "stays as it was" {}"#,
    "_ = line == LoadText.serverIsBack()", "_ = line.hasPrefix(StatusText.filter())", "if Phrasebook.hint() != line {}",
    #"_ = cut.string == "full""#, #"_ = label.string == "Name""#, #"if message.text == "x" {}"#,
    "func f() { let advice = \" Type help for the list.\"\n _ = text.hasSuffix(advice) }",
    #"switch text { case "Error: ": 1; default: 2 }"#, #"switch label.string { case "Name": 1; default: 2 }"#,
  ])
  func `A decision by the words of a sentence is found`(_ text: String) {
    #expect(rule.count(in: text) == 1)
  }

  @Test(arguments: [
    #"_ = value == "on""#, #"_ = path.hasPrefix("/")"#, #"_ = text.contains(" ")"#, "_ = name.hasPrefix(typed)",
    #"switch word { case "all": 1; default: 2 }"#, "_ = kind == .error", "_ = text == other", #"say("Error: \(x)")"#,
    "_ = DisplayText(a) == b",
  ])
  func `A comparison of words that a user types is not`(_ text: String) {
    #expect(rule.findings(in: text) == [])
  }

  @Test func `Words of servers and files are read elsewhere`() {
    #expect(rule.count(in: #"_ = text.contains("not authenticated")"#, path: "Sources/APIKeyHTTPClient/A.swift") == 0)
  }
}
