import Synchronization

/// A fact that becomes true once, seen from any thread.
final class AtomicFlag: Sendable {
  private let value = Atomic(false)
  var isSet: Bool { value.load(ordering: .acquiring) }
  func set() { value.store(true, ordering: .releasing) }
}
