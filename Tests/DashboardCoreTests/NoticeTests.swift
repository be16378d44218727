import APIKeyModel
import DashboardTestSupport
import Testing

@testable import DashboardCore

@Suite(.timeLimit(.minutes(5))) struct NoticeTests {
  private let flaws = LoadFlaws(duplicates: 0, unreadable: 2, reason: nil, isFile: false, warnings: [])
  private let screen = CommandWording(isPlain: false)

  @Test("A notice is worded for the front end that shows it")
  func wording() {
    let notice = Notice.list(.lastKeyLoaded)
    #expect(NoticeText.sentence(notice, screen) == "This is the last key loaded. Press G to load the rest.")
    #expect(
      NoticeText.sentence(notice, CommandWording(isPlain: true))
        == "This is the last key loaded. Type last to load the rest.")
  }

  @Test("What differs is stated once, and unreadable records as long as they are there")
  func lasting() {
    let summary = ChangeSummary(ListChanges(), unmarked: 0)
    let notice = Notice.loading(.flaws(flaws, after: summary))
    #expect(
      NoticeText.sentence(notice, screen) == "No key differs from the list before. 2 records could not be read.")
    #expect(NoticeText.sentence(notice.lasting, screen) == "2 records could not be read.")
    #expect(notice.traits.exitCode == 65 && notice.isAboutRecords)
    #expect(!Notice.loading(.lookFailed(.badJSON(reason: ""))).isAboutRecords)
  }

  @Test("A refusal that states that nothing was changed states it once")
  func outcomeOnce() {
    var scenario = Scenario(keys: 20) { $0.isPlain = true }
    scenario.send(.start)
    scenario.settle()
    scenario.run("filter is:gone")
    for line in ["mark 1", "mark is:gone", "mark-all"] {
      let before = scenario.state.messages.posted
      scenario.run(line)
      for message in scenario.state.messages.since(before) where message.isError {
        let count = message.text.components(of: "Nothing was changed.")
        #expect(count == (message.traits.statesOutcome ? 1 : 0), "\(line): \(message.text)")
      }
    }
  }

  @Test("The log keeps the last messages, and knows how many there were")
  func log() {
    var messages = MessagesState()
    for number in 0..<700 { messages.post(.marks(.markedCount(number)), at: 0) }
    #expect(messages.posted == 700 && messages.log.count <= 500)
    #expect(messages.since(698).map(\.notice) == [.marks(.markedCount(698)), .marks(.markedCount(699))])
    #expect(messages.since(0).count == messages.log.count && messages.since(700).isEmpty)
  }

  @Test("A warning is shown again when another message has left, until the list is another")
  func warning() {
    var messages = MessagesState()
    messages.post(.loading(.flaws(flaws, after: nil)), at: 1)
    messages.noteWarning(.complete(at: 1))
    messages.post(.list(.firstKey), at: 2)
    messages.dismiss()
    #expect(messages.current?.notice == .loading(.flaws(flaws, after: nil)))
    messages.checkWarning(.complete(at: 5), keepsCurrent: false)
    #expect(messages.current != nil)
    messages.checkWarning(.loading, keepsCurrent: false)
    #expect(messages.current == nil && messages.warning == nil)
  }
}

extension String {
  /// How often a text is in this one.
  fileprivate func components(of text: String) -> Int {
    indices.count { self[$0...].hasPrefix(text) }
  }
}
