import Synchronization

/// Decoders to be used again: making one and its first page cost more than decoding a page.
package final class PageDecoderPool: Sendable {
  /// Lent to one caller at a time, which is what makes handing it from thread to thread safe.
  private struct Idle: @unchecked Sendable { let decoder: PageDecoder }

  private let idle = Mutex<[Idle]>([])
  /// More than this many at rest are given back to the system.
  private static let limit = 2

  package init() {}

  /// A decoder for exclusive use until it is given back; nil when memory is out.
  package func take() -> PageDecoder? {
    idle.withLock { $0.popLast() }?.decoder ?? PageDecoder()
  }

  package func giveBack(_ decoder: PageDecoder) {
    let lent = Idle(decoder: decoder)
    idle.withLock { if $0.count < PageDecoderPool.limit { $0.append(lent) } }
  }

  /// Runs `body` with exclusive use of a decoder; nil when memory is out.
  package func withDecoder<Value>(_ body: (PageDecoder) -> Value) -> Value? {
    guard let decoder = take() else { return nil }
    defer { giveBack(decoder) }
    return body(decoder)
  }
}
