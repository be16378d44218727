import APIKeyClient

/// What the program has to tell the user, as a value: sentences are made of it last, where it is shown.
package enum Notice: Equatable, Sendable {
  case command(CommandNotice)
  case setting(SettingNotice)
  case list(ListNotice)
  case query(QueryNotice)
  case lookup(LookupNotice)
  case marks(MarkNotice)
  case output(OutputNotice)
  case loading(LoadingNotice)
  /// A sentence of what runs the dashboard: the terminal, the files of settings.
  case outside(NoticeTraits.Kind, String)

  package var traits: NoticeTraits {
    switch self {
    case .command(let notice): notice.traits
    case .setting(let notice): notice.traits
    case .list(let notice): notice.traits
    case .query(let notice): notice.traits
    case .lookup(let notice): notice.traits
    case .marks(let notice): notice.traits
    case .output(let notice): notice.traits
    case .loading(let notice): notice.traits
    case .outside(.note, _): .refusal
    case .outside(.error, _): .error()
    }
  }

  /// The notice without what is shown once only: where it comes back because it is still true, that does not.
  var lasting: Notice {
    if case .loading(.flaws(let flaws, after: _)) = self { return .loading(.flaws(flaws, after: nil)) }
    return self
  }

  /// Whether it speaks of records that were read, which a later look at the server does not change.
  var isAboutRecords: Bool {
    switch self {
    case .loading(.flaws), .loading(.unreadable): traits.kind == .error
    default: false
    }
  }
}

/// Sentences of notices.
package enum NoticeText {
  /// Full sentences, not yet safe to print; `wording` is how the front end names commands.
  package static func sentence(_ notice: Notice, _ wording: CommandWording) -> String {
    switch notice {
    case .command(let notice): notice.sentence(wording)
    case .setting(let notice): notice.sentence
    case .list(let notice): notice.sentence(wording)
    case .query(let notice): notice.sentence
    case .lookup(let notice): notice.sentence(wording)
    case .marks(let notice): notice.sentence(wording)
    case .output(let notice): notice.sentence(wording)
    case .loading(let notice): notice.sentence(wording)
    case .outside(_, let sentence): sentence
    }
  }
}
