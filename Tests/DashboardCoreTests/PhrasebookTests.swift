import Foundation
import Testing

/// Where sentences may be: in files that are named for it, so that each can be reviewed and translated without hunting.
@Suite(.timeLimit(.minutes(5))) struct PhrasebookTests {
  /// What decides and arranges. Words are in the files of DashboardCore whose names end in `Text`, in those of the
  /// commands, and in plain mode's `Phrasebook`.
  private static let wordless = [
    "Sources/DashboardCore", "Sources/DashboardScreen",
    "Sources/DashboardPlain/PlainChoice.swift", "Sources/DashboardPlain/PlainSession.swift",
    "Sources/DashboardPlain/PlainSession+Commands.swift", "Sources/DashboardPlain/Reading.swift",
    "Sources/DashboardPlain/Response.swift", "Sources/DashboardPlain/CountTable.swift",
  ]

  /// The list of commands has their titles and summaries, and arguments have words that are typed.
  private static func hasWords(_ file: URL) -> Bool {
    let name = file.deletingPathExtension().lastPathComponent
    return name.hasSuffix("Text")
      || ["ArgumentCompletion", "CommandCatalog", "CommandEntry", "CommandID", "PlainLine", "Setting"].contains(name)
  }

  @Test("No sentence is outside the phrasebooks")
  func noSentenceElsewhere() throws {
    var files = 0
    for path in PhrasebookTests.wordless {
      for file in try PhrasebookTests.swiftFiles(at: path) where !PhrasebookTests.hasWords(file) {
        files += 1
        let phrases = SwiftLiterals.phrases(in: try String(contentsOf: file, encoding: .utf8))
        #expect(phrases.isEmpty, "\(file.lastPathComponent)")
      }
    }
    #expect(files > 50)
  }

  @Test("A sentence is found in a source, between its comments and interpolations")
  func finding() throws {
    #expect(SwiftLiterals.phrases(in: #"say("No key is marked.") // not "this one""#) == ["No key is marked."])
    #expect(SwiftLiterals.phrases(in: #"say("\(count(of: "the keys")) marked.")"#) == ["the keys", " marked."])
    #expect(SwiftLiterals.phrases(in: #"say("Done.")"#) == ["Done."])
    #expect(SwiftLiterals.phrases(in: #"["asc", "cursor-focus", " \(a), \(b)", "[x] ", "a\"b"]"#).isEmpty)
    let phrasebook = try PhrasebookTests.swiftFiles(at: "Sources/DashboardCore").filter(PhrasebookTests.hasWords)
    let phrases = try phrasebook.flatMap { SwiftLiterals.phrases(in: try String(contentsOf: $0, encoding: .utf8)) }
    #expect(phrases.contains(" is not a key number. Nothing was changed. Choose 1 to ."))
    #expect(phrases.count > 100)
  }

  private static func swiftFiles(at path: String) throws -> [URL] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let url = root.appendingPathComponent(path)
    guard !path.hasSuffix(".swift") else { return [url] }
    let files = FileManager.default.enumerator(at: url, includingPropertiesForKeys: nil)
    return try #require(files).compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
  }
}

/// The string literals of a Swift source, as far as this project writes them: no raw strings.
private struct SwiftLiterals {
  private var rest: Substring.UnicodeScalarView
  private var literals: [String] = []

  /// Literals that are words to be read: two letters and a space, or a word with a full stop. Without what is
  /// interpolated; a literal inside an interpolation stands for itself, before the one around it.
  static func phrases(in source: String) -> [String] {
    var scanner = SwiftLiterals(rest: source[...].unicodeScalars)
    scanner.scan(isNested: false)
    return scanner.literals.filter { literal in
      let hasWord = literal.contains(/[A-Za-z]{2}/)
      return hasWord && (literal.contains(" ") || literal.contains(/[a-z]\.$/))
    }
  }

  /// Code up to the end, or to the parenthesis that ends an interpolation.
  private mutating func scan(isNested: Bool) {
    var depth = 0
    while let scalar = rest.popFirst() {
      switch scalar {
      case "/" where rest.first == "/": rest = rest.drop { $0 != "\n" }
      case "\"": scanLiteral()
      case "(": depth += 1
      case ")":
        if isNested, depth == 0 { return }
        depth -= 1
      default: break
      }
    }
  }

  private mutating func scanLiteral() {
    var text = ""
    while let scalar = rest.popFirst(), scalar != "\"" {
      guard scalar == "\\", let escaped = rest.popFirst() else {
        text.unicodeScalars.append(scalar)
        continue
      }
      if escaped == "(" { scan(isNested: true) }
    }
    literals.append(text)
  }

  private init(rest: Substring.UnicodeScalarView) { self.rest = rest }
}
