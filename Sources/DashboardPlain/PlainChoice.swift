import DashboardCore
import TerminalCore

/// One numbered line of a question, and the command that choosing it runs.
struct PlainChoice: Equatable, Sendable {
  let text: DisplayText
  let command: Command
}

extension PlainSession {
  /// Asks: numbered lines now, the choice with the next line. From a pipe nothing is asked.
  mutating func ask(_ choices: [PlainChoice]) -> Answer {
    question = choices
    return (choices.enumerated().map { .text(Phrasebook.choice($0 + 1, $1.text)) }, [])
  }

  /// The answer to a question; nil when the line is a command instead.
  mutating func choose(_ text: String, from choices: [PlainChoice], now: Int64) -> Answer? {
    guard let number = text.isEmpty ? 1 : Int(text) else {
      if PlainWord.parse(text) != nil { return nil }
      if case .success = CommandLineParser.parse(text) { return nil }
      return refuse(Phrasebook.notAChoice(text, of: choices.count))
    }
    guard choices.indices.contains(number - 1) else {
      return refuse(Phrasebook.notAChoice(text, of: choices.count))
    }
    question = nil
    return run(choices[number - 1].command, now: now)
  }
}
