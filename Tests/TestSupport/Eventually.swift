import Glibc

package struct NeverHappened: Error, CustomStringConvertible {
  package let description: String
}

/// Waits until a condition holds; looks often, and gives up after a time that a loaded machine never needs.
package func eventually(
  _ what: String = "the condition", within limit: Duration = .seconds(30), _ condition: () throws -> Bool
) async throws {
  let deadline = ContinuousClock.now + limit
  while try !condition() {
    guard ContinuousClock.now < deadline else { throw NeverHappened(description: "\(what) did not come about") }
    try await Task.sleep(for: .milliseconds(2))
  }
}

/// The same for a thread of the test's own, which may wait.
package func blockUntil(
  _ what: String = "the condition", within limit: Duration = .seconds(30), _ condition: () throws -> Bool
) throws {
  let deadline = ContinuousClock.now + limit
  while try !condition() {
    guard ContinuousClock.now < deadline else { throw NeverHappened(description: "\(what) did not come about") }
    usleep(2000)
  }
}
