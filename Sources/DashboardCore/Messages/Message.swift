import KeyLoading

/// A notice and when it was posted; kept until what it states is no longer true, and in the list of messages after that.
package struct Message: Equatable, Sendable {
  package let notice: Notice
  /// Seconds since the epoch.
  package let time: Int64

  package var traits: NoticeTraits { notice.traits }
  package var isError: Bool { traits.kind == .error }
}

/// What is wrong with the list itself.
package struct Warning: Equatable, Sendable {
  let message: Message
  /// The list's completeness when it was posted; with another one it is no longer true.
  let completeness: Completeness

  func isStillTrue(_ now: Completeness) -> Bool {
    if completeness.isComplete, now.isComplete { return true }
    switch (completeness, now) {
    // A try that has not ended yet.
    case (.stopped, .loading), (.waiting, .loading), (.stopped, .waiting): return true
    default: return completeness == now
    }
  }
}

/// What the user was told.
package struct MessagesState: Sendable {
  package private(set) var current: Message?
  package private(set) var log: [Message] = []
  /// How many were posted in all; the log keeps the last of them.
  package private(set) var posted = 0
  /// What is wrong with the list, as long as it is so: shown again when another message has left.
  package private(set) var warning: Warning?
  /// Ctrl-C was the last key: once more leaves.
  private(set) var cancelWasPressed = false

  /// A day of messages, not a leak.
  private static let mostKept = 500

  /// The messages posted after so many, those that the log still has.
  package func since(_ posted: Int) -> ArraySlice<Message> { log.suffix(max(self.posted - posted, 0)) }

  mutating func post(_ notice: Notice, at time: Int64) {
    let message = Message(notice: notice, time: time)
    current = message
    log.append(message)
    posted += 1
    if log.count > MessagesState.mostKept { log.removeFirst(100) }
  }

  mutating func noteCancel(_ wasPressed: Bool) { cancelWasPressed = wasPressed }

  /// Takes the message off the screen; what is wrong with the list comes back.
  mutating func dismiss() { current = warning?.message }

  /// Takes a message off the screen that has just become untrue; the log keeps it.
  mutating func settle(_ topic: NoticeTraits.Topic) {
    if current?.traits.topic == topic { current = nil }
  }

  /// What a load posts unasked is about the list: an error stays until the list is another, a note ends one.
  mutating func noteWarning(_ completeness: Completeness) {
    guard let current else { return }
    if current.isError {
      warning = Warning(
        message: Message(notice: current.notice.lasting, time: current.time), completeness: completeness)
    } else if warning?.message.notice.isAboutRecords == false {
      warning = nil
    }
  }

  /// Forgets a warning that is no longer true, and takes it off the screen unless everything stays there.
  mutating func checkWarning(_ completeness: Completeness, keepsCurrent: Bool) {
    guard let warning, !warning.isStillTrue(completeness) else { return }
    forgetWarning()
    if !keepsCurrent, let shown = current, shown.notice.lasting == warning.message.notice,
      shown.time == warning.message.time
    {
      current = nil
    }
  }

  /// The list is another one now.
  mutating func forgetWarning() { warning = nil }
}
