import TestSupport
import Testing

/// A session of typed commands under a reader, and what was heard in it.
struct ReaderSession {
  private let reader: ScreenReader
  private(set) var heard: [String] = []

  init(_ reader: ScreenReader) { self.reader = reader }

  /// What is said up to the prompt, or to the goodbye.
  mutating func hear(_ what: String) throws -> Heard {
    let said = try reader.hear(what) { said in
      Heard(said).times("Command:") > 0 || said.contains { $0.contains("Goodbye.") }
    }
    heard += said
    return Heard(said)
  }

  /// Types a command, and gives what is said after Enter.
  mutating func command(_ line: String) throws -> Heard {
    try reader.type(line)
    try reader.session.send("\r")
    return try hear("the answer to \(line)")
  }

  /// Nothing but words and single signs: a run of signs is heard as a list of their names.
  func checkPunctuation() {
    for utterance in heard {
      let signs = utterance.split { $0.isLetter || $0.isNumber || $0.isWhitespace }
      #expect(signs.allSatisfy { $0.count < 3 }, "\(utterance)")
    }
  }
}

/// Some utterances, to be looked for in.
struct Heard {
  /// Without white space: where a row ends, readers pause even inside a word.
  private let letters: String
  private let startsWithPause: Bool

  init(_ utterances: [String]) {
    letters = Heard.squeezed(utterances.joined(separator: " "))
    startsWithPause = utterances.first?.hasPrefix(",") == true
  }

  /// How often something was said.
  func times(_ sentence: String) -> Int {
    letters.components(around: Heard.squeezed(sentence)) - 1
  }

  /// Whether nothing else was said, and nothing was waited for: rows that became blank are heard as pauses.
  func isOnly(_ sentence: String) -> Bool { letters == Heard.squeezed(sentence) && !startsWithPause }

  /// Fenrir calls a hyphen by its name, and both pause with a comma where a row ends.
  private static func squeezed(_ text: String) -> String {
    text.replacing(" dash ", with: "-").replacing("dash ", with: "-").filter { !$0.isWhitespace && $0 != "," }
  }
}

extension String {
  /// How many parts there are around a text.
  fileprivate func components(around separator: String) -> Int {
    var count = 1
    var rest = self[...]
    while let place = rest.firstRange(of: separator) {
      count += 1
      rest = rest[place.upperBound...]
    }
    return count
  }
}
