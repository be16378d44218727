import Synchronization
import Testing
import WorkerPool

@Suite("The worker pool", .timeLimit(.minutes(5)))
struct WorkerPoolTests {
  private final class Count: Sendable {
    private let number = Atomic(0)
    var value: Int { number.load(ordering: .acquiring) }
    func increment() { number.add(1, ordering: .acquiringAndReleasing) }
  }

  @Test("wait returns the value of the work")
  func value() { #expect(WorkerPool.shared.wait { 42 } == 42) }

  @Test("wait returns only after all child tasks have ended")
  func children() {
    let sum = WorkerPool.shared.wait {
      await withTaskGroup(of: Int.self) { group in
        for number in 1...100 { group.addTask { number } }
        return await group.reduce(0, +)
      }
    }
    #expect(sum == 5050)
  }

  @Test("Tasks that prefer the pool run in it and can wait for each other")
  func preferred() async {
    let count = Count()
    await withTaskExecutorPreference(WorkerPool.shared) {
      await withTaskGroup(of: Void.self) { group in
        for _ in 0..<200 {
          group.addTask {
            await Task.yield()
            count.increment()
          }
        }
      }
    }
    #expect(count.value == 200)
  }
}
