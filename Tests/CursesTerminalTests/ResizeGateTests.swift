import TerminalCore
import Testing

@testable import CursesTerminal

@Suite("Resizes", .timeLimit(.minutes(5)))
struct ResizeGateTests {
  @Test("Rapid resizes pass one at a time, including the last")
  func storm() {
    var gate = ResizeGate()
    let start = ContinuousClock.now
    var passed = 0
    #expect(gate.delay(now: start) == nil)
    for millisecond in 0..<1000 {
      gate.note()
      if gate.take(now: start + .milliseconds(millisecond)) { passed += 1 }
    }
    #expect(passed == 50)
    let last = start + .milliseconds(999)
    let delay = gate.delay(now: last)
    #expect(delay.map { (1...20).contains($0) } == true)
    let early = gate.take(now: last)
    let late = gate.take(now: last + ResizeGate.interval)
    #expect(!early && late)
    #expect(gate.delay(now: last + ResizeGate.interval) == nil)
  }
}
