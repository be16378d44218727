/// The messages so far, newest first.
package struct MessagesOverlay: Overlay {
  package init() {}

  package var dependencies: OverlayDependencies { [.messages, .width] }
  package var isReadOnly: Bool { true }
  package func title(_ input: OverlayInput, _ rows: [OverlayRow]) -> String { OverlayText.messages }

  package func rows(_ input: OverlayInput) -> [OverlayRow] {
    input.log.isEmpty
      ? [OverlayRow([OverlayText.noMessages])]
      : input.log.reversed().map {
        OverlayRow([
          MomentText.clock($0.time), $0.isError ? "error" : "note",
          NoticeText.sentence($0.notice, CommandWording(isPlain: input.isPlain)),
        ])
      }
  }
}
