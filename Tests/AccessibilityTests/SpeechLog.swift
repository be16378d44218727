/// What a screen reader sent to its speech synthesizer.
enum SpeechLog {
  /// Words a minute, and letters a word, by which speech is counted: a practised listener's rate.
  static let wordsPerMinute = 350.0
  static let lettersPerWord = 6.0

  /// The Emacspeak protocol: `q {text}` and `tts_say {text}` are utterances, `l {c}` a letter spelled.
  static func emacspeak(_ log: String) -> [String] {
    log.split(whereSeparator: \.isNewline).compactMap { line in
      for command in ["q ", "tts_say ", "l "] where line.hasPrefix(command) {
        var text = line.dropFirst(command.count)
        if text.hasPrefix("{"), text.hasSuffix("}") { text = text.dropFirst().dropLast() }
        return plain(text)
      }
      return nil
    }
  }

  /// One utterance up to each record separator.
  static func separated(_ log: String) -> [String] { log.split(separator: "\u{1E}").map { plain($0) } }

  /// Without runs of spaces: columns of a screen are not heard.
  private static func plain(_ text: Substring) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// Seconds it takes to say all of it.
  static func seconds(_ utterances: [String]) -> Double {
    let letters = utterances.reduce(0) { $0 + $1.count }
    return Double(letters) / lettersPerWord / wordsPerMinute * 60
  }
}
