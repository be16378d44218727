import APIKeyModel
import Foundation
import Glibc
import TestSupport
import Testing

@testable import KeyTable

/// Regular expressions: what they mean, what is refused and where, and that nothing of it depends on the locale.
@Suite(.timeLimit(.minutes(20))) struct RegularExpressionTests {
  private static func regex(_ source: String, ignoresCase: Bool = false) throws -> RegularExpression {
    try RegularExpression(source, ignoresCase: ignoresCase)
  }

  private static func matches(_ filter: String, _ text: String) throws -> Bool {
    guard case .test(.text(_, let pattern)) = try Filter(parsing: filter).root else {
      Issue.record("\(filter) is no single condition")
      return false
    }
    var matcher = TextMatcher(pattern)
    return matcher.matches(text)
  }

  @Test(
    "A regular expression is case-sensitive unless an i follows", .tags(.s9),
    arguments: [
      ("/^[a-z0-9-]+$/", "Bad-Name", false), ("/^[a-z0-9-]+$/i", "Bad-Name", true), ("/SHOUT/", "shout", false),
      ("/shout/", "SHOUT", false), ("/shout/i", "SHOUT", true), ("/КЛЮЧ/i", "мой ключ", true),
      ("/ключ/", "КЛЮЧ", false), ("/Straße/i", "STRAẞE", true), ("/σοφος/i", "ΣΟΦΟΣ", true), ("name:/É/i", "é", true),
      ("/[[:upper:]]/", "é", false), ("/[[:upper:]]/", "É", true), ("/[[:upper:]]/i", "é", true),
    ])
  func exactness(filter: String, text: String, fits: Bool) throws {
    #expect(try Self.matches(filter, text) == fits)
  }

  @Test(
    "Classes, the dot and repetition work on Unicode scalars", .tags(.s9),
    arguments: [
      ("/^caf.-prod$/", "café-prod", true), ("/^.$/", "🔑", true), ("/^..$/", "e\u{301}", true), ("/^.$/", "\n", true),
      ("/^[[:alpha:]]+$/", "żółć", true), ("/^[[:alpha:]_-]+$/", "ключ_é-", true), ("/^[^[:alpha:]]+$/", "é", false),
      ("/^[[:digit:]]$/", "٣", true), ("/^\\d+$/", "１２", true), ("/^\\D$/", "é", true),
      ("/^\\w+$/", "中e\u{301}_9", true),
      ("/^\\W$/", "é", false), ("/^\\s$/", "\u{2003}", true), ("/^\\S$/", "\u{A0}", false), ("/^[\\S]$/", "é", true),
      ("/^[\\W_]+$/", "-_ ", true), ("/^[\\W_]+$/", "-é", false), ("/^[^\\W]+$/", "é9", true),
      ("/^[^\\d]+$/", "٣", false),
      ("/^[]a]+$/", "]a", true), ("/^[^]a]+$/", "b", true), ("/^[a\\]]+$/", "]a", true), ("/[[:punct:]]/", "a🔑", true),
      ("/^a{,2}$/", "aa", true), ("/^a{,2}$/", "a{,2}", false), ("/\\/x/", "a/x", true),
      ("/^(?<n>a)(?i)B$/", "ab", true),
      ("/\\bprod\\b/", "a-prod-b", true), ("/\\bprod\\b/", "products", false), ("/^\\Q[x]\\E$/", "[x]", true),
      ("/\\p{Greek}/", "λ", true), ("/a$/", "a\n", false), ("/^b/", "a\nb", false), ("/(?m)^b/", "a\nb", true),
    ])
  func scalars(filter: String, text: String, fits: Bool) throws {
    #expect(try Self.matches(filter, text) == fits, "\(filter) on \(text.debugDescription)")
  }

  @Test(
    "An invalid expression is reported with its position and advice", .tags(.s9),
    arguments: [
      ("/a(?=b)/", 3, "Look-ahead"), ("/a(?!b)/", 3, "Look-ahead"), ("name:/x(?<=b)/", 8, "Look-behind"),
      ("prod /(?<!b)/", 7, "Look-behind"), ("/(a)\\1/", 5, "Back references"),
      ("/(?P<n>a)(?P=n)/", 10, "Back references"),
      ("/[a\\2]/", 4, "Back references"), ("/a(?>b)/", 3, "`(?>`"), ("/(?x)a/", 2, "`(?x`"), ("/a++/", 3, "`++`"),
      ("/a{2}{3}/", 3, "`{2}{3}`"), ("/*a/", 2, "`*`"), ("/a{1001}/", 3, "`{1001}`"), ("/[z-a]/", 3, "`z-a`"),
      ("/\\/\\y/", 4, "`\\y`"), ("/[[:alfa:]]/", 3, "[:alfa:]"), ("/x[[.a.]]/", 4, "`[.a.]`"),
      ("/[[=a=]]/", 3, "`[=a=]`"),
      ("/\\C/", 2, "byte"), ("/\\<a/", 2, "`\\b`"), ("/ab(c/", 4, "never closed"), ("/ab)c/", 4, "closes nothing"),
      ("/ab[c/", 4, "never closed"), ("/a/g", 4, "no flag"), ("/a/ii", 4, "no flag"), ("/[^\\Wa]/", 4, "`\\W`"),
      ("/\\Qab/", 2, "`\\E`"), ("/(\\w{100}){10}/", 1, "too large"), ("/\\w{30}/ /\\w{30}/", 10, "too large"),
      ("/((((a{9}){9}){9}){9})/", 7, "too often"), ("/x\\B/", 3, "`\\B`"),
      ("/\(String(repeating: "a", count: 1001))/", 1, "1000 bytes"),
    ])
  func refused(filter: String, column: Int, part: String) {
    do {
      _ = try Filter(parsing: filter)
      Issue.record("\(filter) was accepted")
    } catch {
      #expect(error.column == column, "\(filter): \(error)")
      #expect(error.message.contains(part), "\(filter): \(error)")
      #expect(error.message.last == ".", "\(filter): \(error)")
    }
  }

  @Test("An unknown class suggests the nearest ones", .tags(.s9))
  func suggestions() throws {
    let error = try #require(throws: FilterError.self) { try Filter(parsing: "/[[:alfa:]]/") }
    #expect(error.suggestions.first == "[:alpha:]")
  }

  @Test(
    "Catastrophic expressions run in linear time", .tags(.s9),
    arguments: [
      "(a+)+$", "(a|a)*$", "(a|aa)+$", "(.*)(.*)(.*)z", "(a*)*b", "(.*a){20}z", "(a?){100}a{100}z", "(x+x+)+y",
      "^(([a-z])+.)+[A-Z]([a-z])+$", "(.*)*\\bz", "[ab]*a[ab]{200}c", "(.{1,100}){1,10}z", "\\w*\\w*\\w*\\w*z",
      "([[:alpha:]]|[a-z])*[0-9]", "((a{0,30}b{0,30}){0,30})z",
    ])
  func linear(source: String) throws {
    let regex = try Self.regex(source)
    for text in [String(repeating: "a", count: 65_536) + "!", String(repeating: "ab", count: 32_768)] {
      let bytes = Array(text.utf8)
      _ = bytes.withUnsafeBufferPointer { regex.matches($0) }
      var matcher = TextMatcher(TextPattern(regex, source: source, ignoresCase: false))
      let ranges = bytes.prefix(4096).withUnsafeBufferPointer { matcher.ranges(in: $0) }
      #expect(ranges.allSatisfy { !$0.isEmpty })
    }
  }

  @Test("Bytes that are no UTF-8 are searched without a crash, and no dot fits them", .tags(.s9))
  func brokenText() throws {
    let dot = try Self.regex("^.$")
    #expect(![UInt8](arrayLiteral: 0xFF).withUnsafeBufferPointer { dot.matches($0) })
    var random = SplitMix(state: 11)
    let regexes = try ["a.*z", "[^a]", "\\w+", "(?i)ß", "\\b.", "[[:space:]]$", "é{2}"].map { try Self.regex($0) }
    for _ in 0..<2_000 {
      let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
        UInt8.random(in: .min ... .max, using: &random)
      }
      bytes.withUnsafeBufferPointer { bytes in
        for regex in regexes {
          let found = regex.firstMatch(in: bytes)
          #expect((found != nil) == regex.matches(bytes))
          if let found { #expect(0 <= found.lowerBound && found.upperBound <= bytes.count) }
        }
      }
    }
    #expect(try !Self.regex("a").matches(UnsafeBufferPointer(start: nil, count: 0)))
    #expect(try Self.regex("^$").matches(UnsafeBufferPointer(start: nil, count: 0)))
  }

  @Test("Highlights are the matches", .tags(.s9))
  func highlight() throws {
    func ranges(_ filter: String, _ text: String) throws -> [String] {
      try Filter(parsing: filter).matchRanges(in: text, column: .name).map {
        String(decoding: Array(text.utf8)[$0], as: UTF8.self)
      }
    }
    #expect(try ranges("/é+/", "aééb é") == ["éé", "é"])
    #expect(try ranges("/^a/", "aa") == ["a"])
    #expect(try ranges("/\\b[a-z]/", "ab cd") == ["a", "c"])
    #expect(try ranges("/x*/", "éxxé🔑x") == ["xx", "x"])
    #expect(try ranges("/A/", "aA") == ["A"])
    #expect(try ranges("/A/i", "a-A") == ["a", "A"])
    #expect(try ranges("-/a/", "a").isEmpty)
    // A match nobody can see, at every place, each found only after a look at the whole text.
    let long = String(repeating: "a", count: 200_000)
    #expect(try ranges("/(?:a*b|)/", long).isEmpty)
  }

  // MARK: Against another engine

  /// A random expression of the language both have; `nullable` where it may match nothing.
  private struct Generator {
    var random: SplitMix
    // Not ß: Python folds it with its capital where that stands alone, and not inside a range, as Unicode has it.
    static let letters = ["a", "b", "B", "é", "É", "ж", "Ж", "ö", "-", "_", "7", "中", "🔑", " "]
    static let classes = [
      "alnum", "alpha", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space", "upper", "word",
      "xdigit", "ascii",
    ]

    private mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
    private mutating func pick(_ list: [String]) -> String { list[number(0...list.count - 1)] }

    // expression := branch ("|" branch)?; branch := piece{1,4}; piece := atom repetition? | "^" | "$" | "\b"
    mutating func expression(_ depth: Int) -> (text: String, nullable: Bool) {
      var (text, nullable) = branch(depth)
      if number(0...3) == 0 {
        let other = branch(depth)
        text += "|" + other.text
        nullable = nullable || other.nullable
      }
      return (text, nullable)
    }

    private mutating func branch(_ depth: Int) -> (text: String, nullable: Bool) {
      var (text, nullable) = ("", true)
      for _ in 0..<number(1...4) {
        if number(0...9) == 0 {
          text += pick(["^", "$", "\\b"])
          continue
        }
        let atom = atom(depth)
        // A repetition of what may be empty ends in other places in other engines.
        let repetition =
          atom.nullable ? "" : pick(["", "", "", "*", "+", "?", "{2}", "{1,3}", "{0,2}", "*?", "+?", "??"])
        text += atom.text + repetition
        nullable = nullable && (atom.nullable || ["*", "?", "{0,2}", "*?", "??"].contains(repetition))
      }
      return (text, nullable)
    }

    // atom := letter | "." | class | "[" "^"? item{1,3} "]" | "(" expression ")" | "(?:" expression ")"
    private mutating func atom(_ depth: Int) -> (text: String, nullable: Bool) {
      switch number(0...9) {
      case 0...3: return (pick(Generator.letters), false)
      case 4: return (".", false)
      case 5: return (pick(["\\w", "\\W", "\\d", "\\D", "\\s", "\\S"]), false)
      case 6, 7:
        let items = (0..<number(1...3)).map { _ in
          switch number(0...4) {
          case 0: "[:\(pick(Generator.classes)):]"
          case 1: pick(["a-z", "A-Z", "à-ý", "а-я", "0-9"])
          case 2: pick(["\\w", "\\d", "\\s"])
          default: pick(Generator.letters.filter { $0 != "-" })
          }
        }
        return ("[" + pick(["", "", "^"]) + pick(["", "", "", "]"]) + items.joined() + "]", false)
      default:
        if depth == 0 { return (pick(Generator.letters), false) }
        let inner = expression(depth - 1)
        return (pick(["(", "(?:"]) + inner.text + ")", inner.nullable)
      }
    }

    mutating func text() -> String {
      (0..<number(0...14)).map { _ in pick(Generator.letters + ["\u{301}", "٣", "\u{2003}", "\n", "x", "0", "σ", "ς"]) }
        .joined()
    }
  }

  private struct Request: Encodable {
    let pairs: [Pair]
    let classes: [Class]
    struct Pair: Encodable {
      let source: String
      let ignoresCase: Bool
      let text: String
      func encode(to encoder: any Encoder) throws {
        var list = encoder.unkeyedContainer()
        try list.encode(source)
        try list.encode(ignoresCase)
        try list.encode(text)
      }
    }
    struct Class: Encodable {
      let name: String
      let codes: [UInt32]
      func encode(to encoder: any Encoder) throws {
        var list = encoder.unkeyedContainer()
        try list.encode(name)
        try list.encode(codes)
      }
    }
  }
  private struct Answers: Decodable {
    let pairs: [[Int]?]
    let classes: [String]
  }

  private static func ask(_ request: Request) throws -> Answers {
    let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "reference/regex_reference.py")
    let input = FileManager.default.temporaryDirectory.appending(path: "regexes-\(UUID().uuidString).json")
    defer { try? FileManager.default.removeItem(at: input) }  // A file left over harms nothing.
    try JSONEncoder().encode(request).write(to: input)
    let process = Process()
    process.executableURL = URL(filePath: FilterReferenceTests.python)
    process.arguments = [script.path]
    process.standardInput = try FileHandle(forReadingFrom: input)
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return try JSONDecoder().decode(Answers.self, from: data)
  }

  /// Runs with a locale for this thread alone.
  private static func withLocale<Value>(_ name: String, _ body: () throws -> Value) throws -> Value {
    // What decides about characters and their order.
    let mask = Int32(1) << LC_CTYPE | Int32(1) << LC_COLLATE
    let locale = try #require(newlocale(mask, name, nil), "there is no locale \(name)")
    let before = uselocale(locale)
    defer {
      uselocale(before)
      freelocale(locale)
    }
    return try body()
  }

  @Test(
    "2,000 random expressions agree with another engine, in C and in C.UTF-8", .tags(.s9),
    .enabled(
      if: FileManager.default.isExecutableFile(atPath: FilterReferenceTests.python), "needs /usr/bin/python3"))
  func otherEngine() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    print("seed of the random regular expressions: \(seed)")
    var generator = Generator(random: SplitMix(state: seed))
    var pairs: [Request.Pair] = []
    while pairs.count < 2_000 {
      let (source, _) = generator.expression(2)
      // Python's language has no such nesting; ours is refused where it is too large.
      guard (try? RegularExpression(source, ignoresCase: false)) != nil else { continue }
      pairs.append(Request.Pair(source: source, ignoresCase: pairs.count % 2 == 1, text: generator.text()))
    }
    let expected = try Self.ask(Request(pairs: pairs, classes: [])).pairs
    try #require(expected.count == pairs.count)
    var found = 0
    for locale in ["C", "C.UTF-8"] {
      try Self.withLocale(locale) {
        for (pair, span) in zip(pairs, expected) {
          let regex = try RegularExpression(pair.source, ignoresCase: pair.ignoresCase)
          var text = pair.text
          let match = text.withUTF8 { regex.firstMatch(in: $0) }
          #expect(
            match.map { [$0.lowerBound, $0.upperBound] } == span,
            "seed \(seed), \(locale): /\(pair.source)/\(pair.ignoresCase ? "i" : "") on \(pair.text.debugDescription)")
          #expect(text.withUTF8 { regex.matches($0) } == (span != nil), "seed \(seed), \(locale): /\(pair.source)/")
          found += span == nil ? 0 : 1
        }
      }
    }
    #expect(found > 800)
    print("figure S9 regex: 2,000 random pairs in 2 locales, \(found / 2) match, 0 differ from Python's re")
  }

  @Test(
    "Classes hold the scalars of their Unicode categories", .tags(.s9),
    .enabled(
      if: FileManager.default.isExecutableFile(atPath: FilterReferenceTests.python), "needs /usr/bin/python3"))
  func classes() throws {
    // Scalars that Unicode has had for long: the engine and Python may be of different versions.
    let codes = (UInt32(0)..<0x1_FFFF).filter { code in
      Unicode.Scalar(code).map { $0.properties.age.map { $0.major < 10 } ?? false } ?? false
    }
    let names = RegexTranslation.classes.map(\.name)
    let expected = try Self.ask(Request(pairs: [], classes: names.map { Request.Class(name: $0, codes: codes) }))
      .classes
    for (name, expected) in zip(names, expected) {
      let regex = try Self.regex("^[[:\(name):]]$")
      let inverse = try Self.regex("^[^[:\(name):]]$")
      var wrong: [UInt32] = []
      for (code, digit) in zip(codes, expected.utf8) {
        guard let scalar = Unicode.Scalar(code) else { continue }
        var text = String(scalar)
        let isIn = text.withUTF8 { regex.matches($0) }
        let isOut = text.withUTF8 { inverse.matches($0) }
        if isIn != (digit == UInt8(ascii: "1")) || isIn == isOut { wrong.append(code) }
      }
      #expect(wrong.isEmpty, "[:\(name):]: \(wrong.prefix(5).map { String($0, radix: 16) })")
    }
    print("figure S9 classes: \(names.count) classes × \(codes.count) scalars as Python's unicodedata has them")
  }
}
