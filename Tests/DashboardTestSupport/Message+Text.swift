import DashboardCore

extension Message {
  /// The sentence, as the dashboard words it.
  package var text: String { text(isPlain: false) }
  package func text(isPlain: Bool) -> String { NoticeText.sentence(notice, CommandWording(isPlain: isPlain)) }
  package var kind: NoticeTraits.Kind { traits.kind }
  package var exitCode: Int32 { traits.exitCode }
}
