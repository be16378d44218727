import DashboardCore
import KeyTable

/// A typed line of plain mode, understood: a command of the catalog, or one that only plain mode has.
enum PlainCommand: Equatable, Sendable {
  case command(Command)
  case again
  /// From a key's number; nil is the first key.
  case list(from: KeyNumber?)
  /// A key's detail, or each of its fields as the server has it; nil is the key at the cursor.
  case show(KeyName?, isRaw: Bool)
  case permissions(KeyName?, isFull: Bool)
  case verbosity(TypedSetting<Verbosity>)
  /// Lines at once; nil is all of them.
  case page(TypedSetting<Int?>)
  case allHelp

  /// The number of a key, from 1, as typed; nil where the text is no number.
  struct KeyNumber: Equatable, Sendable {
    let text: String
    let number: Int?
  }

  /// A setting of plain mode, which is printed where no value is typed.
  enum TypedSetting<Value: Equatable & Sendable>: Equatable, Sendable {
    case shown
    case changed(Value)
    case unknown(String)

    init(_ text: String, _ value: (String) -> Value?) {
      self = text.isEmpty ? .shown : value(text.lowercased()).map { .changed($0) } ?? .unknown(text)
    }
  }

  init(_ line: String) throws(CommandProblem) {
    if let (word, rest) = PlainWord.parse(line) {
      self = PlainCommand(word, rest)
      return
    }
    let typed = try CommandLineParser.split(line)
    switch (typed.id, typed.argument) {
    case (.open, let text?):
      let (rest, isRaw) = PlainCommand.dropping("raw", from: text)
      self = .show(rest.map { KeyName(typed: $0) }, isRaw: isRaw)
    case (.help, let text?) where text.lowercased() == "all": self = .allHelp
    default: self = .command(try CommandLineParser.command(of: typed))
    }
  }

  private init(_ word: PlainWord, _ rest: String) {
    switch word {
    case .list:
      self = .list(from: rest.isEmpty ? nil : KeyNumber(text: rest, number: Int(rest.filter { $0 != "," })))
    case .again: self = .again
    case .permissions:
      let (name, isFull) = PlainCommand.dropping("full", from: rest)
      self = .permissions(name.map { KeyName(typed: $0) }, isFull: isFull)
    case .verbosity: self = .verbosity(TypedSetting(rest) { Verbosity(rawValue: $0) })
    case .page:
      self = .page(
        TypedSetting(rest) { text -> Int?? in
          text == "off" ? .some(nil) : Int(text).flatMap { (1...1000).contains($0) ? .some($0) : nil }
        })
    }
  }

  /// The text behind a first word, and whether that word is there; nil where nothing else is.
  private static func dropping(_ word: String, from text: String) -> (rest: String?, isThere: Bool) {
    let words = text.split(separator: " ", maxSplits: 1)
    guard words.first?.lowercased() == word else { return (text.isEmpty ? nil : text, false) }
    return (words.count > 1 ? words[1].trimmingSpaces : nil, true)
  }
}
