import DashboardCore

/// A line that plain mode has to print, and what it is about: nothing is read back from its text.
struct PlainNotice: Equatable, Sendable {
  enum Kind: Equatable, Sendable {
    case note
    case error
    /// Printed beside the result of any command: the source is there again or sent odd keys, a filter is doubtful.
    case beside
  }

  let kind: Kind
  let line: PlainLine

  init(_ kind: Kind, _ line: PlainLine) {
    self.kind = kind
    self.line = line
  }

  init(_ notice: Notice) {
    let traits = notice.traits
    let kind: Kind =
      switch traits.topic {
      case .sourceIsBack, .flaw: .beside
      case .filter where traits.kind == .note: .beside
      default: traits.kind == .error ? .error : .note
      }
    self.init(kind, Phrasebook.line(notice))
  }

  /// Printed whatever the command gives.
  var isForAll: Bool { kind != .note }
}
