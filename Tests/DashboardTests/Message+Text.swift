import DashboardCore

extension Message {
  /// The sentence, as the dashboard words it.
  var text: String { text(isPlain: false) }
  func text(isPlain: Bool) -> String { NoticeText.sentence(notice, CommandWording(isPlain: isPlain)) }
  var kind: NoticeTraits.Kind { traits.kind }
  var exitCode: Int32 { traits.exitCode }
}
