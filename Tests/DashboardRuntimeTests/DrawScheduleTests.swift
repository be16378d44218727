import DashboardRuntime
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct DrawScheduleTests {
  private func drawn() -> DrawSchedule {
    var schedule = DrawSchedule()
    #expect(schedule.draw(at: 0, detailCanWait: false) == .everything)
    return schedule
  }

  @Test("Nothing is drawn while nothing happens", .tags(.t13))
  func idle() {
    var schedule = drawn()
    #expect(schedule.wait(at: 10) == nil)
    #expect(schedule.draw(at: 100_000, detailCanWait: true) == .nothing)
  }

  @Test("A key press is drawn at once, its detail when key presses pause", .tags(.t7))
  func detailWaits() {
    var schedule = drawn()
    for time in stride(from: Int64(1000), to: 2000, by: 33) {
      schedule.receiveInput(at: time)
      #expect(schedule.draw(at: time, detailCanWait: true) == .listFirst)
    }
    #expect(schedule.wait(at: 1991) == DrawSchedule.detailPause - 1)
    #expect(schedule.draw(at: 2000, detailCanWait: true) == .nothing)
    #expect(schedule.draw(at: 1990 + DrawSchedule.detailPause, detailCanWait: true) == .everything)
    #expect(schedule.wait(at: 3000) == nil)
  }

  @Test("A detail that cannot wait is drawn with the list")
  func detailAtOnce() {
    var schedule = drawn()
    schedule.receiveInput(at: 1000)
    #expect(schedule.draw(at: 1000, detailCanWait: false) == .everything)
    #expect(schedule.wait(at: 1000) == nil)
  }

  @Test("Progress is drawn twice a second, anything else at once")
  func progress() {
    var schedule = drawn()
    var drawings = 0
    for time in Int64(1)...2000 {
      schedule.receiveChange(isProgress: true)
      if schedule.draw(at: time, detailCanWait: false) != .nothing { drawings += 1 }
    }
    #expect(drawings == 4)
    schedule.receiveChange(isProgress: false)
    #expect(schedule.draw(at: 2001, detailCanWait: false) == .everything)
    // The last of a load's pages is not lost: it is due, and says when.
    schedule.receiveChange(isProgress: true)
    #expect(schedule.wait(at: 2101) == 400)
    #expect(schedule.draw(at: 2501, detailCanWait: false) == .everything)
  }
}
