import APIKeyModel
import DashboardTestSupport
import Testing

@testable import DashboardCore

@Suite("Marks", .timeLimit(.minutes(5)))
struct MarksStateTests {
  private let ids = (0..<4).map { Scenario.key($0).id }

  @Test("A mark is set and removed by the same command")
  func toggling() {
    var marks = MarksState()
    let isMarked = marks.toggle(ids[0])
    #expect(isMarked && marks.contains(ids[0]))
    let isStillMarked = marks.toggle(ids[0])
    #expect(!isStillMarked)
    #expect(marks.isEmpty)
  }

  @Test("A range is begun once and ended once")
  func range() {
    var marks = MarksState()
    let none = marks.endRange()
    marks.startRange(at: ids[1])
    let start = marks.endRange()
    #expect(none == nil && start == ids[1])
    #expect(marks.rangeStart == nil)
  }

  @Test("Keys that left the list lose their marks, and a range that began at one")
  func gone() {
    var marks = MarksState()
    marks.insert(ids[..<3])
    marks.startRange(at: ids[2])
    let lost = marks.removeAll { $0 == ids[2] || $0 == ids[3] }
    #expect(lost == 1)
    #expect(marks.ids == [ids[0], ids[1]])
    #expect(marks.rangeStart == nil)
    marks.startRange(at: ids[0])
    marks.clear()
    #expect(marks.isEmpty && marks.rangeStart == nil)
  }
}
