import DashboardCore

/// A line that plain mode has to say, and what it is about: nothing is read back from its text.
struct PlainNotice: Equatable, Sendable {
  enum Kind: Equatable, Sendable {
    case note
    case error
    /// Said beside whatever the command answers: the source is there again or sent odd keys, a filter is doubtful.
    case beside
  }

  let kind: Kind
  /// Safe to print.
  let line: String

  init(_ kind: Kind, _ line: String) {
    self.kind = kind
    self.line = line
  }

  init(_ message: Message) {
    let kind: Kind =
      switch message.topic {
      case .sourceIsBack, .flaw: .beside
      case .filter where message.kind == .note: .beside
      default: message.kind == .error ? .error : .note
      }
    self.init(kind, Phrasebook.message(message))
  }

  /// Said whatever the command answers.
  var isForAll: Bool { kind != .note }
}
