import Synchronization

/// Memory of bodies, to be used again: a large load would give back and ask for as much with every page.
final class BodyPool: Sendable {
  private let idle = Mutex<[[UInt8]]>([])
  /// More than this many at rest, or larger ones, are given back to the system.
  private static let limit = 2
  private static let largest = 1 << 20

  func take() -> [UInt8] { idle.withLock { $0.popLast() } ?? [] }

  func giveBack(_ body: consuming [UInt8]) {
    if body.capacity > BodyPool.largest { return }
    body.removeAll(keepingCapacity: true)
    let body = body
    idle.withLock { if $0.count < BodyPool.limit { $0.append(body) } }
  }
}
